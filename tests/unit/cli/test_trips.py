"""Trip files: what is read, what is left out and why."""

from __future__ import annotations

import csv
import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.file_columns import NoSuchColumnError
from cli.trips import Columns, epoch_ms, read_trips

SHANGHAI = ZoneInfo("Asia/Shanghai")
COLUMNS = Columns()


def file_of(folder: Path, *rows: str, name: str = "trips.csv") -> Path:
    path = folder / name
    text = "\n".join(["driver_id,start,end,distance_m", *rows, ""])
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["trips.csv", "trips.csv.gz"])
def test_a_row_becomes_a_trip(tmp_path: Path, name: str) -> None:
    row = "d-1,2026-03-16T04:00:00Z,2026-03-16T12:30:00+08:00,2300.4"
    trips = read_trips(file_of(tmp_path, row, name=name), COLUMNS, SHANGHAI)
    assert (trips.driver, trips.start_ms.tolist(), trips.end_ms.tolist(), trips.distance_m.tolist()) == (
        ["d-1"],
        [1_773_633_600_000],
        [1_773_635_400_000],
        [2300],
    )
    assert trips.problems == ()


def test_a_zipped_file_is_known_by_its_content(tmp_path: Path) -> None:
    file = file_of(tmp_path, "d,2026-03-16T04:00:00Z,2026-03-16T05:00:00Z,1", name="trips.csv.gz")
    assert len(read_trips(file.rename(tmp_path / "trips.csv"), COLUMNS, SHANGHAI)) == 1


@pytest.mark.parametrize(
    ("row", "column", "en"),
    [
        (",2026-03-16T04:00:00Z,2026-03-16T05:00:00Z,1", "driver_id", "empty"),
        ("d,16/03/2026,2026-03-16T05:00:00Z,1", "start", "not an ISO 8601 time"),
        ("d,2026-03-16T04:00:00Z,,1", "end", "not an ISO 8601 time"),
        ("d,2026-03-16T04:00:00Z", "end", "not an ISO 8601 time"),
        ("d,2026-03-16T04:00:00Z,2026-03-16T03:59:59Z,1", "end", "before the start"),
        ("d,2026-03-16T04:00:00Z,2026-03-16T05:00:00Z,far", "distance_m", "not a distance in metres"),
        ("d,2026-03-16T04:00:00Z,2026-03-16T05:00:00Z,-5", "distance_m", "not a distance in metres"),
        ("d,2026-03-16T04:00:00Z,2026-03-16T05:00:00Z,inf", "distance_m", "not a distance in metres"),
    ],
)
def test_a_bad_row_is_left_out_with_its_line(tmp_path: Path, row: str, column: str, en: str) -> None:
    good = "d,2026-03-16T04:00:00Z,2026-03-16T05:00:00Z,"
    trips = read_trips(file_of(tmp_path, good, row, good), COLUMNS, SHANGHAI)
    assert len(trips) == 2
    assert trips.distance_m.tolist() == [-1, -1]
    (problem,) = trips.problems
    assert (problem.line, problem.column, problem.en) == (3, column, en)


def test_lines_are_those_of_the_file_also_after_a_value_of_two_lines(tmp_path: Path) -> None:
    rows = ['"d\n1",2026-03-16T04:00:00Z,2026-03-16T05:00:00Z,1', "d,x,x,1"]
    (problem,) = read_trips(file_of(tmp_path, *rows), COLUMNS, SHANGHAI).problems
    assert problem.line == 4


def test_a_missing_column_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(NoSuchColumnError, match=r"'pickup': .* it has driver_id, start, end, distance_m"):
        read_trips(file_of(tmp_path), Columns(start="pickup"), SHANGHAI)


def test_the_distance_may_be_missing(tmp_path: Path) -> None:
    file = file_of(tmp_path, "d,2026-03-16T04:00:00Z,2026-03-16T05:00:00Z,7")
    assert read_trips(file, Columns(distance="metres"), SHANGHAI).distance_m.tolist() == [-1]


@pytest.mark.parametrize(
    "damage", [b"\x1f\x8bnot gzip at all", gzip.compress(b"driver_id," * 999, mtime=0)[:-9], b"a,\xff\xff"]
)
def test_a_damaged_file_is_an_error_that_names_it(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "trips.csv"
    file.write_bytes(damage)
    with pytest.raises(OSError):  # noqa: PT011 - of three kinds, each with a text of its own
        read_trips(file, COLUMNS, SHANGHAI)


def test_the_same_trip_has_the_same_identity_wherever_it_stands(tmp_path: Path) -> None:
    rows = [f"d-{n},2026-03-16T04:00:00Z,2026-03-16T05:00:00Z,1" for n in range(3)]
    there = read_trips(file_of(tmp_path, *rows), COLUMNS, SHANGHAI).order
    back = read_trips(file_of(tmp_path, *rows[::-1], name="back.csv"), COLUMNS, SHANGHAI).order
    assert there == back[::-1]
    assert len(set(there)) == 3


zones = st.sampled_from(["Asia/Shanghai", "America/Los_Angeles", "Africa/Nairobi", "Asia/Kolkata", "UTC"])
moments = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1))


@given(moments, zones, st.integers(-14 * 60, 14 * 60))
def test_a_time_with_an_offset_is_taken_as_it_is(moment: datetime, zone: str, offset_min: int) -> None:
    offset = timedelta(minutes=offset_min)
    sign, minutes = ("-" if offset_min < 0 else "+"), abs(offset_min)
    text = f"{moment.isoformat()}{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    expected = (moment - offset).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    assert epoch_ms(text, ZoneInfo(zone)) == round(expected / timedelta(milliseconds=1))


@given(moments, zones)
def test_a_naive_time_is_local_time_of_the_zone(moment: datetime, zone: str) -> None:
    """By definition: the instant at which the zone's wall clock shows it, the earlier if there are two."""
    moment = moment.replace(microsecond=0)
    here = ZoneInfo(zone)
    instant = datetime.fromtimestamp(epoch_ms(moment.isoformat(" "), here) / 1000, tz=UTC)
    shown = instant.astimezone(here).replace(tzinfo=None)
    skipped_by_summer_time = shown != moment
    assert not skipped_by_summer_time or abs(shown - moment) == timedelta(hours=1)
    earlier = (instant - timedelta(hours=1)).astimezone(here).replace(tzinfo=None)
    assert skipped_by_summer_time or earlier != moment


field = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(field, field, field, field), max_size=20))
def test_no_text_makes_reading_fail(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "trips.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["driver_id", "start", "end", "distance_m"])
        writer.writerows(rows)
    trips = read_trips(path, COLUMNS, SHANGHAI)
    readable = len(trips) + len(trips.problems)
    assert readable <= len(rows)  # a row of nothing but empty lines is no row
    assert (trips.end_ms >= trips.start_ms).all()
