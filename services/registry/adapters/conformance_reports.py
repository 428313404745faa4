"""Reads the conformance kit's reports, and verifies who signed them."""

from __future__ import annotations

from collections.abc import Sequence

from kit.conformance import KEY_NAME, REFERENCE_DRIVER, SCENARIOS, ReportError, parse, verified_by
from kit.errors import InvalidArgumentError
from kit.ledger import Keys
from kit.ledger.notes import VerifyingKey, parse_vkey
from services.registry.core.admission import CheckedReport
from services.registry.core.field_error import FieldError

VARIABLE = "QUZHONG_CONFORMANCE_KEYS"


class SignedReports:
    """Implements ``admission.ports.ReportReader``."""

    def __init__(self, trusted: Sequence[VerifyingKey]) -> None:
        self._trusted = trusted

    def __call__(self, content: bytes) -> CheckedReport:
        """See the port."""
        try:
            report, document = parse(content)
            key, digest = verified_by(document, self._trusted)
        except ReportError as error:
            raise FieldError("report", error.reason, error.en, error.zh) from error
        passed = {verdict.scenario_id for verdict in report.verdicts if verdict.passed}
        failed = {verdict.scenario_id for verdict in report.verdicts} - passed
        return CheckedReport(
            platform_id=report.platform_id,
            by_reference_driver=report.driver == REFERENCE_DRIVER,
            end_ms=report.end_ms,
            failed=tuple(
                one.scenario_id
                for one in SCENARIOS
                if one.scenario_id in failed or one.scenario_id not in passed
            ),
            kit_version=report.kit_version,
            contract_version=report.contract_version,
            sha256=digest,
            key_id=key.key_id.hex(),
            content=content,
        )


def trusted_keys(ledger_keys: Keys, given: str) -> list[VerifyingKey]:
    """Who may sign reports: the ledger's keys, and those of QUZHONG_CONFORMANCE_KEYS.

    Raises:
        InvalidArgumentError: CONFORMANCE_KEYS, naming the variable.
    """
    own = [VerifyingKey(KEY_NAME, key.public_key().public_bytes_raw()) for key in ledger_keys]
    others: list[VerifyingKey] = []
    for text in given.split():
        try:
            key = parse_vkey(text)
        except InvalidArgumentError as error:
            raise _unusable(text) from error
        if key.name != KEY_NAME:
            raise _unusable(text)
        others.append(key)
    return own + others


def _unusable(text: str) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"{VARIABLE}: {text[:80]!r} is no key of the conformance kit; quzhong conformance prints its own",
        zh=f"{VARIABLE}：{text[:80]!r} 不是对接检测工具的公钥；quzhong conformance 会显示其公钥",
        field=VARIABLE,
        reason="CONFORMANCE_KEYS",
    )
