"""``python -m simulator``."""

import csv
import datetime as dt
import gzip
import io
from pathlib import Path

import pytest

from simulator import CityParameters, simulate
from simulator.__main__ import main
from simulator.measures import order_times

SMALL = ["--workers", "30"]


def test_summary_speaks_chinese_first_and_english_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SMALL) == 0
    assert "唐山模拟日 2026-03-16" in capsys.readouterr().out
    assert main([*SMALL, "--lang", "en"]) == 0
    assert "Tangshan, simulated day 2026-03-16" in capsys.readouterr().out


def test_calibration_lists_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SMALL, "--calibration", "--lang", "en"]) == 0
    assert "P1" in capsys.readouterr().out


def test_weeks_are_summed_up_with_what_was_planted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SMALL, "--weeks", "1"]) == 0
    assert "植入问题：无" in capsys.readouterr().out
    assert main([*SMALL, "--weeks", "1", "--lang", "en", "--fault", "ratchet"]) == 0
    said = capsys.readouterr().out
    assert "7 days" in said
    assert "planted: ratchet" in said


def test_trip_file_has_one_row_per_completed_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SMALL, "--trips", "-"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    city = simulate(CityParameters(workers=30))
    times = order_times(city)
    assert list(rows[0]) == ["driver_id", "start", "end", "distance_m", "platform"]
    assert len(rows) == times.completed.sum()
    spent = sorted(
        round(
            (dt.datetime.fromisoformat(row["end"]) - dt.datetime.fromisoformat(row["start"])).total_seconds(),
            3,
        )
        for row in rows
    )
    assert spent == sorted(times.delivery_time_s[times.completed].round(3).tolist())
    assert {row["platform"] for row in rows} == {"platform-a", "platform-b", "platform-c"}
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_packed_trip_file_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    first, second, plain = (tmp_path / name for name in ("one.csv.gz", "two.csv.gz", "three.csv"))
    for path in (first, second, plain):
        assert main([*SMALL, "--trips", str(path)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert gzip.decompress(first.read_bytes()) == plain.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--workers", "0"],
        ["--seed", "-1"],
        ["--date", "16.3.2026"],
        ["--trips", "x", "--calibration"],
        ["--trips", "x", "--weeks", "2"],
        ["--weeks", "0"],
        ["--fault", "ratchet"],
        ["--weeks", "1", "--fault", "other"],
    ],
)
def test_bad_usage_ends_with_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
