"""Baselines over the wire: days that are closed, what late events change, and what is kept when events go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import algo_audit_pb2 as pb
from quzhong.api.events.v1 import events_pb2
from tests.integration.algo_audit.conftest import PLATFORMS
from tests.support.dispatches import MINUTE_MS, at, order
from tests.support.suite import CITY, Suite, algo_audit, eventually, intake, refusal, running_suite

BAND = "1000-2000"
APRIL = 16
"""1 April is so many days after the test's day, 16 March 2026."""
MAY = APRIL + 30
NOW_MS = at("23:00", MAY + 20)


def orders(
    platform: str, day: int, *, shortest: int = 8, workers: int = 12, distance_m: int = 1_500
) -> list[events_pb2.Dispatch]:
    """Six orders a worker, of 8, 9, … 13 minutes: so few that sketches hold every one."""
    first = 1_000 * (1 + PLATFORMS.index(platform))
    return [
        row
        for worker in range(workers)
        for number in range(6)
        for row in order(
            f"{distance_m}-{day}-{worker}-{number}",
            at("09:00", day) + number * 30 * MINUTE_MS,
            at("09:00", day) + (number * 30 + shortest + number) * MINUTE_MS,
            worker=first + worker,
            distance_m=distance_m,
        )
    ]


def start(folder: Path, **settings: Any) -> Iterator[Suite]:
    with running_suite(folder, intake, algo_audit, clock=lambda: NOW_MS, **settings) as suite:
        yield suite


@pytest.fixture
def suite(tmp_path: Path) -> Iterator[Suite]:
    """Two platforms with orders on two days of April; events are kept for fourteen days."""
    for suite in start(tmp_path, audit_keep_days=14):
        for platform in PLATFORMS:
            suite.platform(platform)
        suite.regulator("tangshan")
        suite.regulator("elsewhere", "130281")
        suite.union("city-union")
        for day in (APRIL, APRIL + 1):
            suite.submit("swift", orders("swift", day))
            suite.submit("steady", orders("steady", day, shortest=18))
        yield suite


def time_passes(suite: Suite, day: int) -> None:
    """Something happens at noon of a day."""
    suite.submit("even", order(f"noon-{day}", at("12:00", day), at("12:10", day), worker=9))


def listed(suite: Suite, party: str = "tangshan", **asked: Any) -> pb.ListBaselinesResponse:
    request = pb.ListBaselinesRequest(area_code=asked.pop("area_code", CITY), **asked)
    answer: pb.ListBaselinesResponse = suite.as_(party).algo_audit.ListBaselines(request)
    return answer


def closed(suite: Suite, days: int) -> pb.ListBaselinesResponse:
    """The baselines as soon as so many days are closed and none is to be amended."""

    def are() -> bool:
        try:
            answer = listed(suite)
        except grpc.RpcError:
            return False
        return (answer.days_covered, answer.days_to_amend) == (days, 0)

    eventually(are)
    return listed(suite)


