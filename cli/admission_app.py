"""``quzhong admission …``: its subcommands and their options; what they do is in ``admission_command``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import Json, Lang, output_of

app = typer.Typer(
    help="Which platforms may send live events: submit, admit, list. 平台准入：提交报告、决定准入、查询。",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Address = Annotated[str, typer.Option(help="host:port of the registry. 登记服务地址。")]
Token = Annotated[
    str,
    typer.Option(
        envvar="QUZHONG_TOKEN",
        help="The platform's, an official's or the administrator's credential. 凭证。",
        show_default=False,
    ),
]


@app.command()
def submit(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            readable=True,
            metavar="report.json",
            help="As quzhong conformance wrote it. 检测报告。",
        ),
    ],
    address: Address,
    token: Token,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Hand in the conformance kit's report; one that is signed and passed admits the platform. 提交检测报告。

    Examples:

    - `quzhong admission submit conformance/report.json --address registry:50051`
    """
    from cli.admission_command import submit as send

    with output_of(json_, lang) as output:
        send(file, address, token, output)


@app.command()
def admit(
    platform: Annotated[str, typer.Argument(help="The platform's id. 平台标识。")],
    reason: Annotated[str, typer.Option(help="Why without a report; it stands in the ledger. 准入理由。")],
    address: Address,
    token: Token,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Admit a platform by decision, as an official of its areas or the administrator. 决定准入。

    Examples:

    - `quzhong admission admit swift --reason "pilot, tested by hand" --address registry:50051`
    """
    from cli.admission_command import admit as decide

    with output_of(json_, lang) as output:
        decide(platform, reason, address, token, output)


@app.command("list")
def list_(address: Address, token: Token, json_: Json = False, lang: Lang = None) -> None:
    """How the platforms stand, since when and on what ground. 准入状态。

    Examples:

    - `quzhong admission list --address registry:50051`
    - `quzhong admission list --address registry:50051 --json`
    """
    from cli.admission_command import tell

    with output_of(json_, lang) as output:
        tell(address, token, output)
