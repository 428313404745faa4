"""``quzhong report …``: its subcommands and their options; what they do is in ``report_command``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import Json, Lang, output_of

app = typer.Typer(
    help="Quarterly employment reports: form, check, submit, due, export. 用工报告：填报、核验、期限、导出。",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

NewFile = Annotated[
    Path, typer.Argument(dir_okay=False, metavar="FILE.xlsx|FILE.csv", help="Written anew. 要写入的文件。")
]
FilledFile = Annotated[
    Path,
    typer.Argument(
        exists=True,
        dir_okay=False,
        readable=True,
        metavar="FILE.xlsx|FILE.csv",
        help="The filled form. 已填写的文件。",
    ),
]
Address = Annotated[str, typer.Option(help="host:port of the registry. 登记服务地址。")]
Token = Annotated[
    str,
    typer.Option(
        envvar="QUZHONG_TOKEN", help="The reporter's or receiver's credential. 凭证。", show_default=False
    ),
]


@app.command()
def template(file: NewFile, json_: Json = False, lang: Lang = None) -> None:
    """Write the empty form, one row a report. 生成空白报表。

    Examples:

    - `quzhong report template 2026Q1.xlsx`
    """
    from cli.report_command import template as write

    with output_of(json_, lang) as output:
        write(file, output)


@app.command()
def check(file: FilledFile, json_: Json = False, lang: Lang = None) -> None:
    """Check a filled form with no service running; status 1 if something blocks. 离线核验报表。

    Sums, parts and what needs an explanation. Against the quarter before, and against the workers seen in
    events, reports are checked when they are sent.

    Examples:

    - `quzhong report check 2026Q1.xlsx`
    - `quzhong report check 2026Q1.csv --json`
    """
    from cli.report_command import check as check_file

    with output_of(json_, lang) as output:
        check_file(file, output)


@app.command()
def submit(
    file: FilledFile,
    address: Address,
    token: Token,
    draft: Annotated[bool, typer.Option("--draft", help="Save, and submit nothing. 仅存草稿。")] = False,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Save every report of a form and hand it in; status 1 if one was refused, the others are in. 报送。

    Examples:

    - `quzhong report submit 2026Q1.xlsx --address registry:50051`
    - `quzhong report submit 2026Q1.csv --address registry:50051 --draft`
    """
    from cli.report_command import submit as send

    with output_of(json_, lang) as output:
        send(file, address, token, draft, output)


@app.command()
def due(
    address: Address,
    token: Token,
    party: Annotated[str, typer.Option(help="Only what this firm owes. 仅此单位。", show_default=False)] = "",
    quarter: Annotated[
        str,
        typer.Option(help="E.g. 2026Q1; else the running one and four before. 季度。", show_default=False),
    ] = "",
    area: Annotated[str, typer.Option(help="Only within this area. 仅此地区。", show_default=False)] = "",
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Which reports are due when, and which are late. 报送期限。

    Examples:

    - `quzhong report due --address registry:50051`
    - `quzhong report due --address registry:50051 --party firm-a --json`
    """
    from cli.report_due import due as tell
    from quzhong.api.registry.v1 import reports_pb2

    wanted = reports_pb2.ListDueDatesRequest(quarter=quarter, reporter_id=party, area_code=area)
    with output_of(json_, lang) as output:
        tell(address, token, wanted, output)


@app.command()
def export(
    file: NewFile,
    address: Address,
    token: Token,
    quarter: Annotated[str, typer.Option(help="E.g. 2026Q1. 季度。", show_default=False)] = "",
    reporter: Annotated[str, typer.Option(help="Only this firm's. 仅此单位。", show_default=False)] = "",
    area: Annotated[str, typer.Option(help="Only within this area. 仅此地区。", show_default=False)] = "",
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Write the reports you may see, every version; the file can be read again. 导出报告。

    Examples:

    - `quzhong report export 2026Q1.xlsx --address registry:50051 --quarter 2026Q1`
    """
    from cli.report_command import export as write
    from quzhong.api.registry.v1 import reports_pb2

    wanted = reports_pb2.ListReportsRequest(quarter=quarter, reporter_id=reporter, area_code=area)
    with output_of(json_, lang) as output:
        write(file, address, token, wanted, output)
