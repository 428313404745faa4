"""``quzhong policy …``: its subcommands and their options; what they do is in the modules ``policy_*``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.choices import People
from cli.options import Json, Lang, RuleFolderOption, output_of

app = typer.Typer(
    help="The escalation policy: when a platform is warned, what follows. 分级处置规则：何时警示、如何跟进。",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

PolicyFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", exists=True, dir_okay=False, readable=True, help="YAML. 处置规则文件（YAML）。"
    ),
]


@app.command()
def check(file: PolicyFile, json_: Json = False, lang: Lang = None) -> None:
    """Whether a policy can be used; if not, the place and the reason, and status 1. 检查处置规则。

    Examples:

    - `quzhong policy check my-policy.yaml`
    - `quzhong policy check my-policy.yaml --json`
    """
    from cli.policy_check import check_policy

    with output_of(json_, lang) as output:
        check_policy(file, output)


@app.command()
def show(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            readable=True,
            show_default=False,
            help="Else the one that comes with the product. 缺省为随附的处置规则。",
        ),
    ] = None,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """A policy in words: its rules, its deadlines, and why each number is what it is. 处置规则详情。

    Examples:

    - `quzhong policy show`
    - `quzhong policy show my-policy.yaml --lang zh`
    """
    from cli.policy_show import show_policy

    with output_of(json_, lang) as output:
        show_policy(file, output)


@app.command()
def diff(
    before: Annotated[
        Path,
        typer.Argument(
            metavar="A", exists=True, dir_okay=False, readable=True, help="The older one. 旧处置规则。"
        ),
    ],
    after: Annotated[
        Path,
        typer.Argument(
            metavar="B", exists=True, dir_okay=False, readable=True, help="The newer one. 新处置规则。"
        ),
    ],
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """What changed between two policies, value by value. 处置规则对比。

    Examples:

    - `quzhong policy diff policy.yaml my-policy.yaml`
    - `quzhong policy diff policy.yaml my-policy.yaml --json`
    """
    from cli.policy_diff import diff_policies

    with output_of(json_, lang) as output:
        diff_policies(before, after, output)


@app.command()
def simulate(
    file: PolicyFile,
    findings: Annotated[
        Path,
        typer.Option(
            exists=True,
            readable=True,
            metavar="FILE|FOLDER",
            help="JSON lines, a `check --json` document, or a data folder. 认定文件或数据目录。",
        ),
    ],
    against: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            readable=True,
            metavar="FILE",
            show_default=False,
            help="Another policy to put beside it, e.g. the one in force. 对照的处置规则。",
        ),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", show_default=False, help="First day, 2026-03-01. 起始日。"),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", show_default=False, help="Last day. 截止日。")
    ] = None,
    answers: Annotated[
        People, typer.Option(help="Whether platforms answer their warnings. 平台是否答复警示函。")
    ] = People.NEVER,
    officials: Annotated[
        People,
        typer.Option(
            help="Whether summonses are approved, held, followed by orders. 是否批准约谈并责令整改。"
        ),
    ] = People.NEVER,
    platform: Annotated[
        str, typer.Option(help="Whose the violations of a `check` document are. 平台标识。")
    ] = "platform",
    area: Annotated[str, typer.Option(help="Where they are, GB/T 2260. 行政区划代码。")] = "130200",
    active: Annotated[
        int,
        typer.Option(
            min=0,
            metavar="N",
            help="Workers active a day where none are on record; 0: no rate there. 假定在岗人数。",
        ),
    ] = 0,
    rules: RuleFolderOption = None,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Run a policy over past findings and show what would have been sent. Nothing is sent. 处置规则试运行。

    The days of the findings go by with a moved clock through the same code as in the service. What a person
    decides is left out, unless --answers or --officials say that it is done at once. Lines are findings and
    activity as JSON; a folder is a suite's data folder, which is only read. Lines that cannot be taken are
    shown with their number.

    Examples:

    - `quzhong policy simulate my-policy.yaml --findings var --against policy.yaml`
    - `quzhong policy simulate my-policy.yaml --findings march.jsonl --from 2026-03-01 --to 2026-03-31`
    - `quzhong policy simulate my-policy.yaml --findings checked.json --active 400 --answers always --json`
    """
    from cli.policy_simulate import Wanted
    from cli.policy_simulate import simulate as run

    days = _day("--from", first), _day("--to", last)
    if days[0] is not None and days[1] is not None and days[0] > days[1]:
        raise typer.BadParameter(f"{last} is before {first}", param_hint="--to")
    wanted = Wanted(file, findings, against, *days, answers, officials, platform, area, active, rules)
    with output_of(json_, lang) as output:
        run(wanted, output)


def _day(option: str, text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day, e.g. 2026-03-01", param_hint=option) from None
