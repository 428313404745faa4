"""Mistakes are put right: what holds in the end is the city as it was."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from simulator import City, CityParameters, Dispatches, Sessions, simulate
from simulator.corrections import PHANTOM_MARK

SHARE = 0.1


@pytest.fixture(scope="module")
def mistaken() -> City:
    """A small city in which one event in ten has a correction."""
    return simulate(CityParameters(workers=60, corrected_event_share=SHARE))


def tables(city: City, platform: int) -> list[tuple[Dispatches | Sessions, Dispatches | Sessions]]:
    """(what is stated, what was)."""
    return [
        (stated, true.take(np.flatnonzero(true.platform == platform)))
        for stated, true in (
            (city.stated_dispatches(platform), city.dispatches),
            (city.stated_sessions(platform), city.sessions),
        )
    ]


def said(table: Dispatches | Sessions) -> dict[str, list[tuple[Any, ...]]]:
    """event_id → what every row says of it, in order of arrival."""
    rows = zip(*(getattr(table, each.name).tolist() for each in fields(table)), strict=True)
    by_event: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        by_event.setdefault(str(row[0]), []).append(row)
    return by_event


@pytest.mark.parametrize("platform", range(3))
def test_what_holds_in_the_end_is_what_was(mistaken: City, platform: int) -> None:
    for stated, true in tables(mistaken, platform):
        *_, version, deleted = range(len(fields(stated)))
        holds = {}
        for event_id, rows in said(stated).items():
            highest = max(rows, key=lambda row: row[version])
            if not highest[deleted]:
                holds[event_id] = highest[:version]
        assert holds == {event_id: row[:version] for event_id, (row,) in said(true).items()}


@pytest.mark.parametrize("platform", range(3))
def test_versions_of_an_event_agree_on_worker_and_order_and_repeats_on_all(
    mistaken: City, platform: int
) -> None:
    stated = mistaken.stated_dispatches(platform)
    for rows in said(stated).values():
        names = [each.name for each in fields(stated)]
        subject = {(row[names.index("worker")], row[names.index("order")]) for row in rows}
        assert len(subject) == 1
        assert len(set(rows)) == len({row[names.index("version")] for row in rows})


def test_about_the_share_asked_for_is_corrected_half_of_it_phantoms(mistaken: City) -> None:
    stated = [mistaken.stated_dispatches(platform) for platform in range(3)]
    corrections = np.concatenate([table.version for table in stated]) == 1
    phantoms = np.concatenate([table.deleted for table in stated])
    events = len(mistaken.dispatches)
    assert np.count_nonzero(corrections) / events == pytest.approx(SHARE, rel=0.15)
    assert np.count_nonzero(phantoms) / events == pytest.approx(SHARE / 2, rel=0.15)
    assert all(np.char.endswith(table.event_id[table.deleted], PHANTOM_MARK).all() for table in stated)


def test_a_correction_never_comes_first(mistaken: City) -> None:
    for rows in said(mistaken.stated_dispatches(0)).values():
        assert rows[0][-2:] == (0, False)


def test_the_default_city_states_what_was(city: City) -> None:
    for platform in range(3):
        for stated, index, table in (
            (city.stated_dispatches(platform), city.arrivals(platform), city.dispatches),
            (city.stated_sessions(platform), city.session_arrivals(platform), city.sessions),
        ):
            expected = table.take(index)
            for each in fields(stated):
                assert np.array_equal(getattr(stated, each.name), getattr(expected, each.name))
            assert not stated.version.any()
