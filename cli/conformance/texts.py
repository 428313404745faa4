"""What the report says in words, in both languages; page and PDF show the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.conformance.judges.nobody import NOBODY_CONNECTED, nobody_connected
from cli.language import Language
from kit.clock import show
from kit.conformance import REFERENCE_DRIVER, Report, scenario_of

OBSERVED: Mapping[str, tuple[str, str]] = {
    "requests": ("请求", "requests"),
    "cut": ("被切断", "cut off"),
    "resent": ("原样重发", "sent again"),
    "events": ("事件", "events"),
    "versions": ("版本", "versions"),
    "rejected": ("被退回", "rejected"),
    "advice": ("建议", "advisories"),
    "offers": ("派单", "offers"),
    "watches": ("接收次数", "watches"),
    "resumed": ("断点续收", "resumed"),
    "warnings": ("警示函", "warnings"),
    "replies": ("回复", "replies"),
}
"""What the counts of a verdict are called: zh, en."""


def content_of(report: Report, document: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Everything that page and PDF show, as texts; ``document``: the report as JSON, with its signature."""
    pick = language.pick
    signature: Mapping[str, str] | None = document.get("signature")
    failed = sum(not verdict.passed for verdict in report.verdicts)
    nobody_came = nobody_connected(report)
    facts = [
        (pick("平台", "Platform"), report.platform_id),
        (pick("检测时间", "Tested"), f"{show(report.begin_ms)} – {show(report.end_ms)}"),
        (pick("驱动", "Driver"), _driver(report, language)),
        (pick("检测工具版本", "Kit version"), report.kit_version),
        (
            pick("接口契约", "Contract"),
            f"{report.contract_version} · {pick('摘要', 'digest')} {report.contract_sha256[:16]}",
        ),
        (pick("脚本摘要", "Script digest"), report.script_sha256[:16]),
    ]
    if signature is None:
        facts.append((pick("签名", "Signature"), pick("未签名，不能用于准入", "none: it admits nobody")))
    else:
        facts.append((pick("签名密钥", "Signed by"), signature["key"].split("+")[1]))
        facts.append((pick("报告摘要", "Report digest"), signature["sha256"]))
    return {
        "language": pick("zh-CN", "en"),
        "title": pick("平台对接检测报告", "Conformance report"),
        "passed": report.passed,
        "verdict": pick("通过", "Passed") if report.passed else pick("未通过", "Not passed"),
        "summary": nobody_came_in(language)
        if nobody_came
        else _summary(len(report.verdicts), failed, language),
        "platform": report.platform_id,
        "facts": [{"name": name, "value": value} for name, value in facts],
        "labels": {
            "mend": pick("整改", "Mend"),
            "page": pick("第 {} 页，共 {} 页", "Page {} of {}"),
            "arrived": pick("收到", "Arrived"),
        },
        "scenarios": [
            {
                "title": pick(scenario.title_zh, scenario.title_en),
                "asks": pick(scenario.asks_zh, scenario.asks_en),
                "passed": verdict.passed,
                "verdict": pick("通过", "passed") if verdict.passed else pick("未通过", "not passed"),
                "observed": pick("、", ", ").join(
                    f"{pick(*OBSERVED[name])} {count}" for name, count in verdict.observed.items()
                ),
                "findings": [
                    {
                        "text": pick(one.zh, sentence(one.en)),
                        "mend": pick(one.mend_zh, one.mend_en),
                    }
                    for one in (() if nobody_came else verdict.findings)  # said above, once
                ],
            }
            for verdict in report.verdicts
            if (scenario := scenario_of(verdict.scenario_id)) is not None
        ],
    }


def _driver(report: Report, language: Language) -> str:
    if report.driver == REFERENCE_DRIVER:
        return language.pick(
            "工具自带的参考驱动（自检，不能用于准入）", "the kit's own (a self-test: it admits nobody)"
        )
    return language.pick("平台自有系统", "the platform's own integration")


def sentence(words: str) -> str:
    """With a capital letter in front."""
    return words[0].upper() + words[1:]


def nobody_came_in(language: Language) -> str:
    """That nobody connected, and what to mend."""
    one = NOBODY_CONNECTED
    return language.pick(f"{one.zh}。{one.mend_zh}", f"{sentence(one.en)}. {one.mend_en}")


def _summary(count: int, failed: int, language: Language) -> str:
    if not failed:
        return language.pick(f"{count} 个场景全部通过。", f"All {count} scenarios passed.")
    return language.pick(
        f"{count} 个场景中有 {failed} 个未通过；请按下文整改后重新检测。",
        f"{failed} of {count} scenarios did not pass: mend what is named below, then run the kit again.",
    )
