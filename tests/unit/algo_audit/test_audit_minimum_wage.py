"""The minimum wage of an area on a day, and the file it is read from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.minimum_wage import MinimumWage, MinimumWages
from services.algo_audit.core.thresholds import covers_area
from services.algo_audit.minimum_wage_file import SHIPPED, load_minimum_wages

AREAS = st.sampled_from([0, 130000, 130200, 130203, 130204, 110000])


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def wage(area: int, from_day: int, fen: int = 2_000) -> MinimumWage:
    return MinimumWage(area, from_day, fen, "通知", "notice", verified=True)


@given(
    st.dictionaries(st.tuples(AREAS, st.integers(0, 9)), st.integers(1, 99), max_size=8),
    AREAS,
    st.integers(0, 9),
)
def test_the_narrowest_area_decides_then_the_latest_day(
    values: dict[tuple[int, int], int], area: int, on: int
) -> None:
    found = MinimumWages.of(wage(*place, fen) for place, fen in values.items()).wage_at(area, on)
    expected = None
    for holder in (area, area // 100 * 100, area // 10_000 * 10_000, 0):
        held = {start: fen for (where, start), fen in values.items() if where == holder and start <= on}
        if held and covers_area(holder, area):
            expected = held[max(held)]
            break
    assert (found.fen_per_hour if found else None) == expected


def test_two_values_of_one_place_and_day_are_refused() -> None:
    with pytest.raises(ValueError, match="130200"):
        MinimumWages.of([wage(130200, 1), wage(130200, 1, 3_000)])
    with pytest.raises(ValueError, match="fen_per_hour"):
        wage(130200, 1, 0)


@pytest.mark.parametrize(
    ("area", "on", "fen"),
    [
        (130203, "2019-10-31", None),
        (130203, "2022-12-31", 1_900),
        (130203, "2023-01-01", 2_200),
        (130283, "2025-11-30", 2_200),
        (130200, "2025-12-01", 2_200),  # 24 yuan are not verified
        (130100, "2025-12-01", None),
        (0, "2025-12-01", None),
    ],
)
def test_the_shipped_values_of_tangshan(area: int, on: str, fen: int | None) -> None:
    found = load_minimum_wages().wage_at(area, day(on))
    assert (found.fen_per_hour if found else None) == fen


def test_a_value_that_nobody_verified_is_used_only_where_no_other_is_known() -> None:
    sure, heard = wage(130200, 10, 2_200), MinimumWage(130200, 20, 2_400, "据说", "heard", verified=False)
    wages = MinimumWages.of([sure, heard])
    assert (wages.wage_at(130203, 25), wages.unverified_at(130203, 25)) == (sure, heard)
    assert (wages.wage_at(130203, 15), wages.unverified_at(130203, 15)) == (sure, None)
    alone = MinimumWages.of([heard])
    assert (alone.wage_at(130203, 25), alone.unverified_at(130203, 25)) == (heard, None)
    assert MinimumWages.of([wage(130203, 30, 2_600), *wages.wages]).unverified_at(130203, 35) is None


def test_what_could_not_be_verified_says_so_in_its_source() -> None:
    wages = load_minimum_wages().wages
    assert all(("待核实" in each.cited[0]) is not each.verified for each in wages)
    entries = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["wages"]
    assert all(entry["note"] for entry in entries)


GOOD = {
    "area": 130200,
    "from": "2023-01-01",
    "yuan_per_hour": "22",
    "source": {"zh": "通知", "en": "notice"},
    "verified": True,
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"area": 1302}, r"wages\[0\]\.area: .*1302"),
        ({"area": True}, r"wages\[0\]\.area: .*True"),
        ({"from": "2023-13-01"}, r"wages\[0\]\.from: .*2023-13-01"),
        ({"yuan_per_hour": 0}, r"wages\[0\]\.yuan_per_hour: .*0"),
        ({"yuan_per_hour": "-1"}, r"wages\[0\]\.yuan_per_hour: .*-1"),
        ({"yuan_per_hour": "22.005"}, r"wages\[0\]\.yuan_per_hour: .*22\.005"),
        ({"yuan_per_hour": "NaN"}, r"wages\[0\]\.yuan_per_hour: .*NaN"),
        ({"yuan_per_hour": "much"}, r"wages\[0\]\.yuan_per_hour: .*much"),
        ({"source": "通知"}, r"wages\[0\]\.source: .*通知"),
        ({"source": {"zh": "通知"}}, r"wages\[0\]\.source\.en: .*None"),
        ({"verified": "yes"}, r"wages\[0\]\.verified: .*yes"),
        ({"currency": "USD"}, r"wages\[0\]\.currency: there is no such field"),
    ],
)
def test_errors_name_the_file_the_field_and_the_value(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    file = tmp_path / "wages.yaml"
    file.write_text(yaml.safe_dump({"wages": [GOOD | change]}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ValueError, match=said) as caught:
        load_minimum_wages(file)
    assert str(file) in str(caught.value)


@pytest.mark.parametrize("text", ["wages: []", "- 1", "wages: [1]", "wages: [", ""])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "wages.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"wages\.yaml"):
        load_minimum_wages(file)
