"""What was accepted before, against dicts that are told the same, one row after the other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.columns import statement_keys
from services.intake.core.accepted import AcceptedEvents, Standing, Statements, subjects


class Said(NamedTuple):
    """One row: few values each, so that they meet."""

    event: int
    version: int = 0
    worker: int = 1
    order: int = 1
    rest: int = 0
    """All else that the row says."""


ROWS = st.lists(
    st.builds(
        Said, st.integers(0, 4), st.integers(0, 2), st.integers(1, 2), st.integers(1, 2), st.integers(0, 1)
    ),
    max_size=24,
)


def u8(values: list[int]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array(values, dtype=np.uint64)


def statements(rows: list[Said]) -> Statements:
    events = u8([row.event for row in rows])
    return Statements(
        event_keys=events,
        keys=statement_keys(events, np.array([row.version for row in rows], dtype=np.uint16)),
        contents=u8([row.worker * 100 + row.order * 10 + row.rest for row in rows]),
        subjects=subjects(u8([row.worker << 32 for row in rows]), u8([row.order for row in rows])),
    )


def by_dict(accepted: dict[tuple[int, int], Said], row: Said) -> Standing:
    """A row that is new is accepted at once."""
    earlier = next((said for key, said in accepted.items() if key[0] == row.event), row)
    if (earlier.worker, earlier.order) != (row.worker, row.order):
        if row.version == 0:
            return Standing.REUSED
        return Standing.OTHER_WORKER if earlier.worker != row.worker else Standing.OTHER_ORDER
    if (row.event, row.version) not in accepted:
        accepted[row.event, row.version] = row
        return Standing.NEW
    return Standing.DUPLICATE if accepted[row.event, row.version] == row else Standing.REUSED


def judged(events: AcceptedEvents, day: int, rows: list[Said]) -> list[Standing]:
    batch = statements(rows)
    standing = events.judge(batch)
    events.add(day, batch.take(standing == Standing.NEW))
    return [Standing(each) for each in standing.tolist()]


@given(st.lists(ROWS, max_size=8))
def test_it_says_what_dicts_say_however_rows_are_batched(batches: list[list[Said]]) -> None:
    events, accepted = AcceptedEvents(), dict[tuple[int, int], Said]()
    for number, rows in enumerate(batches):
        assert judged(events, number // 2, rows) == [by_dict(accepted, row) for row in rows]


def test_versions_are_accepted_in_any_order_and_each_once() -> None:
    rows = [Said(1, 2, rest=1), Said(1, 0), Said(1, 1), Said(1, 1), Said(1, 2, rest=1), Said(1, 1, rest=1)]
    new, again, other = Standing.NEW, Standing.DUPLICATE, Standing.REUSED
    assert judged(AcceptedEvents(), 0, rows) == [new, new, new, again, again, other]


def test_a_stray_does_not_stand_in_the_way_of_the_version_it_pretends_to_be() -> None:
    rows = [Said(1), Said(1, 1, worker=2), Said(1, 1, order=2), Said(1, 1)]
    assert judged(AcceptedEvents(), 0, rows) == [
        Standing.NEW,
        Standing.OTHER_WORKER,
        Standing.OTHER_ORDER,
        Standing.NEW,
    ]


def test_whose_an_event_is_stays_known_as_long_as_any_of_its_versions() -> None:
    events = AcceptedEvents()
    judged(events, 0, [Said(1)])
    judged(events, 5, [Said(1, 1)])
    events.forget_before(3)
    assert judged(events, 6, [Said(1, 2, worker=2), Said(1, 1)]) == [
        Standing.OTHER_WORKER,
        Standing.DUPLICATE,
    ]
    events.forget_before(6)
    assert judged(events, 9, [Said(1, 2, worker=2)]) == [Standing.NEW]


def test_a_session_has_a_worker_and_no_order() -> None:
    workers = u8([2**63 + 5, 2**63 + 6, 7])
    assert (subjects(workers, None) == workers >> np.uint64(32) << np.uint64(32)).all()
