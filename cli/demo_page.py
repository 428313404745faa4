"""What a demo came to, as tables and as a document."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from rich.console import RenderableType
from rich.table import Table

from cli.case_states import CASE_STATES, state_name
from cli.demo import DemoOutcome, FirstAdvisory
from cli.embedded import EmbeddedSuite
from cli.findings import findings_table
from cli.output import Output
from quzhong import Totals
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.notify.v1 import notify_pb2

VERDICTS = {
    algo_audit_pb2.VERDICT_WITHIN_MIDDLE: ("取中", "middle"),
    algo_audit_pb2.VERDICT_STRICTER: ("偏严", "stricter"),
    algo_audit_pb2.VERDICT_STRICTEST: ("最严", "strictest"),
    algo_audit_pb2.VERDICT_LAXER: ("偏宽", "laxer"),
    algo_audit_pb2.VERDICT_INSUFFICIENT_EVIDENCE: ("证据不足", "too little"),
}
BELOW_FLOOR = ("低于可行下限", "below the floor")


def document_of(outcome: DemoOutcome, suite: EmbeddedSuite) -> dict[str, Any]:
    """For ``--json``."""
    total = sum(outcome.totals, Totals())
    return {
        "events": _counts(total),
        "platforms": {
            platform.id: _counts(totals)
            for platform, totals in zip(outcome.city.platforms, outcome.totals, strict=True)
        },
        "findings": outcome.findings,
        "findings_digest": outcome.digest,
        "audit": {
            platform_id: {
                cohort.cohort: {
                    "declared": cohort.declared,
                    "verdict": algo_audit_pb2.Verdict.Name(cohort.verdict).removeprefix("VERDICT_"),
                    "below_floor": cohort.below_floor,
                    "attainment": None if cohort.suppressed else round(cohort.figures.attainment, 4),
                }
                for cohort in cohorts
            }
            for platform_id, cohorts in _by_platform(outcome.audit).items()
        },
        "cases": {state_name(state).lower(): _in_state(outcome, state) for state in CASE_STATES},
        "warnings": outcome.warnings,
        "first_finding_s": outcome.first.seconds if outcome.first else None,
        "first_advisory": _advice(outcome.advisory) if outcome.advisory else None,
        "seconds": outcome.seconds,
        "address": suite.address,
        "portal": suite.portal_url,
        "sign_in": sign_in_links(outcome, suite),
    }


def _advice(first: FirstAdvisory) -> dict[str, Any]:
    advisory = first.advisory
    left = advisory.minutes_left
    return {
        "kind": advisory.kind.name,
        "minutes_left": None if left is None else round(left.total_seconds() / 60, 1),
        "worker_id": advisory.worker_id,
        "platform_id": advisory.platform_id,
        "s": first.seconds,
    }


def pages_of(outcome: DemoOutcome, output: Output) -> list[RenderableType]:
    """For people."""
    return [
        _events_table(outcome, output),
        findings_table(output, outcome.findings),
        _audit_table(outcome, output),
        _cases_table(outcome, output),
        output.pick(
            f"发现摘要码 {outcome.digest} · 用时 {outcome.seconds:.1f} 秒",
            f"digest of the findings {outcome.digest} · {outcome.seconds:.1f} s",
        ),
    ]


def sign_in_links(outcome: DemoOutcome, suite: EmbeddedSuite) -> dict[str, str]:
    """Links that sign in at the portal: the regulator, its official, the union, each platform by its id."""
    tokens = {
        "regulator": outcome.regulator_token,
        "official": outcome.official_token,
        "union": outcome.union_token,
    }
    for platform, token in zip(outcome.city.platforms, outcome.platform_tokens, strict=True):
        tokens[platform.id] = token
    return {who: f"{suite.portal_url}/sign-in?token={token}" for who, token in tokens.items()}


def _counts(totals: Totals) -> dict[str, int]:
    return {
        "sent": totals.sent,
        "accepted": totals.accepted,
        "duplicate": totals.duplicate,
        "rejected": totals.rejected,
    }


def _events_table(outcome: DemoOutcome, output: Output) -> Table:
    table = output.table(
        ("事件上报", "Events"),
        ("平台", "platform"),
        ("已上报", "sent"),
        ("受理", "accepted"),
        ("重复", "duplicate"),
        ("退回", "rejected"),
    )
    for platform, totals in zip(outcome.city.platforms, outcome.totals, strict=True):
        name = output.pick(platform.name_zh, platform.name_en)
        table.add_row(name, *(f"{each:,}" for each in _counts(totals).values()))
    table.add_section()
    total = sum(outcome.totals, Totals())
    table.add_row(output.pick("合计", "total"), *(f"{each:,}" for each in _counts(total).values()))
    return table


def _audit_table(outcome: DemoOutcome, output: Output) -> Table:
    """A row a distance band, a column a platform."""
    table = output.table(
        ("配送时限审计：申报时限（分钟）与判定", "Audit of delivery times: declared minutes, verdict"),
        ("距离", "distance"),
        *((each.name_zh, each.name_en) for each in outcome.city.platforms),
    )
    cells = {(each.cohort, each.platform_id): _verdict(each, output) for each in outcome.audit.cohorts}
    for band, name in {each.cohort: each.cohort_name for each in outcome.audit.cohorts}.items():
        verdicts = (cells.get((band, platform.id), "") for platform in outcome.city.platforms)
        table.add_row(output.pick(name.zh, name.en), *verdicts)
    return table


def _verdict(cohort: algo_audit_pb2.CohortAudit, output: Output) -> str:
    verdict = output.pick(*VERDICTS.get(cohort.verdict, ("", "")))
    unsafe = f" [red]{output.pick(*BELOW_FLOOR)}[/]" if cohort.below_floor else ""
    return f"{cohort.declared / 60:g} {verdict}{unsafe}"


def _cases_table(outcome: DemoOutcome, output: Output) -> Table:
    """The states there are cases in, and the letters."""
    there = [state for state in CASE_STATES if _in_state(outcome, state)]
    table = output.table(
        ("案件与警示", "Cases and warnings"),
        *(CASE_STATES[state] for state in there),
        ("发出警示函", "warnings sent"),
        text_columns=0,
    )
    counts = [*(_in_state(outcome, state) for state in there), outcome.warnings]
    table.add_row(*(f"{each:,}" for each in counts))
    return table


def _in_state(outcome: DemoOutcome, state: notify_pb2.CaseState.ValueType) -> int:
    return sum(case.state == state for case in outcome.cases)


def _by_platform(audit: algo_audit_pb2.Audit) -> dict[str, list[algo_audit_pb2.CohortAudit]]:
    cohorts = defaultdict(list)
    for cohort in audit.cohorts:
        cohorts[cohort.platform_id].append(cohort)
    return cohorts
