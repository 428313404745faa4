"""What a season came to, as tables and as a document."""

from __future__ import annotations

from typing import Any

from rich.console import RenderableType
from rich.table import Table

from cli.case_states import CASE_STATES, state_name
from cli.embedded import EmbeddedSuite
from cli.output import Output
from cli.season import SeasonOutcome
from kit.clock import show
from quzhong import Totals
from quzhong.api.notify.v1 import casework_pb2, notify_pb2


def season_document(outcome: SeasonOutcome, suite: EmbeddedSuite) -> dict[str, Any]:
    """For ``--json``."""
    total = sum(outcome.totals, Totals())
    return {
        "days": outcome.season.parameters.days,
        "events": {"sent": total.sent, "accepted": total.accepted, "rejected": total.rejected},
        "cases": [
            {
                "platform_id": case.platform_id,
                "rule_id": case.rule_id,
                "area_code": case.area_code,
                "state": state_name(case.state),
            }
            for case in outcome.cases
        ],
        "ladder": [_step(step) for step in outcome.case_file.steps] if outcome.case_file else [],
        "letters": [_letter(notice) for notice in outcome.case_file.notices] if outcome.case_file else [],
        "rechecks": [_recheck(each) for each in outcome.case_file.rechecks] if outcome.case_file else [],
        "deeds": [{"day": str(deed.day), "who": deed.who, "did": deed.text.en} for deed in outcome.deeds],
        "seconds": outcome.seconds,
        "address": suite.address,
        "portal": suite.portal_url,
        "sign_in": season_links(outcome, suite),
    }


def season_pages(outcome: SeasonOutcome, output: Output) -> list[RenderableType]:
    """For people: the ladder of the strict platform's case, step by step, and its letters."""
    if outcome.case_file is None:
        return [output.pick("没有立案。", "No case was opened.")]
    return [
        _steps_table(outcome.case_file, output),
        _letters_table(outcome.case_file, output),
        *(output.pick(each.reason.zh, each.reason.en) for each in outcome.case_file.rechecks),
        output.pick(f"用时 {outcome.seconds:.1f} 秒", f"{outcome.seconds:.1f} s"),
    ]


def season_links(outcome: SeasonOutcome, suite: EmbeddedSuite) -> dict[str, str]:
    """Links that sign somebody in at the portal."""
    return {who: f"{suite.portal_url}/sign-in?token={token}" for who, token in outcome.tokens.items()}


def _step(step: notify_pb2.CaseStep) -> dict[str, Any]:
    return {
        "time": show(step.step_time.ToMilliseconds()),
        "to": state_name(step.to_state),
        "by": step.actor,
        "why": step.reason.en,
    }


def _letter(notice: notify_pb2.Notice) -> dict[str, Any]:
    return {
        "kind": notify_pb2.NoticeKind.Name(notice.kind).removeprefix("NOTICE_KIND_"),
        "notice_id": notice.notice_id,
        "deadline": notice.deadline,
    }


def _recheck(recheck: casework_pb2.Recheck) -> dict[str, Any]:
    return {
        "outcome": casework_pb2.RecheckOutcome.Name(recheck.outcome).removeprefix("RECHECK_OUTCOME_"),
        "before": recheck.before.rate_per_thousand,
        "after": recheck.after.rate_per_thousand,
        "ratio": recheck.ratio,
        "interval": [recheck.ratio_low, recheck.ratio_high],
    }


def _steps_table(case_file: notify_pb2.GetCaseResponse, output: Output) -> Table:
    table = output.table(
        ("处置过程", "The way of the case"),
        ("时间", "time"),
        ("状态", "state"),
        ("办理", "by"),
        ("理由", "why"),
        text_columns=4,
    )
    for step in case_file.steps:
        table.add_row(
            show(step.step_time.ToMilliseconds()),
            output.pick(*CASE_STATES[step.to_state]),
            step.actor,
            output.pick(step.reason.zh, step.reason.en),
        )
    return table


def _letters_table(case_file: notify_pb2.GetCaseResponse, output: Output) -> Table:
    table = output.table(
        ("发出的文书", "Letters"), ("时间", "time"), ("文书", "letter"), ("期限", "deadline"), text_columns=3
    )
    for notice in case_file.notices:
        table.add_row(
            show(notice.create_time.ToMilliseconds()),
            output.pick(notice.title.zh, notice.title.en),
            notice.deadline,
        )
    return table
