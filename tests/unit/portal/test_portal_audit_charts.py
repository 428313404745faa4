"""Strips of a table, data of a chart, and the order in which cohorts are looked at."""

from __future__ import annotations

import pytest

from services.portal.adapters import decode_audits as decode
from services.portal.core.audits import Audit, Verdict, selected, tally
from services.portal.core.cohort_chart import chart_data
from services.portal.core.strip_chart import Scale
from tests.support.fake_suite import data


@pytest.fixture(scope="module")
def audit() -> Audit:
    return decode.audit(data.audit("audit-1", data.at("2026-03-16 20:00")))


def test_without_a_wish_the_gravest_cohort_with_figures_is_drawn(audit: Audit) -> None:
    chosen = selected(audit.cohorts, "", "", "", 0)
    assert chosen is not None
    assert (chosen.platform_id, chosen.cohort, chosen.below_floor) == ("kuaida", "3000-5000", True)


def test_a_wished_cohort_is_drawn_even_if_suppressed(audit: Audit) -> None:
    chosen = selected(audit.cohorts, "wenbu", "", "5000-inf", 0)
    assert chosen is not None
    assert chosen.suppressed
    assert chosen.figures is None


def test_verdicts_are_counted_gravest_first(audit: Audit) -> None:
    assert list(tally(audit.cohorts).items()) == [
        (Verdict.STRICTEST, 3),
        (Verdict.STRICTER, 1),
        (Verdict.LAXER, 4),
        (Verdict.WITHIN_MIDDLE, 4),
        (Verdict.INSUFFICIENT_EVIDENCE, 3),
    ]


def test_figures_of_a_suppressed_cohort_are_not_decoded_even_if_a_service_sent_them() -> None:
    message = data.audit("audit-1", 0)
    message.cohorts[0].suppressed = True
    assert decode.audit(message).cohorts[0].figures is None


def test_a_verdict_that_a_newer_service_added_is_shown_as_not_judged() -> None:
    message = data.audit("audit-1", 0)
    message.cohorts[0].verdict = 99  # type: ignore[assignment]
    assert decode.audit(message).cohorts[0].verdict is Verdict.UNSPECIFIED


def test_equal_values_stand_at_equal_places_in_all_rows(audit: Audit) -> None:
    scale = Scale(audit.cohorts, width=220)
    by_value = {(row.declared, scale.strip(row).declared) for row in audit.cohorts}
    assert len(by_value) == len({value for value, _ in by_value})
    in_order = [place for _, place in sorted(by_value)]
    assert in_order == sorted(in_order)
    assert all(0 <= place <= 220 for place in in_order)


def test_a_percentile_that_is_not_told_has_no_place(audit: Audit) -> None:
    message = data.audit("audit-1", 0)
    for cohort in message.cohorts:
        cohort.figures.ClearField("p10")
    rows = decode.audit(message).cohorts
    scale = Scale(rows, width=220)
    for row in rows:
        strip = scale.strip(row)
        assert strip.p10 is None
        assert (strip.p90 is None) == (strip.p50 is None) == (row.figures is None)


def test_a_scale_of_no_rows_is_no_error() -> None:
    assert Scale([], width=220).width == 220


def test_chart_bars_have_their_orders_as_area(audit: Audit) -> None:
    row = selected(audit.cohorts, "", "", "", 0)
    assert row is not None
    assert row.figures is not None
    drawn = chart_data(row, row.figures, "s", {})
    for (start, end, orders, density), bin_ in zip(drawn["bins"], row.figures.histogram, strict=True):
        assert (start, end) == pytest.approx((bin_.start / 60, bin_.end / 60))
        assert orders == bin_.orders
        assert density * (end - start) == pytest.approx(orders, abs=0.2)
    assert drawn["declared"] == 21
    assert drawn["floor"] == 22
