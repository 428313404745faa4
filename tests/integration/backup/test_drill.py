"""The drill: back up while the suite runs, lose everything, restore, go on: as if nothing had been."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from cli.embedded import EmbeddedSuite
from cli.main import app
from kit.settings import CommonSettings
from kit.storage.store import Store
from services.notify.adapters.policy_file import SHIPPED
from tests.chaos import outcome
from tests.chaos.flow import Day, Platforms, admit, day_of
from tests.chaos.outcome import Outcome
from tests.chaos.run import undisturbed
from tests.support.kafka.broker import Broker
from tests.support.postgres import Postgres
from tests.support.service_processes import DATABASES, make_databases
from tests.support.suite import eventually

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <s:ResourceWarning")  # kafka-python's own sockets

QUIET, LONG_QUIET = "  quiet:\n    value: 5 s\n", "  quiet:\n    value: 30 min\n"
PATIENCE_S = 180.0


def command(*arguments: str) -> dict[str, Any]:
    ran = CliRunner().invoke(app, [*arguments, "--json"], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    document: dict[str, Any] = json.loads(ran.stdout)
    return document


@dataclass
class Installation:
    """Where everything is, and how it is lost."""

    data: Path
    kafka: str
    destroy: Callable[[], None]


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.kafka, pytest.mark.long_run])]
)
def installation(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Installation:
    policy = tmp_path / "policy.yaml"
    text = SHIPPED.read_text(encoding="utf-8")
    assert QUIET in text
    policy.write_text(text.replace(QUIET, LONG_QUIET), encoding="utf-8")
    data = tmp_path / "data"
    monkeypatch.setenv("QUZHONG_NOTIFY_POLICY", str(policy))
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(data))
    if request.param == "sqlite":
        return Installation(data, "", lambda: shutil.rmtree(data))
    postgres: Postgres = request.getfixturevalue("own_postgres")
    broker: Broker = request.getfixturevalue("own_broker")
    monkeypatch.setenv("QUZHONG_STORE", make_databases(postgres.url))
    monkeypatch.setenv("QUZHONG_KAFKA", broker.address)

    def destroy() -> None:
        shutil.rmtree(data)
        with psycopg.connect(postgres.url, autocommit=True) as connection:
            for name in DATABASES:
                connection.execute(f"DROP DATABASE quzhong_{name} WITH (FORCE)")
        make_databases(postgres.url)

    return Installation(data, broker.address, destroy)


@pytest.fixture
def day() -> Day:
    return day_of(10_000, 7)


def settled(suite: EmbeddedSuite) -> None:
    """Let everything be in its cases; letters wait for the quiet, which outlasts the drill."""
    suite.drain(PATIENCE_S, "registry", "intake", "workhours", "algo_audit")
    notify: Any = next(unit for unit in suite._host.units if unit.name == "notify")
    eventually(notify._loop.caught_up, PATIENCE_S)


def in_the_end(suite: EmbeddedSuite, regulator: str, day: Day) -> Outcome:
    audit = outcome.audited(suite.address, regulator, day.city)
    settled(suite)
    store = Store.open(CommonSettings().store_url("notify"))
    with store.transaction() as connection:  # the quiet is over
        connection.execute(sa.text("UPDATE cases SET judge_after_ms = 0 WHERE judge_after_ms IS NOT NULL"))
    store.close()
    suite.drain(PATIENCE_S)
    return outcome.outcome(dict.fromkeys(("workhours", "notify"), suite.address), regulator, audit)


def in_database(store: str) -> list[str]:
    """Where a ledger is, if not in the data folder."""
    settings = CommonSettings()
    return ["--store", settings.store_url(store)] if settings.store else []


def started(installation: Installation) -> EmbeddedSuite:
    return EmbeddedSuite(installation.data, portal=False, partitions=4)


def test_what_is_restored_reads_on_and_comes_to_the_same(
    installation: Installation, day: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    with started(installation) as suite:
        tokens, regulator = admit(suite.address, suite.admin_token, day.city)
        with closing(Platforms(suite.address, tokens, day.requests)) as platforms:
            platforms.release(0.4)
            platforms.await_answers(PATIENCE_S)
            platforms.release(0.6)  # and while these are being handed in:
            told = command("db", "backup", str(copy))
            platforms.await_answers(PATIENCE_S)
            settled(suite)
    assert told["files"] > len(DATABASES)
    installation.destroy()
    assert command("db", "restore", str(copy))["restored"] == str(copy)
    for store in ("registry", "notify", "algo_audit"):
        command("ledger", "verify", "--data-dir", str(installation.data), *in_database(store))
    with started(installation) as suite:
        settled(suite)
        with closing(
            Platforms(suite.address, tokens, day.requests)
        ) as platforms:  # what was lost is sent again
            platforms.release(1.0)
            platforms.await_answers(PATIENCE_S)
            settled(suite)
        found = in_the_end(suite, regulator, day)
    for name in ("QUZHONG_STORE", "QUZHONG_KAFKA", "QUZHONG_NOTIFY_POLICY"):
        monkeypatch.delenv(name, raising=False)
    expected, _ = undisturbed(tmp_path / "undisturbed", day)
    assert expected.findings
    assert expected.cases
    assert expected.notices
    assert expected.difference(found) == ""
