"""What ``quzhong db`` does."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import sqlalchemy as sa
import typer
from rich.table import Table

from cli.output import Output
from cli.schemas import SCHEMAS
from kit.settings import CommonSettings
from kit.storage.engines import Limits
from kit.storage.schema import KIT_SCHEMA, Schema
from kit.storage.store import Store

PATIENT = Limits(statement_s=0, lock_s=60)
"""A revision may rewrite a large table; another process's upgrade is waited for, a minute at most."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Tables of one schema in one store."""

    store: str
    schema: str
    revision: str | None
    """None: not made yet."""
    pending: list[str]


def status(output: Output) -> None:
    """Show every store.

    Raises:
        typer.Exit: with status 1, after showing, if one is behind.
        StorageUnavailableError: if one cannot be reached.
    """
    settings = CommonSettings()
    standings = [each for name in SCHEMAS for each in standings_of(settings, name)]
    output.result({"stores": [asdict(each) for each in standings]}, _table(standings, output))
    if behind := sorted({each.store for each in standings if each.pending or each.revision is None}):
        output.say(
            f"尚未升级：{'、'.join(behind)}；请运行 quzhong db upgrade",
            f"behind: {', '.join(behind)}; run `quzhong db upgrade`",
        )
        raise typer.Exit(1)


def upgrade(output: Output) -> None:
    """Bring every store forward, each in one transaction.

    Raises:
        SchemaUnknownError: if a store has tables of no release.
        StorageUnavailableError: if one cannot be reached.
    """
    settings = CommonSettings()
    done: dict[str, dict[str, list[str]]] = {}
    for name, schema in SCHEMAS.items():
        output.say(f"{name}：检查数据表……", f"{name}: looking at its tables…")
        done[name] = Store.upgrade(settings.store_url(name), schema, PATIENT)
    table = output.table(
        ("数据表升级", "Tables brought forward"), ("数据库", "store"), ("版本", "revisions"), text_columns=2
    )
    for name, revisions in done.items():
        got = ", ".join(f"{schema} {each}" for schema, all_ in revisions.items() for each in all_)
        table.add_row(name, got or output.pick("已是最新", "up to date"))
    output.result({"upgraded": done}, table)


def standings_of(settings: CommonSettings, name: str) -> list[Standing]:
    """Of each schema in one store.

    Raises:
        StorageUnavailableError: if it cannot be reached.
    """
    schemas: tuple[Schema, ...] = (KIT_SCHEMA, SCHEMAS[name])
    url = settings.store_url(name)
    if sa.make_url(url).drivername == "sqlite" and not (settings.data_dir / f"{name}.db").exists():
        return [Standing(name, schema.name, None, []) for schema in schemas]
    store = Store.open_to_read(url)
    try:
        with store.read() as connection:
            return [
                Standing(name, schema.name, schema.revision(connection), schema.pending(connection))
                for schema in schemas
            ]
    finally:
        store.close()


def _table(standings: list[Standing], output: Output) -> Table:
    table = output.table(
        ("数据库版本", "Revisions of the stores"),
        ("数据库", "store"),
        ("数据表", "tables"),
        ("版本", "revision"),
        ("待升级", "pending"),
        text_columns=4,
    )
    for each in standings:
        missing = output.pick("未建立", "not made yet")
        table.add_row(each.store, each.schema, each.revision or missing, ", ".join(each.pending))
    return table
