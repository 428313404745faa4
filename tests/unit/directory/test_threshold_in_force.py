"""Which version of a threshold holds when, against a brute-force oracle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kit.directory.entries import ThresholdEntry, in_force


def versions_of(effective: list[int]) -> list[ThresholdEntry]:
    return [
        ThresholdEntry("t", number, "p", "delivery_time", "130200", 1, 0, None, 60.0 * number, at, 0)
        for number, at in enumerate(effective, start=1)
    ]


@given(st.lists(st.integers(0, 12), max_size=8), st.integers(-1, 13), st.data())
def test_it_is_what_painting_the_versions_onto_a_time_line_shows(
    effective: list[int], at: int, data: st.DataObject
) -> None:
    versions = versions_of(effective)
    # The oracle paints in the order of effect, of equal dates in that of declaration; the last coat shows.
    line: dict[int, ThresholdEntry] = {}
    for version in sorted(versions, key=lambda version: version.effective_ms):
        line.update(dict.fromkeys(range(version.effective_ms, 14), version))
    assert in_force(data.draw(st.permutations(versions)), at) == line.get(at)


def test_a_change_announced_for_later_survives_a_change_declared_meanwhile() -> None:
    first, announced, meanwhile = versions_of([10, 40, 20])
    assert in_force([first, announced, meanwhile], 30) == meanwhile
    assert in_force([first, announced, meanwhile], 40) == announced


def test_a_declaration_for_the_same_date_corrects_the_one_before_it() -> None:
    wrong, corrected = versions_of([10, 10])
    assert in_force([wrong, corrected], 10) == corrected
