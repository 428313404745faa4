"""``quzhong policy check``: can this policy be used?"""

from __future__ import annotations

from pathlib import Path

import typer
from rich.text import Text as Line

from cli.output import CommandError, Output
from services.notify.adapters.policy_file import load_policy
from services.notify.core.policy import Policy


def check_policy(file: Path, output: Output) -> None:
    """Say what is wrong with it, and where.

    Raises:
        typer.Exit: with status 1 if it cannot be used.
        OSError: if it cannot be read.
    """
    try:
        policy = load_policy(file)
    except ValueError as fault:
        output.result({"ok": False, "file": str(file), "fault": str(fault)}, Line(f"✗ {fault}", style="red"))
        raise typer.Exit(1) from None
    document = {
        "ok": True,
        "file": str(file),
        "id": policy.id,
        "version": policy.version,
        "rules": [rule.id for rule in policy.rules],
    }
    said = output.pick(
        f"✓ {file}：{policy.id} {policy.version}，{len(policy.rules)} 条规则",
        f"✓ {file}: {policy.id} {policy.version}, {len(policy.rules)} rules",
    )
    output.result(document, Line(said, style="green"))


def policy_or_fail(file: Path) -> Policy:
    """A policy that a command works with.

    Raises:
        CommandError: BAD_POLICY, with the place and the reason.
        OSError: if it cannot be read.
    """
    try:
        return load_policy(file)
    except ValueError as fault:
        raise CommandError(f"处置规则有误：{fault}", f"broken policy: {fault}", reason="BAD_POLICY") from None
