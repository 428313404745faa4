"""``quzhong audit``: figures of a file, and how it refuses what it cannot take."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.audit_quantities import distance_edges, quantity
from cli.bad_input import BadInputError
from cli.main import app

HEADING = "driver_id,start,end,distance_m,district,pay\n"


def quzhong(*arguments: str, lang: str = "en") -> Result:
    return CliRunner().invoke(
        app, ["audit", *arguments], prog_name="quzhong", env={"COLUMNS": "200", "QUZHONG_LANG": lang}
    )


def document(*arguments: str) -> dict[str, Any]:
    result = quzhong(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Twenty workers, ten orders each: 10, 12, … 28 minutes over 1.5 km, and twice that over 4 km."""
    path = tmp_path / "orders.csv"
    lines = [HEADING]
    for worker in range(20):
        district = "lubei" if worker < 10 else "lunan"
        for number in range(10):
            minutes = 10 + 2 * number
            for metres, factor in ((1_500, 1), (4_000, 2)):
                took = minutes * factor
                end = f"2026-03-16T{8 + took // 60:02}:{took % 60:02}:00+08:00"
                lines.append(
                    f"w{worker},2026-03-16T08:00:00+08:00,{end},{metres},{district},{4 + number / 10:.1f}\n"
                )
    path.write_text("".join(lines))
    return path


def test_figures_of_everything_and_of_each_band(file: Path) -> None:
    found = document(str(file), "--threshold", "18min")
    assert (found["unit"], found["thresholds"], found["rows"]) == ("min", [18.0], 400)
    whole = found["overall"]
    assert (whole["n"], whole["workers"]) == (400, 20)
    band = {cohort["cohort"]: cohort for cohort in found["cohorts"]}["1000-2000"]
    assert [band[name] for name in ("p10", "p25", "p50", "p75", "p90")] == [10, 14, 18, 24, 26]
    (judged,) = band["thresholds"]
    assert judged["attainment"] == 0.5
    assert judged["share_missing"] == 0.5
    low, high = judged["attainment_interval"]
    assert 0 < low < 0.5 < high < 1
    assert judged["verdict"] == "WITHIN_MIDDLE"
    assert band["middle"] == [16, 20]
    assert band["floor"] == pytest.approx(2 + 1.5 / 15 * 60 + 1)
    assert not judged["below_floor"]


def test_a_strict_threshold_is_found_and_one_below_the_floor(file: Path) -> None:
    found = document(str(file), "--threshold", "12min", "--threshold", "1h")
    far = {cohort["cohort"]: cohort for cohort in found["cohorts"]}["3000-5000"]
    strict, wide = far["thresholds"]
    assert (strict["verdict"], strict["below_floor"]) == ("STRICTEST", True)
    assert strict["adjusted_p_value"] >= strict["p_value"]
    assert (wide["verdict"], wide["below_floor"]) == ("LAXER", False)


def test_a_band_without_rows_says_so(file: Path) -> None:
    found = document(str(file), "--threshold", "20min", "--distance-bands", "0,1000,2000,9000")
    assert [cohort["cohort"] for cohort in found["cohorts"]] == ["0-1000", "1000-2000", "2000-9000", "9000-"]
    empty = found["cohorts"][0]
    assert (empty["n"], empty["p50"]) == (0, None)
    (judged,) = empty["thresholds"]
    assert (judged["verdict"], judged["doubt"]) == ("INSUFFICIENT_EVIDENCE", "NO_ROWS")
    assert "no rows" in quzhong(str(file), "--threshold", "20min", "--distance-bands", "0,1000").stdout


def test_without_a_threshold_there_are_percentiles_only(file: Path) -> None:
    assert document(str(file))["overall"]["thresholds"] == []
    shown = quzhong(str(file)).stdout
    assert "P50" in shown
    assert "verdict" not in shown


def test_tables_in_both_languages_say_what_is_to_be_known(file: Path) -> None:
    english = quzhong(str(file), "--threshold", "18min").stdout
    assert "within the middle" in english
    assert "nothing is held back" in english
    chinese = quzhong(str(file), "--threshold", "18min", lang="zh").stdout
    assert "处于中间区间" in chinese
    assert "未作隐私遮蔽" in chinese


