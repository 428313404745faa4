"""What workhours finds does not depend on when, or whether, a worker's pseudonym was changed on the way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from kit.clock import Clock
from services.intake.core.rows import Rows
from services.intake.lot import Verdict
from services.workhours.app import WorkhoursUnit
from services.workhours.settings import WorkhoursSettings
from tests.integration.workhours_robust import outcome
from tests.support.suite import eventually
from tests.unit.intake.moving_intake import MovingIntake
from tests.unit.intake.row_makers import NOW_MS, rows

MINUTE_MS = 60_000
ACCEPTED, COMPLETED = 2, 6
OLD, NEW = "old-pseudonym-0000", "new-pseudonym-0003"
OTHERS = [f"other-worker-{number:06}" for number in range(40)]
PARTITIONS = 3

ORDERS = 34
"""Of nine minutes, one minute apart, with a rest of 31 min after the 29th: 4 h 21 of work, and 45 min.

No two events are of the same time: which one evidence names first then hangs on the keys of events.
"""


def events() -> list[tuple[int, int, int]]:
    """(order, kind, time) of the worker's day."""
    found = []
    for order in range(ORDERS):
        begin_ms = NOW_MS - 8 * 60 * MINUTE_MS + (order * 10 + 30 * (order >= 29)) * MINUTE_MS
        found += [(order, ACCEPTED, begin_ms), (order, COMPLETED, begin_ms + 9 * MINUTE_MS)]
    return found


EVENTS = events()


def sent(chosen: Sequence[tuple[str, int]]) -> Rows:
    """The events of these numbers, each under a pseudonym."""
    of = {place: EVENTS[number] for place, (_, number) in enumerate(chosen)}
    return rows(
        len(chosen),
        worker_id={place: worker for place, (worker, _) in enumerate(chosen)},
        event_id={place: f"e-{number}" for place, (_, number) in enumerate(chosen)},
        order_id={place: f"o-{order}" for place, (order, _, _) in of.items()},
        kind={place: kind for place, (_, kind, _) in of.items()},
        event_time={place: time_ms for place, (_, _, time_ms) in of.items()},
    )


def time_passes() -> Rows:
    """To the present, in every partition."""
    return rows(
        len(OTHERS),
        worker_id=dict(enumerate(OTHERS)),
        kind=dict.fromkeys(range(len(OTHERS)), COMPLETED),
        event_time=dict.fromkeys(range(len(OTHERS)), NOW_MS),
    )


def standing(intake: MovingIntake, steps: Sequence[object]) -> outcome.Findings:
    """What stands after the steps, each of which workhours has judged before the next if it says so."""
    clock: Clock = lambda: NOW_MS  # noqa: E731
    with TemporaryDirectory() as folder:
        unit = WorkhoursUnit(WorkhoursSettings(data_dir=Path(folder)), intake.log, clock)
        unit.start()
        try:
            for step in [*steps, time_passes()]:
                if isinstance(step, Rows):
                    assert Verdict.REJECTED not in intake.submit_rows(step)
                elif step == "link":
                    intake.link(OLD, NEW)
                elif step == "move":
                    intake.move()
                else:
                    eventually(unit.drained)
            while intake.move():
                pass
            eventually(unit.drained)
        finally:
            unit.stop()
            intake.stop()
        return outcome.standing(outcome.stored(Path(folder)))


EXPECTED = standing(MovingIntake(PARTITIONS), [sent([(NEW, number) for number in range(len(EVENTS))])])


def test_there_is_something_to_find() -> None:
    assert outcome.over_the_limit(EXPECTED) == (1, 1)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    order=st.permutations(range(len(EVENTS))) | st.just(list(range(len(EVENTS)))),
    cuts=st.lists(st.integers(0, len(EVENTS)), min_size=3, max_size=3).map(sorted),
    still_old=st.booleans(),
    steps=st.lists(st.sampled_from(["move", "judge"]), min_size=3, max_size=3),
)
def test_findings_stand_as_if_the_new_pseudonym_had_been_used_from_the_start(
    order: list[int], cuts: list[int], still_old: bool, steps: list[str]
) -> None:
    first, linked, third = cuts
    portions = [order[:first], order[first:linked], order[linked:third], order[third:]]
    names = [OLD, OLD, NEW, OLD if still_old else NEW]
    said = [
        sent([(name, number) for number in portion]) for name, portion in zip(names, portions, strict=True)
    ]
    one, two, three, four = said
    history = [one, "judge", two, "link", steps[0], three, steps[1], four, steps[2]]
    found = standing(MovingIntake(PARTITIONS), [step for step in history if step is not None])
    outcome.require_same(EXPECTED, found)
