"""The report of the conformance kit: what it holds, how it is signed, and how the signature is verified.

The command ``quzhong conformance`` writes it, the registry reads it; ADR 28 says why it can be believed.
"""

from kit.conformance.report import (
    LARGEST_REPORT,
    REFERENCE_DRIVER,
    Finding,
    Report,
    ReportError,
    Verdict,
    parse,
    written,
)
from kit.conformance.scenarios import SCENARIOS, Scenario, scenario_of
from kit.conformance.signing import KEY_NAME, signed, signing_key, verified_by

__all__ = [
    "KEY_NAME",
    "LARGEST_REPORT",
    "REFERENCE_DRIVER",
    "SCENARIOS",
    "Finding",
    "Report",
    "ReportError",
    "Scenario",
    "Verdict",
    "parse",
    "scenario_of",
    "signed",
    "signing_key",
    "verified_by",
    "written",
]
