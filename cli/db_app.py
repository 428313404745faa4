"""``quzhong db …``: its subcommands and their options; what they do is in ``db_command``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import Json, Lang, output_of

app = typer.Typer(
    help="The services' databases: revisions, upgrade, backup, restore, scrubbing. 数据库版本与备份。",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def status(json_: Json = False, lang: Lang = None) -> None:
    """Show each store's revision and what it has yet to get. 各数据库的版本。

    The stores are where QUZHONG_STORE says (PostgreSQL), else in QUZHONG_DATA_DIR (SQLite). Ends with
    status 1 if one is behind, so that a deployment can wait for it.

    Examples:

    - `quzhong db status`
    - `QUZHONG_STORE='postgresql://quzhong@db/quzhong_{service}' quzhong db status --json`
    """
    from cli import db_command

    with output_of(json_, lang) as output:
        db_command.status(output)


@app.command()
def upgrade(json_: Json = False, lang: Lang = None) -> None:
    """Make the tables of new stores and bring older ones forward. 建立或升级数据表。

    One process at a time does so; a second one waits, and finds it done. Services of the release before go on
    running: revisions expand first and contract a release later.

    Examples:

    - `quzhong db upgrade`
    """
    from cli import db_command

    with output_of(json_, lang) as output:
        db_command.upgrade(output)


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder for it. 备份目录（须不存在）。")],
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Copy stores, log, archive and keys while services run. 在线备份。

    SQLite files and the log are copied as of one moment; services wait some milliseconds. PostgreSQL's
    databases are dumped by `pg_dump`, one after the other. Kafka's topics are not copied: they are kept by
    replicas. The copy holds keys: keep it as you keep those.

    Examples:

    - `quzhong db backup /backups/2026-03-16`
    """
    from cli import backup_command

    with output_of(json_, lang) as output:
        backup_command.backup(output, folder)


@app.command()
def restore(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="What `db backup` wrote. 备份目录。")
    ],
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Put a backup back, into an empty data folder and empty databases. 恢复备份。

    Every file is checked first. Started again, services read on from where their stores stood; on Kafka that
    is earlier than the log's end, and what they had found since then they find again.

    Examples:

    - `QUZHONG_DATA_DIR=/srv/quzhong quzhong db restore /backups/2026-03-16`
    """
    from cli import backup_command

    with output_of(json_, lang) as output:
        backup_command.restore(output, folder)


@app.command()
def scrub(json_: Json = False, lang: Lang = None) -> None:
    """Write SQLite's files anew, so that none holds what was deleted. 重写 SQLite 文件，抹去已删除的数据。

    Services do it by themselves after an erasure, and the log at night unless it is over 8 GB: then stop
    `quzhong up` and do it here, some seconds a GB. It takes a file's size once more in the data folder, and
    once in the folder for temporary files (SQLITE_TMPDIR). PostgreSQL and Kafka need none of this.

    Examples:

    - `QUZHONG_DATA_DIR=/srv/quzhong quzhong db scrub`
    """
    from cli import db_scrub

    with output_of(json_, lang) as output:
        db_scrub.scrub(output)
