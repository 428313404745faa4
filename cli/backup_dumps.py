"""PostgreSQL databases as files, by its own ``pg_dump`` and ``pg_restore``."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from cli.output import CommandError
from kit.errors import FailedPreconditionError, StorageUnavailableError


def dump(url: str, to: Path) -> None:
    """A database as of one moment, compressed.

    Raises:
        CommandError: NO_PG_DUMP, if the program is missing.
        StorageUnavailableError: (retryable) with what it said.
    """
    _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={to}")


def require_empty(url: str) -> None:
    """Let a database pass that is there and has no tables.

    Raises:
        FailedPreconditionError: NOT_EMPTY.
        StorageUnavailableError: (retryable) if it cannot be reached.
    """
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(parsed, connect_args={"connect_timeout": 5})
    try:
        tables = sa.inspect(engine).get_table_names()
    except sa.exc.OperationalError as error:
        raise StorageUnavailableError(f"store {parsed.host}/{parsed.database}: {error.orig}") from error
    finally:
        engine.dispose()
    if tables:
        raise FailedPreconditionError(
            f"database {parsed.database} has tables; a backup is restored into an empty one",
            zh=f"数据库 {parsed.database} 中已有数据表；请恢复到空数据库",
            reason="NOT_EMPTY",
        )


def load(url: str, dumped: Path) -> None:
    """All of a dump, or nothing of it.

    Raises:
        CommandError: NO_PG_RESTORE, if the program is missing.
        StorageUnavailableError: (retryable) with what it said.
    """
    database = make_url(url).database
    options = ("--single-transaction", "--exit-on-error", "--no-owner", f"--dbname={database}")
    _run("pg_restore", url, *options, str(dumped))


def _run(program: str, url: str, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise CommandError(
            f"本机没有 {program}；请安装与服务器同版本的 PostgreSQL 客户端",
            f"this machine has no {program}; install PostgreSQL's client programs, of the server's release",
            reason=f"NO_{program.upper()}",
        )
    parsed = make_url(url)
    done = subprocess.run(
        [path, *arguments], env=os.environ | _environment(parsed), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip()
        raise StorageUnavailableError(
            f"{program} of {parsed.database}: {said}", zh=f"{program}（{parsed.database}）失败：{said}"
        )


def _environment(url: URL) -> Mapping[str, str]:
    """Where to connect, and the password: on a command line every user of the machine could read it."""
    said = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
    }
    return {name: value for name, value in said.items() if value}
