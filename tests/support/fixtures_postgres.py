"""A real PostgreSQL for tests."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.support.missing import missing
from tests.support.postgres import MissingPostgresError, Postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a server whose role may create databases: ``QUZHONG_TEST_POSTGRES``, else one of our own."""
    running = os.environ.get("QUZHONG_TEST_POSTGRES")
    if running:
        yield running
        return
    server = new_postgres()
    server.start()
    try:
        yield server.url
    finally:
        server.remove()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of an empty database of the test's own."""
    name = f"quzhong_{secrets.token_hex(6)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


DATABASES = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test of a ``database_url`` runs on each database, or as it says; ``on_one_database``: on SQLite only.

    What differs between them is the store, which has tests of its own.
    """
    said = any("database_url" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "database_url" in metafunc.fixturenames and not said:
        marked = metafunc.definition.get_closest_marker("on_one_database") is not None
        one = marked and "QUZHONG_LONG_RUN" not in os.environ
        metafunc.parametrize("database_url", DATABASES[:1] if one else DATABASES, indirect=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database of the test's own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A started server that a test may kill."""
    server = new_postgres()
    server.start()
    try:
        yield server
    finally:
        server.remove()


def new_postgres() -> Postgres:
    """A server of our own, not yet started."""
    try:
        return Postgres()
    except MissingPostgresError as error:
        missing(f"PostgreSQL cannot be started (or set QUZHONG_TEST_POSTGRES=dsn): {error}")
