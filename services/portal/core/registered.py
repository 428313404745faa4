"""What the registry has of a party beyond its name, how that changed, and who answers for which article."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from services.portal.core.language import LocalText
from services.portal.core.listings import Party


class LicenceKind(IntEnum):
    """Values equal those of quzhong.api.registry.v1.LicenceKind."""

    UNSPECIFIED = 0
    BUSINESS = 1
    LABOUR_DISPATCH = 2
    HUMAN_RESOURCES_SERVICE = 3
    RIDE_HAILING = 4
    EXPRESS_DELIVERY = 5
    ROAD_TRANSPORT = 6
    OTHER = 7


class AgreementClause(IntEnum):
    """Values equal those of quzhong.api.registry.v1.AgreementClause."""

    UNSPECIFIED = 0
    EMPLOYMENT_FORM = 1
    WORKING_TIME = 2
    WORKPLACE = 3
    REQUIREMENTS = 4
    PAY = 5
    HOURS_STANDARD = 6
    MANAGEMENT_RULES = 7
    PROTECTION = 8
    SOCIAL_INSURANCE = 9


class CredentialKind(IntEnum):
    """Values equal those of quzhong.api.registry.v1.CredentialKind."""

    UNSPECIFIED = 0
    TOKEN = 1
    CLIENT_KEY = 2
    PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Licence:
    kind: LicenceKind
    number: str
    expiry_date: str
    """ISO 8601; empty: without end."""


@dataclass(frozen=True, slots=True)
class ResponsiblePerson:
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What is registered of a party beyond its name."""

    unified_social_credit_code: str
    licences: tuple[Licence, ...]
    responsible_person: ResponsiblePerson | None
    """None where it is not told to the reader."""
    agreement_clauses: tuple[AgreementClause, ...]
    unit_id: str


@dataclass(frozen=True, slots=True)
class Registered:
    party: Party
    profile: Profile


@dataclass(frozen=True, slots=True)
class PartyVersion:
    """A party as it was registered from a moment on."""

    registered: Registered
    actor_id: str
    """Empty: the registry itself."""
    create_ms: int | None
    note: str
    changed_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A unit that the notice names as responsible (责任单位), and for what."""

    unit_id: str
    name: LocalText
    articles: tuple[str, ...]
    party_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credential:
    """Without its secret."""

    credential_id: str
    party_id: str
    kind: CredentialKind
    create_ms: int | None
    revoke_ms: int | None
    public_jwk: str
    """Of a client key; empty otherwise."""
