"""What a report says, as values and as JSON.

    {"form": "quzhong-conformance-report/1", "platform_id": "swift", "driver": "integration", …,
     "scenarios": [{"scenario_id": "duplicates", "passed": true, "observed": …, "findings": []}, …],
     "signature": {"key": "quzhong/conformance+…", "sha256": "…", "value": "…"}}

What is signed is the RFC 8785 text of everything but ``signature`` (``kit.ledger.canonical``): blanks and the
order of keys do not matter, any other byte does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from kit.errors import InvalidArgumentError
from kit.ledger.canonical import canonical

FORM = "quzhong-conformance-report/1"

REFERENCE_DRIVER = "python-reference"
"""The driver of a report that shows the kit itself at work; it says nothing of anybody's integration."""

LARGEST_REPORT = 256 * 1024
"""Bytes: a report that finds fault with everything has some 20 kB."""


class ReportError(ValueError):
    """What is wrong with a report."""

    def __init__(self, reason: str, en: str, zh: str) -> None:
        """``reason`` is UPPER_SNAKE and stable."""
        super().__init__(en)
        self.reason = reason
        self.en = en
        self.zh = zh


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a scenario found wrong, and what to mend."""

    en: str
    zh: str
    mend_en: str
    mend_zh: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one scenario came to."""

    scenario_id: str
    findings: tuple[Finding, ...] = ()
    """Empty: it passed."""
    observed: Mapping[str, int] = field(default_factory=dict)
    """Counts of what arrived, e.g. ``events``, ``resent``."""

    @property
    def passed(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Report:
    """The kit's judgement of an integration."""

    platform_id: str
    driver: str
    """``integration`` of a platform's own, else ``REFERENCE_DRIVER``."""
    kit_version: str
    contract_version: str
    """The major version of the contract, e.g. ``v1``."""
    contract_sha256: str
    """Of the contract's descriptors, hexadecimal: which minor version."""
    script_sha256: str
    """Of the script the integration replayed."""
    begin_ms: int
    """Epoch milliseconds."""
    end_ms: int
    verdicts: tuple[Verdict, ...]

    @property
    def passed(self) -> bool:
        """Whether every scenario did."""
        return all(verdict.passed for verdict in self.verdicts)


def body_of(report: Report) -> dict[str, Any]:
    """What is signed, as JSON values."""
    return {
        "form": FORM,
        "platform_id": report.platform_id,
        "driver": report.driver,
        "kit_version": report.kit_version,
        "contract_version": report.contract_version,
        "contract_sha256": report.contract_sha256,
        "script_sha256": report.script_sha256,
        "begin_ms": report.begin_ms,
        "end_ms": report.end_ms,
        "passed": report.passed,
        "scenarios": [
            {
                "scenario_id": one.scenario_id,
                "passed": one.passed,
                "observed": dict(one.observed),
                "findings": [asdict(each) for each in one.findings],
            }
            for one in report.verdicts
        ],
    }


def digest_of(body: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text, hexadecimal."""
    return sha256(canonical(dict(body)).encode()).hexdigest()


def written(document: Mapping[str, Any]) -> bytes:
    """The file ``report.json``."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def parse(content: bytes) -> tuple[Report, dict[str, Any]]:
    """The report of a file, and its document. What it says holds only once its signature is verified.

    Raises:
        ReportError: REPORT_TOO_LARGE, REPORT_MALFORMED.
    """
    if len(content) > LARGEST_REPORT:
        raise ReportError(
            "REPORT_TOO_LARGE",
            f"{len(content)} bytes are more than {LARGEST_REPORT}; send report.json as the kit wrote it",
            f"{len(content)} 字节超过上限 {LARGEST_REPORT}；请原样提交检测工具生成的 report.json",
        )
    try:
        document = json.loads(content)
        report = _report(document)
        canonical({name: value for name, value in document.items() if name != "signature"})
    except (ValueError, KeyError, TypeError, RecursionError, InvalidArgumentError) as error:
        raise ReportError(
            "REPORT_MALFORMED",
            f"no report of the conformance kit ({error}); send report.json as the kit wrote it",
            f"不是对接检测报告，或内容不完整（form 应为 {FORM}）；请原样提交检测工具生成的 report.json",
        ) from error
    return report, document


def _report(document: Any) -> Report:
    if not isinstance(document, dict) or document.get("form") != FORM:
        raise ValueError(f"its form is not {FORM}")
    texts = {
        name: _text(document[name])
        for name in (
            "platform_id",
            "driver",
            "kit_version",
            "contract_version",
            "contract_sha256",
            "script_sha256",
        )
    }
    verdicts = tuple(
        Verdict(
            _text(one["scenario_id"]),
            tuple(Finding(**{name: _text(text) for name, text in each.items()}) for each in one["findings"]),
            {_text(name): _whole(count) for name, count in one["observed"].items()},
        )
        for one in document["scenarios"]
    )
    report = Report(
        **texts, begin_ms=_whole(document["begin_ms"]), end_ms=_whole(document["end_ms"]), verdicts=verdicts
    )
    if {name: value for name, value in document.items() if name != "signature"} != body_of(report):
        raise ValueError("what it says does not agree with itself")
    return report


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r:.40} is no whole number")
    return value
