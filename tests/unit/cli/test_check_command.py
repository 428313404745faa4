"""``quzhong check``: from a file to verdicts, and every way a file can be wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app

DAY = "2026-01-15T"
FOOD = "cn-food-delivery-2025"


def quzhong(*arguments: str | Path) -> Result:
    return CliRunner().invoke(
        app, [str(each) for each in arguments], env={"COLUMNS": "160", "QUZHONG_LANG": "en"}
    )


def answer(*arguments: str | Path) -> dict[str, Any]:
    result = quzhong("check", *arguments, "--json")
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def write(folder: Path, **case: Any) -> Path:
    """A case: 4 h 01 of orders on one day, unless said otherwise."""
    whole: dict[str, Any] = {
        "rule_pack": FOOD,
        "tz": "Asia/Shanghai",
        "intervals": [{"start": f"{DAY}08:00:00", "end": f"{DAY}12:01:00", "state": "order"}],
    }
    path = folder / "case.json"
    path.write_text(json.dumps({k: v for k, v in (whole | case).items() if v is not None}), "utf-8")
    return path


def orders(*spans: tuple[str, str], state: str = "order") -> list[dict[str, str]]:
    return [{"start": f"{DAY}{start}", "end": f"{DAY}{end}", "state": state} for start, end in spans]


def found(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["rule"], each["start"], each["end"]) for each in document["violations"]]


def test_a_case_is_judged_by_its_own_pack(tmp_path: Path) -> None:
    document = answer(write(tmp_path))
    assert (document["pack"], document["version"]) == (FOOD, "1.1.0")
    (violation,) = document["violations"]
    assert violation["rule"] == "cn.continuous_order_4h"
    assert (violation["start"], violation["end"]) == (f"{DAY}12:00:00", f"{DAY}12:01:00")
    assert (violation["no_push_from"], violation["no_push_until"]) == (f"{DAY}12:01:00", f"{DAY}12:21:00")
    assert (violation["measured_s"], violation["limit_s"]) == (4 * 3600 + 60, 4 * 3600)
    assert document["rejected"] == document["warnings"] == []


def test_reaching_the_limit_is_a_prompt_with_no_minutes_left(tmp_path: Path) -> None:
    document = answer(write(tmp_path, intervals=orders(("08:00:00", "12:00:00"))))
    assert document["violations"] == []
    (prompt,) = document["prompts"]
    assert (prompt["rule"], prompt["severity"], prompt["minutes_left"]) == (
        "cn.continuous_order_4h",
        "limit_reached",
        0,
    )
    assert prompt["start"] == f"{DAY}12:00:00"


def test_coverage_tells_observed_from_unknown(tmp_path: Path) -> None:
    case = write(tmp_path, intervals=orders(("08:00:00", "09:00:00"), ("10:00:00", "12:00:00")))
    assert answer(case)["coverage"] == {
        "observed_s": 3 * 3600,
        "unknown_s": 3600,
        "share": 0.75,
        "window_start": f"{DAY}08:00:00",
        "window_end": f"{DAY}12:00:00",
    }


def test_until_cuts_what_is_known(tmp_path: Path) -> None:
    document = answer(write(tmp_path), "--until", f"{DAY}11:45:00")
    assert document["violations"] == []
    assert document["prompts"][0]["minutes_left"] == 15
    assert document["coverage"]["window_end"] == f"{DAY}11:45:00"


def test_an_interval_without_an_end_lasts_until_what_is_known(tmp_path: Path) -> None:
    case = write(tmp_path, intervals=[{"start": f"{DAY}08:00:00", "state": "order"}])
    document = answer(case, "--until", f"{DAY}12:30:00")
    assert found(document) == [("cn.continuous_order_4h", f"{DAY}12:00:00", f"{DAY}12:30:00")]
    assert document["violations"][0]["open"]


@pytest.mark.parametrize(
    ("start", "end", "limit", "last"),
    [
        (f"{DAY}08:00:00+08:00", f"{DAY}12:01:00+08:00", f"{DAY}12:00:00+08:00", f"{DAY}12:01:00+08:00"),
        (f"{DAY}00:00:00Z", f"{DAY}04:01:00Z", f"{DAY}12:00:00+08:00", f"{DAY}12:01:00+08:00"),
        (f"{DAY}08:00:00", f"{DAY}12:01:00.500", f"{DAY}12:00:00", f"{DAY}12:01:00.500"),
    ],
)
def test_times_come_back_as_the_case_has_them(
    tmp_path: Path, start: str, end: str, limit: str, last: str
) -> None:
    case = write(tmp_path, intervals=[{"start": start, "end": end, "state": "order"}])
    assert found(answer(case)) == [("cn.continuous_order_4h", limit, last)]


@pytest.mark.parametrize("tz", ["local", "local civil time, no DST change inside the case"])
def test_local_time_has_no_summer_time_in_it(tmp_path: Path, tz: str) -> None:
    spans = [{"start": "2026-03-08T01:00:00", "end": "2026-03-08T05:01:00", "state": "order"}]
    document = answer(write(tmp_path, tz=tz, intervals=spans))
    assert found(document) == [("cn.continuous_order_4h", "2026-03-08T05:00:00", "2026-03-08T05:01:00")]
    assert answer(write(tmp_path, tz="America/New_York", intervals=spans))["violations"] == []


def test_offsets_are_kept_where_no_zone_is_named(tmp_path: Path) -> None:
    spans = [{"start": f"{DAY}08:00:00Z", "end": f"{DAY}12:01:00Z", "state": "order"}]
    document = answer(write(tmp_path, tz="local", intervals=spans))
    assert found(document) == [("cn.continuous_order_4h", f"{DAY}12:00:00Z", f"{DAY}12:01:00Z")]


def test_only_asserted_rules_are_judged(tmp_path: Path) -> None:
    case = write(tmp_path, asserts_rules=["cn.daily_order_8h"])
    document = answer(case)
    assert (document["rules"], document["violations"]) == (["cn.daily_order_8h"], [])


def test_an_asserted_rule_of_another_option_brings_that_option(tmp_path: Path) -> None:
    spans = orders(("06:00:00", "09:00:00"), ("09:30:00", "12:30:00"), ("13:00:00", "16:00:00"))
    spans += orders(("16:30:00", "20:00:00"))
    case = write(tmp_path, intervals=spans, asserts_rules=["meituan.daily_12h_offline"])
    assert found(answer(case)) == [("meituan.daily_12h_offline", f"{DAY}19:30:00", f"{DAY}20:00:00")]


def test_two_rules_of_one_options_different_values_are_judged_side_by_side(tmp_path: Path) -> None:
    spans = [
        {"start": f"2026-01-{day:02d}T06:00:00", "end": f"2026-01-{day:02d}T16:00:00", "state": "driving"}
        for day in range(5, 12)
    ]
    rules = ["us.cycle_60h_7d", "us.cycle_70h_8d"]
    document = answer(write(tmp_path, rule_pack="us-fmcsa-hos", intervals=spans, asserts_rules=rules))
    assert sorted(document["rules"]) == rules
    assert [each["rule"] for each in document["violations"]] == ["us.cycle_60h_7d"]


def test_params_choose_options_by_alias_and_replace_lengths(tmp_path: Path) -> None:
    ride = {
        "rule_pack": "cn-didi-2019",
        "intervals": orders(("06:00:00", "11:00:00"), ("11:30:00", "15:45:00"), state="billing"),
        "asserts_rules": ["didi.billing_10h"],
    }
    assert answer(write(tmp_path, **ride))["violations"] == []
    premium = answer(write(tmp_path, **ride, params={"service_class": "专车"}))
    assert found(premium)[0][1] == f"{DAY}15:30:00"
    shorter = answer(write(tmp_path, **ride, params={"limit_h": 4.5, "limit_origin": "a what-if"}))
    assert found(shorter)[0][1] == f"{DAY}10:30:00"
    assert premium["warnings"] == shorter["warnings"] == []


def test_params_nobody_knows_or_that_mean_several_things_are_warnings(tmp_path: Path) -> None:
    document = answer(write(tmp_path, params={"weather": "rain", "nap_min": 5, "limit_h": 9}))
    assert len(document["violations"]) == 1
    weather, nap, limit = document["warnings"]
    assert "params.weather" in weather
    assert "no rule in question has a parameter nap" in nap
    assert "means different lengths in" in limit


def test_an_option_can_be_given_on_the_command_line(tmp_path: Path) -> None:
    spans = orders(("06:00:00", "09:00:00"), ("09:30:00", "12:30:00"), ("13:00:00", "16:00:00"))
    case = write(tmp_path, intervals=spans + orders(("16:30:00", "20:00:00")))
    rules = [each["rule"] for each in answer(case, "--option", "local_12h_offline=on")["violations"]]
    assert "meituan.daily_12h_offline" in rules


def test_a_case_older_than_the_pack_is_judged_with_a_warning(tmp_path: Path) -> None:
    spans = [{"start": "2020-01-15T08:00:00", "end": "2020-01-15T12:01:00", "state": "order"}]
    document = answer(write(tmp_path, intervals=spans))
    assert len(document["violations"]) == 1
    assert "no version of cn-food-delivery-2025 was in force on 2020-01-15" in document["warnings"][0]


def test_bad_records_are_left_out_with_their_place_and_the_rest_goes_on(tmp_path: Path) -> None:
    bad: list[Any] = [
        {"start": "yesterday", "end": f"{DAY}12:00:00", "state": "order"},
        {"start": f"{DAY}13:00:00", "end": f"{DAY}12:00:00", "state": "order"},
        {"start": f"{DAY}13:00:00", "end": f"{DAY}14:00:00", "state": "asleep"},
        "nonsense",
    ]
    document = answer(write(tmp_path, intervals=orders(("08:00:00", "12:01:00")) + bad))
    assert len(document["violations"]) == 1
    assert [(each["where"], each["field"], each["value"]) for each in document["rejected"]] == [
        ("intervals[1]", "start", "yesterday"),
        ("intervals[2]", "end", f"{DAY}12:00:00"),
        ("intervals[3]", "state", "asleep"),
        ("intervals[4]", "", "nonsense"),
    ]
    assert "the pack's states are order, dispatch_push" in document["rejected"][2]["reason"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"case.json:1: not JSON"),
        ("[]", r"write a JSON object with a list intervals"),
        ('{"rule_pack": "cn-food-delivery-2025"}', r"write a JSON object with a list intervals"),
        ('{"rule_pack": "cn-nap", "intervals": []}', r"rule_pack is 'cn-nap', which is no pack; use one of"),
        (
            '{"rule_pack": "cn-food-delivery-2025", "intervals": [], "asserts_rules": ["cn.nap"]}',
            r"asserts_rules is cn.nap; the rules of cn-food-delivery-2025 are",
        ),
        (
            '{"rule_pack": "cn-food-delivery-2025", "intervals": [], "tz": "Mars/Olympus"}',
            r"tz is 'Mars/Olympus'; write an IANA name",
        ),
        (
            '{"rule_pack": "cn-food-delivery-2025", "intervals": [{"start": 5, "state": "order"}]}',
            r"no record can be taken; intervals[0]: start is '5': not an ISO 8601 time",
        ),
        (
            '{"rule_pack": "cn-didi-2019", "intervals": [], "params": {"service_class": "bus"}}',
            r"params.service_class is 'bus'; use one of express",
        ),
        (
            '{"rule_pack": "cn-road-transport", "intervals": [], "params": {"limit_min": 20}}',
            r"params do not fit: rule pack: rules[0].params.prompt_lead.value is",
        ),
        (
            '{"rule_pack": "cn-road-transport", "intervals": [], "asserts_rules": "cn.nap"}',
            r"asserts_rules is cn.nap; the rules of cn-road-transport are cn.road_driving_4h",
        ),
    ],
)
def test_a_case_that_cannot_be_judged_says_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "case.json"
    path.write_text(text)
    result = quzhong("check", path, "--json")
    assert result.exit_code == 1
    assert message in json.loads(result.stdout)["error"]["message"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--pack", "cn-nap"),
        ("--option", "speed=9"),
        ("--option", "local_12h_offline=maybe"),
        ("--option", "local_12h_offline"),
        ("--timezone", "Mars/Olympus"),
        ("--until", "noon"),
    ],
)
def test_an_option_that_does_not_fit_is_bad_usage(tmp_path: Path, arguments: tuple[str, str]) -> None:
    result = quzhong("check", write(tmp_path), *arguments)
    assert result.exit_code == 2
    assert arguments[0] in result.stderr


def test_a_csv_file_without_a_pack_is_bad_usage(tmp_path: Path) -> None:
    path = tmp_path / "shifts.csv"
    path.write_text("worker,start,end,state\n")
    assert quzhong("check", path).exit_code == 2


def test_a_pack_may_be_a_file_and_a_broken_one_is_refused_with_its_line(tmp_path: Path) -> None:
    from services.workhours.catalogue import SHIPPED

    own = tmp_path / "own.yaml"
    text = (SHIPPED / f"{FOOD}.yaml").read_text("utf-8")
    own.write_text(text.replace("        value: 4 h\n", "        value: 2 h\n"), "utf-8")
    case = write(tmp_path)
    assert found(answer(case, "--pack", own))[0][1] == f"{DAY}10:00:00"
    own.write_text(text.replace("        value: 4 h\n", "        value: -2 h\n"), "utf-8")
    result = quzhong("check", case, "--pack", own, "--json")
    assert result.exit_code == 1
    assert "own.yaml:" in json.loads(result.stdout)["error"]["message"]


INTERVALS = f"""worker,start,end,state,platform
a,{DAY}08:00:00,{DAY}10:15:00,order,P1
a,{DAY}10:20:00,{DAY}12:40:00,order,P2
b,{DAY}08:00:00,{DAY}10:00:00,order,P1
b,{DAY}10:00:00,late,order,P1
,{DAY}10:00:00,{DAY}11:00:00,order,P1
"""


def test_intervals_of_several_workers_name_the_worker(tmp_path: Path) -> None:
    path = tmp_path / "shifts.csv"
    path.write_text(INTERVALS)
    document = answer(path, "--pack", FOOD)
    (violation,) = document["violations"]
    assert (violation["worker"], violation["start"]) == ("a", f"{DAY}12:05:00")
    assert [each["where"] for each in document["rejected"]] == ["line 5", "line 6"]
    assert [each["field"] for each in document["rejected"]] == ["end", "worker"]


EVENTS = f"""event_id,worker_id,order_id,event_time,kind,platform_id
1,a,o1,{DAY}08:00:00,accepted,P1
2,a,o1,{DAY}10:15:00,completed,P1
3,a,o2,{DAY}10:10:00,ACCEPTED,P2
4,a,o2,{DAY}12:05:00,DISPATCH_KIND_COMPLETED,P2
5,a,o3,{DAY}12:10:00,1,P2
4,a,o2,{DAY}12:05:00,completed,P2
"""


def test_platform_events_become_orders_and_offers(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS)
    document = answer(path, "--pack", FOOD)
    assert found(document) == [
        ("cn.continuous_order_4h", f"{DAY}12:00:00", f"{DAY}12:05:00"),
        ("cn.no_push_20min", f"{DAY}12:10:00", f"{DAY}12:10:00"),
    ]
    assert document["rejected"] == []


def test_order_and_repetition_of_rows_change_nothing(tmp_path: Path) -> None:
    heading, *rows = EVENTS.splitlines()
    path = tmp_path / "events.csv"
    path.write_text(EVENTS)
    before = answer(path, "--pack", FOOD)
    path.write_text("\n".join([heading, *reversed(rows), *rows]) + "\n")
    assert answer(path, "--pack", FOOD) == before


def test_complaints_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS)
    before = answer(path, "--pack", FOOD)
    path.write_text(
        EVENTS + f"6,a,o2,{DAY}12:00:00,complained,P2\n7,a,o9,{DAY}23:00:00,COMPLAINED,P1\n"
        f"8,b,o9,{DAY}23:00:00,7,P1\n"
    )
    assert answer(path, "--pack", FOOD) == before


def test_contradictory_events_are_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(
        EVENTS + f"1,a,o1,{DAY}07:00:00,accepted,P1\n"
        f"6,a,o4,{DAY}15:00:00,accepted,P1\n7,a,o4,{DAY}14:00:00,completed,P1\n"
        f"8,a,o5,{DAY}16:00:00,accepted,P1\n9,a,o5,{DAY}16:10:00,accepted,P1\n"
        f"10,a,o6,{DAY}16:00:00,daydreamed,P1\n"
        f"11,a,o7,{DAY}16:00:00,accepted,P1\n12,a,o7,{DAY}16:05:00,completed,P1\n"
        f"13,a,o7,{DAY}16:10:00,picked_up,P1\n"
    )
    document = answer(path, "--pack", FOOD)
    assert len([each for each in document["violations"] if each["rule"] == "cn.continuous_order_4h"]) == 1
    assert {(each["where"], each["field"]) for each in document["rejected"]} == {
        ("line 8", "event_id"),
        ("line 13", "kind"),
        ("order o4", "event_time"),
        ("order o5", "kind"),
        ("order o7", "event_time"),
    }


def test_a_csv_file_of_neither_kind_is_refused_with_both_kinds(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("who,when\n")
    result = quzhong("check", path, "--pack", FOOD, "--json")
    assert result.exit_code == 2
    assert (
        "kind / worker, start, end, state; it has who, when" in json.loads(result.stdout)["error"]["message"]
    )


@pytest.mark.parametrize(("lang", "words"), [("en", "Violations"), ("zh", "超限")])
def test_people_get_a_table_in_their_language_with_the_zone(tmp_path: Path, lang: str, words: str) -> None:
    result = quzhong("check", write(tmp_path), "--lang", lang)
    assert result.exit_code == 0
    assert words in result.stdout
    assert "2026-01-15 12:00:00 CST" in result.stdout
    assert "cn.continuous_order_4h" in result.stdout


def test_no_violation_is_said_so(tmp_path: Path) -> None:
    result = quzhong("check", write(tmp_path, intervals=orders(("08:00:00", "09:00:00"))), "--lang", "en")
    assert "No violations." in result.stdout
