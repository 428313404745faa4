"""Who is admitted to live intake, by what, and who may read it."""

from __future__ import annotations

from collections.abc import Sequence

from kit.clock import Clock
from kit.errors import PermissionDeniedError
from kit.requests import check_request_id
from services.registry.admission.ports import ReportReader
from services.registry.core.admission import (
    Admission,
    admitted_by_override,
    admitted_by_report,
    check_reason,
    check_report,
    grandfathered,
    may_override,
)
from services.registry.core.pages import Page, page_of
from services.registry.core.parties import Party, Role
from services.registry.core.sight import Viewer, sees_party, sees_person
from services.registry.mutations import once, require_published
from services.registry.ports import Publication, RegistryStore, Request, Transaction, View
from services.registry.refusals import field_errors, unknown_party


class Admissions:
    """The use cases of ``AdmissionService``."""

    def __init__(
        self, store: RegistryStore, publication: Publication, reports: ReportReader, clock: Clock
    ) -> None:
        self._store = store
        self._publication = publication
        self._reports = reports
        self._clock = clock

    def submit_report(self, request: Request, viewer: Viewer, platform_id: str, content: bytes) -> Admission:
        """Admit a platform by its report.

        Raises:
            InvalidArgumentError: REPORT_…, for one that is not whole, not signed by a trusted key, not this
                platform's, not of its own integration, not passing, or too old.
            NotFoundError: PARTY_UNKNOWN, of who is no platform too.
            AlreadyExistsError: REQUEST_ID_REUSED.
            LogUnavailableError: (retryable) it is kept, but the other services cannot be told yet.
        """
        check_request_id(request.request_id)
        now_ms = self._clock()
        with field_errors():
            report = self._reports(content)
        with self._store.write() as transaction:

            def admit() -> str:
                platform = _platform(transaction, viewer, platform_id)
                with field_errors():
                    check_report(report, platform_id, now_ms)
                before = _versions(transaction, platform)[-1]
                after = admitted_by_report(before, report, request.party_id, now_ms)
                return _put(transaction, before, after)

            admission = _of_key(transaction, once(transaction, request, admit, now_ms)[0])
        require_published(self._publication)
        return admission

    def admit(self, request: Request, viewer: Viewer, platform_id: str, reason: str) -> Admission:
        """Admit a platform by decision; one that is admitted already stays so, on the ground it has.

        Raises:
            InvalidArgumentError: REASON_LENGTH.
            NotFoundError: PARTY_UNKNOWN, also for a platform the viewer does not see.
            PermissionDeniedError: PLATFORM_NOT_YOURS.
            AlreadyExistsError: REQUEST_ID_REUSED.
            LogUnavailableError: (retryable) it is kept, but the other services cannot be told yet.
        """
        check_request_id(request.request_id)
        with field_errors():
            reason = check_reason(reason)
        now_ms = self._clock()
        with self._store.write() as transaction:

            def decide() -> str:
                platform = _platform(transaction, viewer, platform_id)
                if not may_override(viewer, platform):
                    raise PermissionDeniedError(
                        f"platform_id: {platform_id!r} works outside the areas of {viewer.party_id!r}; an "
                        "official of its areas decides",
                        zh=f"platform_id：{platform_id!r} 不在 {viewer.party_id!r} 的管辖地区；"
                        "请由其经营地区的工作人员决定",
                        field="platform_id",
                        reason="PLATFORM_NOT_YOURS",
                    )
                before = _versions(transaction, platform)[-1]
                after = admitted_by_override(before, reason, request.party_id, now_ms)
                return _put(transaction, before, after)

            admission = _of_key(transaction, once(transaction, request, decide, now_ms)[0])
        require_published(self._publication)
        return admission

    def admission(self, viewer: Viewer, platform_id: str) -> tuple[Admission, Sequence[Admission], bytes]:
        """How a platform stands, how it came to this, and the report: to itself and its supervisors.

        Raises:
            NotFoundError: PARTY_UNKNOWN.
        """
        with self._store.read() as view:
            platform = _platform(view, viewer, platform_id)
            versions = _versions(view, platform)
        reports = [one.report for one in versions if one.report]
        told = viewer.role == Role.AUDITOR or sees_person(viewer, platform)
        return versions[-1], versions, reports[-1] if reports and told else b""

    def admissions(self, viewer: Viewer, state: int, page: Page) -> tuple[Sequence[Admission], str]:
        """How the platforms stand that the viewer sees, and the next page's token.

        Raises:
            InvalidArgumentError: for a page that makes no sense.
        """
        with self._store.read() as view:
            seen = [one for one in view.parties() if one.role is Role.PLATFORM and sees_party(viewer, one)]
            last: dict[str, Admission] = {}
            for one in view.admissions(""):
                if one.platform_id not in last or one.version > last[one.platform_id].version:
                    last[one.platform_id] = one
        standing = [last.get(one.party_id) or grandfathered(one) for one in seen]
        wanted = [one for one in standing if state in (0, one.state)]
        with field_errors():
            return page_of(wanted, lambda one: one.platform_id, page.size, page.token)


def _platform(view: View, viewer: Viewer, platform_id: str) -> Party:
    platform = view.party(platform_id)
    if platform is None or platform.role is not Role.PLATFORM or not sees_party(viewer, platform):
        raise unknown_party(platform_id)
    return platform


def _versions(view: View, platform: Party) -> list[Admission]:
    known = sorted(view.admissions(platform.party_id), key=lambda one: one.version)
    return known or [grandfathered(platform)]


def _put(transaction: Transaction, before: Admission, after: Admission) -> str:
    if after is not before:
        transaction.put_admission(after)
    return f"{after.platform_id}/v{after.version}"


def _of_key(view: View, key: str) -> Admission:
    platform_id, _, version = key.rpartition("/v")
    platform = view.party(platform_id)
    assert platform is not None  # a request was answered with it
    return next(one for one in _versions(view, platform) if one.version == int(version))
