"""``quzhong db …``: its subcommands and their options; what they do is in ``db_command``."""

from __future__ import annotations

import typer

from cli.options import Json, Lang, output_of

app = typer.Typer(
    help="The services' databases: which revision their tables have, and bringing them forward. 数据库版本。",
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
