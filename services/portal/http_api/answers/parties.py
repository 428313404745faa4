"""What the registry has of parties: versions, responsibilities, credentials, admissions."""

from __future__ import annotations

from base64 import b64encode
from typing import Annotated

from pydantic import BeforeValidator, Field

from services.portal.core import admission, registered
from services.portal.http_api.answers.parts import WORD, Answer, Moment, Text
from services.portal.http_api.answers.registry import Party

AdmissionWord = Annotated[admission.AdmissionState, WORD]


class Licence(Answer):
    kind: Annotated[registered.LicenceKind, WORD]
    number: str
    expiry_date: str = Field(description="The last day, ISO 8601; empty: without end.")


class ResponsiblePerson(Answer):
    name: str
    title: str


class PartyProfile(Answer):
    """What is registered of a party beyond its name."""

    unified_social_credit_code: str
    licences: list[Licence]
    responsible_person: ResponsiblePerson | None = Field(description="Null where you may not see it.")
    agreement_clauses: list[Annotated[registered.AgreementClause, WORD]]
    unit_id: str


class RegisteredParty(Answer):
    party: Party
    profile: PartyProfile


class PartyVersion(Answer):
    """A party as it was registered from a moment on."""

    registered: RegisteredParty
    actor_id: str = Field(description="Empty: the registry itself.")
    create_time: Moment | None = Field(validation_alias="create_ms")
    note: str
    changed_fields: list[str]


class PartyVersionList(Answer):
    """The first one first."""

    versions: list[PartyVersion] = Field(validation_alias="items")
    next_page_token: str


class Responsibility(Answer):
    """A unit that the notice names as responsible, and for what."""

    unit_id: str
    name: Text
    articles: list[str]
    party_ids: list[str]


class ResponsibilityList(Answer):
    responsibilities: list[Responsibility] = Field(validation_alias="items")
    next_page_token: str


class Credential(Answer):
    """Without its secret."""

    credential_id: str
    party_id: str
    kind: Annotated[registered.CredentialKind, WORD]
    create_time: Moment | None = Field(validation_alias="create_ms")
    revoke_time: Moment | None = Field(validation_alias="revoke_ms", description="Null while it stands.")
    public_jwk: str = Field(description="Of a client key, as a JWK; empty otherwise.")


class CredentialList(Answer):
    credentials: list[Credential] = Field(validation_alias="items")
    next_page_token: str


class Admission(Answer):
    """How a platform stands, or stood, since a moment."""

    platform_id: str
    state: AdmissionWord
    basis: Annotated[admission.AdmissionBasis, WORD]
    create_time: Moment | None = Field(validation_alias="create_ms")
    actor_id: str
    reason: str
    version: int
    kit_version: str
    contract_version: str
    report_sha256: str
    report_key_id: str


class AdmissionList(Answer):
    admissions: list[Admission] = Field(validation_alias="items")
    next_page_token: str


def _base64(content: bytes | str) -> str:
    return b64encode(content).decode() if isinstance(content, bytes) else content


class AdmissionCourse(Answer):
    """How a platform stands, and how it came to this, the first one first."""

    admission: Admission
    report: Annotated[str, BeforeValidator(_base64)] = Field(
        description="That admitted it, base64; empty without one.",
        json_schema_extra={"contentEncoding": "base64"},
    )
    history: list[Admission]
