"""``quzhong check``: its options; what it does is in ``check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import Json, Lang, RuleFolderOption, output_of


def check(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            readable=True,
            metavar="CASE.json|EVENTS.csv",
            help="A case, or intervals or events of workers. 用例，或时段、事件文件。",
        ),
    ],
    pack: Annotated[
        str | None,
        typer.Option(
            help="Rule pack: id, alias, id@version or a YAML file; else the case's. 规则包。",
            show_default=False,
        ),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(help="name=value, an option of the pack; may repeat. 规则包选项。", show_default=False),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            help="What is known ends here; else with the last record. 已知时间的终点。", show_default=False
        ),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            help="IANA zone of times and days; else the case's or the pack's. 时区。", show_default=False
        ),
    ] = None,
    rules: RuleFolderOption = None,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Judge working time in a file by a rule pack, with no service running. 按规则包判断文件中的工时。

    A case is JSON: rule_pack, tz, intervals [{start, end, state}], asserts_rules. A CSV file holds intervals
    (worker, start, end, state) or a platform's events (event_id, worker_id, order_id, event_time, kind). Rows
    that cannot be taken are shown with their line. The status is 0 with and without violations.

    Examples:

    - `quzhong check case.json`
    - `quzhong check shifts.csv --pack eu-561-2006 --timezone Europe/Paris`
    - `quzhong check events.csv --pack cn-food-delivery-2025 --option local_12h_offline=on --json`
    """
    from cli.check import Wanted
    from cli.check import check as run

    wanted = Wanted(
        file=file, pack=pack, until=until, timezone=timezone, options=_pairs(option or []), rules=rules
    )
    with output_of(json_, lang) as output:
        run(wanted, output)


def _pairs(options: list[str]) -> dict[str, str]:
    pairs = {}
    for each in options:
        name, equals, value = each.partition("=")
        if not (name and equals and value):
            raise typer.BadParameter(f"{each!r} is not name=value", param_hint="--option")
        pairs[name.strip()] = value.strip()
    return pairs
