"""The command as its users meet it: help, usage errors, JSON on stdout and nothing else there."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from cli.city_rows import CityRows
from cli.language import Language, default_language
from cli.main import app
from cli.topics_page import data_flow_page
from kit.eventlog.topics import TOPICS
from quzhong import LocalPseudonymiser
from quzhong.api.events.v1 import events_pb2
from simulator import CityParameters, simulate

COMMANDS = ("demo", "up", "replay", "audit", "topics", "check")
TRIPS = """driver_id,start,end,distance_m
a,2026-03-16T04:00:00Z,2026-03-16T04:20:00Z,1500
a,2026-03-16T05:00:00Z,2026-03-16T05:30:00Z,1500
b,2026-03-16T04:00:00Z,2026-03-16T04:40:00Z,6000
b,nonsense,2026-03-16T04:40:00Z,6000
"""


def quzhong(*arguments: str) -> Result:
    return CliRunner().invoke(
        app, list(arguments), prog_name="quzhong", env={"COLUMNS": "160", "QUZHONG_LANG": "en"}
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "trips.csv"
    path.write_text(TRIPS)
    return path


def test_without_a_command_it_shows_help() -> None:
    assert all(command in quzhong("--help").stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_in_both_languages(command: str) -> None:
    result = quzhong(command, "--help")
    assert result.exit_code == 0
    assert "Examples" in result.stdout
    assert f"quzhong {command}" in result.stdout
    assert "--json" in result.stdout
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys, cli.main; print(sorted({'numpy', 'grpc', 'services', 'rich.table'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[3]
    ran = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["replay"],
        ["replay", "no-such-file.csv"],
        ["replay", "FILE", "--arrival", "sideways"],
        ["replay", "FILE", "--measure", "guessed"],
        ["replay", "FILE", "--speed", "-1"],
        ["replay", "FILE", "--speed", "10", "--arrival", "shuffled"],
        ["replay", "FILE", "--repeat", "0"],
        ["replay", "FILE", "--timezone", "Mars/Olympus"],
        ["replay", "FILE", "--address", "127.0.0.1:1"],
        ["replay", "FILE", "--address", "127.0.0.1:1", "--token", "t", "--measure", "elapsed"],
        ["replay", "FILE", "--driver-column", "who"],
        ["audit", "FILE", "--start-column", "when"],
        ["audit", "FILE", "--lang", "la"],
        ["topics", "--markdown", "--json"],
        ["demo", "--portal-port", "70000"],
    ],
)
def test_bad_usage_ends_with_2_and_says_so_on_stderr(file: Path, arguments: list[str]) -> None:
    result = quzhong(*(str(file) if each == "FILE" else each for each in arguments))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error" in result.stderr or "Usage" in result.stderr


def test_audit_prints_percentiles_and_the_lines_it_left_out(file: Path) -> None:
    result = quzhong("audit", str(file))
    assert result.exit_code == 0
    assert "30.0" in result.stdout
    assert "line 5: start 'nonsense': not an ISO 8601 time" in result.stderr


def test_audit_speaks_chinese(file: Path) -> None:
    result = quzhong("audit", str(file), "--lang", "zh")
    assert "配送时长 start → end（分钟）" in result.stdout
    assert "第 5 行" in result.stderr


@pytest.mark.parametrize("command", ["audit", "replay"])
def test_a_file_without_a_readable_row_fails_with_1_also_as_json(tmp_path: Path, command: str) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("driver_id,start,end\n")
    result = quzhong(command, str(empty), "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["reason"] == "NO_ROWS"
    assert "NO_ROWS" in result.stderr


def test_a_damaged_file_fails_with_1(tmp_path: Path) -> None:
    damaged = tmp_path / "trips.csv.gz"
    damaged.write_bytes(b"\x1f\x8bnot gzip")
    result = quzhong("audit", str(damaged))
    assert result.exit_code == 1
    assert "SYSTEM" in result.stderr


def test_topics_lists_every_topic() -> None:
    document = json.loads(quzhong("topics", "--json").stdout)
    assert [topic["name"] for topic in document["topics"]] == [topic.name for topic in TOPICS]
    assert all(topic.name in quzhong("topics").stdout for topic in TOPICS)
    assert quzhong("topics", "--markdown").stdout == data_flow_page()


def test_the_data_flow_page_draws_every_arrow_of_the_map() -> None:
    page = data_flow_page()
    for topic in TOPICS:
        node = topic.name.replace("-", "_") + "_topic"
        assert f"| `{topic.name}` |" in page
        assert all(f"  {writer} --> {node}\n" in page for writer in topic.writers)
        readers = () if topic.compacted else topic.readers
        assert all(f"  {node} --> {reader}\n" in page for reader in readers)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.EN),
        ({"LANG": "zh_CN.UTF-8"}, Language.ZH),
        ({"LANG": "en_US.UTF-8"}, Language.EN),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, Language.EN),
        ({"LANG": "C", "QUZHONG_LANG": "zh"}, Language.ZH),
    ],
)
def test_the_language_follows_the_machine_unless_told(
    environment: dict[str, str], language: Language
) -> None:
    assert default_language(environment) is language


def test_a_citys_rows_are_what_the_simulator_says() -> None:
    city = simulate(CityParameters(workers=40))
    pseudonyms = LocalPseudonymiser(b"a key for these tests")
    rows = CityRows(city, pseudonyms)
    everything = list(rows.rows())
    for platform in range(len(city.platforms)):
        sent = [row for number, row in everything if number == platform]
        assert len(sent) == rows.count(platform)
        dispatches = [row for row in sent if isinstance(row, events_pb2.Dispatch)]
        sessions = [row for row in sent if isinstance(row, events_pb2.WorkSession)]
        table = city.dispatches.take(city.arrivals(platform))
        assert [row.event_id for row in dispatches] == table.event_id.tolist()
        assert [row.event_time.ToMilliseconds() for row in dispatches] == table.time_ms.tolist()
        assert [row.promised_duration.seconds for row in dispatches] == table.promised_s.tolist()
        assert [
            row.pay_fen if row.HasField("pay_fen") else -1 for row in dispatches
        ] == table.pay_fen.tolist()
        assert {row.worker_id for row in dispatches} == {
            pseudonyms.pseudonym(city.worker_names[worker]) for worker in set(table.worker.tolist())
        }
        own = city.sessions.take(city.session_arrivals(platform))
        assert [row.event_id for row in sessions] == own.event_id.tolist()
        assert [row.kind for row in sessions] == own.kind.tolist()


def test_corrections_of_a_city_are_sent_as_versions() -> None:
    city = simulate(CityParameters(workers=40, corrected_event_share=0.1))
    everything = list(CityRows(city, LocalPseudonymiser(b"a key for these tests")).rows())
    for platform in range(len(city.platforms)):
        sent = [
            row for number, row in everything if number == platform and isinstance(row, events_pb2.Dispatch)
        ]
        table = city.stated_dispatches(platform)
        assert [row.event_id for row in sent] == table.event_id.tolist()
        assert [row.version for row in sent] == table.version.tolist()
        assert [row.deleted for row in sent] == table.deleted.tolist()


def test_coarse_groups_of_workers_are_sent() -> None:
    city = simulate(CityParameters(workers=40))
    number = np.arange(len(city.dispatches))
    groups = {"employment_form": number % 4, "tenure_band": number % 3, "partner_firm": number % 4}
    dispatches = replace(
        city.dispatches,
        **{name: codes.astype(getattr(city.dispatches, name).dtype) for name, codes in groups.items()},
    )
    city = replace(city, dispatches=dispatches)
    rows = list(CityRows(city, LocalPseudonymiser(b"a key for these tests")).rows())
    for platform in range(len(city.platforms)):
        sent = [row for of, row in rows if of == platform and isinstance(row, events_pb2.Dispatch)]
        table = city.stated_dispatches(platform)
        assert [row.employment_form for row in sent] == table.employment_form.tolist()
        assert [row.tenure_band for row in sent] == table.tenure_band.tolist()
        assert [row.partner_firm_id for row in sent] == [
            f"partner-{firm}" if firm else "" for firm in table.partner_firm.tolist()
        ]
