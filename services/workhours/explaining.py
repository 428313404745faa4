"""Explaining a finding: its worker judged again from the log, by the rules in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.workhours.core.coverage import Coverage, coverage_of
from services.workhours.core.finding import Finding, FindingState, length_text, moment_text
from services.workhours.core.rule_pack import Rule, RulePack
from services.workhours.core.text import Text
from services.workhours.core.timeline import Span
from services.workhours.core.verdict import Severity, Verdict
from services.workhours.core.work_events import DispatchKind
from services.workhours.core.worker_timeline import DispatchEvent
from services.workhours.ports import WorkerHistory
from services.workhours.rejudging import EVER, Rejudged, rejudge

_COUNTED: Final = (
    DispatchKind.ACCEPTED,
    DispatchKind.PICKED_UP,
    DispatchKind.COMPLETED,
    DispatchKind.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What judging again gave."""

    again: Verdict | None
    """On the finding's stretch; None if the rule reaches no tier there, or is not in force."""
    known_until_ms: int
    coverage: Coverage
    """Of the stretch."""
    still_stands: bool
    differences: Sequence[str]
    """Each begins with the name of its field in the contract: what is stated → what is found now."""
    events: Sequence[DispatchEvent]
    """That the rule counts in the stretch, by time."""
    pack: RulePack
    rule: Rule | None
    notes: Sequence[Text]


class Explaining:
    """The use case. Threads may share it."""

    def __init__(self, packs: Callable[[], RulePack], history: WorkerHistory) -> None:
        """``packs``: the pack in force."""
        self._packs = packs
        self._history = history

    def explain(self, finding: Finding) -> Explanation:
        """Judge the finding's worker again.

        Raises:
            LogUnavailableError: (retryable) if the log cannot give their events.
        """
        events = self._history.events(finding.worker_id, 0, EVER)
        pack = self._packs()
        rejudged = rejudge(pack, events)
        again = _same(finding, rejudged.verdicts.get(finding.rule_id, ()))
        stretch = _stretch(finding, again)
        return Explanation(
            again=again,
            known_until_ms=events.known_until_ms,
            coverage=coverage_of(rejudged.timeline, stretch, [each.span for each in rejudged.sessions]),
            still_stands=_still_stands(finding, again),
            differences=list(_differences(finding, again)),
            events=_evidence(rejudged, stretch),
            pack=pack,
            rule=next((rule for rule in pack.rules if rule.id == finding.rule_id), None),
            notes=list(_notes(finding, pack, whole=events.whole)),
        )


def _same(finding: Finding, verdicts: Sequence[Verdict]) -> Verdict | None:
    """The verdict on the finding's stretch: one of the same start, else the one that overlaps it most.

    Of several of the same start the one of the same moment, else the gravest, is meant.
    """
    if together := [each for each in verdicts if _is_of(finding, each)]:
        return max(
            together,
            key=lambda each: (each.start_ms == finding.tier_at_ms, each.severity, -each.start_ms),
        )
    overlapping = [each for each in verdicts if _overlap_ms(finding, each) > 0]
    return max(overlapping, key=lambda each: _overlap_ms(finding, each), default=None)


def _is_of(finding: Finding, verdict: Verdict) -> bool:
    """Its start tells a stretch from others."""
    return verdict.period_start_ms == finding.spell_start_ms


def _overlap_ms(finding: Finding, verdict: Verdict) -> int:
    return min(finding.stated_until_ms, verdict.period_end_ms) - max(
        finding.spell_start_ms, verdict.period_start_ms
    )


def _stretch(finding: Finding, again: Verdict | None) -> Span:
    if again is None:
        return Span(finding.spell_start_ms, finding.stated_until_ms)
    return Span(again.period_start_ms, again.period_end_ms)


def _still_stands(finding: Finding, again: Verdict | None) -> bool:
    return (
        finding.state is FindingState.STANDS
        and again is not None
        and again.severity == finding.severity
        and _is_of(finding, again)
    )


_STATED: Final[Mapping[str, tuple[Callable[[Finding], object], Callable[[Verdict], object]]]] = {
    "severity": (lambda stated: Severity(stated.severity).name, lambda found: found.severity.name),
    "event_time": (lambda stated: moment_text(stated.tier_at_ms), lambda found: moment_text(found.start_ms)),
    "spell_start_time": (
        lambda stated: moment_text(stated.spell_start_ms),
        lambda found: moment_text(found.period_start_ms),
    ),
    "limit": (lambda stated: length_text(stated.limit_ms), lambda found: length_text(found.limit_ms)),
    "open": (lambda stated: stated.open, lambda found: found.open),
}
"""Field of the contract → what the finding states, and what is found now."""
_STATED_ONCE_OVER: Final[Mapping[str, tuple[Callable[[Finding], object], Callable[[Verdict], object]]]] = {
    "spell_end_time": (
        lambda stated: moment_text(stated.stated_until_ms),
        lambda found: moment_text(found.period_end_ms),
    ),
    "measured": (
        lambda stated: length_text(stated.measured_ms),
        lambda found: length_text(found.measured_ms),
    ),
}
"""Of a stretch that goes on these are stated as of the moment its tier was reached; see ``core.facts``."""


def _differences(finding: Finding, again: Verdict | None) -> Iterable[str]:
    if again is None:
        yield f"severity: {Severity(finding.severity).name} → none"
        return
    over = not (finding.open or again.open)
    for field, (of_finding, of_verdict) in ({**_STATED, **_STATED_ONCE_OVER} if over else _STATED).items():
        if (before := of_finding(finding)) != (now := of_verdict(again)):
            yield f"{field}: {before} → {now}"


def _evidence(rejudged: Rejudged, stretch: Span) -> list[DispatchEvent]:
    """The counted events of every order with time in the stretch, and offers within it."""
    found = {
        event.place: event
        for each in rejudged.intervals
        if each.order is not None
        and each.interval.start_ms <= stretch.end_ms
        and each.interval.end_ms >= stretch.start_ms
        for event in each.order.events
        if event.kind in _COUNTED
        or (event.kind == DispatchKind.OFFERED and each.interval.start_ms == each.interval.end_ms)
    }
    return [found[place] for place in sorted(found)]


def _notes(finding: Finding, pack: RulePack, *, whole: bool) -> Iterable[Text]:
    if finding.state is FindingState.WITHDRAWN:
        yield Text(zh="该认定已撤回；最后一次修订说明了原因。", en="Withdrawn; its last revision says why.")
    if finding.pack_id != pack.id or all(rule.id != finding.rule_id for rule in pack.rules):
        yield Text(
            zh=f"现行规则包 {pack.id} {pack.version} 不含规则 {finding.rule_id}，无法据此重新判定。",
            en=f"Not judged again: the pack in force, {pack.id} {pack.version}, lacks {finding.rule_id}.",
        )
    elif finding.pack_version != pack.version:
        yield Text(
            zh=f"该认定依据 {finding.pack_version} 版作出；此处按现行 {pack.version} 版重新判定。",
            en=f"Made by version {finding.pack_version}; judged again by {pack.version}, now in force.",
        )
    if not whole:
        yield Text(
            zh="事件日志的较早部分已过保留期，更早的事件可能缺失。",
            en="Retention has dropped the beginning of the event log; earlier events may be missing.",
        )
