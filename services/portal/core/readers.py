"""Who reads, and which pages are for whom: what the menu shows, and where ``/`` leads.

A menu gives no rights: a page that is not in somebody's may still be his to open, and one that is has its
services decide anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from services.portal.core.language import LocalText


class Role(IntEnum):
    """Values equal those of quzhong.api.registry.v1.Role."""

    UNSPECIFIED = 0
    PLATFORM = 1
    REGULATOR = 2
    UNION = 3
    ADMINISTRATOR = 4
    SERVICE = 5
    PARTNER_FIRM = 6
    OFFICIAL = 7
    AUDITOR = 8
    ASSOCIATION = 9
    WORKER = 10


@dataclass(frozen=True, slots=True)
class Profile:
    """What the registry says of a reader."""

    role: Role
    party_id: str
    name: LocalText
    area_codes: tuple[str, ...] = ()
    platform_ids: tuple[str, ...] = ()
    """A partner firm: the platforms it works for. A union: those of its remit; empty: all."""
    person_name: str = ""
    """Of a local account, if it was told whose it is."""
    may_approve: bool = False
    expire_ms: int | None = None
    """Epoch milliseconds; None: what the reader showed holds until it is revoked."""


class Entry(NamedTuple):
    """One entry of the menu."""

    address: str
    text: str
    """The key of its word."""


HOME = "/"
"""Leads everybody to the first entry of his menu."""
FEED = "/feed"

_FEED = Entry(FEED, "nav.feed")
_CASES = Entry("/cases", "nav.cases")
_AGENDA = Entry("/agenda", "nav.agenda")
_AREAS = Entry("/areas", "nav.areas")
_PLATFORMS = Entry("/platforms", "nav.platforms")
_PERIODS = Entry("/period-reports", "nav.periods")
_AUDIT = Entry("/audit", "nav.audit")
_RULES = Entry("/rules", "nav.rules")
_REPORTS = Entry("/reports", "nav.reports")
_THRESHOLDS = Entry("/thresholds", "nav.thresholds")
_CONSULTATIONS = Entry("/consultations", "nav.consultations")
_APPEALS = Entry("/appeals", "nav.appeals")
_STANDING = Entry("/standing", "nav.standing")
_RECORD = Entry("/record", "nav.record")
_ADVISORIES = Entry("/advisories", "nav.advisories")
_INTEGRATION = Entry("/integration", "nav.integration")
_SANDBOX = Entry("/sandbox", "nav.sandbox")
_WORKER_CODES = Entry("/worker-codes", "nav.worker_codes")
_ACCOUNTS = Entry("/accounts", "nav.accounts")

_SUPERVISION = (
    _FEED,
    _CASES,
    _AGENDA,
    _AREAS,
    _PLATFORMS,
    _REPORTS,
    _RULES,
    _AUDIT,
    _CONSULTATIONS,
    _PERIODS,
)

_MENUS: dict[Role, tuple[Entry, ...]] = {
    Role.REGULATOR: _SUPERVISION,
    Role.OFFICIAL: _SUPERVISION,
    Role.SERVICE: _SUPERVISION,
    Role.AUDITOR: (*_SUPERVISION, _ACCOUNTS),
    Role.ADMINISTRATOR: (_ACCOUNTS, *_SUPERVISION),
    Role.UNION: (
        _THRESHOLDS,
        _CONSULTATIONS,
        _APPEALS,
        _AUDIT,
        _RULES,
        _CASES,
        _FEED,
        _PERIODS,
        _WORKER_CODES,
    ),
    Role.ASSOCIATION: (_THRESHOLDS, _AUDIT, _RULES, _CASES, _FEED, _PERIODS),
    Role.WORKER: (_RECORD,),
    Role.PLATFORM: (
        _STANDING,
        _ADVISORIES,
        _CASES,
        _AGENDA,
        _REPORTS,
        _THRESHOLDS,
        _CONSULTATIONS,
        _APPEALS,
        _RULES,
        _FEED,
        _INTEGRATION,
        _SANDBOX,
        _WORKER_CODES,
    ),
    Role.PARTNER_FIRM: (_REPORTS, _RULES, _CASES, _FEED),
}
"""What somebody came for stands first."""


def menu(profile: Profile | None) -> tuple[Entry, ...]:
    """The reader's menu; of one nobody can tell anything of now, what is most people's."""
    return _MENUS.get(profile.role, _SUPERVISION) if profile else _SUPERVISION


def first_page(profile: Profile | None) -> str:
    """Where ``/`` leads."""
    return menu(profile)[0].address


def may_act(profile: Profile | None) -> bool:
    """Whether the reader is somebody who takes steps in cases: a department or an official of one."""
    return profile is not None and profile.role in (Role.REGULATOR, Role.OFFICIAL)


def may_answer(profile: Profile | None, platform_id: str) -> bool:
    """Whether the reader is the platform a case is about."""
    return profile is not None and profile.role is Role.PLATFORM and profile.party_id == platform_id
