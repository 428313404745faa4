"""However a link, events and its undoing mix: two workers end as if they had never been linked."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from services.intake.lot import Verdict
from services.intake.ports import Succession
from tests.unit.intake.moving_intake import MovingIntake, Said
from tests.unit.intake.row_makers import NOW_MS

OLD, NEW = "old-pseudonym-0000", "new-pseudonym-0000"
TRUE_OLD, TRUE_NEW = "true-old-pseudonym", "true-new-pseudonym"
WORKERS = (OLD, NEW, TRUE_OLD, TRUE_NEW)
DAY_MS = 86_400_000

SAID = st.builds(
    lambda event, version: Said(WORKERS[event % 4], event, version), st.integers(0, 11), st.integers(0, 2)
)
ACTIONS = st.lists(
    st.one_of(
        st.lists(SAID, min_size=1, max_size=5),
        st.sampled_from(["link", "undo", "true old", "true new", "move", "move all", "restart"]),
    ),
    max_size=14,
)


def act(intake: MovingIntake, action: str, done: set[str]) -> None:
    """The registry's part: a link is made once, undone after it was made, and true ones come after that."""
    if action == "link" and action not in done:
        intake.link(OLD, NEW)
    elif action == "undo" and "link" in done and action not in done:
        intake.undo(OLD, NEW)
    elif action == "true old" and "undo" in done and action not in done:
        intake.link(OLD, TRUE_NEW)
    elif action == "true new" and "undo" in done and action not in done:
        intake.link(TRUE_OLD, NEW)
    elif action == "restart":
        intake.restart()
        return
    elif action.startswith("move"):
        while intake.move() and action == "move all":
            pass
        return
    else:
        return
    done.add(action)


@given(ACTIONS, st.sampled_from([1, 2, 5]))
@example([[Said(OLD, 0, 0)], "link", "move all", [Said(OLD, 4, 0), Said(NEW, 1, 0)], "undo"], 1)
@example(["link", [Said(OLD, 0, 0)], "undo", "true old", [Said(OLD, 0, 1)], "true new"], 1)
@example([[Said(OLD, 0, 0)], "link", "undo", "move", "true old", "true new", "restart"], 2)
@settings(max_examples=300, deadline=None)
def test_two_workers_stand_as_if_they_had_never_been_linked(
    actions: list[list[Said] | str], partitions: int
) -> None:
    linked, plain, done = MovingIntake(partitions), MovingIntake(partitions), set[str]()
    true = {"true old": (OLD, TRUE_NEW), "true new": (TRUE_OLD, NEW)}
    try:
        for action in [*actions, "link", "undo"]:
            if isinstance(action, list):
                verdicts = linked.submit(action)
                assert verdicts == plain.submit(action)
                assert Verdict.REJECTED not in verdicts
            else:
                act(linked, action, done)
        for each in true.keys() & done:
            plain.link(*true[each])
        for intake in (linked, plain):
            while intake.move():
                pass
        assert linked.holding() == plain.holding()
    finally:
        linked.stop()
        plain.stop()


@pytest.fixture
def intake() -> MovingIntake:
    return MovingIntake(2)


def move_all(intake: MovingIntake) -> None:
    while intake.move():
        pass


def held(intake: MovingIntake) -> list[tuple[str, str, int]]:
    return [(each.worker_id, each.event_id, each.version) for each in intake.holding()]


def test_a_correction_finds_its_event_after_the_undoing(intake: MovingIntake) -> None:
    intake.submit([Said(OLD, 1, 0)])
    intake.link(OLD, NEW)
    move_all(intake)
    intake.submit([Said(OLD, 3, 0), Said(NEW, 5, 0)])
    intake.undo(OLD, NEW)
    verdicts = intake.submit([Said(OLD, 1, 1), Said(OLD, 3, 1), Said(NEW, 5, 1), Said(NEW, 3, 2)])
    assert verdicts == [Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.REJECTED]
    move_all(intake)
    assert held(intake) == [(NEW, "event-5", 1), (OLD, "event-1", 1), (OLD, "event-3", 1)]


def test_parting_again_after_a_crash_says_nothing_new(intake: MovingIntake) -> None:
    intake.submit([Said(OLD, 1, 0), Said(NEW, 3, 0)])
    intake.link(OLD, NEW)
    move_all(intake)
    intake.undo(OLD, NEW)
    (noted,) = intake.store.to_part()
    move_all(intake)
    before = held(intake)
    intake.store.part(None, [noted])
    intake.restart()
    move_all(intake)
    assert held(intake) == before == [(NEW, "event-3", 0), (OLD, "event-1", 0)]


def test_what_was_said_more_than_a_week_ago_stays_unless_it_was_moved(intake: MovingIntake) -> None:
    """The limit: who said it is on record for a week."""
    intake.submit([Said(OLD, 1, 0)])
    intake.link(OLD, NEW)
    move_all(intake)
    intake.submit([Said(OLD, 3, 0)])
    intake.now_ms += 8 * DAY_MS
    intake.submit([Said(TRUE_OLD, 5, 0)])  # what is on record is looked through once a day
    intake.undo(OLD, NEW)
    move_all(intake)
    assert held(intake) == [(NEW, "event-3", 0), (OLD, "event-1", 0), (TRUE_OLD, "event-5", 0)]


def test_a_link_and_its_undoing_in_one_batch_are_nothing_and_the_next_one_holds(intake: MovingIntake) -> None:
    intake.submit([Said(OLD, 1, 0)])
    wrong, true = Succession(OLD, NEW, NOW_MS + DAY_MS), Succession(OLD, TRUE_NEW, NOW_MS + DAY_MS)
    undone = Succession(OLD, NEW, None, undone=True)
    assert intake.hear(undone, wrong, undone, true, undone) == 0
    move_all(intake)
    assert held(intake) == [(TRUE_NEW, "event-1", 0)]
    assert intake.store.to_part() == []


def test_who_is_erased_before_the_parting_is_not_said_again_and_the_other_keeps_what_is_theirs(
    intake: MovingIntake,
) -> None:
    intake.link(OLD, NEW)
    intake.submit([Said(OLD, 0, 0), Said(NEW, 1, 0)])
    intake.undo(OLD, NEW)
    intake.erasures.say("e", NOW_MS, OLD)
    while intake.move():
        pass
    assert [(each.worker_id, each.event_id) for each in intake.holding()] == [(NEW, "event-1")]