def test_groups_have_figures_of_their_own(file: Path) -> None:
    found = document(str(file), "--group-column", "district", "--threshold", "18min")
    groups = {cohort["cohort"]: cohort for cohort in found["cohorts"] if cohort["by"] == "group"}
    assert {name: group["workers"] for name, group in groups.items()} == {"lubei": 10, "lunan": 10}


def test_a_value_column_has_its_metrics_unit_and_direction(file: Path) -> None:
    pay = "--metric", "piece_rate", "--value-column", "pay", "--value-unit", "CNY"
    found = document(str(file), *pay, "--threshold", "4.4CNY", "--threshold", "440fen")
    assert found["unit"] == "CNY"
    assert found["thresholds"] == [4.4, 4.4]
    assert found["overall"]["p50"] == pytest.approx(4.4)
    assert found["metric"]["direction"] == "at_most"


def test_a_column_of_ones_own_needs_a_direction_for_a_threshold(file: Path) -> None:
    own = str(file), "--value-column", "pay"
    assert document(*own)["metric"]["direction"] is None
    assert "--direction" in quzhong(*own, "--threshold", "4.4").stderr
    found = document(*own, "--threshold", "4.4", "--direction", "at-least")
    assert found["overall"]["thresholds"][0]["attainment"] == 0.6


def test_average_speed_is_made_of_distance_and_time(file: Path) -> None:
    found = document(str(file), "--metric", "implied_speed", "--threshold", "15km/h")
    assert found["unit"] == "km/h"
    assert found["overall"]["p50"] == pytest.approx(1.5 / (18 / 60), abs=2)


def test_rows_of_negative_or_no_duration_are_counted_and_not_fatal(file: Path) -> None:
    with file.open("a") as more:
        more.write("w1,2026-03-16T09:00:00+08:00,2026-03-16T08:00:00+08:00,100,lubei,1\n")
        more.write("w1,2026-03-16T09:00:00+08:00,2026-03-16T09:00:00+08:00,100,lubei,1\n")
        more.write("w1,2026-03-16T09:00:00+08:00,,100,lubei,1\n")
        more.write("w1,nonsense,2026-03-16T09:00:00+08:00,100,lubei,1\n")
    result = quzhong(str(file), "--json")
    found = json.loads(result.stdout)
    assert {each["reason"]: each["rows"] for each in found["left_out"]} == {
        "END_BEFORE_START": 1,
        "ZERO_DURATION": 1,
        "END_NOT_STATED": 1,
    }
    assert found["unreadable"] == 1
    assert found["overall"]["n"] == 400
    assert "nonsense" in result.stderr
    assert "negative duration" in quzhong(str(file)).stdout


