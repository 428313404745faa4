"""One rule and the findings made by it in one partition: which verdicts are news?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kit.columns import Names
from services.workhours.core.continuous_work import NOT_REACHED, Judgements, Severity, judge
from services.workhours.core.docket import Docket, Due
from services.workhours.core.facts import Facts, facts_of
from services.workhours.core.finding import Finding, Late
from services.workhours.core.finding_key import finding_key
from services.workhours.core.rule_pack import Rule, RulePack
from services.workhours.core.work_events import Int64s
from services.workhours.history import History, Touched
from services.workhours.ports import Known


@dataclass(frozen=True, slots=True)
class News:
    """A verdict that differs from what was stated last."""

    finding_id: str
    finding: Finding | None
    """As a first revision; None: from this start on nothing reaches a tier any more."""
    signature: int
    stated_before: bool
    """Whether the finding exists, so that this is to become its next revision."""
    late: Late
    """If so: the events that came since, of the time stated then."""


class RuleJudge:
    """Judges the workers who are due and keeps in mind what was stated of them."""

    def __init__(self, pack: RulePack, rule: Rule, names: dict[str, Names]) -> None:
        self._pack = pack
        self._rule = rule
        self._names = names
        self._docket = Docket()
        self._known: dict[int, dict[int, Known]] = {}
        """Worker code → start of the spell → the finding."""
        stated_too = repr((pack.version, rule.params)).encode()
        self._seed = int.from_bytes(hashlib.sha256(stated_too).digest()[:8], "little")

    def know(self, item: Known) -> None:
        """Keep in mind a finding of this rule."""
        (worker,) = self._names["worker"].codes([item.worker_id]).tolist()
        self._known.setdefault(worker, {})[item.spell_start_ms] = item

    def touch(self, touched: Touched) -> None:
        """Put down the workers of new events."""
        self._docket.touch(touched.worker, touched.time_ms)

    def judge(self, history: History, watermark_ms: int) -> Iterator[News]:
        """Judge whoever is due at this watermark."""
        due = self._docket.due(watermark_ms)
        if not len(due):
            return
        rows = history.needed(due)
        events = history.work_events(rows)
        judged = judge(events, self._rule.params, watermark_ms, due)
        self._docket.judged(due, judged.spells)
        self._docket.put_down(judged.deadlines.worker, judged.deadlines.at)
        self._put_down_ends(judged.judgements)
        yield from self._stated(facts_of(judged.judgements, events, self._seed), rows, history)
        yield from self._gone(due, judged.judgements, history)

    def _put_down_ends(self, judgements: Judgements) -> None:
        """An open spell is stated whole once it has ended: look again when the reset gap may have passed."""
        still = judgements.open
        ends = judgements.spell_end[still] + self._rule.params.reset_gap_ms
        self._docket.put_down(judgements.worker[still], ends)

    def _stated(self, facts: Facts, rows: Int64s, history: History) -> Iterator[News]:
        """Spells that are stated for the first time, or otherwise than before."""
        columns = facts.judgements.worker, facts.judgements.spell_start, facts.signature
        for row, (worker, start, signature) in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
            known = self._known.setdefault(worker, {})
            before = known.get(start)
            if before is not None and before.stands and before.signature == signature:
                continue
            finding = self._finding(facts, row, rows, history)
            known[start] = Known(
                finding_id=finding.finding_id,
                rule_id=finding.rule_id,
                worker_id=finding.worker_id,
                spell_start_ms=start,
                stated_until_ms=finding.stated_until_ms,
                signature=signature,
                stands=True,
            )
            late = Late() if before is None else history.late(worker, before.stated_until_ms)
            yield News(finding.finding_id, finding, signature, before is not None, late)

    def _gone(self, due: Due, judgements: Judgements, history: History) -> Iterator[News]:
        """Findings of the judged time whose spell starts elsewhere now, or reaches no tier."""
        found = set(zip(judgements.worker.tolist(), judgements.spell_start.tolist(), strict=True))
        for worker, since in zip(due.worker.tolist(), due.since.tolist(), strict=True):
            known = self._known.get(worker, {})
            for start, item in sorted(known.items()):
                if item.stands and start >= since and (worker, start) not in found:
                    known[start] = replace(item, stands=False)
                    late = history.late(worker, item.stated_until_ms)
                    yield News(item.finding_id, None, item.signature, True, late)

    def _finding(self, facts: Facts, row: int, rows: Int64s, history: History) -> Finding:
        judgements, params, names = facts.judgements, self._rule.params, self._names
        worker_id = names["worker"][int(judgements.worker[row])]
        start, ended = int(judgements.spell_start[row]), not judgements.open[row]
        stated = [history.event(int(rows[index])) for index in facts.evidence[row].tolist()]
        return Finding(
            finding_id=finding_key(self._pack.id, self._rule.id, worker_id, start),
            rule_id=self._rule.id,
            pack_id=self._pack.id,
            pack_version=self._pack.version,
            worker_id=worker_id,
            severity=Severity(int(judgements.severity[row])),
            platform_id=names["platform"][int(judgements.crossing_platform[row])],
            area_code=names["area"][int(judgements.crossing_area[row])],
            tier_at_ms=int(facts.tier_at[row]),
            spell_start_ms=start,
            stated_until_ms=int(facts.stated_until[row]),
            open=not ended,
            watermark_ms=int(judgements.known_until[row]),
            measured_ms=int(facts.measured[row]),
            limit_ms=params.limit_ms,
            limit_at_ms=_moment(judgements.limit_at, row),
            no_push_start_ms=_moment(judgements.no_push_from, row) if ended else None,
            no_push_end_ms=_moment(judgements.no_push_until, row) if ended else None,
            platform_ids=tuple(sorted({event.platform_id for event in stated})),
            event_ids=tuple(event.id for event in stated),
            counter=tuple(facts.counter(row)),
        )


def _moment(column: Int64s, row: int) -> int | None:
    value = int(column[row])
    return None if value == NOT_REACHED else value
