"""``quzhong policy simulate``: what a policy would have sent, beside what another one would have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import RenderableType
from rich.text import Text as Line

from cli.choices import People
from cli.output import CommandError, Output
from cli.policy_check import policy_or_fail
from cli.rule_folder import RuleFolder
from services.notify.core.findings import local_day
from services.notify.core.policy import Policy
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState, Trigger
from services.notify.simulation.past_findings import Assumed, ReadPast, read_past, unread_by_reason
from services.notify.simulation.running import Assumed as Assumption
from services.notify.simulation.running import Happened, Past, days_of
from services.notify.simulation.running import simulate as run

_TOLD = {
    Trigger.FINDING_STANDS: Text("立案", "case opened"),
    Trigger.ALL_WITHDRAWN: Text("撤销", "withdrawn"),
    Trigger.WARNING_SENT: Text("警示", "warning"),
    Trigger.ANSWERED: Text("答复", "answered"),
    Trigger.SUMMONS_PROPOSED: Text("提请约谈", "summons proposed"),
    Trigger.SUMMONS_APPROVED: Text("批准约谈", "summons approved"),
    Trigger.SUMMONS_SENT: Text("发出约谈通知", "summons sent"),
    Trigger.TALK_HELD: Text("约谈", "talk held"),
    Trigger.ORDER_ISSUED: Text("责令限期整改", "order to rectify"),
    Trigger.DEADLINE_PASSED: Text("开始复查", "recheck begins"),
    Trigger.IMPROVED: Text("复查改善，结案", "improved, closed"),
    Trigger.NOT_IMPROVED: Text("未改善，联合处置", "not improved, joint action"),
}
"""Steps that a simulation takes."""

_TOTALS = (
    Trigger.FINDING_STANDS,
    Trigger.WARNING_SENT,
    Trigger.SUMMONS_PROPOSED,
    Trigger.IMPROVED,
    Trigger.NOT_IMPROVED,
)
"""What is counted by platform."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """As the options name it."""

    policy: Path
    findings: Path
    against: Path | None
    first: date | None
    last: date | None
    answers: People
    officials: People
    platform_id: str
    area_code: str
    active: int
    rules: Path | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one policy came to."""

    policy: Policy
    happened: Sequence[Happened]

    def totals(self) -> dict[str, Counter[Trigger]]:
        """By platform."""
        counts: dict[str, Counter[Trigger]] = {}
        for each in self.happened:
            counts.setdefault(each.place.platform_id, Counter())[each.step.trigger] += 1
        return dict(sorted(counts.items()))


def simulate(wanted: Wanted, output: Output) -> None:
    """Run one policy, or two, and show timeline and totals.

    Raises:
        CommandError: BAD_POLICY, NO_FINDINGS, FINDINGS_UNREADABLE.
    """
    policies = [policy_or_fail(file) for file in (wanted.policy, wanted.against) if file is not None]
    read = _read(wanted)
    for reason, count, line in unread_by_reason(read.unread):
        output.say(
            f"未采用 {count:,} 行（首见第 {line} 行）：{reason}",
            f"{count:,} lines left out (first: {line}): {reason}",
        )
    past = read.past(_assumed(wanted)).within(wanted.first, wanted.last)
    if past.days is None or not past.reports:
        raise CommandError(
            f"{wanted.findings} 中没有这一期间成立的认定；请检查 --findings、--from 和 --to",
            f"no finding stands in these days of {wanted.findings}; look at --findings, --from and --to",
            reason="NO_FINDINGS",
        )
    outcomes = [_run(policy, past, wanted, output) for policy in policies]
    output.result(_document(wanted, past, read, outcomes), *_pages(past, outcomes, output))


def _read(wanted: Wanted) -> ReadPast:
    try:
        return read_past(wanted.findings, _assumed(wanted))
    except (UnicodeDecodeError, FileNotFoundError) as error:
        raise CommandError(
            f"{wanted.findings} 无法读取：应为 UTF-8 的 JSON 行文件，或者含 notify.db 的数据目录（{error}）",
            f"{wanted.findings} cannot be read: give JSON lines in UTF-8, or a data folder with notify.db "
            f"({error})",
            reason="FINDINGS_UNREADABLE",
        ) from error


def _assumed(wanted: Wanted) -> Assumed:
    rules = {rule.code: rule.id for pack in RuleFolder(wanted.rules).packs for rule in pack.rules}
    return Assumed(wanted.platform_id, wanted.area_code, rules, wanted.active)


