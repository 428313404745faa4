"""Options that several subcommands take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.language import Language

if TYPE_CHECKING:
    from cli.output import Output

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout. 仅输出一个 JSON 文档。")]
Lang = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        help="zh or en; else QUZHONG_LANG, else the machine's language. 界面语言。",
        show_default=False,
    ),
]
RuleFolderOption = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        envvar="QUZHONG_RULES_DIR",
        help="Folder of rule packs; else those shipped. 规则包目录，缺省为随附的规则包。",
        show_default=False,
    ),
]


def output_of(as_json: bool, language: Language | None) -> Output:
    """What a command prints through; imported late, so that ``--help`` answers at once."""
    from cli.output import Output

    return Output(as_json=as_json, language=language)
