"""The command ``quzhong``: its subcommands and their options. What they do is in the modules beside this one,
imported when a subcommand runs, so that ``--help`` answers at once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from cli import (
    admission_app,
    audit_command,
    check_command,
    conformance_app,
    db_app,
    erase_app,
    ledger_app,
    policy_app,
    report_app,
    reprocess_app,
    rules_app,
    topics_app,
)
from cli.choices import Arrival, Measure
from cli.options import Json, Lang, output_of

BEGAN_S = time.monotonic()
"""When the command started: what the demo's times are counted from."""

app = typer.Typer(
    help="Quzhong（取中）: supervision of platform work. 平台用工监管：工时、休息与“算法取中”。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

TripFile = Annotated[
    Path,
    typer.Argument(
        exists=True, dir_okay=False, readable=True, help="CSV or CSV.gz, one trip a row. 行程文件，每行一单。"
    ),
]
DriverColumn = Annotated[str, typer.Option(help="Who. 劳动者列。")]
StartColumn = Annotated[str, typer.Option(help="Acceptance, ISO 8601. 接单时间列。")]
EndColumn = Annotated[str, typer.Option(help="Completion, ISO 8601. 完成时间列。")]
DistanceColumn = Annotated[str, typer.Option(help="Metres; may be missing. 距离列（米），可缺。")]
TimeZone = Annotated[
    str, typer.Option("--timezone", help="IANA zone of times without an offset. 未写时区的时间所属时区。")
]


@app.command()
def demo(
    leave: Annotated[
        bool, typer.Option("--exit", help="End with status 0 instead of staying. 完成后退出。")
    ] = False,
    portal_port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the pages; 0 takes a free one. 网页端口。")
    ] = 8080,
    days: Annotated[
        int,
        typer.Option(
            min=0,
            max=366,
            help="Instead of a city day: so many days of a county, with a moved clock. 多日处置过程。",
        ),
    ] = 0,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Stream a simulated city day through every service and show what it finds. 演示：模拟城市一日。

    Everything runs in this process, in a temporary folder, over real sockets: three platforms, 2,000 workers,
    some 218,000 events. Two runs give the same findings.

    With --days the clock is moved by hand: 110 workers of one county, some 10,000 events a day. A platform
    that overworks its riders is warned, says nothing, is summoned, held to a talk, ordered to rectify,
    changes, is rechecked, and its case is closed; 60 days are enough for all of it.

    Examples:

    - `quzhong demo`
    - `quzhong demo --exit --json`
    - `quzhong demo --days 60`
    """
    from cli import staying

    with output_of(json_, lang) as output:
        if days:
            staying.season(output, days=days, leave=leave, portal_port=portal_port, began_s=BEGAN_S)
            return
        staying.demo(output, leave=leave, portal_port=portal_port, began_s=BEGAN_S)


@app.command()
def up(
    with_demo: Annotated[
        bool, typer.Option("--demo", help="Stream the demo's city day into it. 同时播放演示数据。")
    ] = False,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Run every service in this process until Ctrl-C. 启动全部服务。

    The log, the stores and the archive are in QUZHONG_DATA_DIR (var). With QUZHONG_KAFKA=host:port the log
    is on Kafka. gRPC is on QUZHONG_ADDRESS (127.0.0.1:50051), the pages on QUZHONG_PORTAL_PORT (8080).

    Examples:

    - `quzhong up`
    - `QUZHONG_KAFKA=localhost:9092 quzhong up --demo`
    """
    from cli import staying

    with output_of(json_, lang) as output:
        staying.up(output, with_demo=with_demo, began_s=BEGAN_S)


@app.command()
def replay(
    file: TripFile,
    driver_column: DriverColumn = "driver_id",
    start_column: StartColumn = "start",
    end_column: EndColumn = "end",
    distance_column: DistanceColumn = "distance_m",
    order_column: Annotated[
        str, typer.Option(help="Names the trip; without it the row's values do. 订单号列，可缺。")
    ] = "order_id",
    timezone: TimeZone = "Asia/Shanghai",
    platform: Annotated[str, typer.Option(help="Whose events they are. 平台标识。")] = "replay",
    area: Annotated[str, typer.Option(help="GB/T 2260 code of the events. 行政区划代码。")] = "130200",
    measure: Annotated[
        Measure | None,
        typer.Option(
            help="What of a spell counts; else what the rule pack says. 计时口径。", show_default=False
        ),
    ] = None,
    arrival: Annotated[
        Arrival, typer.Option(help="In which order the events arrive. 到达顺序。")
    ] = Arrival.IN_ORDER,
    speed: Annotated[
        float, typer.Option(min=0, help="Times real time; 0 is full speed. 倍速，0 为全速。")
    ] = 0,
    repeat: Annotated[int, typer.Option(min=1, help="Send the file so often. 重复次数。")] = 1,
    address: Annotated[
        str, typer.Option(help="host:port of a running suite; else one of its own. 运行中的服务地址。")
    ] = "",
    token: Annotated[
        str, typer.Option(envvar="QUZHONG_TOKEN", help="The platform's credential there. 平台令牌。")
    ] = "",
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Stream a file of real trips through the SDK and show the findings. 回放真实行程。

    Each trip is an order accepted at its start and completed at its end. Rows that cannot be read are counted
    and shown with their line. Without --address it starts a suite in a temporary folder and stops it again.

    Examples:

    - `quzhong replay trips.csv.gz`
    - `quzhong replay trips.csv --start-column pickup --end-column dropoff --timezone America/New_York`
    - `quzhong replay trips.csv.gz --arrival shuffled --measure elapsed --json`
    """
    from cli.replay import ReplayPlan, suite_at, suite_of_its_own
    from cli.replay import replay as run
    from cli.trips import Columns

    if speed and arrival is not Arrival.IN_ORDER:
        raise typer.BadParameter("only --arrival in-order can be paced", param_hint="--speed")
    if address and not token:
        raise typer.BadParameter("needed with --address: the platform's credential", param_hint="--token")
    if address and measure:
        raise typer.BadParameter("a running suite has its own; leave out --address", param_hint="--measure")
    plan = ReplayPlan(
        file=file,
        columns=Columns(driver_column, start_column, end_column, distance_column, order_column),
        zone=_zone(timezone),
        platform_id=platform,
        area_code=area,
        arrival=arrival,
        speed=speed,
        repeat=repeat,
    )
    with output_of(json_, lang) as output:
        run(
            plan,
            output,
            lambda days: suite_at(address, token, plan) if address else suite_of_its_own(plan, measure, days),
        )


@app.command()
def doctor(
    address: Annotated[
        str, typer.Option(help="host:port of the gRPC services; else QUZHONG_ADDRESS. 服务地址。")
    ] = "",
    portal: Annotated[
        str, typer.Option(help="URL of the pages; else QUZHONG_PORTAL_HOST and _PORT. 门户地址。")
    ] = "",
    no_portal: Annotated[
        bool, typer.Option("--no-portal", help="There is no portal to look at. 不检查门户。")
    ] = False,
    stopped: Annotated[
        bool, typer.Option("--stopped", help="The services do not run yet. 服务尚未启动。")
    ] = False,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Examine an installation and say what is wrong and the way out. 体检：查问题，给办法。

    Looks at settings, the data folder and its room, keys and who may read them, certificates and when they
    end, stores and their revisions, the log and its topics, clocks, the collector, and whether services and
    pages answer. Changes nothing. Ends with status 1 if something has to be mended.

    Examples:

    - `quzhong doctor`
    - `quzhong doctor --stopped --json`
    - `quzhong doctor --address quzhong.example:443 --portal https://quzhong.example`
    """
    from cli.doctor_command import examine

    with output_of(json_, lang) as output:
        examine(output, address=address, portal=portal, running=not stopped, with_portal=not no_portal)


app.command()(audit_command.audit)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise typer.BadParameter(
            f"{name!r} is no IANA time zone, e.g. Asia/Shanghai", param_hint="--timezone"
        ) from None


app.command()(check_command.check)
app.command()(reprocess_app.reprocess)
app.command()(conformance_app.conformance)
app.command()(erase_app.erase)
app.add_typer(admission_app.app, name="admission")
app.add_typer(rules_app.app, name="rules")
app.add_typer(policy_app.app, name="policy")
app.add_typer(ledger_app.app, name="ledger")
app.add_typer(report_app.app, name="report")
app.add_typer(topics_app.app, name="topics")
app.add_typer(db_app.app, name="db")


def main() -> None:
    """The entry point."""
    app(prog_name="quzhong")


if __name__ == "__main__":
    main()
