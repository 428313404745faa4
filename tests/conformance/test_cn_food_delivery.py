"""The food-delivery cases: times and verdicts derived from the rule's text, each with its source.

``test_cases.py`` compares all rules of all cases, as the command judges them. Here is what the continuous
rule states besides, judged in columns as the service does: the fatigue notice, the no-push window, the
minutes.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import yaml

from services.workhours.core.judgements import Judgements
from services.workhours.core.pack_parser import parse_rule_pack
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import DispatchKind, WorkEvents
from tests.unit.workhours.shifts import judge

CONTINUOUS = "cn.continuous_order_4h"
MINUTE = 60_000

CASES = sorted((Path(__file__).parent / "cases").glob("cn-food-*.json"))
RULES = Path(__file__).resolve().parents[2] / "rules"


class Case:
    """One case file, in the core's columns."""

    def __init__(self, path: Path) -> None:
        self.document: dict[str, Any] = json.loads(path.read_text("utf-8"))
        self.zone = ZoneInfo(self.document["tz"])
        intervals = self.document["intervals"]
        self.day = intervals[0]["start"][:10]
        self.watermark = max(self.ms(interval["end"]) for interval in intervals) + 24 * 60 * MINUTE
        platforms = sorted({interval.get("platform", "") for interval in intervals})
        rows = [
            (platforms.index(interval.get("platform", "")), order, kind, self.ms(interval[edge]))
            for order, interval in enumerate(intervals)
            for kind, edge in self._events_of(interval["state"])
        ]
        platform, order, kind, time = np.array(rows, dtype=np.int64).T
        self.events = WorkEvents(
            worker=np.zeros(len(rows), dtype=np.int64),
            platform=platform,
            order=order.astype(np.uint64),
            kind=kind.astype(np.int8),
            time=time,
            event=np.arange(len(rows), dtype=np.uint64),
            area=np.zeros(len(rows), dtype=np.int64),
            record=np.zeros(len(rows), dtype=np.int64),
        )
        self.expected = [
            violation for violation in self.document["expected_violations"] if violation["rule"] == CONTINUOUS
        ]

    @staticmethod
    def _events_of(state: str) -> list[tuple[DispatchKind, str]]:
        if state == "order":
            return [(DispatchKind.ACCEPTED, "start"), (DispatchKind.COMPLETED, "end")]
        if state == "dispatch_push":
            return [(DispatchKind.OFFERED, "start")]
        raise AssertionError(f"the runner does not know the state {state!r}: teach it")

    def ms(self, local: str) -> int:
        """ "2026-01-15T12:00:00", or "12:00" of the case's day."""
        moment = datetime.fromisoformat(local if "T" in local else f"{self.day}T{local}")
        return int(moment.replace(tzinfo=self.zone).timestamp() * 1000)

    def minute_of_day(self, moment: int) -> int:
        local = datetime.fromtimestamp(moment / 1000, self.zone)
        return local.hour * 60 + local.minute


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return parse_rule_pack(yaml.safe_load((RULES / "cn-food-delivery-2025.yaml").read_text("utf-8")))


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> Case:
    return Case(request.param)


def judged(case: Case, pack: RulePack, events: WorkEvents) -> Judgements:
    return judge(events, pack.rules[0].params, case.watermark)[0].judgements


def test_there_are_cases() -> None:
    assert len(CASES) == 6


def test_case_speaks_of_our_parameters(case: Case, pack: RulePack) -> None:
    assert case.document["params"]["reset_gap_min"] * MINUTE == pack.rules[0].params.reset_gap_ms
    assert case.document["source"]["url"]


def test_case_gives_exactly_the_stated_breaches(case: Case, pack: RulePack) -> None:
    found = judged(case, pack, case.events)
    breaches = np.flatnonzero(found.severity == Severity.BREACH)
    assert len(breaches) == len(case.expected)
    for spell, stated in zip(breaches, case.expected, strict=True):
        actual = {
            "start": found.breach_at[spell],
            "end": found.spell_end[spell],
            "no_push_from": found.no_push_from[spell],
            "no_push_to": found.no_push_until[spell],
        }
        for name, moment in actual.items():
            if name in stated:
                assert moment == case.ms(stated[name]), name
        if "fatigue_notice_at_min" in stated:
            assert case.minute_of_day(found.breach_at[spell]) == stated["fatigue_notice_at_min"]
        if "order_minutes" in stated:
            assert found.worked[spell] == stated["order_minutes"] * MINUTE


def test_breach_said_to_be_visible_only_across_platforms_is_so(pack: RulePack) -> None:
    cases = [
        case
        for case in map(Case, CASES)
        if any(stated.get("visible_only_across_platforms") for stated in case.expected)
    ]
    assert cases
    for case in cases:
        for platform in np.unique(case.events.platform):
            alone = judged(case, pack, case.events.take(case.events.platform == platform))
            assert not np.any(alone.severity == Severity.BREACH)


def test_no_push_of_the_cases_falls_into_the_wait(pack: RulePack) -> None:
    # None of the cases claims a finding about a push; the one that has a push says it is just allowed.
    cases = [case for case in map(Case, CASES) if np.any(case.events.kind == DispatchKind.OFFERED)]
    assert cases
    for case in cases:
        found = judged(case, pack, case.events)
        for push in case.events.time[case.events.kind == DispatchKind.OFFERED]:
            assert not np.any((found.no_push_from <= push) & (push < found.no_push_until))
