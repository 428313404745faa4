"""Tables with a history: a new store is made whole, an older one is brought forward, and both are alike."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from kit.errors import SchemaBehindError, SchemaUnknownError
from kit.storage.schema import KIT_SCHEMA, Schema
from kit.storage.store import Store

ROOT = Path(__file__).parents[3]

FIRST = '''
"""notes."""
import sqlalchemy as sa
from alembic import op
revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("notes", sa.Column("name", sa.String(), primary_key=True))
'''

SECOND = '''
"""notes have a count."""
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("notes", sa.Column("count", sa.Integer(), server_default="0", nullable=False))
'''


def notes(*columns: sa.Column[int]) -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table("notes", metadata, sa.Column("name", sa.String, primary_key=True), *columns)
    return metadata


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Schema, Schema]:
    """The schema as two releases have it."""
    for release, revisions in (("one", [FIRST]), ("two", [FIRST, SECOND])):
        folder = tmp_path / release
        folder.mkdir()
        for number, text in enumerate(revisions, start=1):
            (folder / f"r{number:04}_notes.py").write_text(text)
    count: sa.Column[int] = sa.Column("count", sa.Integer, nullable=False, server_default="0")
    return Schema("notes", notes(), tmp_path / "one"), Schema("notes", notes(count), tmp_path / "two")


def columns(url: str) -> set[str]:
    store = Store.open_to_read(url)
    try:
        with store.read() as connection:
            return {each["name"] for each in sa.inspect(connection).get_columns("notes")}
    finally:
        store.close()


def test_a_new_store_has_the_tables_of_this_release_and_its_revision(
    database_url: str, releases: tuple[Schema, Schema]
) -> None:
    _, two = releases
    store = Store.open(database_url, two)
    with store.read() as connection:
        assert two.revision(connection) == "0002"
        assert KIT_SCHEMA.pending(connection) == two.pending(connection) == []
    store.close()
    assert columns(database_url) == {"name", "count"}


def test_an_upgrade_keeps_what_is_in_the_store(database_url: str, releases: tuple[Schema, Schema]) -> None:
    one, two = releases
    store = Store.open(database_url, one)
    with store.transaction() as connection:
        connection.execute(sa.text("INSERT INTO notes (name) VALUES ('kept')"))
    store.close()
    assert Store.upgrade(database_url, two) == {"kit": [], "notes": ["0002"]}
    store = Store.open(database_url, two)
    with store.read() as connection:
        assert connection.execute(sa.text("SELECT name, count FROM notes")).all() == [("kept", 0)]
    store.close()


def test_a_store_of_an_earlier_release_is_brought_forward_only_where_nobody_else_can_be_writing(
    database_url: str, releases: tuple[Schema, Schema]
) -> None:
    one, two = releases
    Store.open(database_url, one).close()
    if database_url.startswith("sqlite"):
        Store.open(database_url, two).close()
        assert columns(database_url) == {"name", "count"}
    else:
        with pytest.raises(SchemaBehindError, match="quzhong db upgrade"):
            Store.open(database_url, two)
        assert columns(database_url) == {"name"}


def test_a_store_that_is_ahead_is_used_as_it_is(database_url: str, releases: tuple[Schema, Schema]) -> None:
    one, two = releases
    Store.open(database_url, two).close()
    Store.open(database_url, one).close()
    assert columns(database_url) == {"name", "count"}


def test_tables_of_no_release_are_refused_and_left_alone(
    database_url: str, releases: tuple[Schema, Schema]
) -> None:
    Store.open(database_url, notes()).close()
    with pytest.raises(SchemaUnknownError, match="notes"):
        Store.upgrade(database_url, releases[1])
    assert columns(database_url) == {"name"}


def test_of_two_upgrades_at_once_one_does_it_and_the_other_finds_it_done(
    database_url: str, releases: tuple[Schema, Schema]
) -> None:
    one, two = releases
    Store.open(database_url, one).close()
    got: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: got.append(Store.upgrade(database_url, two)["notes"]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [[], [], [], ["0002"]]


def test_the_kits_tables_are_the_same_whether_made_whole_or_revision_by_revision(database_url: str) -> None:
    from tests.support.schemas import differences

    assert differences(KIT_SCHEMA, database_url) == []


def test_a_store_of_this_release_is_opened_without_the_tool_that_brings_stores_forward(
    database_url: str,
) -> None:
    Store.open(database_url).close()
    opens = "import sys; from kit.storage.store import Store; Store.open(sys.argv[1]).close()"
    says = f"{opens}; print(sorted(name for name in sys.modules if name.split('.')[0] == 'alembic'))"
    done = subprocess.run(
        [sys.executable, "-c", says, database_url], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
