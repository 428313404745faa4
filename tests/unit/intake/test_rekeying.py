"""However links and events mix, what holds is as if the last pseudonym had been used from the start."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from services.intake.lot import Verdict
from tests.unit.intake.moving_intake import MovingIntake, Said
from tests.unit.intake.row_makers import NOW_MS

CHAIN = ("first-pseudonym-00", "second-pseudonym-0", "third-pseudonym-00")
LAST = CHAIN[-1]
OTHER = "another-worker-000"
DAY_MS = 86_400_000

SAID = st.builds(Said, st.sampled_from(CHAIN), st.integers(0, 5), st.integers(0, 2))
ACTIONS = st.lists(
    st.one_of(
        st.lists(SAID, min_size=1, max_size=4),
        st.sampled_from(["link 0", "link 1", "move", "move all", "restart", "move again"]),
    ),
    max_size=14,
)


class Links:
    """Which pseudonyms are one worker's by now: the platform's knowledge."""

    def __init__(self) -> None:
        self._known: set[int] = set()
        self._first: dict[int, str] = {}

    def add(self, place: int) -> None:
        self._known.add(place)

    def allowed(self, said: Said) -> Said:
        """An event keeps its pseudonym until the other one it is sent under is linked with that."""
        first = self._first.setdefault(said.event, said.worker_id)
        low, high = sorted((CHAIN.index(first), CHAIN.index(said.worker_id)))
        linked = all(place in self._known for place in range(low, high))
        return said if linked else said._replace(worker_id=first)


@given(ACTIONS, st.sampled_from([1, 2, 5]))
@example([[Said(CHAIN[0], 0, 0)], "link 0", "move all", "link 1"], 1)
@example([[Said(CHAIN[0], 0, 0)], "link 1", "move all", "link 0", "move all", [Said(LAST, 0, 1)]], 1)
@example([[Said(LAST, 0, 1)], "link 1", [Said(CHAIN[1], 0, 0)], "move again"], 2)
@settings(max_examples=200)
def test_what_holds_is_as_if_the_last_pseudonym_had_been_used_from_the_start(
    actions: list[list[Said] | str], partitions: int
) -> None:
    changed, plain, links = MovingIntake(partitions), MovingIntake(partitions), Links()
    try:
        for action in [*actions, "link 0", "link 1"]:
            if isinstance(action, list):
                said = list(map(links.allowed, action))
                verdicts = changed.submit(said)
                assert verdicts == plain.submit([each._replace(worker_id=LAST) for each in said])
                assert Verdict.REJECTED not in verdicts
            elif action.startswith("link"):
                place = int(action[-1])
                changed.link(CHAIN[place], CHAIN[place + 1])
                links.add(place)
            elif action == "restart":
                changed.restart()
            else:
                if action == "move again":
                    changed.store.note(CHAIN)
                while changed.move() and action == "move all":
                    pass
        while changed.move():
            pass
        assert changed.holding() == plain.holding()
    finally:
        changed.stop()
        plain.stop()


@pytest.fixture
def intake() -> MovingIntake:
    return MovingIntake(2)


def move_all(intake: MovingIntake) -> None:
    while intake.move():
        pass


def test_a_correction_reaches_what_was_moved_after_the_link_is_forgotten(intake: MovingIntake) -> None:
    intake.submit([Said(CHAIN[0], 1, 0), Said(CHAIN[0], 3, 0)])
    intake.link(CHAIN[0], LAST, forget_ms=NOW_MS + 5 * DAY_MS)
    move_all(intake)
    intake.now_ms += 8 * DAY_MS  # what was accepted is forgotten too
    move_all(intake)
    assert list(intake.store.links()) == []
    intake.submit([Said(LAST, 1, 1)])
    intake.restart()
    intake.submit([Said(LAST, 3, 1)])
    assert [(each.worker_id, each.event_id, each.version) for each in intake.holding()] == [
        (LAST, "event-1", 1),
        (LAST, "event-3", 1),
    ]


def test_a_forgotten_pseudonym_is_another_worker(intake: MovingIntake) -> None:
    intake.link(CHAIN[0], LAST, forget_ms=NOW_MS)
    move_all(intake)
    intake.submit([Said(CHAIN[0], 1, 0)])
    assert [each.worker_id for each in intake.holding()] == [CHAIN[0]]


def test_a_link_is_kept_while_events_wait_to_be_moved(intake: MovingIntake) -> None:
    intake.submit([Said(CHAIN[0], 1, 0)])
    intake.link(CHAIN[0], LAST, forget_ms=NOW_MS)
    move_all(intake)
    assert [each.worker_id for each in intake.holding()] == [LAST]


@pytest.mark.parametrize(
    ("old", "new"),
    [(CHAIN[0], OTHER), (OTHER, CHAIN[1]), (CHAIN[1], CHAIN[0]), (OTHER, OTHER)],
    ids=["another successor", "another predecessor", "back again", "itself"],
)
def test_a_link_that_contradicts_a_known_one_is_not_followed(
    intake: MovingIntake, old: str, new: str
) -> None:
    assert intake.link(CHAIN[0], CHAIN[1]) == 0
    assert intake.link(old, new) == 1
    assert intake.link(CHAIN[0], CHAIN[1]) == 0
    intake.submit([Said(CHAIN[0], 1, 0), Said(OTHER, 3, 0)])
    move_all(intake)
    assert {each.worker_id for each in intake.holding()} == {CHAIN[1], OTHER}


def test_other_workers_events_are_the_same_bytes_whether_there_are_links_or_not() -> None:
    one, other = MovingIntake(2), MovingIntake(2)
    one.link(CHAIN[0], LAST)
    for intake in (one, other):
        intake.submit([Said(OTHER, event, 0) for event in range(4)])
        move_all(intake)
    assert one.log.end_offsets("dispatches") == other.log.end_offsets("dispatches")
    assert _values(one) == _values(other)


def test_what_is_earlier_than_the_look_back_stays_where_it_was_said(intake: MovingIntake) -> None:
    intake.submit([Said(CHAIN[0], 1, 0)])
    intake.now_ms += 15 * DAY_MS
    intake.link(CHAIN[0], LAST)
    move_all(intake)
    assert [each.worker_id for each in intake.holding()] == [CHAIN[0]]


def _values(intake: MovingIntake) -> list[bytes]:
    return [record.value for record in intake.log.reader("dispatches").poll(0.1)]
