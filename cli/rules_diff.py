"""``quzhong rules diff``: what changed between two packs, parameter by parameter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text as Line

from cli.output import Output
from cli.rules_show import both, found_or_usage_error
from services.workhours.catalogue import Found
from services.workhours.core.rule_pack import Rule
from services.workhours.core.text import Text

_NOTHING = Text(zh="", en="")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference."""

    rule: str
    """The rule's code; empty for the pack itself."""
    what: str
    """The parameter, or the pack's field."""
    before: str | None
    """None: not there."""
    after: str | None
    origin: Text
    """Where the new value comes from; of a parameter that went, where the old one came from."""


def diff_packs(before: str, after: str, folder: Path | None, output: Output) -> None:
    """Show every changed field, rule and parameter.

    Raises:
        typer.BadParameter: if one of the packs is not there.
    """
    old, new = (found_or_usage_error(name, folder, hint) for name, hint in ((before, "A"), (after, "B")))
    changes = list(changes_between(old, new))
    table = output.table(
        (f"{before} → {after}", f"{before} → {after}"),
        ("规则", "rule"),
        ("参数", "parameter"),
        ("原值", "before"),
        ("新值", "after"),
        ("来源", "origin"),
        text_columns=5,
    )
    for each in changes:
        origin = output.pick(each.origin.zh, each.origin.en)
        table.add_row(each.rule or "-", each.what, each.before or "-", each.after or "-", origin)
    document = {
        "before": {"id": old.document.id, "version": old.document.version},
        "after": {"id": new.document.id, "version": new.document.version},
        "changes": [
            {
                "rule": each.rule or None,
                "what": each.what,
                "before": each.before,
                "after": each.after,
                "origin": both(each.origin) if each.origin is not _NOTHING else None,
            }
            for each in changes
        ],
    }
    none = Line(output.pick("没有差别。", "No difference."), style="green")
    output.result(document, table if changes else none)


def changes_between(old: Found, new: Found) -> Iterator[Change]:
    """The pack's own fields first, then rule by rule. Rules are the same if their codes are."""
    packs = old.document.resolve(old.implied), new.document.resolve(new.implied)
    for field in ("id", "version", "sector", "time_zone", "valid_from", "valid_until"):
        before, after = (_text(getattr(pack, field)) for pack in packs)
        if before != after:
            yield Change("", field, before, after, _NOTHING)
    rules = [
        {rule.code: rule for rule in (*pack.rules, *found.document.rules)}
        | {rule.code: rule for rule in pack.rules}
        for pack, found in zip(packs, (old, new), strict=True)
    ]
    for code in dict.fromkeys((*rules[0], *rules[1])):
        yield from _rule_changes(code, rules[0].get(code), rules[1].get(code))


def _rule_changes(code: str, old: Rule | None, new: Rule | None) -> Iterator[Change]:
    before = {} if old is None else {"family": old.family, **old.values}
    after = {} if new is None else {"family": new.family, **new.values}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            stated_by = new if new is not None and name in after else old
            origins = {} if stated_by is None else stated_by.origins
            yield Change(code, name, before.get(name), after.get(name), origins.get(name, _NOTHING))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
