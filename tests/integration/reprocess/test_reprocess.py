"""``quzhong reprocess`` beside running services: embedded, and on a real broker."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from cli.main import app
from kit.clock import system_clock
from kit.storage.store import Store
from services.workhours.catalogue import SHIPPED
from tests.support.dispatches import at, order
from tests.support.kafka.broker import Broker
from tests.support.suite import Suite, intake, running_suite, workhours

PACK = "cn-food-delivery-2025"
RULE = f"{PACK}.continuous-work"
LIMIT = "value: 4 h"


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=[pytest.mark.kafka, pytest.mark.long_run])])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder; the log is a file in it, or on a broker of the test's own."""
    if request.param == "kafka":
        broker: Broker = request.getfixturevalue("own_broker")
        monkeypatch.setenv("QUZHONG_KAFKA", broker.address)
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@contextmanager
def a_day(folder: Path) -> Iterator[Suite]:
    """One worker 4 h 30 min without a rest, one 3 h 30 min, and what the log holds besides."""
    with running_suite(folder, intake, workhours) as suite:
        suite.platform("swift")
        rows = [
            row
            for worker, halves in ((1, 9), (2, 7))
            for half in range(halves)
            for row in order(
                f"o-{worker}-{half}",
                at("08:00") + half * 1_800_000,
                at("08:00") + (half + 1) * 1_800_000 - 60_000,
                worker=worker,
            )
        ]
        suite.submit("swift", rows)
        yield suite


def reprocessed(*arguments: str) -> dict[str, Any]:
    ran = CliRunner().invoke(app, ["reprocess", *arguments, "--json"], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    document: dict[str, Any] = json.loads(ran.stdout)
    return document


def stricter(folder: Path) -> str:
    """The pack with a limit of 3 h, in a file."""
    pack = (SHIPPED / f"{PACK}.yaml").read_text(encoding="utf-8")
    assert LIMIT in pack
    file = folder / "stricter.yaml"
    file.write_text(
        pack.replace(LIMIT, "value: 3 h", 1).replace('version: "1.1.0"', 'version: "9.0.0"'), "utf-8"
    )
    return str(file)


def kept(folder: Path) -> dict[str, object]:
    """All that the live store has."""
    store = Store.open_to_read(f"sqlite:///{folder / 'workhours.db'}")
    with store.read() as connection:
        tables = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        rows: dict[str, object] = {
            name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))]
            for name in tables
        }
    store.close()
    return rows


def test_the_same_rules_find_the_same_and_other_rules_what_they_find_and_nothing_live_is_touched(
    folder: Path,
) -> None:
    with a_day(folder) as suite:
        before = kept(folder), suite.log.end_offsets("dispatches"), suite.log.end_offsets("findings")
        same = reprocessed("--from", "first")
        other = reprocessed("--from", "first", "--pack", stricter(folder))
        assert (
            kept(folder),
            suite.log.end_offsets("dispatches"),
            suite.log.end_offsets("findings"),
        ) == before
    assert same["added"] == same["gone"] == same["changed"] == []
    assert same["same"] == same["live"]["findings"] > 0
    assert same["range"]["events"] == 32
    assert other["new"]["packs"] == [f"{PACK}@9.0.0"]
    (second,) = (each for each in other["added"] if each["rule_id"] == RULE)
    assert second["worker_id"].endswith("2"), "3 h 30 min is past 3 h, and was not past 4 h"
    (first,) = (each for each in other["changed"] if each["rule_id"] == RULE)
    assert first["worker_id"].endswith("1")
    assert first["fields"]["limit"] == ["14400s", "10800s"]
    assert other["gone"] == []


def test_a_range_is_judged_with_the_days_before_it_in_view_and_compared_where_both_sides_know_all(
    folder: Path,
) -> None:
    with a_day(folder) as suite:
        time.sleep(0.002)
        between = datetime.fromtimestamp(system_clock() / 1000, UTC)
        time.sleep(0.002)
        later = [
            row
            for half in range(9)
            for row in order(
                f"l-{half}",
                at("08:00", day=1) + half * 1_800_000,
                at("08:29", day=1) + half * 1_800_000,
                worker=3,
            )
        ]
        suite.submit("swift", later)
        rest = reprocessed("--from", between.isoformat())
        first = reprocessed("--from", "first", "--to", between.isoformat())
        ran = CliRunner().invoke(app, ["reprocess", "--from", "2001-01-01", "--to", "2001-01-02", "--json"])
    assert rest["range"]["events"] == 18
    assert rest["range"]["run_up_records"] > 0
    assert rest["added"] == rest["gone"] == rest["changed"] == []
    assert rest["same"] == rest["live"]["findings"] > 0
    assert first["range"]["events"] == 32
    assert first["added"] == first["gone"] == first["changed"] == []
    assert first["same"] > 0
    assert ran.exit_code == 1
    assert json.loads(ran.stdout)["error"]["reason"] == "NOTHING_IN_RANGE"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--from", "yesterday"],
        ["--from", "2026-03-17", "--to", "2026-03-16"],
        ["--from", "first", "--options", "a=b"],
    ],
)
def test_what_is_no_range_is_bad_usage(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, ["reprocess", *arguments]).exit_code == 2


def test_a_pack_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(tmp_path))
    ran = CliRunner().invoke(app, ["reprocess", "--from", "first", "--pack", "no-such", "--json"])
    assert ran.exit_code == 1
    assert json.loads(ran.stdout)["error"]["reason"] == "NO_SUCH_PACK"
