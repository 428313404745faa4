"""What differs between two versions of a document of rules."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import IntEnum

from services.registry.core.rule_documents import RuleField, Rules


class ChangeKind(IntEnum):
    """The values equal ``quzhong.api.registry.v1.RuleChangeKind``."""

    ADDED = 1
    REMOVED = 2
    CHANGED = 3


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One provision that differs."""

    kind: ChangeKind
    field_id: str
    before: RuleField | None
    after: RuleField | None


def changes(before: Rules, after: Rules) -> list[RuleChange]:
    """Which provisions differ, by id."""
    old = {one.field_id: one for one in before.fields}
    new = {one.field_id: one for one in after.fields}
    found = []
    for field_id in sorted(old.keys() | new.keys()):
        was, now = old.get(field_id), new.get(field_id)
        if was is None:
            found.append(RuleChange(ChangeKind.ADDED, field_id, None, now))
        elif now is None:
            found.append(RuleChange(ChangeKind.REMOVED, field_id, was, None))
        elif was != now or type(was.value) is not type(now.value):
            found.append(RuleChange(ChangeKind.CHANGED, field_id, was, now))
    return found


def changed_properties(before: Rules, after: Rules) -> list[str]:
    """What else differs, in the contract's words."""
    pairs = {
        "title": ((before.title_zh, before.title_en), (after.title_zh, after.title_en)),
        "wording": (before.wording, after.wording),
        "effective_time": (before.effective_ms, after.effective_ms),
        "consultation_id": (before.consultation_id, after.consultation_id),
    }
    return [name for name, (was, now) in pairs.items() if was != now]


def wording_diff(before: Rules, after: Rules) -> list[str]:
    """The differing lines of the wording, as unified diff."""
    return list(
        difflib.unified_diff(before.wording.splitlines(), after.wording.splitlines(), lineterm="", n=1)
    )
