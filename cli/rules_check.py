"""``quzhong rules check``: can these packs be used, alone and together?"""

from __future__ import annotations

from pathlib import Path

import typer
from rich.text import Text as Line

from cli.output import CommandError, Output
from services.workhours.catalogue import check_files


def check_packs(files: list[Path], output: Output) -> None:
    """Say what is wrong with file, line and reason.

    Raises:
        typer.BadParameter: if a file is not there.
        typer.Exit: with status 1 if a pack cannot be used.
        CommandError: if a folder holds no pack.
    """
    packs: list[Path] = []
    for file in files:
        if not file.exists():
            raise typer.BadParameter(f"{file} is not there", param_hint="FILE")
        found = sorted(file.glob("*.yaml")) if file.is_dir() else [file]
        if not found:
            raise CommandError(f"{file} 中没有 *.yaml", f"{file} holds no *.yaml", reason="NO_RULES")
        packs += found
    good, faults = check_files(packs)
    document = {
        "ok": not faults,
        "packs": [{"file": pack.source, "id": pack.id, "version": pack.version} for pack in good],
        "faults": [{"file": str(each.file), "line": each.line, "reason": each.reason} for each in faults],
    }
    lines = [
        Line(
            output.pick(
                f"✓ {pack.source}：{pack.id} {pack.version}，{len(pack.rules)} 条规则",
                f"✓ {pack.source}: {pack.id} {pack.version}, {len(pack.rules)} rules",
            ),
            style="green",
        )
        for pack in good
    ]
    lines += [Line(f"✗ {fault}", style="red") for fault in faults]
    output.result(document, *lines)
    if faults:
        raise typer.Exit(1)
