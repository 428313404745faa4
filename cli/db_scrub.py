"""What ``quzhong db scrub`` does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, runtime_checkable

import sqlalchemy as sa

from cli.output import CommandError, Output
from cli.schemas import SCHEMAS
from kit.errors import NotFoundError
from kit.eventlog.open import open_event_log
from kit.eventlog.topics import TOPICS
from kit.settings import CommonSettings
from kit.storage.folder_lock import sole_user
from kit.storage.store import Store


@runtime_checkable
class KeepsFiles(Protocol):
    """An event log whose files are this machine's."""

    def drop_expired(self) -> int:
        """Drop what is kept no longer, and write the files anew."""
        ...

    def is_scrubbed(self) -> bool:
        """Whether they hold nothing of what was dropped."""
        ...


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """One file."""

    file: str
    bytes_before: int
    bytes_after: int


def scrub(output: Output) -> None:
    """Write all SQLite files of the data folder anew, so that none holds what was deleted.

    Raises:
        NotFoundError: if there are none.
        FailedPreconditionError: DATA_DIR_IN_USE, if the suite runs.
        CommandError: NOT_SCRUBBED, if one is being read or has no room for a copy.
        LogUnavailableError: if the log cannot be written.
    """
    settings = CommonSettings()
    files = [*_stores(settings), *_log(settings)]
    if not files:
        raise NotFoundError(
            f"QUZHONG_DATA_DIR: {settings.data_dir} has no SQLite file; PostgreSQL, Kafka need none of this",
            zh=f"QUZHONG_DATA_DIR：{settings.data_dir} 中没有 SQLite 文件；PostgreSQL 和 Kafka 无须此步骤",
            field="QUZHONG_DATA_DIR",
        )
    done: list[Scrubbed] = []
    with sole_user(settings.data_dir):
        for file, write_anew in files:
            output.say(f"{file.name}：重写……", f"{file.name}: writing it anew…")
            before = file.stat().st_size
            if not write_anew():
                raise CommandError(
                    f"{file} 未能重写：有进程正在读取，或空间不足；数据目录与临时文件目录须各能容纳该文件",
                    f"{file} could not be written anew: a process reads it, or there is no room for it once"
                    " more in its folder and once in that for temporary files",
                    reason="NOT_SCRUBBED",
                )
            done.append(Scrubbed(file.name, before, file.stat().st_size))
    table = output.table(
        ("已重写的文件", "Files written anew"),
        ("文件", "file"),
        ("原大小", "before"),
        ("现大小", "after"),
        text_columns=1,
    )
    for each in done:
        table.add_row(each.file, f"{each.bytes_before:,}", f"{each.bytes_after:,}")
    output.result({"files": [asdict(each) for each in done]}, table)


def _stores(settings: CommonSettings) -> list[tuple[Path, Callable[[], bool]]]:
    found: list[tuple[Path, Callable[[], bool]]] = []
    for name in SCHEMAS:
        url = settings.store_url(name)
        file = settings.data_dir / f"{name}.db"
        if sa.make_url(url).drivername == "sqlite" and file.exists():
            found.append((file, partial(_scrubbed, url)))
    return found


def _scrubbed(url: str) -> bool:
    store = Store.open(url)
    try:
        done = store.scrub()
        if done and store.scrub_owed is not None:
            store.scrub_owed.unlink(missing_ok=True)
        return done
    finally:
        store.close()


def _log(settings: CommonSettings) -> list[tuple[Path, Callable[[], bool]]]:
    file = settings.data_dir / "log.db"
    if settings.kafka or not file.exists():
        return []

    def write_anew() -> bool:
        log = open_event_log(settings.log_url)
        try:
            assert isinstance(log, KeepsFiles), "no broker is named"
            log.ensure_topics(TOPICS, settings.partitions)
            log.drop_expired()
            return log.is_scrubbed()
        finally:
            log.close()

    return [(file, write_anew)]
