"""The course of a consultation in its pack: what each offer would do stands beside what is declared."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pyarrow.parquet as pq
import pytest

from quzhong.api.algo_audit.v1 import algo_audit_pb2, consultation_pb2
from services.algo_audit.core.agenda import Topic
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.core.consultation import (
    Consultation,
    Frozen,
    Subject,
    agreed,
    offered,
    opened,
)
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.pack_course import CohortEffect, course_sections
from services.algo_audit.core.pack_model import PackDocument, Section, Text
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.privacy import rounded
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.core.verdict import Verdict
from services.algo_audit.core.what_if import WhatIf
from services.algo_audit.frozen import freeze
from services.algo_audit.pack_documents import Format, Language, render
from services.algo_audit.packs import FrozenEffects
from services.algo_audit.wire_course import with_course
from services.algo_audit.wire_pack import pack_from_proto, pack_to_proto
from tests.unit.algo_audit import pack_example as example

HOUR_MS = 3_600_000
OPENED_MS = example.MARCH_MS + 41 * example.DAY_MS + 9 * HOUR_MS
FROM_MS = example.MARCH_MS + 60 * example.DAY_MS
SUBJECT = Subject("swift", "tangshan-union", Topic.TIME_AND_ROUTING, "delivery_time", "130200")
PENALTY_FEN = 300


def proposals(near: float, far: float) -> list[Proposal]:
    """Minutes up to 1 km, and from 2 to 3 km."""
    ends = ((0, 1_000, near), (2_000, 3_000, far))
    return [Proposal("delivery_time", "130200", 1, low, high, value * 60) for low, high, value in ends]


def consulted(*offers: Sequence[Proposal], accept: bool = False) -> Consultation:
    """The union offers first, then they take turns."""
    sides = "tangshan-union", "swift"
    frozen = Frozen(example.MARCH_MS, example.MARCH_MS + 31 * example.DAY_MS, "audit-8c1f", "d41a7be0930c")
    course = opened("c-81f2", SUBJECT, frozen, sides[0], "请就送达时限协商", OPENED_MS)
    for number, thresholds in enumerate(offers):
        now_ms = OPENED_MS + (number + 1) * 26 * HOUR_MS
        course = offered(course, sides[number % 2], thresholds, FROM_MS, "", now_ms)
    if accept:
        course = agreed(course, sides[len(offers) % 2], len(offers), "", OPENED_MS + 200 * HOUR_MS)
    return course


def effects(thresholds: Sequence[Proposal]) -> list[bytes]:
    data = freeze(
        example.observations(),
        example.thresholds(),
        AuditParams(),
        Detail.DISTANCE,
        "130200",
        example.SWIFT,
        {1: PENALTY_FEN},
    )
    made = []
    for each in FrozenEffects().of(data, thresholds):
        message = consultation_pb2.OfferEffect.FromString(each.value)
        message.threshold_index = each.threshold_index
        made.append(message.SerializeToString())
    return made


def document(*, accept: bool = True) -> PackDocument:
    """The example pack with two offers, of which the second may be accepted."""
    offers = proposals(12, 20), proposals(11, 18.5)
    frozen = pack_to_proto(example.pack(), algo_audit_pb2.Audit(data_version="d41a7be0930c"))
    does = {number: effects(thresholds) for number, thresholds in enumerate(offers, start=1)}
    return pack_from_proto(with_course(frozen, consulted(*offers, accept=accept), does))


@pytest.fixture(scope="module")
def pack() -> PackDocument:
    return document()


def table(section: Section) -> list[dict[str, object]]:
    assert section.table is not None
    names = [column.name for column in section.table.columns]
    return [dict(zip(names, row, strict=True)) for row in section.table.rows]


def test_the_course_stands_before_the_method_and_ends_with_the_agreement(pack: PackDocument) -> None:
    ids = [section.id for section in pack.sections]
    assert ids[-5:] == ["course", "offers", "offer-effects", "agreement", "method"]
    assert pack.section("course").paragraphs[0] == Text(
        "2026-04-11 09:00（北京时间），工会方（tangshan-union）发起协商：“请就送达时限协商”",
        "2026-04-11 09:00 (UTC+8): the union (tangshan-union) opened the consultation: “请就送达时限协商”",
    )
    agreed = document(accept=True).section("course").paragraphs
    assert [text.en.split(") ")[-1] for text in agreed[1:]] == [
        "made offer 1.",
        "made offer 2.",
        "accepted offer 2: agreed.",
    ]
    assert agreed[-1].zh.endswith("接受方案 2，达成一致。")


def test_each_offer_stands_beside_what_is_declared_cohort_by_cohort(pack: PackDocument) -> None:
    rows = table(pack.section("offer-effects"))
    assert [(row["cohort"].en, row["what"].en) for row in rows] == [  # type: ignore[attr-defined]
        (cohort, what)
        for cohort in ("0–1 km", "2–3 km")
        for what in ("as declared", "offer 1 (union)", "offer 2 (platform)")
    ]
    assert [row["threshold"] for row in rows] == [8, 12, 11, 16.5, 20, 18.5]
    late = [row["orders_affected"] for row in rows]
    assert late[0] > late[2] > late[1]  # type: ignore[operator]
    for own in (rows[:3], rows[3:]):
        fine = own[0]["penalty"] / own[0]["orders_affected"]  # type: ignore[operator]
        assert fine > PENALTY_FEN / 100, "what one miss costs is more than the mean over all orders"
        for row in own:
            assert row["penalty"] == pytest.approx(fine * row["orders_affected"], abs=0.01)
    assert all(row["middle_low"] < row["middle_high"] for row in rows)  # type: ignore[operator]
    assert all(row["floor"] is not None for row in rows)


def test_offers_call_areas_by_their_names() -> None:
    frozen = freeze(
        example.observations(),
        example.thresholds(),
        AuditParams(),
        Detail.AREA,
        "130200",
        example.SWIFT,
        {},
        {130203: ("路北区", "Lubei")},
    )
    values = (each.value for each in FrozenEffects().of(frozen, proposals(12, 20)))
    names = {consultation_pb2.OfferEffect.FromString(value).cohort_name.zh for value in values}
    assert names == {"0–1 公里·路北区", "2–3 公里·路北区"}


def test_a_county_of_the_city_is_a_part_of_it() -> None:
    (county,) = [Proposal("delivery_time", "130203", 1, 0, 1_000, 720.0)]
    (effect,) = map(consultation_pb2.OfferEffect.FromString, effects([county]))
    assert effect.partial


@pytest.mark.parametrize("language", Language)
def test_every_format_has_the_offers_effects(pack: PackDocument, language: Language) -> None:
    tables = zipfile.ZipFile(io.BytesIO(render(pack, Format.CSV_ZIP, language).content))
    (name,) = (each for each in tables.namelist() if "offer-effects" in each)
    assert len(tables.read(name).decode("utf-8-sig").splitlines()) == 1 + 6
    cells = pq.read_table(io.BytesIO(render(pack, Format.PARQUET, language).content)).to_pylist()
    assert sum(row["section"] == "offer-effects" for row in cells) > 6 * 10
    assert render(pack, Format.PDF, language).content.startswith(b"%PDF")


def test_orders_that_miss_are_the_platforms_own_on_the_frozen_data(pack: PackDocument) -> None:
    own = example.observations()
    near = (own.platform == example.SWIFT) & (own.keys[next(iter(own.keys))] == 1)
    near &= own.keys[list(own.keys)[2]] == 0
    seen = near & ~own.censored
    (offer,) = (
        row
        for row in table(pack.section("offer-effects"))
        if row["threshold"] == 12  # minutes, up to 1 km
    )
    late = int((own.value[seen] > 12 * 60).sum())
    censored = int((near & own.censored).sum())
    assert rounded(late) - 10 <= offer["orders_affected"] <= late + censored + 10  # type: ignore[operator]


def test_an_offer_for_part_of_a_cohort_says_so_and_is_not_summed() -> None:
    half = [Proposal("delivery_time", "130200", 1, 0, 500, 720.0)]
    frozen = pack_to_proto(example.pack(), algo_audit_pb2.Audit())
    whole = pack_from_proto(with_course(frozen, consulted(half), {1: effects(half)}))
    section = whole.section("offer-effects")
    declared, offer = table(section)
    assert declared["note"] is None
    assert offer["note"] == Text("只适用于一部分", "for a part of it only")
    assert len(section.paragraphs) == 1


def test_a_cohort_too_small_to_be_shown_has_words_and_no_figure() -> None:
    hidden = CohortEffect(Text("5 公里以上", "5 km and over"), None, None, None, 900.0, partial=False)
    sections = course_sections(consulted(proposals(12, 20)), {1: [hidden]})
    (row,) = table(sections[2])
    assert row["note"] == Text("样本过少，不予公布", "too few to be shown")
    assert row["floor"] == 15
    assert row["orders_affected"] is None


def test_the_sum_is_of_disjoint_cohorts_and_names_penalties_only_if_declared() -> None:
    def effect(cohort: str, missing: int, penalty_fen: int | None) -> CohortEffect:
        does = [
            WhatIf(
                tau, 0.5, Interval(0.4, 0.6), 1_000, late, 50, 20, False, Verdict.WITHIN_MIDDLE, penalty_fen
            )
            for tau, late in ((700.0, missing), (600.0, 2 * missing))
        ]
        return CohortEffect(Text(cohort, cohort), does[0], does[1], None, None, partial=False)

    course = consulted(proposals(12, 20))
    said = course_sections(course, {1: [effect("a", 100, None), effect("b", 50, None)]})[2].paragraphs
    assert said[1].en == (
        "Offer 1 (union): of the 2,000 orders of the cohorts it touches, those that miss go from 300 to 150."
    )
    fined = course_sections(course, {1: [effect("a", 100, 30_000)]})[2].paragraphs
    assert fined[1].en.endswith("; penalties go from 300.00 CNY to 300.00 CNY.")
    twice = course_sections(course, {1: [effect("a", 100, None), effect("a", 50, None)]})[2].paragraphs
    assert len(twice) == 1


def test_without_an_offer_there_is_nothing_but_the_course() -> None:
    assert [section.id for section in course_sections(consulted(), {})] == ["course"]
