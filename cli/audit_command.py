"""``quzhong audit``: its options; what it does is in ``audit_run``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.options import Json, Lang, output_of


class Side(StrEnum):
    """Which values meet a threshold."""

    AT_MOST = "at-most"
    AT_LEAST = "at-least"


def audit(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            readable=True,
            help="CSV or CSV.gz, one order or one worker a row. 文件，每行一单或一名劳动者。",
        ),
    ],
    metric: Annotated[
        str | None,
        typer.Option(
            help="delivery_time unless --value-column is given; implied_speed, on_time_rate, … 指标。",
            show_default=False,
        ),
    ] = None,
    threshold: Annotated[
        list[str] | None,
        typer.Option(
            help="With its unit: 30min, 15km/h, 95%, 4.5CNY; may repeat. Without: percentiles only. "
            "标准及单位，可重复；不给则只算分位数。",
            show_default=False,
        ),
    ] = None,
    from_column: Annotated[
        str,
        typer.Option("--from-column", "--start-column", help="Where the time begins, ISO 8601. 起始时间列。"),
    ] = "start",
    to_column: Annotated[
        str, typer.Option("--to-column", "--end-column", help="Where it ends, ISO 8601. 结束时间列。")
    ] = "end",
    until_column: Annotated[
        str | None,
        typer.Option(
            help="When an order without an end was seen last, as cancelled: counted as longer than that. "
            "未完成订单最后出现的时间（如取消时间）：按“长于此”计入。",
            show_default=False,
        ),
    ] = None,
    worker_column: Annotated[
        str | None,
        typer.Option(
            "--worker-column",
            "--driver-column",
            help="Who; driver_id if it is there. Intervals need it. 劳动者列，区间需要它。",
            show_default=False,
        ),
    ] = None,
    distance_column: Annotated[
        str | None,
        typer.Option(help="Metres; distance_m if it is there. 距离列（米）。", show_default=False),
    ] = None,
    distance_bands: Annotated[
        str | None,
        typer.Option(
            help="Edges in metres: 0,1000,2000,5000; beyond the last is one more band. 距离区间（米）。",
            show_default=False,
        ),
    ] = None,
    group_column: Annotated[
        str | None, typer.Option(help="Figures of each group too. 分组列，逐组给出结果。", show_default=False)
    ] = None,
    value_column: Annotated[
        str | None,
        typer.Option(help="Values instead of two times. 数值列，代替两列时间。", show_default=False),
    ] = None,
    value_unit: Annotated[
        str | None,
        typer.Option(help="Of the value column: s, min, h, CNY, fen, %. 数值列的单位。", show_default=False),
    ] = None,
    direction: Annotated[
        Side | None,
        typer.Option(
            help="Which values meet the threshold; metrics have their own. 方向。", show_default=False
        ),
    ] = None,
    lawful_speed: Annotated[
        float,
        typer.Option(min=1, max=130, help="km/h, in the floor of feasibility. 法定时速，用于可行下限。"),
    ] = 15,
    pickup_wait: Annotated[
        float,
        typer.Option(
            min=0,
            max=120,
            help="Minutes in the floor of feasibility; 0 if --from-column is when the goods were picked up. "
            "可行下限中的取货等候（分钟）；自取货起计时则为 0。",
        ),
    ] = 2,
    handover: Annotated[
        float,
        typer.Option(min=0, max=120, help="Minutes in the same floor. 可行下限中的交付时间（分钟）。"),
    ] = 1,
    lawful_only: Annotated[
        bool,
        typer.Option(
            "--lawful-only",
            help="Leave out rows faster on average than --lawful-speed, as the service does. "
            "剔除平均车速超过法定时速的行（与服务端一致）。",
        ),
    ] = False,
    timezone: Annotated[
        str, typer.Option(help="IANA zone of times without an offset. 未写时区的时间所属时区。")
    ] = "Asia/Shanghai",
    pdf: Annotated[
        Path | None, typer.Option(help="Write the sheet there too. 同时写出 PDF。", show_default=False)
    ] = None,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Where a threshold stands in what a file shows: who can meet it, by distance. 标准核算：谁能达到。

    Percentiles, the share that meets each threshold with its interval, the verdict, and the floor of
    feasibility. Intervals know that what one worker does is alike. Nothing is sent anywhere.

    Examples:

    - `quzhong audit orders.csv.gz --threshold 30min --from-column picked_up --pickup-wait 0`
    - `quzhong audit orders.csv.gz --threshold 30min --threshold 45min --pdf sheet.pdf --lang zh`
    - `quzhong audit orders.csv.gz --threshold 30min --lawful-only --lawful-speed 25`
    - `quzhong audit orders.csv --threshold 30min --until-column cancelled`
    - `quzhong audit pay.csv --metric piece_rate --value-column pay --value-unit CNY --threshold 4.5CNY`
    - `quzhong audit day.csv --value-column waited --direction at-most --threshold 12 --json`
    """
    from cli.audit_run import AuditWanted
    from cli.audit_run import audit as run
    from kit.clock import system_clock

    wanted = AuditWanted(
        file=file,
        metric=metric,
        thresholds=tuple(threshold or ()),
        direction=None if direction is None else direction.value,
        start=from_column,
        end=to_column,
        until=until_column,
        value=value_column,
        value_unit=value_unit,
        worker=worker_column,
        distance=distance_column,
        bands=distance_bands,
        group=group_column,
        lawful_speed_km_h=lawful_speed,
        pickup_wait_min=pickup_wait,
        handover_min=handover,
        lawful_only=lawful_only,
        timezone=timezone,
        pdf=pdf,
    )
    with output_of(json_, lang) as output:
        run(wanted, output, system_clock)
