"""How what is registered of a party changes: versions that never change themselves, and who made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.registry.core.field_error import FieldError
from services.registry.core.parties import Party, Role

LONGEST_NOTE = 500
"""Characters: a sentence or two."""

_PROFILE_PATHS = {
    "profile.unified_social_credit_code": "credit_code",
    "profile.licences": "licences",
    "profile.responsible_person": "responsible_person",
    "profile.agreement_clauses": "agreement_clauses",
    "profile.unit_id": "unit_id",
}
"""Paths of the contract to fields of ``Profile``."""

_PARTY_PATHS = {
    "name": ("name_zh", "name_en"),
    "area_codes": ("area_codes",),
    "platform_ids": ("platform_ids",),
    "department_id": ("department_id",),
}
"""Paths of the contract to fields of ``Party``."""

PATHS = (*_PARTY_PATHS, "profile", *_PROFILE_PATHS)
"""What an amendment may name."""

OWN_PATHS = frozenset({"profile.licences", "profile.responsible_person", "profile.agreement_clauses"})
"""What a party may amend of itself; where it works and for whom is the administrator's to say."""


@dataclass(frozen=True, slots=True)
class PartyVersion:
    """A party as it was registered from a moment on."""

    party: Party
    actor_id: str
    """Who registered or amended it; empty: the registry itself."""
    create_ms: int
    """When, epoch milliseconds."""
    note: str = ""
    changed: tuple[str, ...] = ()
    """Paths that differ from the version before."""


def check_paths(paths: Sequence[str]) -> None:
    """Raise FieldError unless there are paths and all can be amended."""
    if not paths:
        raise FieldError(
            "update_mask",
            "UPDATE_MASK_EMPTY",
            f"names nothing; name what is to be amended, some of {', '.join(PATHS)}",
            f"未指明要变更的内容；可用：{'、'.join(PATHS)}",
        )
    for path in paths:
        if path not in PATHS:
            raise FieldError(
                "update_mask",
                "FIELD_NOT_AMENDABLE",
                f"{path[:60]!r} cannot be amended; name some of {', '.join(PATHS)}",
                f"{path[:60]!r} 不可变更；可用：{'、'.join(PATHS)}",
            )


def check_note(note: str) -> str:
    """The note without outer blanks.

    Raises:
        FieldError: if it is too long or has control characters.
    """
    note = note.strip()
    if len(note) > LONGEST_NOTE or any(not (char.isprintable() or char == "\n") for char in note):
        raise FieldError(
            "note",
            "NOTE_FORM",
            f"{note[:20]!r}… is not at most {LONGEST_NOTE} printable characters; shorten it",
            f"{note[:20]!r}… 应为不超过 {LONGEST_NOTE} 个可见字符；请缩短",
        )
    return note


def may_amend(role: int, own: bool, paths: Sequence[str]) -> bool:
    """Whether a caller of the role may amend these paths, of itself (``own``) or of another."""
    return role == Role.ADMINISTRATOR or (own and OWN_PATHS.issuperset(paths))


def amended(before: Party, new: Party, paths: Sequence[str]) -> Party:
    """``before`` with the values ``new`` has at the paths, as the next version; itself if nothing differs."""
    after = before
    for path in paths:
        if path == "profile":
            after = replace(after, profile=new.profile)
        elif path in _PROFILE_PATHS:
            field = _PROFILE_PATHS[path]
            changed = {field: getattr(new.profile, field)}
            after = replace(after, profile=replace(after.profile, **changed))
        else:
            after = replace(after, **{field: getattr(new, field) for field in _PARTY_PATHS[path]})
    return before if after == before else replace(after, version=before.version + 1)


def changed_paths(before: Party, after: Party) -> tuple[str, ...]:
    """Where two versions differ, in the contract's words."""
    paths = [
        path
        for path, names in _PARTY_PATHS.items()
        if any(getattr(before, name) != getattr(after, name) for name in names)
    ]
    paths += [
        path
        for path, name in _PROFILE_PATHS.items()
        if getattr(before.profile, name) != getattr(after.profile, name)
    ]
    return tuple(paths)
