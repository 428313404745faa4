"""Who is admitted, and how what is registered of them changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kit.clock import Clock
from kit.errors import (
    AlreadyExistsError,
    ConflictError,
    PermissionDeniedError,
)
from kit.requests import check_request_id
from services.registry.core.admission import first_admission
from services.registry.core.areas import Areas
from services.registry.core.parties import (
    Party,
    Role,
    check_completeness,
    check_party_id,
    check_supervisor_role,
    checked_area_codes,
    checked_names,
    checked_platform_ids,
)
from services.registry.core.party_history import (
    PartyVersion,
    amended,
    changed_paths,
    check_note,
    check_paths,
    may_amend,
)
from services.registry.core.profiles import NO_PROFILE, GivenProfile, Profile, checked_profile
from services.registry.core.responsibilities import Responsibilities
from services.registry.core.sight import Viewer
from services.registry.identity.credentials import Credentials, Issued
from services.registry.mutations import once, require_published
from services.registry.parties.credit_codes import checked_credit_code
from services.registry.parties.reading import seen_party
from services.registry.parties.relations import (
    check_credit_code,
    check_officials,
    check_relations,
    department_of,
)
from services.registry.ports import Publication, RegistryStore, Request, Transaction
from services.registry.refusals import field_errors


@dataclass(frozen=True, slots=True)
class NewParty:
    """A party as it is described by whoever registers or amends it."""

    party_id: str
    role: int
    name_zh: str
    name_en: str
    area_codes: Sequence[str]
    platform_ids: Sequence[str] = ()
    department_id: str = ""
    profile: GivenProfile = NO_PROFILE


class Registration:
    """The use cases that admit and amend parties."""

    def __init__(
        self,
        store: RegistryStore,
        publication: Publication,
        credentials: Credentials,
        areas: Areas,
        responsibilities: Responsibilities,
        clock: Clock,
        *,
        asks_for_conformance: bool = False,
    ) -> None:
        """``asks_for_conformance``: whether platforms begin in the sandbox."""
        self._asks_for_conformance = asks_for_conformance
        self._store = store
        self._publication = publication
        self._credentials = credentials
        self._areas = areas
        self._responsibilities = responsibilities
        self._clock = clock

    def register_platform(self, request: Request, new: NewParty) -> Issued:
        """Admit a platform, with its first credential.

        Raises:
            InvalidArgumentError: for a field that makes no sense.
            AlreadyExistsError: PARTY_EXISTS, CREDIT_CODE_TAKEN or REQUEST_ID_REUSED.
        """
        check_request_id(request.request_id)
        return self._register(request, "platform_id", new)

    def register_partner_firm(self, request: Request, new: NewParty) -> Issued:
        """Admit a partner firm, with its first credential. Raises as ``register_platform``, and

        Raises:
            NotFoundError: PLATFORM_UNKNOWN.
        """
        check_request_id(request.request_id)
        return self._register(request, "party_id", new)

    def register_supervisor(self, request: Request, new: NewParty) -> Issued:
        """Admit a regulator, union, official, auditor or association. Raises as ``register_platform``, and

        Raises:
            NotFoundError: PLATFORM_UNKNOWN, of a union's remit; DEPARTMENT_UNKNOWN, of an official.
        """
        check_request_id(request.request_id)
        with field_errors():
            check_supervisor_role(new.role)
        return self._register(request, "party_id", new)

    def amend(
        self,
        request: Request,
        viewer: Viewer,
        expected_version: int,
        new: NewParty,
        paths: Sequence[str],
        note: str,
    ) -> Party:
        """Change what is registered of a party, at the paths named; nothing changed makes no version.

        Raises:
            InvalidArgumentError: for a field that makes no sense; AREA_OF_OFFICIALS, of a department.
            NotFoundError: PARTY_UNKNOWN, also for a party the viewer does not see; PLATFORM_UNKNOWN.
            PermissionDeniedError: FIELD_NOT_YOURS.
            ConflictError: VERSION_CONFLICT.
            AlreadyExistsError: REQUEST_ID_REUSED, CREDIT_CODE_TAKEN.
            LogUnavailableError: (retryable) it is kept, but the other services cannot be told yet.
        """
        check_request_id(request.request_id)
        with field_errors():
            check_paths(paths)
            note = check_note(note)
        now_ms = self._clock()
        with self._store.write() as transaction:

            def change() -> str:
                before = seen_party(transaction, viewer, new.party_id)
                own = viewer.party_id == before.party_id
                if not may_amend(viewer.role, own, paths):
                    raise _not_yours(viewer, before.party_id, paths)
                if expected_version != before.version:
                    raise _conflict(before, expected_version)
                after = amended(before, self._described(before, new, paths), paths)
                with field_errors():
                    check_completeness(after)
                check_relations(transaction, after)
                check_officials(transaction, after)
                if after.profile.credit_code != before.profile.credit_code:
                    check_credit_code(transaction, after, names_holder=viewer.role == Role.ADMINISTRATOR)
                if after is not before:
                    changed = changed_paths(before, after)
                    transaction.put_party(PartyVersion(after, request.party_id, now_ms, note, changed))
                return f"{after.party_id}/v{after.version}"

            key, _ = once(transaction, request, change, now_ms)
            versions = transaction.party_versions(new.party_id)
        require_published(self._publication)
        wanted = int(key.rpartition("/v")[2])
        return next(one.party for one in versions if one.party.version == wanted)

    def _checked(self, id_field: str, new: NewParty) -> Party:
        check_party_id(id_field, new.party_id)
        role = Role(new.role)
        name_zh, name_en = checked_names(new.name_zh, new.name_en)
        # An auditor audits the suite, wherever it is; an official may go by the department's areas.
        anywhere = role in (Role.AUDITOR, Role.OFFICIAL) and not new.area_codes
        area_codes = () if anywhere else checked_area_codes(new.area_codes, self._areas)
        platform_ids = checked_platform_ids(role, new.platform_ids)
        if new.department_id:
            check_party_id("department_id", new.department_id)
        party = Party(
            new.party_id,
            role,
            name_zh,
            name_en,
            area_codes,
            self._clock(),
            platform_ids,
            new.department_id,
            profile=self._profile(new),
        )
        check_completeness(party)
        return party

    def _profile(self, new: NewParty) -> Profile:
        return checked_profile(
            new.profile, check_credit_code=checked_credit_code, unit_ids=self._responsibilities.unit_ids
        )

    def _described(self, before: Party, new: NewParty, paths: Sequence[str]) -> Party:
        """What is new of a party, checked, with what stands where nothing new is named."""
        described = before
        with field_errors():
            for path in paths:
                match path:
                    case "name":
                        name_zh, name_en = checked_names(new.name_zh, new.name_en)
                        described = replace(described, name_zh=name_zh, name_en=name_en)
                    case "area_codes":
                        codes = checked_area_codes(new.area_codes, self._areas)
                        described = replace(described, area_codes=codes)
                    case "platform_ids":
                        platform_ids = checked_platform_ids(before.role, new.platform_ids)
                        described = replace(described, platform_ids=platform_ids)
                    case "department_id":
                        described = replace(described, department_id=new.department_id)
            return replace(described, profile=self._profile(new))

    def _register(self, request: Request, field: str, new: NewParty) -> Issued:
        with field_errors():
            party = self._checked(field, new)

        def admit(transaction: Transaction) -> Party:
            if transaction.party(party.party_id) is not None:
                raise AlreadyExistsError(
                    f"{field}: {party.party_id!r} is registered; choose another id, or IssueCredential",
                    zh=f"{field}：{party.party_id!r} 已登记；请换一个编号，或用 IssueCredential 申领令牌",
                    field=field,
                    reason="PARTY_EXISTS",
                )
            whole = party
            if party.role is Role.OFFICIAL and not party.area_codes:
                whole = replace(party, area_codes=department_of(transaction, party).area_codes)
            check_relations(transaction, whole)
            check_credit_code(transaction, whole, names_holder=True)  # only administrators admit
            transaction.put_party(PartyVersion(whole, request.party_id, whole.create_ms))
            if whole.role is Role.PLATFORM:  # before its credential, so that nobody calls as it meanwhile
                transaction.put_admission(
                    first_admission(
                        whole.party_id, self._asks_for_conformance, request.party_id, whole.create_ms
                    )
                )
            return whole

        return self._credentials.issue(request, admit)


def _not_yours(viewer: Viewer, party_id: str, paths: Sequence[str]) -> PermissionDeniedError:
    return PermissionDeniedError(
        f"update_mask: {viewer.party_id!r} may amend its own licences, responsible person and agreement "
        f"clauses, not {', '.join(paths)} of {party_id!r}; ask the administrator",
        zh=f"update_mask：{viewer.party_id!r} 只能变更本单位的许可证、负责人和协议内容，不能变更 "
        f"{party_id!r} 的 {'、'.join(paths)}；请联系管理员",
        field="update_mask",
        reason="FIELD_NOT_YOURS",
    )


def _conflict(party: Party, expected: int) -> ConflictError:
    return ConflictError(
        f"expected_version: {party.party_id!r} stands at version {party.version}, not {expected}; read it "
        "again, then amend",
        zh=f"expected_version：{party.party_id!r} 当前为第 {party.version} 版，而非第 {expected} 版；"
        "请重新读取后再变更",
        field="expected_version",
        reason="VERSION_CONFLICT",
    )