def test_without_a_worker_column_it_warns(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("start,end\n" + "2026-03-16T08:00:00Z,2026-03-16T08:10:00Z\n" * 40)
    found = document(str(path), "--threshold", "9min")
    assert not found["clustered_by_worker"]
    assert found["overall"]["workers"] is None
    assert [cohort["cohort"] for cohort in found["cohorts"]] == []
    assert "--worker-column" in quzhong(str(path)).stdout


@pytest.mark.parametrize(
    ("arguments", "reason", "named"),
    [
        (["--threshold", "30"], "UNIT_MISSING", "--threshold '30'"),
        (["--threshold", "0min"], "THRESHOLD_NOT_POSITIVE", "0min"),
        (["--threshold", "-5min"], "THRESHOLD_NOT_POSITIVE", "-5min"),
        (["--threshold", "soon"], "NOT_A_NUMBER", "soon"),
        (["--threshold", "15km/h"], "UNIT_MISMATCH", "15km/h"),
        (["--threshold", "99h"], "THRESHOLD_OUT_OF_RANGE", "99h"),
        (["--metric", "tempo"], "UNKNOWN_METRIC", "tempo"),
        (["--metric", "on_time_rate"], "COLUMN_MISSING", "--value-column"),
        (
            ["--metric", "piece_rate", "--value-column", "pay", "--value-unit", "CNY", "--threshold", "3USD"],
            "CURRENCY_MISMATCH",
            "3USD",
        ),
        (
            ["--metric", "piece_rate", "--value-column", "pay", "--value-unit", "CNY", "--threshold", "$3"],
            "CURRENCY_MISMATCH",
            "$3",
        ),
        (["--metric", "piece_rate", "--value-column", "pay"], "UNIT_MISSING", "--value-unit"),
        (
            ["--metric", "piece_rate", "--value-column", "pay", "--value-unit", "EUR"],
            "CURRENCY_MISMATCH",
            "EUR",
        ),
        (["--value-column", "pay", "--threshold", "4"], "DIRECTION_MISSING", "--direction"),
        (["--direction", "at-least"], "DIRECTION_MISMATCH", "at-least"),
        (["--group-column", "no-such"], "COLUMN_MISSING", "no-such"),
        (["--worker-column", "no-such"], "COLUMN_MISSING", "no-such"),
        (["--distance-column", "no-such"], "COLUMN_MISSING", "no-such"),
        (["--from-column", "no-such"], "COLUMN_MISSING", "no-such"),
        (["--value-column", "no-such"], "COLUMN_MISSING", "no-such"),
        (["--distance-bands", "2000,1000"], "BAD_BANDS", "2000,1000"),
        (["--distance-bands", "near,far"], "BAD_BANDS", "near,far"),
        (["--timezone", "Mars/Olympus"], "UNKNOWN_TIMEZONE", "Mars/Olympus"),
        (["--pdf", "no-such-folder/sheet.pdf"], "NOT_WRITABLE", "no-such-folder/sheet.pdf"),
        (["--value-unit", "min"], "UNIT_WITHOUT_COLUMN", "--value-unit"),
    ],
)
def test_bad_input_ends_with_2_and_names_field_value_and_way_out(
    file: Path, arguments: list[str], reason: str, named: str
) -> None:
    english = quzhong(str(file), *arguments)
    assert english.exit_code == 2
    assert english.stdout == ""
    assert reason in english.stderr
    assert named in english.stderr
    chinese = quzhong(str(file), *arguments, lang="zh")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese.stderr)
    refused = quzhong(str(file), *arguments, "--json")
    assert refused.exit_code == 2
    error = json.loads(refused.stdout)["error"]
    assert error["reason"] == reason
    assert error["message"] != error["message_zh"]


def test_too_many_groups_are_no_groups(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    row = "w,2026-03-16T08:00:00Z,2026-03-16T08:10:00Z,g"
    path.write_text("driver_id,start,end,group\n" + "".join(f"{row}{number}\n" for number in range(101)))
    result = quzhong(str(path), "--group-column", "group")
    assert result.exit_code == 2
    assert "TOO_MANY_GROUPS" in result.stderr


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    assert quzhong(str(tmp_path / "none.csv")).exit_code == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_is_written(file: Path, tmp_path: Path, language: str) -> None:
    target = tmp_path / "sheet.pdf"
    result = quzhong(str(file), "--threshold", "18min", "--pdf", str(target), "--lang", language)
    assert result.exit_code == 0
    assert target.read_bytes().startswith(b"%PDF-")
    assert str(target) in result.stderr.replace("\n", "")


def test_it_loads_no_server_and_no_log(file: Path) -> None:
    script = (
        "import sys; from typer.testing import CliRunner; from cli.main import app; "
        f"assert CliRunner().invoke(app, ['audit', {str(file)!r}, '--threshold', '18min']).exit_code == 0; "
        "heavy = {'kafka', 'sqlalchemy', 'fastapi', 'pyarrow', 'typst', 'datasketches'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = Path(__file__).parents[3]
    ran = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("30min", "s", 1800.0),
        ("0.5 h", "s", 1800.0),
        ("1800s", "s", 1800.0),
        ("30分钟", "s", 1800.0),
        ("95%", "share", 0.95),
        ("0.95", "share", 0.95),
        ("15", "km/h", 15.0),
        ("4.5元", "fen", 450.0),
        ("¥4.5", "fen", 450.0),
        ("25CNY/h", "fen/h", 2500.0),
        ("30分", "fen/order", 30.0),
        ("30分", "s", 1800.0),
    ],
)
def test_thresholds_are_read_as_people_write_them(text: str, unit: str, value: float) -> None:
    assert quantity(text, unit, "--threshold") == pytest.approx(value)


