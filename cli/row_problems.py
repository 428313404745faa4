"""Rows of a file that were left out, as people are told of them."""

from __future__ import annotations

from collections.abc import Sequence

from cli.output import Output
from cli.trips import Problem

_SHOWN = 10


def show_problems(output: Output, problems: Sequence[Problem]) -> None:
    """How many there are, and the first of them with their lines; nothing if there are none."""
    if not problems:
        return
    output.say(
        f"{len(problems):,} 行无法读取，已略过：",
        f"{len(problems):,} rows cannot be read and are left out:"
        if len(problems) > 1
        else "1 row cannot be read and is left out:",
    )
    for each in problems[:_SHOWN]:
        where = f"{each.column} {each.value!r}: " if each.column else ""
        output.say(f"  第 {each.line} 行：{where}{each.zh}", f"  line {each.line}: {where}{each.en}")
    if len(problems) > _SHOWN:
        output.say("  ……", "  …")
