"""A partition judged piece by piece states what one judgement of everything states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.columns import EventSet, Names
from services.workhours.core.docket import Due
from services.workhours.core.finding import Finding
from services.workhours.core.rule_pack import ContinuousWorkParams, RulePack
from services.workhours.core.work_events import DispatchKind, Int64s
from services.workhours.history import COLUMNS, TEXTS, History
from services.workhours.partition import Partition
from services.workhours.ports import Known
from tests.unit.workhours.batches import batch
from tests.unit.workhours.shifts import DAY_START, HOUR, MINUTE, Row
from tests.unit.workhours.test_continuous_work_oracle import any_events, params


@dataclass
class Book:
    """A partition, and what it has stated so far."""

    partition: Partition
    events: EventSet
    stated: dict[str, Finding]
    signatures: dict[str, int]

    @classmethod
    def empty(cls, pack: RulePack, known: Sequence[Known] = (), watermark_ms: int = 0) -> Book:
        names = {name: Names() for name in ("platform", "worker", "area")}
        events = EventSet(names, COLUMNS, TEXTS)
        return cls(Partition(pack, names, events, known, watermark_ms), events, {}, {})

    def take(self, rows: Sequence[Row], watermark_ms: int) -> None:
        if rows:
            self.events.add(batch(rows))
        self.partition.advance(watermark_ms)
        for news in self.partition.judge():
            assert news.stated_before is (news.finding_id in self.signatures)
            self.signatures[news.finding_id] = news.signature
            self.stated.pop(news.finding_id, None)
            if news.finding is not None:
                self.stated[news.finding_id] = news.finding

    def facts(self) -> dict[str, Finding]:
        return {of: replace(finding, watermark_ms=0) for of, finding in self.stated.items()}


def under(pack: RulePack, params: ContinuousWorkParams) -> RulePack:
    return replace(pack, rules=(replace(pack.rules[0], params=params),))


@st.composite
def pieces(draw: st.DrawFn) -> list[tuple[list[Row], int]]:
    """Events in any order, some twice, in batches; with each the watermark, which may lag behind them."""
    rows = draw(any_events)
    again = draw(st.lists(st.sampled_from(rows), max_size=10)) if rows else []
    mixed = draw(st.permutations(rows + again)) if draw(st.booleans()) else sorted(rows, key=lambda r: r.time)
    cuts = sorted(draw(st.lists(st.integers(0, len(mixed)), max_size=8)))
    bounds = [0, *cuts, len(mixed)]
    watermarks = sorted(draw(st.lists(st.integers(0, 160), min_size=len(bounds), max_size=len(bounds))))
    moments = [DAY_START + minute * MINUTE for minute in watermarks]
    batches = [mixed[start:stop] for start, stop in pairwise(bounds)]
    return [*zip(batches, moments, strict=False), ([], moments[-1])]


@given(pieces(), params)
def test_after_every_piece_all_is_stated_as_if_judged_at_once(
    pack: RulePack, pieces: list[tuple[list[Row], int]], params: ContinuousWorkParams
) -> None:
    pack = under(pack, params)
    book, so_far = Book.empty(pack), list[Row]()
    for rows, watermark in pieces:
        book.take(rows, watermark)
        so_far += rows
        at_once = Book.empty(pack)
        at_once.take(so_far, watermark)
        assert book.facts() == at_once.facts()


@given(pieces(), params)
def test_evidence_and_counter_end_where_the_statement_does(
    pack: RulePack, pieces: list[tuple[list[Row], int]], params: ContinuousWorkParams
) -> None:
    book = Book.empty(under(pack, params))
    for rows, watermark in pieces:
        book.take(rows, watermark)
        for finding in book.stated.values():
            start, end, accumulated = finding.counter[-1]
            assert start < end <= finding.stated_until_ms
            assert accumulated <= finding.measured_ms
            assert set(finding.platform_ids) == {of.partition("/")[0] for of in finding.event_ids}
            assert finding.platform_id in finding.platform_ids


def test_only_the_last_spell_of_a_worker_is_read_again(
    pack: RulePack, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    needed = History.needed

    def counted(history: History, due: Due) -> Int64s:
        read.append(len(rows := needed(history, due)))
        return rows

    monkeypatch.setattr(History, "needed", counted)
    book = Book.empty(pack)
    for day in range(30):
        eight_orders = [
            Row(0, 0, day * 10 + order, kind, DAY_START + day * 24 * HOUR + (order * 50 + late) * MINUTE)
            for order in range(8)
            for kind, late in ((DispatchKind.ACCEPTED, 0), (DispatchKind.COMPLETED, 40))
        ]
        book.take(eight_orders, eight_orders[-1].time)
    assert len(book.stated) == 30
    assert max(read) == 2 * 16, "yesterday's spell and today's"