def midnight(day: int) -> Timestamp:
    return Timestamp(seconds=at("00:00", day) // 1000)


def minutes(row: pb.CohortBaseline) -> tuple[float, ...]:
    return tuple(value / 60 for value in (row.p10, row.p25, row.p50, row.p75, row.p90))


def test_a_day_is_listed_two_days_after_its_end(suite: Suite) -> None:
    time_passes(suite, APRIL + 2)
    assert refusal(lambda: listed(suite)).reason == "NO_DAYS_CLOSED"
    time_passes(suite, APRIL + 4)
    answer = closed(suite, days=2)
    (row,) = answer.baselines
    assert (row.cohort, row.orders, row.values, row.workers, row.censored) == (BAND, 288, 288, 24, 0)
    assert minutes(row) == (9, 10, 13, 20, 22)
    assert row.rank_error == 0, "so few values are all held"
    assert (row.middle.low / 60, row.middle.high / 60) == (12, 19)
    assert [(key.key, key.value) for key in row.keys] == [
        ("service", "food-delivery"),
        ("vehicle", "e-bike"),
        ("distance", BAND),
    ]
    assert (answer.metric_id, answer.unit, answer.level) == ("delivery_time", "s", pb.LEVEL_ORDER)
    assert (answer.period_start_time, answer.period_end_time) == (midnight(APRIL), midnight(APRIL + 2))


def test_a_platform_is_left_out_and_each_may_leave_out_itself_only(suite: Suite) -> None:
    time_passes(suite, MAY)
    time_passes(suite, MAY + 3)
    closed(suite, days=3)
    (row,) = listed(suite, exclude_platform_id="swift").baselines
    assert (row.orders, minutes(row)[2]) == (144, 20)
    (own,) = listed(suite, "swift", exclude_platform_id="swift").baselines
    assert own == row
    foreign = refusal(lambda: listed(suite, "swift", exclude_platform_id="steady"))
    assert (foreign.reason, foreign.field) == ("FOREIGN_PLATFORM", "exclude_platform_id")


def test_platforms_and_unions_ask_for_closed_months_and_authorities_for_any_days(suite: Suite) -> None:
    time_passes(suite, APRIL + 4)
    closed(suite, days=2)
    month: dict[str, Any] = {"period_start_time": midnight(APRIL), "period_end_time": midnight(MAY)}
    day: dict[str, Any] = {"period_start_time": midnight(APRIL), "period_end_time": midnight(APRIL + 1)}
    (row,) = listed(suite, **day).baselines
    assert row.orders == 144
    for party in ("swift", "city-union"):
        for asked, reason in ((day, "PERIOD_NOT_PUBLIC"), (month, "PERIOD_NOT_OVER")):
            refused = refusal(lambda party=party, asked=asked: listed(suite, party, **asked))  # type: ignore[misc]
            assert refused.reason == reason, party
    time_passes(suite, MAY)
    time_passes(suite, MAY + 3)
    closed(suite, days=4)
    answer = listed(suite, "swift", **month)
    assert (answer.baselines[0].orders, answer.days_covered, len(answer.missing_days)) == (288, 3, 27)
    assert answer.missing_days[0] == "2026-04-03"
    assert listed(suite, "swift") == answer, "the last month that is closed"
    assert listed(suite, "city-union") == answer
    wide = refusal(lambda: listed(suite, "city-union", area_code="130000"))
    assert (wide.reason, wide.field) == ("AREA_TOO_WIDE", "area_code")
    assert refusal(lambda: listed(suite, "elsewhere", area_code="130203")).reason == "FOREIGN_AREA"


def test_periods_that_make_no_sense_name_their_field(suite: Suite) -> None:
    time_passes(suite, APRIL + 4)
    closed(suite, days=2)
    noon_of = Timestamp(seconds=at("12:00", APRIL) // 1000)
    far = Timestamp(seconds=253_402_214_400)
    for party in ("tangshan", "swift"):
        for asked, field in (
            ({"period_start_time": noon_of}, "period_start_time"),
            ({"period_end_time": far}, "period_end_time"),
            ({"period_start_time": Timestamp(seconds=-28_800 - 86_400)}, "period_start_time"),
            ({"period_start_time": midnight(MAY), "period_end_time": midnight(APRIL)}, "period_end_time"),
            ({"period_start_time": midnight(-400)}, "period_start_time"),
            ({"area_code": "13020"}, "area_code"),
            ({"detail": 9}, "detail"),
            ({"page_token": "x"}, "page_token"),
        ):
            refused = refusal(lambda party=party, asked=asked: listed(suite, party, **asked))  # type: ignore[misc]
            assert refused.field == field, (party, asked)


def test_what_comes_late_and_corrections_change_a_closed_day(suite: Suite) -> None:
    time_passes(suite, APRIL + 4)
    (before,) = closed(suite, days=2).baselines
    completions = orders("steady", APRIL, shortest=18)[1::2]
    for event in completions:
        event.version = 1
        event.event_time.seconds += 600
    suite.submit("steady", completions)
    eventually(lambda: listed(suite).baselines[0].p90 > before.p90)
    for event in completions:
        event.version, event.deleted = 2, True
    suite.submit("steady", completions)
    eventually(lambda: listed(suite).baselines[0].censored == 80, timeout_s=5)
    suite.submit("swift", orders("swift", APRIL - 1))
    assert closed(suite, days=3).baselines[0].orders == before.orders + 72


def test_sketches_outlive_the_events_and_a_restart(suite: Suite, tmp_path: Path) -> None:
    time_passes(suite, APRIL + 4)
    before = closed(suite, days=2)
    time_passes(suite, APRIL + 16)
    closed(suite, days=3)
    period: dict[str, Any] = {"period_start_time": midnight(APRIL), "period_end_time": midnight(APRIL + 2)}

    def gone(suite: Suite) -> bool:
        audit = pb.RunAuditRequest(area_code=CITY, metric_id="piece_rate", **period)
        refused = refusal(lambda: suite.as_("tangshan").algo_audit.RunAudit(audit))
        assert refused.reason in ("ORDERS_NO_LONGER_KEPT", "NO_ORDERS", "NO_THRESHOLDS"), refused
        if refused.reason == "ORDERS_NO_LONGER_KEPT":
            assert "2026-04-03" in str(refused)
            return True
        return False

    eventually(lambda: gone(suite))
    assert listed(suite, **period).baselines == before.baselines
    late = orders("steady", APRIL, shortest=18, workers=13)[-12:]
    suite.submit("steady", late)
    assert listed(suite, **period).events_after_closing == 12
    suite.host.stop(grace_s=0.2)
    for again in start(tmp_path, audit_keep_days=14):
        answer = listed(again, **period)
        assert answer.baselines == before.baselines
        assert answer.events_after_closing == 12
        assert gone(again)


def test_pages_follow_each_other_and_small_cohorts_are_not_listed(suite: Suite) -> None:
    """Nine workers are too few, and the next smallest cohort of theirs is hidden with them."""
    for platform, workers, distance_m in (("steady", 12, 2_500), ("swift", 12, 2_500), ("swift", 9, 5_500)):
        suite.submit(platform, orders(platform, APRIL, shortest=20, workers=workers, distance_m=distance_m))
    time_passes(suite, APRIL + 4)
    whole = closed(suite, days=2)
    assert [(row.cohort, row.orders) for row in whole.baselines] == [(BAND, 288), ("2000-3000", 72)]
    first = listed(suite, page_size=1)
    second = listed(suite, page_size=1, page_token=first.next_page_token)
    assert [*first.baselines, *second.baselines] == list(whole.baselines)
    assert not second.next_page_token
    other = refusal(lambda: listed(suite, page_token=first.next_page_token, detail=pb.DETAIL_WEATHER))
    assert other.field == "page_token"
    county = listed(suite, area_code="130203").baselines
    assert [row.cohort for row in county] == [f"{BAND}/130203", "2000-3000/130203"]
    assert not listed(suite, area_code="130281").baselines


def test_of_workers_days_a_percentile_that_few_workers_may_be_is_not_told(suite: Suite) -> None:
    """Worker k took 6 + k orders on both days: 8 of the 48 values are 6 or 7, and may be of four workers."""
    for platform in ("swift", "steady"):
        first = 1_000 * (1 + PLATFORMS.index(platform))
        for day in (APRIL, APRIL + 1):
            more = [
                row
                for worker in range(12)
                for number in range(worker)
                for row in order(
                    f"more-{day}-{worker}-{number}",
                    at("13:00", day) + number * 30 * MINUTE_MS,
                    at("13:00", day) + (number * 30 + 10) * MINUTE_MS,
                    worker=first + worker,
                    distance_m=1_500,
                )
            ]
            suite.submit(platform, more)
    time_passes(suite, APRIL + 4)
    closed(suite, days=2)
    (row,) = listed(suite, metric_id="daily_orders").baselines
    assert (row.values, row.workers, row.p50) == (48, 24, 11)
    assert [row.HasField(name) for name in ("p10", "p25", "p75", "p90")] == [False, True, True, False]
    assert (row.p25, row.p75) == (8, 14)


def test_every_metric_has_baselines_or_none_of_its_values(suite: Suite) -> None:
    time_passes(suite, APRIL + 4)
    closed(suite, days=2)
    found = {
        metric.metric_id: listed(suite, metric_id=metric.metric_id)
        for metric in suite.as_("tangshan").algo_audit.ListMetrics(pb.ListMetricsRequest()).metrics
    }
    assert len(found) == 13
    told = {metric_id for metric_id, answer in found.items() if answer.baselines}
    assert told == {"delivery_time", "implied_speed", "daily_orders"}, (
        "nobody stated pay, limits, offers, complaints or sessions, and a rate needs ten orders"
    )
    daily = found["daily_orders"]
    assert (daily.baselines[0].p50, daily.level) == (6, pb.LEVEL_WORKER_DAY)
    assert (daily.baselines[0].HasField("p10"), daily.baselines[0].p10) == (True, 6), "all took as many"
    assert found["completion_rate"].level == pb.LEVEL_WORKER_DAY, "the period is the day"
    wrong = refusal(lambda: listed(suite, metric_id="happiness"))
    assert wrong.field == "metric_id"
