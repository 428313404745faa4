"""``quzhong rules explain``: one rule in words, with an example that the rule itself has judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import typer
from rich.text import Text as Line

from cli.output import Output
from cli.rules_show import found_or_usage_error, rule_of, validity
from services.workhours.catalogue import Found
from services.workhours.core.families.registry import FAMILIES
from services.workhours.core.pack_document import PackDocument
from services.workhours.core.pack_judge import judge_pack
from services.workhours.core.rule_pack import Rule, RulePack
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity, Verdict

_MONDAY: Final = datetime(2026, 1, 12, 8)
"""When the example begins: an ordinary Monday morning, in the pack's zone."""
_MINUTE_MS: Final = 60_000
_DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Example:
    """The least time in one state by which a rule is broken."""

    intervals: tuple[Interval, ...]
    verdict: Verdict


def explain_rule(pack_name: str, rule_name: str, folder: Path | None, output: Output) -> None:
    """Show the rule.

    Raises:
        typer.BadParameter: if there is no such pack or rule.
    """
    found = found_or_usage_error(pack_name, folder, "PACK")
    pack, rule = _pack_and_rule(found, rule_name)
    example = example_of(pack, rule)
    numbers = output.table(
        ("数值", "Numbers"),
        ("参数", "parameter"),
        ("取值", "value"),
        ("来源", "where it comes from"),
        text_columns=3,
    )
    for name, value in rule.values.items():
        numbers.add_row(name, value, output.pick(rule.origins[name].zh, rule.origins[name].en))
    citations = output.table(
        ("依据", "Rests on"), ("文件", "text"), ("条款", "clause"), ("效力", "standing"), text_columns=3
    )
    for each in rule.citations:
        citations.add_row(
            f"{output.pick(each.title.zh, each.title.en)} ({each.issued})",
            output.pick(each.clause.zh, each.clause.en),
            output.pick(each.standing.zh, each.standing.en),
        )
    head = Line(f"{output.pick(rule.title.zh, rule.title.en)} · {rule.code}", style="bold")
    where = Line(f"{rule.id} · {pack.version} · {validity(found.document)} · {rule.family}")
    said = Line("\n".join(_tiers(rule, output)))
    worked = [Line(_worked(example, pack, output))] if example is not None else []
    document = {
        "pack": pack.id,
        "version": pack.version,
        "rule": rule_of(rule),
        "family_says": (FAMILIES[rule.family].__doc__ or "").strip(),
        "example": _example_document(example, pack),
    }
    output.result(document, head, where, said, *worked, numbers, citations)


def example_of(pack: RulePack, rule: Rule) -> Example | None:
    """The shortest stretch in one state, of those a minute past one of the rule's lengths, that breaks it.

    For a rule about instants it is followed by one. None if no single stretch breaks the rule.
    """
    start_ms = round(_MONDAY.replace(tzinfo=ZoneInfo(pack.time_zone)).timestamp() * 1000)
    lengths = {length for each in pack.rules for length in each.lengths.values()}
    own = set(rule.lengths.values())
    for length_ms in [*sorted(own), *sorted(lengths - own), 7 * _DAY_MS]:
        for state in pack.states:
            stretch = Interval(start_ms, start_ms + length_ms + _MINUTE_MS, state.id)
            for intervals in _with_instants(stretch, pack):
                timeline = Timeline.of(intervals, stretch.end_ms + _DAY_MS)
                for verdict in judge_pack(timeline, pack)[rule.id]:
                    if verdict.severity is Severity.BREACH:
                        return Example(intervals, verdict)
    return None


def _with_instants(stretch: Interval, pack: RulePack) -> Iterator[tuple[Interval, ...]]:
    """The stretch alone, and followed a minute later by an instant of each state that consists of such."""
    yield (stretch,)
    for state in pack.states:
        if state.source == "offer":
            at_ms = stretch.end_ms + _MINUTE_MS
            yield stretch, Interval(at_ms, at_ms, state.id)


def _pack_and_rule(found: Found, name: str) -> tuple[RulePack, Rule]:
    document: PackDocument = found.document
    for rule in document.rules:
        if name in (rule.id, rule.code, rule.id.removeprefix(f"{document.id}.")):
            pack = document.resolve({**found.implied, **rule.when})
            return pack, pack.rule(rule.id)
    known = ", ".join(rule.code for rule in document.rules)
    raise typer.BadParameter(f"{document.id} has no rule {name!r}; it has {known}", param_hint="RULE")


def _tiers(rule: Rule, output: Output) -> Iterator[str]:
    names = {
        Severity.PROMPT: ("提示", "prompt"),
        Severity.LIMIT_REACHED: ("到限", "limit reached"),
        Severity.BREACH: ("超限", "breach"),
    }
    for severity, name in names.items():
        text = rule.texts.of(severity)
        if text is not None:
            yield output.pick(f"{name[0]}：{text.zh}", f"{name[1]}: {text.en}")


def _worked(example: Example, pack: RulePack, output: Output) -> str:
    titles = {state.id: state.title for state in pack.states}
    told = [
        f"{_clock(each.start_ms, pack)}–{_clock(each.end_ms, pack)} "
        f"{output.pick(titles[each.state].zh, titles[each.state].en)}"
        for each in example.intervals
    ]
    span = f"{_clock(example.verdict.start_ms, pack)}–{_clock(example.verdict.end_ms, pack)}"
    return output.pick(f"例：{'；'.join(told)} → 超限 {span}", f"example: {'; '.join(told)} → breach {span}")


def _clock(epoch_ms: int, pack: RulePack) -> str:
    """Day of the month and time: "12T08:00"."""
    moment = datetime.fromtimestamp(epoch_ms / 1000, UTC).astimezone(ZoneInfo(pack.time_zone))
    return f"{moment:%m-%d %H:%M}"


def _example_document(example: Example | None, pack: RulePack) -> dict[str, object] | None:
    if example is None:
        return None

    def local(epoch_ms: int) -> str:
        moment = datetime.fromtimestamp(epoch_ms / 1000, UTC).astimezone(ZoneInfo(pack.time_zone))
        return moment.replace(tzinfo=None).isoformat(timespec="seconds")

    return {
        "intervals": [
            {"start": local(each.start_ms), "end": local(each.end_ms), "state": each.state}
            for each in example.intervals
        ],
        "violation": {"start": local(example.verdict.start_ms), "end": local(example.verdict.end_ms)},
    }
