"""``quzhong reprocess``: its options; what it does is in ``reprocess_command``."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from cli.options import Json, Lang, output_of

BEGIN = "first"
"""Instead of a moment: from the first record that the log still has."""


def reprocess(
    from_: Annotated[
        str,
        typer.Option(
            "--from",
            help="When the log took the first record: ISO 8601, Shanghai time unless it says otherwise; or "
            "`first`. 起始时刻（日志收到的时间，默认北京时间）。",
            show_default=False,
        ),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="The moment before which it took the last; else its end. 截止时刻。",
            show_default=False,
        ),
    ] = "",
    pack: Annotated[
        str,
        typer.Option(
            help="Rule pack, by name or file; else the one in force. 规则包名称或文件。", show_default=False
        ),
    ] = "",
    options: Annotated[
        str,
        typer.Option(help="Choices that the pack leaves, `name=value,…`. 规则包选项。", show_default=False),
    ] = "",
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Judge a range of the log anew and tell how it differs from what stands. 重新认定并比较。

    The events that the log took from --from to --to are judged by --pack in a store of their own, in a
    temporary folder, with the days before them read first as far as rules look back. Findings that begin and
    end in the range are compared with those in workhours' store: added, gone, changed. The live log is read
    outside any consumer group and nothing live is changed; services may run meanwhile.

    The log and the store are those of the settings: QUZHONG_DATA_DIR, or QUZHONG_KAFKA and QUZHONG_STORE.

    Examples:

    - `quzhong reprocess --from first --pack draft.yaml`
    - `quzhong reprocess --from 2026-03-16 --to 2026-03-17 --pack cn-food-delivery-2025 --json`
    """
    from_ms = None if from_ == BEGIN else _moment(from_, "--from")
    to_ms = _moment(to, "--to") if to else None
    if from_ms is not None and to_ms is not None and from_ms >= to_ms:
        raise typer.BadParameter("must be later than --from", param_hint="--to")
    if options and not pack:
        raise typer.BadParameter("needs --pack", param_hint="--options")
    from cli.reprocess_command import Plan
    from cli.reprocess_command import reprocess as run

    with output_of(json_, lang) as output:
        run(output, Plan(from_ms=from_ms, to_ms=to_ms, pack=pack, options=options))


def _moment(text: str, option: str) -> int:
    from cli.file_times import FileTimes

    try:
        return FileTimes(ZoneInfo("Asia/Shanghai"), named=True).read(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no moment: write 2026-03-16 or 2026-03-16T08:00", param_hint=option
        ) from None
