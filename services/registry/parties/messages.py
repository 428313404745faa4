"""Parties as the contract says them: for answers, for the log, and for the store."""

from __future__ import annotations

from datetime import date

from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.core.parties import Party, Role
from services.registry.core.party_history import PartyVersion
from services.registry.core.profiles import (
    EMPTY_PROFILE,
    AgreementClause,
    GivenLicence,
    GivenProfile,
    Licence,
    LicenceKind,
    Profile,
    ResponsiblePerson,
)


def party_message(party: Party) -> pb.Party:
    """A party, whole; whoever answers it has cut it to what the caller may know."""
    message = pb.Party(
        party_id=party.party_id,
        role=pb.Role.ValueType(party.role),
        name=LocalText(zh=party.name_zh, en=party.name_en),
        area_codes=party.area_codes,
        platform_ids=party.platform_ids,
        department_id=party.department_id,
        version=party.version,
    )
    message.create_time.FromMilliseconds(party.create_ms)
    if party.profile != EMPTY_PROFILE:
        message.profile.CopyFrom(_profile_message(party.profile))
    return message


def published_party_message(party: Party) -> pb.Party:
    """A party as topic ``registry`` holds it: no service needs to know who answers for a firm."""
    message = party_message(party)
    message.profile.ClearField("responsible_person")
    if party.profile == EMPTY_PROFILE:
        message.ClearField("profile")
    return message


def party_version_message(version: PartyVersion) -> pb.PartyVersion:
    """One version of a party."""
    message = pb.PartyVersion(
        party=party_message(version.party),
        actor_id=version.actor_id,
        note=version.note,
        changed_fields=version.changed,
    )
    message.create_time.FromMilliseconds(version.create_ms)
    return message


def party_version_of(content: bytes) -> PartyVersion:
    """What the store holds of one version."""
    message = pb.PartyVersion.FromString(content)
    return PartyVersion(
        _party_of(message.party),
        message.actor_id,
        message.create_time.ToMilliseconds(),
        message.note,
        tuple(message.changed_fields),
    )


def party_of_version(content: bytes) -> Party:
    """The party of ``party_version_of``."""
    return _party_of(pb.PartyVersion.FromString(content).party)


def given_profile(profile: pb.PartyProfile) -> GivenProfile:
    """A profile as a caller wrote it."""
    return GivenProfile(
        credit_code=profile.unified_social_credit_code,
        licences=[GivenLicence(one.kind, one.number, one.expiry_date) for one in profile.licences],
        person_name=profile.responsible_person.name,
        person_title=profile.responsible_person.title,
        agreement_clauses=profile.agreement_clauses,
        unit_id=profile.unit_id,
    )


def _profile_message(profile: Profile) -> pb.PartyProfile:
    message = pb.PartyProfile(
        unified_social_credit_code=profile.credit_code,
        licences=[
            pb.Licence(
                kind=pb.LicenceKind.ValueType(one.kind),
                number=one.number,
                expiry_date=one.expiry.isoformat() if one.expiry else "",
            )
            for one in profile.licences
        ],
        agreement_clauses=[pb.AgreementClause.ValueType(one) for one in profile.agreement_clauses],
        unit_id=profile.unit_id,
    )
    if profile.responsible_person is not None:
        message.responsible_person.name = profile.responsible_person.name
        message.responsible_person.title = profile.responsible_person.title
    return message


def _party_of(message: pb.Party) -> Party:
    profile = message.profile
    person = profile.responsible_person
    return Party(
        party_id=message.party_id,
        role=Role(message.role),
        name_zh=message.name.zh,
        name_en=message.name.en,
        area_codes=tuple(message.area_codes),
        create_ms=message.create_time.ToMilliseconds(),
        platform_ids=tuple(message.platform_ids),
        department_id=message.department_id,
        version=message.version,
        profile=Profile(
            credit_code=profile.unified_social_credit_code,
            licences=tuple(
                Licence(
                    LicenceKind(one.kind),
                    one.number,
                    date.fromisoformat(one.expiry_date) if one.expiry_date else None,
                )
                for one in profile.licences
            ),
            responsible_person=ResponsiblePerson(person.name, person.title)
            if profile.HasField("responsible_person")
            else None,
            agreement_clauses=tuple(AgreementClause(one) for one in profile.agreement_clauses),
            unit_id=profile.unit_id,
        ),
    )
