"""Places of GB/T 2260: form, parents, containment."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.security import caller
from services.registry.core.areas import Areas, covers, overlap, parse_areas
from services.registry.core.field_error import FieldError
from services.registry.settings import RegistrySettings

LEVELS = st.tuples(st.integers(11, 13), st.integers(0, 2), st.integers(0, 2))
CODES = LEVELS.map(lambda levels: f"{levels[0]}{levels[1]:02}{levels[2] if levels[1] else 0:02}")


def contains(outer: str, inner: str) -> bool:
    """The oracle: compare province, city, county; 00 stands for the whole."""
    pairs = [(outer[at : at + 2], inner[at : at + 2]) for at in (0, 2, 4)]
    for whole, part in pairs:
        if whole == "00":
            return True
        if whole != part:
            return False
    return True


@given(CODES, CODES)
def test_an_area_covers_what_its_levels_contain(outer: str, inner: str) -> None:
    assert covers(outer, inner) == contains(outer, inner)
    assert covers(outer, inner) == caller.covers(outer, inner)


@given(CODES, CODES)
def test_two_areas_overlap_if_some_county_lies_in_both(one: str, other: str) -> None:
    counties = [f"{p}{c:02}{d:02}" for p in (11, 12, 13) for c in range(3) for d in range(3)]
    shared = any(covers(one, county) and covers(other, county) for county in counties)
    assert overlap(one, other) == shared


@given(st.sets(CODES))
def test_a_parent_is_the_smallest_known_area_around(codes: set[str]) -> None:
    for area in Areas((code, "名", "name") for code in codes):
        around = [code for code in codes if code != area.area_code and covers(code, area.area_code)]
        assert area.parent_code == max(around, default="", key=lambda code: len(code.rstrip("0")))


@given(st.sets(CODES, min_size=1), st.data())
def test_within_are_all_and_only_those_covered(codes: set[str], data: st.DataObject) -> None:
    parent = data.draw(st.sampled_from(sorted(codes)))
    areas = Areas((code, "名", "name") for code in codes)
    within = {area.area_code for area in areas.within(parent)}
    assert within == {code for code in codes if code != parent and covers(parent, code)}
    assert {area.area_code for area in areas.within("")} == codes


def tangshan() -> Areas:
    file: Path = RegistrySettings.model_fields["areas_file"].default
    return parse_areas(file.read_text(encoding="utf-8"))


def test_tangshan_has_seven_districts_four_counties_four_zones_and_three_county_level_cities() -> None:
    areas = tangshan()
    in_city = [area.area_code for area in areas.within("130200")]
    assert Counter(code[4] for code in in_city) == {"0": 7, "2": 4, "7": 4, "8": 3}
    assert {area.parent_code for area in areas.within("130200")} == {"130200"}
    assert [area.parent_code for area in areas if area.area_code in ("130000", "130200")] == ["", "130000"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("area_code,name_zh,name_en\n13020,唐山,Tangshan", "AREA_CODE_FORM"),
        ("area_code,name_zh,name_en\n１３０２００,唐山,Tangshan", "AREA_CODE_FORM"),
        ("area_code,name_zh,name_en\n130200,唐山,Tangshan\n130200,唐山,Tangshan", "AREA_TWICE"),
        ("area_code,name_zh,name_en\n130200,唐山,", "NAME_MISSING"),
        ("area_code,name_zh,name_en\n130200,唐山", "NAME_MISSING"),
        ("code,name_zh,name_en\n130200,唐山,Tangshan", "COLUMN_MISSING"),
        ("area_code,name_zh,name_en,parent_code\n130203,路北,Lubei,130200", "PARENT_UNKNOWN"),
        ("area_code,name_zh,name_en,parent_code\n130203,路北,Lubei,130203", "PARENT_NOT_CONTAINING"),
    ],
)
def test_an_areas_file_with_a_mistake_is_refused(text: str, reason: str) -> None:
    with pytest.raises(FieldError) as refused:
        parse_areas(text)
    assert refused.value.reason == reason


def test_an_unknown_area_is_refused_with_the_way_out() -> None:
    with pytest.raises(FieldError, match=r"'999999'.*ListAreas") as refused:
        tangshan().check("area_code", "999999")
    assert refused.value.field == "area_code"


def test_two_areas_that_each_claim_to_contain_the_other_are_refused_with_the_line() -> None:
    text = "# 注\narea_code,name_zh,name_en,parent_code\n130200,唐山,T,130203\n\n130203,路北,L,130200\n"
    with pytest.raises(FieldError, match=r"^line 3, parent_code: 130203 does not contain 130200") as refused:
        parse_areas(text)
    assert refused.value.zh.startswith("第 3 行，parent_code：按 GB/T 2260")


def test_a_mistake_in_an_areas_file_is_named_by_its_line() -> None:
    with pytest.raises(FieldError, match=r"^line 4, area_code: 130200 stands in line 2 already"):
        parse_areas("area_code,name_zh,name_en\n130200,唐山,T\n130203,路北,L\n130200,唐山,T\n")


@given(st.sets(CODES, min_size=1))
def test_a_file_that_states_the_parents_the_digits_say_is_read_as_one_without(codes: set[str]) -> None:
    plain = "area_code,name_zh,name_en\n" + "".join(f"{code},名,n\n" for code in sorted(codes))
    areas = parse_areas(plain)
    stated = "area_code,parent_code,name_zh,name_en\n" + "".join(
        f"{area.area_code},{area.parent_code},名,n\n" for area in areas
    )
    assert list(parse_areas(stated)) == list(areas)
