"""The consultation pack: what it says, in which order, and what it must not say."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from quzhong.api.algo_audit.v1 import algo_audit_pb2
from services.algo_audit.core.appeal import AppealCounts
from services.algo_audit.core.audit import Audited, CohortAudit, audit
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.metrics import DELIVERY_TIME, METRICS, Metric
from services.algo_audit.core.pack import PackScope, pack_of
from services.algo_audit.core.pack_groups import pay_section
from services.algo_audit.core.pack_model import (
    UNITS,
    Chart,
    Column,
    PackDocument,
    Table,
    Text,
    chart_of,
    number_text,
)
from services.algo_audit.core.pack_standing import at_the_middle, words_on
from services.algo_audit.core.pack_units import shown
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.report import Charges
from services.algo_audit.core.verdict import Verdict
from services.algo_audit.wire_pack import pack_from_proto, pack_to_proto
from tests.unit.algo_audit import pack_example as example


@pytest.fixture(scope="module")
def audited() -> Audited:
    return example.audited()


@pytest.fixture(scope="module")
def pack(audited: Audited) -> PackDocument:
    return example.pack(audited)


def test_plain_words_come_first_and_the_method_last(pack: PackDocument) -> None:
    ids = [section.id for section in pack.sections]
    assert ids[:2] == ["words", "standing"]
    assert ids[-1] == "method"
    assert len(set(ids)) == len(ids)
    assert {"history", "ratchet", "pay", "what-if", "frontier", "appeals", "data"} <= set(ids)


def test_every_text_is_in_both_languages(pack: PackDocument) -> None:
    texts = [pack.title, pack.subtitle]
    for section in pack.sections:
        texts += [section.title, *section.paragraphs]
        if section.table is not None:
            texts += [column.title for column in section.table.columns]
            texts += [cell for row in section.table.rows for cell in row if isinstance(cell, Text)]
    assert all(text.zh and text.en for text in texts)


def test_every_number_has_a_unit_and_every_table_a_query(pack: PackDocument) -> None:
    for section in pack.sections:
        if section.table is None or section.id == "method":
            continue
        assert section.query, section.id
        for place, column in enumerate(section.table.columns):
            cells = [row[place] for row in section.table.rows if row[place] is not None]
            assert all(isinstance(cell, Text) != bool(column.unit) for cell in cells), column.name


def test_the_words_name_verdicts_the_hardest_cohort_and_a_threshold_at_the_middle(
    pack: PackDocument, audited: Audited
) -> None:
    words = [text.en for text in pack.section("words").paragraphs]
    assert words[0].startswith("swift: 5 cohorts were judged: 3 strictest algorithm")
    standing = {row.cohort.label_en: row.standing for row in audited.cohorts}
    hardest = min(standing, key=lambda name: standing[name].attainment if standing[name] else 1.0)  # type: ignore[union-attr]
    assert hardest in words[1]
    assert "(the P50)" in words[1]
    assert any("below the floor of feasibility" in text for text in words)
    assert any(text.startswith("Limits tighten") for text in words)
    assert any(text.startswith("An undeclared rule") for text in words)
    assert any(text.startswith("Underpaid") for text in words)


def test_standing_gives_the_audits_own_figures_in_minutes(pack: PackDocument, audited: Audited) -> None:
    table = pack.section("standing").table
    assert table is not None
    for place, row in enumerate(audited.cohorts):
        assert row.baseline is not None
        assert row.standing is not None
        assert table.column("declared")[place] == pytest.approx(row.threshold.value / 60)
        assert table.column("p50")[place] == pytest.approx(row.baseline.p50 / 60)
        assert table.column("attainment")[place] == pytest.approx(row.standing.attainment * 100)
        assert table.column("orders")[place] == row.baseline.orders


def test_a_suppressed_row_has_words_and_no_figure() -> None:
    few = audit(example.observations(120), example.thresholds())
    hidden = [place for place, row in enumerate(few.cohorts) if row.suppressed]
    assert hidden
    table = example.pack(few, plain=True).section("standing").table
    assert table is not None
    stays = {"platform", "cohort", "declared", "verdict", "note", "floor"}
    for place in hidden:
        row = table.rows[place]
        shown_cells = {c.name for c, cell in zip(table.columns, row, strict=True) if cell is not None}
        assert shown_cells <= stays
        note = table.column("note")[place]
        assert isinstance(note, Text)
        assert "too few workers or orders to publish" in note.en


def test_without_a_threshold_it_says_that_nothing_was_judged() -> None:
    words = pack_of(_scope(), [], Charges()).section("words").paragraphs
    assert [text.en for text in words] == [
        "Nothing was declared for this metric in the period, so there was no threshold to judge."
    ]


def test_what_was_found_is_said_first_though_nothing_was_declared() -> None:
    charges = example.charges()
    found = Charges(pay=charges.pay, parity=charges.parity)
    pack = pack_of(_scope(), [], found)
    said = [text.en for text in pack.section("words").paragraphs]
    assert said[0].startswith("Nothing was declared")
    assert any(text.startswith("Underpaid") for text in said)
    assert example.NAMES[found.pay[0].platform] in pack.title.en
    assert "standing" not in [section.id for section in pack.sections], "a table of nothing"


def test_the_words_call_the_platform_and_the_area_by_their_names(audited: Audited) -> None:
    scope = replace(
        _scope(),
        names={example.SWIFT: Text("快送外卖", "Swift")},
        areas={130200: Text("唐山市", "Tangshan")},
    )
    own = [row for row in audited.cohorts if row.platform == example.SWIFT]
    held = [replace(own[0].threshold, area=130200)]
    pack = pack_of(scope, own, Charges(), history=held)
    assert "快送外卖" in pack.title.zh
    assert "Swift" in pack.title.en
    words = pack.section("words").paragraphs[0].zh
    assert words.startswith(f"快送外卖：共判定 {len(own)} 个分组，其中最严算法 3 个")
    history = pack.section("history")
    assert history.table is not None
    assert history.table.column("area") == (Text("唐山市", "Tangshan"),)
    assert history.query.startswith("RegistryService/ListThresholds")
    assert example.NAMES[example.SWIFT] in history.query, "a call names ids"


def _scope() -> PackScope:
    return PackScope(
        metric=DELIVERY_TIME,
        area=Text("唐山市", "Tangshan"),
        period_start_ms=example.MARCH_MS,
        period_end_ms=example.MARCH_MS + example.DAY_MS,
        platforms=example.NAMES,
        audit_id="a",
        data_version="v",
        create_ms=example.MARCH_MS,
        params=AuditParams(),
    )


def test_no_recommendation_goes_below_the_floor(audited: Audited) -> None:
    row = audited.cohorts[0]
    assert row.feasibility is not None
    assert row.baseline is not None
    metric = audited.metric
    assert at_the_middle(metric, row) == (row.baseline.p50, False)
    raised = replace(row, feasibility=replace(row.feasibility, floor=row.baseline.p50 + 60))
    assert at_the_middle(metric, raised) == (row.baseline.p50 + 60, True)
    strict = replace(raised, judgement=replace(row.judgement, verdict=Verdict.STRICTEST))
    assert "the P50 lies beyond it" in " ".join(
        text.en for text in words_on(metric, [strict], Text("快送", "swift"))
    )


def test_two_platforms_are_told_apart(audited: Audited) -> None:
    other = [_as(row, example.STEADY) for row in audited.cohorts]
    document = example.pack(replace(audited, cohorts=[*audited.cohorts, *other]), plain=True)
    table = document.section("standing").table
    assert table is not None
    assert {cell.en for cell in table.column("platform") if isinstance(cell, Text)} == {"swift", "steady"}
    words = [text.en for text in document.section("words").paragraphs]
    assert sum(text.startswith(("swift:", "steady:")) for text in words) == 2


def _as(row: CohortAudit, platform: int) -> CohortAudit:
    return replace(row, threshold=replace(row.threshold, platform=platform))


def test_appeals_of_too_few_workers_are_not_counted_out() -> None:
    document = pack_of(_scope(), [], Charges(), appeals=AppealCounts(suppressed=True))
    section = document.section("appeals")
    assert section.table is None
    assert "too few workers" in section.paragraphs[0].en
    assert not any(letter.isdigit() for text in section.paragraphs for letter in text.en + text.zh)


def test_the_contract_carries_a_pack_there_and_back(pack: PackDocument) -> None:
    kept = algo_audit_pb2.Audit(audit_id="audit-8c1f", data_version=pack.data_version)
    kept.period_start_time.FromMilliseconds(example.MARCH_MS)
    kept.period_end_time.FromMilliseconds(example.MARCH_MS + 31 * example.DAY_MS)
    wire = pack_to_proto(pack, kept)
    assert pack_from_proto(type(wire).FromString(wire.SerializeToString(deterministic=True))) == pack


def test_charts_are_seen_in_the_tables_that_can_be_drawn(pack: PackDocument) -> None:
    drawn = {section.id: chart_of(section.table) for section in pack.sections if section.table is not None}
    assert {name: chart for name, chart in drawn.items() if chart} == {
        "standing": Chart.STRIPS,
        "ratchet-limits": Chart.STEPS,
        "frontier": Chart.CURVES,
    }


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.id)
def test_values_of_every_metric_can_be_shown(metric: Metric) -> None:
    show = shown(metric.unit)
    assert show.unit != "value"
    assert show.unit in UNITS
    words = show.words(0.5)
    assert words.zh
    assert words.en


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (1234.5, "min", "1,234.5"),
        (-0.01, "min", "0.0"),
        (-1.5, "min", "−1.5"),
        (math.inf, "min", "∞"),
        (-math.inf, "min", "−∞"),
        (0.00001, "p", "<0.0001"),
        (0.05, "p", "0.0500"),
        (12, "orders", "12"),
    ],
)
def test_numbers_are_written_for_people(number: float, unit: str, text: str) -> None:
    assert number_text(number, unit) == text


def test_a_table_refuses_a_short_row_and_takes_nan_for_nothing() -> None:
    columns = (Column("a", Text("甲", "a"), "min"), Column("b", Text("乙", "b")))
    with pytest.raises(ValueError, match="row 0"):
        Table(columns, ((1.0,),))
    assert Table(columns, ((math.nan, None),)).rows == ((None, None),)
    with pytest.raises(ValueError, match="furlongs"):
        Column("c", Text("丙", "c"), "furlongs")


def test_percentiles_of_pay_that_are_not_told_are_no_figures_and_the_pack_says_why() -> None:
    (row,) = example.charges().pay
    few = replace(row, p10=None, p90=None, p50_interval=Interval(-math.inf, math.inf))
    told, held = (pay_section([each], lambda _: "swift", "") for each in (row, few))
    assert told.table is not None
    assert held.table is not None
    assert told.table.column("pay10") == pytest.approx((15.2,))
    assert (held.table.column("pay10"), held.table.column("pay90")) == ((None,), (None,))
    assert len(held.paragraphs) == len(told.paragraphs) + 1
    assert "fewer than 5 workers" in held.paragraphs[1].en
