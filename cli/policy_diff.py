"""``quzhong policy diff``: what changed between two policies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from rich.text import Text as Line

from cli.output import Output
from cli.policy_check import policy_or_fail

_ABSENT = object()


class Change(NamedTuple):
    """One value."""

    where: str
    before: str | None
    """None: not there."""
    after: str | None


def diff_policies(before: Path, after: Path, output: Output) -> None:
    """Show every value that changed; rows of rules are told apart by their ids.

    Raises:
        CommandError: BAD_POLICY, if one of them cannot be used.
    """
    old, new = policy_or_fail(before), policy_or_fail(after)
    changes = list(changes_between(_values(before), _values(after)))
    table = output.table(
        (f"{before} → {after}", f"{before} → {after}"),
        ("位置", "where"),
        ("原值", "before"),
        ("新值", "after"),
        text_columns=3,
    )
    for change in changes:
        # As text: rich would take a row's [id] for markup.
        table.add_row(*(Line(cell or "—") for cell in (change.where, change.before, change.after)))
    same = Line(output.pick("没有变化。", "Nothing changed."), style="green")
    unsaid = bool(changes) and (old.id, old.version) == (new.id, new.version)
    warning = Line(
        output.pick(
            f"内容有变化，版本仍为 {new.version}：文书将无法区分依照的是哪一版，请提高 version。",
            f"Changed, and still version {new.version}: letters could not tell which one they rest on; "
            "raise version.",
        ),
        style="yellow",
    )
    document = {"changes": [change._asdict() for change in changes], "version_raised": not unsaid}
    output.result(document, table if changes else same, *([warning] if unsaid else []))


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    """In the order of the newer one, what went last."""
    for where in dict.fromkeys((*after, *before)):
        old, new = before.get(where, _ABSENT), after.get(where, _ABSENT)
        if old != new:
            yield Change(where, _shown(old), _shown(new))


def _values(file: Path) -> dict[str, Any]:
    return dict(_flat("", yaml.safe_load(file.read_text(encoding="utf-8"))))


def _flat(where: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{where}.{key}" if where else str(key), inner)
    elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        for each in value:
            yield from _flat(f"{where}[{each['id']}]", {key: each[key] for key in each if key != "id"})
    else:
        yield where, value


def _shown(value: object) -> str | None:
    if value is _ABSENT:
        return None
    return " ".join(value.split()) if isinstance(value, str) else str(value)
