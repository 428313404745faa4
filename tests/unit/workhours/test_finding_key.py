"""Findings keep their name, and different findings have different names."""

from __future__ import annotations

from services.workhours.core.finding_key import finding_key


def test_key_is_stable_across_releases() -> None:
    # Findings already published carry this key: if it changes, every finding is made a second time.
    key = finding_key(
        "cn-food-delivery-2025", "cn-food-delivery-2025.continuous-work", "w-1", 1_768_435_200_000
    )
    assert key == "f95eb3d83abb41bb82061858fabb83b4"


def test_every_part_matters() -> None:
    keys = {
        finding_key("p", "r", "w", 1),
        finding_key("q", "r", "w", 1),
        finding_key("p", "s", "w", 1),
        finding_key("p", "r", "v", 1),
        finding_key("p", "r", "w", 2),
    }
    assert len(keys) == 5


def test_parts_do_not_run_into_each_other() -> None:
    assert finding_key("ab", "c", "d", 1) != finding_key("a", "bc", "d", 1)
    assert finding_key("p", "r", "工号1", 2) != finding_key("p", "r", "工号", 12)