@pytest.mark.parametrize("text", ["nan", "inf min", "1,5h", "", "min", "10e5min"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        quantity(text, "s", "--threshold")


def test_beyond_the_last_edge_stands_one_more_band() -> None:
    assert distance_edges("0,1000,2000") == (0, 1000, 2000, float("inf"))
    assert distance_edges("0,inf") == (0, float("inf"))


def test_a_share_above_what_can_be_is_no_value(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("driver_id,rate\n" + "".join(f"w{n},{90 + n % 10}\n" for n in range(40)) + "w,0.95\n")
    asked = (str(path), "--metric", "on_time_rate", "--value-column", "rate", "--threshold", "95%")
    found = document(*asked)
    assert [(each["reason"], each["rows"]) for each in found["left_out"]] == [("TOO_GREAT", 40)]
    assert "--value-unit %" in found["left_out"][0]["text"]
    assert document(*asked, "--value-unit", "%")["overall"]["n"] == 41


def test_rows_that_went_too_fast_are_told_and_left_out_where_that_is_asked_for(file: Path) -> None:
    # 1.5 km in under 6 minutes, or 4 km in under 16, is faster than 15 km/h; 4 km takes 20 and more.
    path = file.with_name("fast.csv")
    path.write_text(file.read_text() + "w0,2026-03-16T08:00:00Z,2026-03-16T08:05:00Z,1500,lubei,4\n" * 3)
    counted = document(str(path), "--threshold", "18min")
    assert (counted["faster_than_lawful"], counted["overall"]["n"]) == (3, 403)
    assert "--lawful-only" in quzhong(str(path)).stdout
    lawful = document(str(path), "--threshold", "18min", "--lawful-only")
    assert (lawful["faster_than_lawful"], lawful["overall"]["n"]) == (0, 400)
    assert [(each["reason"], each["rows"]) for each in lawful["left_out"]] == [("FASTER_THAN_LAWFUL", 3)]
    assert "--lawful-only" not in quzhong(str(path), "--lawful-only").stdout


def test_of_pay_nobody_meets_a_threshold(file: Path) -> None:
    asked = ("--metric", "piece_rate", "--value-column", "pay", "--value-unit", "CNY")
    shown = quzhong(str(file), *asked, "--threshold", "4.5CNY").stdout
    assert "no better terms, %" in shown
    assert "can meet" not in shown
    assert "能达到" not in quzhong(str(file), *asked, "--threshold", "4.5CNY", lang="zh").stdout


def test_the_floor_takes_what_the_two_columns_span(file: Path) -> None:
    from_pickup = document(str(file), "--threshold", "8min", "--pickup-wait", "0", "--handover", "1.5")
    band = {cohort["cohort"]: cohort for cohort in from_pickup["cohorts"]}["1000-2000"]
    assert band["floor"] == pytest.approx(1.5 / 15 * 60 + 1.5)
    assert not band["thresholds"][0]["below_floor"]
    assert (from_pickup["pickup_wait_s"], from_pickup["handover_s"]) == (0, 90)
    usual = document(str(file), "--threshold", "8min")
    (judged,) = {cohort["cohort"]: cohort for cohort in usual["cohorts"]}["1000-2000"]["thresholds"]
    assert judged["below_floor"]
    assert quzhong(str(file), "--pickup-wait", "-1").exit_code == 2


def test_orders_without_an_end_are_a_caution(file: Path) -> None:
    assert "unfinished" not in quzhong(str(file)).stdout
    with file.open("a") as more:
        more.write("w1,2026-03-16T09:00:00+08:00,,100,lubei,1\n")
    assert "in no figure: 1 row." in quzhong(str(file)).stdout
    assert "1 行没有结束时间，未计入" in quzhong(str(file), lang="zh").stdout


def test_orders_broken_off_count_as_longer_than_seen(tmp_path: Path) -> None:
    """Four of 10, 20, 30 and 40 minutes; one cancelled after 25. Kaplan–Meier by hand: 4/5, 3/5, 3/10, 0 are
    left after each, so the median is 30. Dropped, it would be 20."""
    path = tmp_path / "orders.csv"
    rows = [f"w{n},2026-03-16 08:00,2026-03-16 08:{n}0,\n" for n in range(1, 5)]
    path.write_text(
        "driver_id,start,end,cancelled\n" + "".join(rows) + "w5,2026-03-16 08:00,,2026-03-16 08:25\n"
    )
    dropped = document(str(path))
    assert (dropped["overall"]["n"], dropped["overall"]["p50"]) == (4, 20)
    assert [each["reason"] for each in dropped["left_out"]] == ["END_NOT_STATED"]
    found = document(str(path), "--until-column", "cancelled", "--threshold", "20min")
    assert (found["overall"]["n"], found["overall"]["censored"], found["overall"]["p50"]) == (5, 1, 30)
    assert found["left_out"] == []
    assert found["overall"]["thresholds"][0]["attainment"] == pytest.approx(2 / 5)
    assert "longer than seen" in quzhong(str(path), "--until-column", "cancelled").stdout
    assert "右删失" in quzhong(str(path), "--until-column", "cancelled", lang="zh").stdout


def test_an_order_broken_off_is_never_too_fast_and_needs_two_times(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        "driver_id,start,end,cancelled,distance_m,pay\n"
        "w1,2026-03-16 08:00,2026-03-16 08:30,,1500,3\n"
        "w2,2026-03-16 08:00,,2026-03-16 08:01,1500,3\n"
    )
    found = document(str(path), "--until-column", "cancelled", "--lawful-only")
    assert (found["overall"]["n"], found["faster_than_lawful"]) == (2, 0)
    for wrong in (
        ["--metric", "implied_speed", "--until-column", "cancelled"],
        ["--value-column", "pay", "--until-column", "cancelled"],
        ["--until-column", "lost"],
    ):
        refused = quzhong(str(path), *wrong)
        assert (refused.exit_code, "--until-column" in refused.stderr) == (2, True), wrong


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        ("", "FILE_EMPTY", "its first line has to name the columns"),
        ("\n\n", "FILE_EMPTY", "its first line"),
        ("driver_id,start,end,start\nw,1,2,3\n", "COLUMN_TWICE", "called 'start'"),
        ("driver_id,begin,end\nw,1,2\n", "COLUMN_MISSING", "it has driver_id, begin, end"),
        ("driver_id,started,end\nw,1,2\n", "COLUMN_MISSING", "e.g. --from-column started"),
    ],
)
def test_a_file_without_its_columns_ends_with_2(tmp_path: Path, text: str, reason: str, words: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(text)
    result = quzhong(str(path), "--json")
    assert result.exit_code == 2
    error = json.loads(result.stdout)["error"]
    assert error["reason"] == reason
    assert words in error["message"]
    assert error["message_zh"] != error["message"]


def test_real_orders_show_the_known_shares() -> None:
    path = Path(__file__).parents[4] / "shared" / "data" / "nairobi_courier_orders.csv.gz"
    if not path.exists():
        pytest.skip("the courier orders of Nairobi are not on this machine")
    limits = ("30min", "45min", "60min")
    found = document(str(path), *(each for limit in limits for each in ("--threshold", limit)))
    missing = [judged["share_missing"] for judged in found["overall"]["thresholds"]]
    assert missing == [pytest.approx(share, abs=0.005) for share in (0.32, 0.115, 0.0425)]
    assert found["overall"]["workers"] > 400
    assert {cohort["cohort"] for cohort in found["cohorts"]} >= {"1000-2000", "5000-"}
