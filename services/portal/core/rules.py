"""Rules platforms declare as documents: what holds, what is coming, what a version changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum

from services.portal.core.language import LocalText

DAY_MS = 86_400_000


class RuleKind(IntEnum):
    """Values equal those of quzhong.api.registry.v1.RuleKind."""

    UNSPECIFIED = 0
    ORDER_ALLOCATION = 1
    PIECE_RATE = 2
    COMMISSION = 3
    PAY = 4
    WORKING_TIME = 5
    REWARDS_AND_PENALTIES = 6
    ASSESSMENT = 7


class Service(IntEnum):
    """Values equal those of quzhong.api.events.v1.ServiceKind."""

    UNSPECIFIED = 0
    FOOD_DELIVERY = 1
    RIDE_HAILING = 2
    PARCEL = 3


class RuleChangeKind(IntEnum):
    """Values equal those of quzhong.api.registry.v1.RuleChangeKind."""

    UNSPECIFIED = 0
    ADDED = 1
    REMOVED = 2
    CHANGED = 3


@dataclass(frozen=True, slots=True)
class RuleField:
    """One provision."""

    field_id: str
    title: LocalText
    value: float | str | bool | None
    unit: str
    """Of a number."""


@dataclass(frozen=True, slots=True)
class RuleDocument:
    """One version of a document. Moments in epoch milliseconds."""

    document_id: str
    version: int
    platform_id: str
    kind: RuleKind
    area_code: str
    service: Service
    title: LocalText
    fields: tuple[RuleField, ...]
    wording: str
    effective_ms: int
    create_ms: int
    """When it was declared, which published it."""
    consultation_id: str
    """Empty if the platform declared it by itself."""

    @property
    def notice_days(self) -> int:
        """Whole days between publication and effect; 0 of what held already when it was declared."""
        return max(0, (self.effective_ms - self.create_ms) // DAY_MS)


class Standing(Enum):
    """How a version stands at a moment."""

    IN_FORCE = "in_force"
    COMING = "coming"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class RuleHistory:
    """All versions of one document, the first one first, as they stand at a moment."""

    versions: tuple[RuleDocument, ...]
    in_force: RuleDocument | None
    coming: RuleDocument | None
    """The next one to take effect."""

    @property
    def shown(self) -> RuleDocument:
        """The version that stands for the document: the one in force, else the next, else the last."""
        return self.in_force or self.coming or self.versions[-1]

    def standing(self, version: RuleDocument) -> Standing:
        """How one of the versions stands."""
        if version == self.in_force:
            return Standing.IN_FORCE
        begins = (version.effective_ms, version.version)
        held = self.in_force
        if held is None or begins > (held.effective_ms, held.version):
            # Of equal moments the higher version holds, so what it overtakes never comes.
            later = (v for v in self.versions if v.effective_ms == version.effective_ms)
            return (
                Standing.COMING if max(v.version for v in later) == version.version else Standing.SUPERSEDED
            )
        return Standing.SUPERSEDED


def history(versions: Iterable[RuleDocument], now_ms: int) -> RuleHistory:
    """One document's versions. Of those whose time has come the latest holds; of equal times, the higher.

    Raises ValueError if there are none.
    """
    ordered = tuple(sorted(versions, key=lambda one: one.version))
    if not ordered:
        raise ValueError("a document has a version at least")
    begun = [one for one in ordered if one.effective_ms <= now_ms]
    ahead = [one for one in ordered if one.effective_ms > now_ms]
    return RuleHistory(
        ordered,
        max(begun, key=lambda one: (one.effective_ms, one.version), default=None),
        min(ahead, key=lambda one: (one.effective_ms, -one.version), default=None),
    )


def histories(documents: Sequence[RuleDocument], now_ms: int) -> list[RuleHistory]:
    """Versions of many documents, gathered by document, in the order of their ids."""
    gathered: dict[str, list[RuleDocument]] = {}
    for one in documents:
        gathered.setdefault(one.document_id, []).append(one)
    return [history(gathered[document_id], now_ms) for document_id in sorted(gathered)]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One provision that differs."""

    kind: RuleChangeKind
    before: RuleField | None
    after: RuleField | None

    @property
    def field(self) -> RuleField:
        """The provision, as it stands now or stood last."""
        field = self.after or self.before
        assert field is not None
        return field


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """What a version changed of an earlier one."""

    before: RuleDocument
    after: RuleDocument
    changes: tuple[RuleChange, ...]
    properties: tuple[str, ...]
    """Of title, wording, effective_time, consultation_id those that differ."""
    wording: tuple[str, ...]
    """Unified diff."""


class Line(Enum):
    """What a line of a difference in wording is."""

    ADDED = "added"
    REMOVED = "removed"
    SAME = "same"
    GAP = "gap"
    """Lines that did not change were left out here."""


_LINES = {"+": Line.ADDED, "-": Line.REMOVED, "@": Line.GAP}


def lines_of_difference(unified: Sequence[str]) -> list[tuple[Line, str]]:
    """The lines of a unified diff, each with what it is; the two lines that name the files are left out."""
    lines = [line for line in unified[2:] if line]
    return [(_LINES.get(line[0], Line.SAME), line[1:]) for line in lines]
