"""``quzhong rules …``: its subcommands and their options; what they do is in the modules ``rules_*``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import Json, Lang, RuleFolderOption, output_of

app = typer.Typer(
    help="The rule packs: what is limited, by which law, with which numbers. 规则包：限制、依据与数值。",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

PackName = Annotated[
    str,
    typer.Argument(
        metavar="PACK", help="Id, alias, id@version or a YAML file. 规则包编号、别名、编号@版本或文件。"
    ),
]


@app.command("list")
def list_(rules: RuleFolderOption = None, json_: Json = False, lang: Lang = None) -> None:
    """Every pack: version, validity, sector, rules. 规则包一览。

    Examples:

    - `quzhong rules list`
    - `quzhong rules list --json`
    """
    from cli.rules_show import list_packs

    with output_of(json_, lang) as output:
        list_packs(rules, output)


@app.command()
def show(pack: PackName, rules: RuleFolderOption = None, json_: Json = False, lang: Lang = None) -> None:
    """One pack: its options, its rules and their numbers. 规则包详情。

    Examples:

    - `quzhong rules show cn-food-delivery-2025`
    - `quzhong rules show us-fmcsa-hos --json`
    """
    from cli.rules_show import show_pack

    with output_of(json_, lang) as output:
        show_pack(pack, rules, output)


@app.command()
def explain(
    pack: PackName,
    rule: Annotated[
        str, typer.Argument(metavar="RULE", help="Its code or id, or the id's last part. 规则代码或编号。")
    ],
    rules: RuleFolderOption = None,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """One rule in words: what it says, where each number comes from, a worked line. 规则说明。

    Examples:

    - `quzhong rules explain cn-food-delivery-2025 cn.continuous_order_4h`
    - `quzhong rules explain eu-561-2006 eu.daily_rest --lang zh`
    """
    from cli.rules_explain import explain_rule

    with output_of(json_, lang) as output:
        explain_rule(pack, rule, rules, output)


@app.command()
def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="YAML files or folders of them. 文件或目录。")
    ],
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Whether packs can be used; if not, file, line and reason, and status 1. 检查规则包。

    Packs given together are checked against each other too: two versions must not be in force at once.

    Examples:

    - `quzhong rules check my-pack.yaml`
    - `quzhong rules check rules/ --json`
    """
    from cli.rules_check import check_packs

    with output_of(json_, lang) as output:
        check_packs(files, output)


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="The older pack. 旧规则包。")],
    after: Annotated[str, typer.Argument(metavar="B", help="The newer pack. 新规则包。")],
    rules: RuleFolderOption = None,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """What changed between two packs or versions, and why the new number holds. 规则包对比。

    Examples:

    - `quzhong rules diff cn-food-delivery-2025 my-pack.yaml`
    - `quzhong rules diff nyc-tlc@1.0.0 nyc-tlc@1.1.0 --json`
    """
    from cli.rules_diff import diff_packs

    with output_of(json_, lang) as output:
        diff_packs(before, after, rules, output)
