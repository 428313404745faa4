"""The history of each service's tables ends in the tables its code has, on both databases."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from cli.schemas import SCHEMAS
from kit.storage.schema import KIT_SCHEMA
from kit.storage.store import Store
from tests.support.schemas import differences

SERVICES = ("registry", "intake", "workhours", "algo_audit", "notify")


@pytest.fixture(scope="module", autouse=True)
def every_table() -> None:
    """A service's whole code, so that no table of it is missed for want of an import."""
    for service in SERVICES:
        import_module(f"services.{service}.app")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_revisions_end_in_the_tables_of_the_code(name: str, database_url: str) -> None:
    assert differences(SCHEMAS[name], database_url) == []


def test_every_service_that_keeps_something_has_a_schema() -> None:
    assert set(SERVICES) <= set(SCHEMAS)


@pytest.mark.parametrize("schema", [KIT_SCHEMA, *SCHEMAS.values()], ids=lambda schema: schema.name)
def test_revisions_are_numbered_one_after_another(schema: Any) -> None:
    found = sorted(path.stem for path in schema.revisions.glob("r*.py"))
    assert [re.fullmatch(r"r(\d{4})_\w+", stem)[1] for stem in found] == [  # type: ignore[index]
        f"{number:04}" for number in range(1, len(found) + 1)
    ]


def quzhong(*arguments: str, **environment: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments, "--json"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout)


def pending(answer: dict[str, Any]) -> dict[str, list[str]]:
    return {f"{each['store']}/{each['schema']}": each["pending"] for each in answer["stores"]}


def test_a_new_folder_is_brought_forward_once(tmp_path: Path) -> None:
    folder = {"QUZHONG_DATA_DIR": str(tmp_path)}
    code, answer = quzhong("db", "status", **folder)
    assert code == 1
    assert {each["revision"] for each in answer["stores"]} == {None}
    code, answer = quzhong("db", "upgrade", **folder)
    assert code == 0
    assert set(answer["upgraded"]) == set(SCHEMAS)
    assert all(all(revisions) for revisions in (each.values() for each in answer["upgraded"].values()))
    code, answer = quzhong("db", "upgrade", **folder)
    assert all(each == {name: [] for name in each} for each in answer["upgraded"].values())
    code, answer = quzhong("db", "status", **folder)
    assert code == 0
    assert not any(pending(answer).values())


def test_databases_of_a_city_are_made_by_the_command_and_then_taken_by_the_services(
    postgres_server: str,
) -> None:
    server = sa.make_url(postgres_server)
    engine = sa.create_engine(server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in SCHEMAS:
            connection.execute(sa.text(f'CREATE DATABASE "city_{name}"'))
    engine.dispose()
    stores = server.set(drivername="postgresql", database="city_SERVICE").render_as_string(
        hide_password=False
    )
    city = {"QUZHONG_STORE": stores.replace("SERVICE", "{service}")}
    code, answer = quzhong("db", "upgrade", **city)
    assert code == 0, answer
    for name, schema in SCHEMAS.items():
        Store.open(stores.replace("SERVICE", name), schema).close()
    code, answer = quzhong("db", "status", **city)
    assert code == 0
    assert not any(pending(answer).values())