def _run(policy: Policy, past: Past, wanted: Wanted, output: Output) -> Outcome:
    with TemporaryDirectory(prefix="quzhong-policy-") as folder, output.progress() as progress:
        task = progress.add_task(f"{policy.id} {policy.version}", total=days_of(past))
        happened = run(
            policy,
            past,
            f"sqlite:///{folder}/notify.db",
            Assumption(wanted.answers.value),
            Assumption(wanted.officials.value),
            lambda: progress.advance(task),
        )
    return Outcome(policy, happened)


def _document(wanted: Wanted, past: Past, read: ReadPast, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    assert past.days is not None
    first, *others = [_outcome(outcome) for outcome in outcomes]
    return {
        "from": past.days[0].isoformat(),
        "to": past.days[1].isoformat(),
        "findings": len(past.reports),
        "answers": wanted.answers.value,
        "officials": wanted.officials.value,
        **first,
        "against": others[0] if others else None,
        "rejected": [{"line": each.line, "reason": each.reason} for each in read.unread],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "policy": outcome.policy.id,
        "version": outcome.policy.version,
        "timeline": [
            {
                "day": local_day(each.step.time_ms).isoformat(),
                "platform": each.place.platform_id,
                "rule": each.place.rule_id,
                "area": each.place.area_code,
                "step": each.step.trigger.name.lower(),
                "state": each.step.to_state.name.lower(),
                "why": {"zh": each.step.reason.zh, "en": each.step.reason.en},
                "clause": {"zh": each.step.clause.zh, "en": each.step.clause.en},
            }
            for each in outcome.happened
        ],
        "totals": {
            platform: {trigger.name.lower(): counts[trigger] for trigger in _TOTALS}
            for platform, counts in outcome.totals().items()
        },
    }


def _pages(past: Past, outcomes: Sequence[Outcome], output: Output) -> Iterator[RenderableType]:
    assert past.days is not None
    for outcome in outcomes:
        yield _timeline(outcome, output)
    yield _side_by_side(outcomes, output)
    first, last = past.days
    waiting = sum(_ends_in(outcomes[0], CaseState.SUMMONS_PROPOSED).values())
    yield Line(
        output.pick(
            f"{first} 至 {last}，{len(past.reports):,} 项认定。未发出任何文书；"
            f"{waiting} 件提请约谈待具名负责人审批。",
            f"{first} to {last}, {len(past.reports):,} findings. Nothing was sent; "
            f"{waiting} proposed summonses wait for a named official.",
        )
    )


def _timeline(outcome: Outcome, output: Output) -> RenderableType:
    name = f"{outcome.policy.id} {outcome.policy.version}"
    table = output.table(
        (f"{name}：将会发生", f"{name}: what would have happened"),
        ("日期", "day"),
        ("平台", "platform"),
        ("规则", "rule"),
        ("地区", "area"),
        ("步骤", "step"),
        ("原因", "why"),
        text_columns=6,
    )
    table.columns[0].no_wrap = True
    for each in outcome.happened:
        told = _TOLD.get(each.step.trigger, Text(each.step.trigger.value, each.step.trigger.value))
        table.add_row(
            local_day(each.step.time_ms).isoformat(),
            Line(each.place.platform_id),  # as text: what is in a file is no markup
            Line(each.place.rule_id),
            Line(each.place.area_code),
            output.pick(told.zh, told.en),
            Line(output.pick(each.step.reason.zh, each.step.reason.en)),
        )
    return table


def _side_by_side(outcomes: Sequence[Outcome], output: Output) -> RenderableType:
    headings = [(_TOLD[trigger].zh, _TOLD[trigger].en) for trigger in _TOTALS]
    table = output.table(
        ("合计（按平台）", "Totals by platform"),
        ("平台", "platform"),
        ("处置规则", "policy"),
        *headings,
        text_columns=2,
    )
    totals = [outcome.totals() for outcome in outcomes]
    for platform in sorted(set().union(*totals)):
        for outcome, counts in zip(outcomes, totals, strict=True):
            own = counts.get(platform, Counter())
            name = f"{outcome.policy.id} {outcome.policy.version}"
            table.add_row(Line(platform), name, *(str(own[trigger]) for trigger in _TOTALS))
    return table


def _ends_in(outcome: Outcome, state: CaseState) -> Counter[str]:
    """Cases by platform whose last step led there."""
    last = {each.step.case_id: each for each in outcome.happened}
    return Counter(each.place.platform_id for each in last.values() if each.step.to_state is state)
