"""Every role asks for its own things, for foreign ones and for what does not exist.

Own is answered. Foreign is answered as what does not exist is, word for word: nobody learns by asking what
there is beyond their sight.
"""

from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from kit.security.caller import EVERYWHERE, Role
from kit.security.permissions import PERMISSIONS
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.notify.v1 import notify_pb2
from tests.integration.authorisation.asks import AUDIT, READS, WATCHES, WRITES, Ask
from tests.integration.authorisation.conftest import LUBEI, City, Things
from tests.support.suite import Party

AGGREGATES = [Role.UNION, Role.PARTNER_FIRM, Role.ASSOCIATION]


MAY_BE_EMPTY = {"ListAlerts"}
"""Where there is nothing even of one's own: to those who see aggregates, no alert about a worker."""

SUPPRESSED = {"GetWhatIf", "GetFrontier"}
"""A city as small as this one has too few orders for them, and says so of one's own only."""

ELSEWHERE_TOO = {"CreateWebhook", "CreateSubscription"}
"""Whose answer says nothing of what exists: a regulator may wait for alerts of a platform still to come."""

BOUND_TO_PLATFORMS = (Role.PLATFORM, Role.PARTNER_FIRM)
"""To whom any platform but their own is foreign, there or not."""


OF_ONE_S_OWN = {"SaveReport", "ValidateReport"}
"""What names only what the caller itself owes: whatever else is named is a field's mistake."""

ANSWERED = (
    grpc.StatusCode.OK,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.ALREADY_EXISTS,
    grpc.StatusCode.FAILED_PRECONDITION,
    grpc.StatusCode.ABORTED,
)
"""A call on one's own that was judged by what it asks for, e.g. an empty batch."""


class Outcome(NamedTuple):
    """What a caller can tell one answer from another by."""

    code: grpc.StatusCode
    reason: str = ""
    field: str = ""
    message: str = ""
    zh: str = ""
    items: int | None = None


def outcome(party: Party, ask: Ask, of: Things) -> Outcome:
    try:
        answer = getattr(getattr(party, ask.service), ask.method)(ask.request(of))
    except grpc.RpcError as error:
        return _refused(error, of)
    return Outcome(grpc.StatusCode.OK, items=None if ask.listed is None else ask.listed(answer))


def _refused(error: grpc.RpcError, of: Things) -> Outcome:
    status = rpc_status.from_call(error)
    if status is None:
        raise error
    info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    localized = error_details_pb2.LocalizedMessage()
    for detail in status.details:
        for kind in (info, bad, localized):
            detail.Unpack(kind)
    fields = ",".join(violation.field for violation in bad.field_violations)
    said = _masked(status.message, of), _masked(localized.message, of)
    return Outcome(error.code(), info.reason, fields, *said)


def _masked(text: str, of: Things) -> str:
    """The text without what the caller sent, whose echo tells nothing new, and without its own area, which a
    rival has too."""
    # The longest first: ids hold other ids.
    for value in sorted(filter(None, (*dataclasses.astuple(of), LUBEI)), key=len, reverse=True):
        text = text.replace(value, "…")
    return text


def _allowed(asks: tuple[Ask, ...]) -> list[Any]:
    return [
        pytest.param(role, ask, id=f"{role.name.lower()}-{ask}")
        for ask in asks
        for role in Role
        if role in PERMISSIONS[ask.path]
    ]


@pytest.mark.parametrize(("role", "ask"), _allowed(READS))
def test_own_is_answered_and_foreign_as_if_it_did_not_exist(city: City, role: Role, ask: Ask) -> None:
    party = city.as_(role)
    asked = (city.own_of(role), city.foreign, city.missing)
    own, foreign, missing = (outcome(party, ask, of) for of in asked)
    if ask.method in SUPPRESSED:
        assert own.reason in ("", "COHORT_SUPPRESSED", "COHORT_NOT_FOUND")
    else:
        assert own.code is grpc.StatusCode.OK
        assert own.items != 0 or ask.method in MAY_BE_EMPTY
    if role in EVERYWHERE:
        assert foreign == own
    else:
        assert foreign == missing
        assert foreign.items in (None, 0)
        assert foreign.code in (
            grpc.StatusCode.OK,
            grpc.StatusCode.NOT_FOUND,
            grpc.StatusCode.PERMISSION_DENIED,
        )
        assert foreign.items == 0 or foreign.code is not grpc.StatusCode.OK


@pytest.mark.parametrize(("role", "ask"), _allowed(WRITES))
def test_nobody_acts_on_what_is_foreign(city: City, role: Role, ask: Ask) -> None:
    party = city.as_(role)
    asked = (city.own_of(role), city.foreign, city.missing)
    own, foreign, missing = (outcome(party, ask, of) for of in asked)
    assert own.code in ANSWERED, own
    if role in EVERYWHERE or (ask.method in ELSEWHERE_TOO and role not in BOUND_TO_PLATFORMS):
        assert foreign == own
    else:
        assert foreign == missing
        if ask.method in OF_ONE_S_OWN:
            assert foreign.reason == "NOT_OWED"
        else:
            assert foreign.code in (grpc.StatusCode.NOT_FOUND, grpc.StatusCode.PERMISSION_DENIED)


def watched(party: Party, ask: Ask, of: Things) -> Outcome:
    """How a watch of a quarter of a second ends, and how much it told."""
    told = 0
    try:
        for _ in getattr(getattr(party, ask.service), ask.method)(ask.request(of), timeout=0.25):
            told += 1
    except grpc.RpcError as error:
        if error.code() is grpc.StatusCode.DEADLINE_EXCEEDED:
            return Outcome(error.code(), items=told)
        return _refused(error, of)
    raise AssertionError("a watch does not end by itself")


@pytest.mark.parametrize(("role", "ask"), _allowed(WATCHES))
def test_a_watch_of_what_is_foreign_tells_nothing(city: City, role: Role, ask: Ask) -> None:
    party = city.as_(role)
    own, foreign, missing = (watched(party, ask, of) for of in (city.own, city.foreign, city.missing))
    assert own.code is grpc.StatusCode.DEADLINE_EXCEEDED
    assert own.items != 0 or role in AGGREGATES
    if role in EVERYWHERE:
        # How much came in so short a time is no matter.
        assert foreign.code is own.code
        assert bool(foreign.items) == bool(own.items)
    else:
        assert foreign == missing
        assert foreign.items in (None, 0)


BY_AREA = {"GetAudit", "GetWhatIf", "GetFrontier", "RunAudit", "StartAudit"}
"""An audit is of an area, and of the same area for all who work there; its rows are cut to one's own."""
BY_WHO_FILED = {"GetAppeal"}
"""A union sees the appeals that it filed itself, and of the others their counts in a pack."""


def _of_a_platform(asks: tuple[Ask, ...]) -> list[Any]:
    return [
        pytest.param(role, ask, id=f"{role.name.lower()}-{ask}")
        for ask in asks
        for role in (Role.PLATFORM, Role.PARTNER_FIRM)
        if role in PERMISSIONS[ask.path] and ask.method not in BY_AREA
    ]


@pytest.mark.parametrize(("role", "ask"), _of_a_platform(READS + WRITES))
def test_a_rival_in_the_same_area_is_foreign_to_a_platform_and_its_firms(
    city: City, role: Role, ask: Ask
) -> None:
    seen = outcome(city.as_(role), ask, city.rival)
    assert seen == outcome(city.as_(role), ask, city.missing)
    assert seen.items == 0 or seen.code is not grpc.StatusCode.OK


@pytest.mark.parametrize(
    "ask",
    [
        ask
        for ask in READS
        if Role.UNION in PERMISSIONS[ask.path] and ask.method not in BY_AREA | BY_WHO_FILED
    ],
    ids=str,
)
def test_platforms_beyond_its_remit_are_foreign_to_a_union(city: City, ask: Ask) -> None:
    own, rival, missing = (outcome(city.remit_union, ask, of) for of in (city.own, city.rival, city.missing))
    assert own.code is grpc.StatusCode.OK
    assert rival == missing
    assert rival.items == 0 or rival.code is not grpc.StatusCode.OK


@pytest.mark.parametrize("role", [Role.PLATFORM, Role.PARTNER_FIRM], ids=lambda role: role.name.lower())
def test_the_rows_of_an_audit_are_cut_to_one_s_own(city: City, role: Role) -> None:
    def platforms(party: Party) -> set[str]:
        request = algo_audit_pb2.GetAuditRequest(audit_id=city.rival.audit_id)
        return {row.platform_id for row in party.algo_audit.GetAudit(request).audit.cohorts}

    assert platforms(city.as_(Role.REGULATOR)) == {"swift", "rapid"}
    assert platforms(city.as_(role)) == {"swift"}


def _baselines(without: str = "") -> Ask:
    return Ask(
        "algo_audit",
        AUDIT,
        "ListBaselines",
        lambda of: algo_audit_pb2.ListBaselinesRequest(area_code=of.area_code, exclude_platform_id=without),
    )


@pytest.mark.parametrize(
    "role",
    [role for role in Role if role in PERMISSIONS[_baselines().path]],
    ids=lambda role: role.name.lower(),
)
def test_baselines_are_of_areas_and_without_platforms_that_are_not_foreign(city: City, role: Role) -> None:
    party, of = city.as_(role), (city.own, city.foreign, city.missing)
    own, foreign, missing = (outcome(party, _baselines(), each) for each in of)
    assert own.reason == "NO_DAYS_CLOSED"  # the city is a day old
    if role in EVERYWHERE:
        assert foreign == own
    else:
        assert foreign == missing
        assert foreign.reason == "FOREIGN_AREA"
    without = [outcome(party, _baselines(name), city.own) for name in ("swift", "rapid", "ghost")]
    assert without[0] == own
    if role in (Role.PLATFORM, Role.PARTNER_FIRM):
        assert {each.code for each in without[1:]} == {grpc.StatusCode.PERMISSION_DENIED}
        assert without[1].message.replace("rapid", "…") == without[2].message.replace("ghost", "…")
    else:
        assert without[1] == without[2] == own


@pytest.mark.parametrize("role", AGGREGATES, ids=lambda role: role.name.lower())
def test_who_sees_aggregates_is_told_of_no_single_worker(city: City, role: Role) -> None:
    party = city.as_(role)
    case = party.notify.GetCase(notify_pb2.GetCaseRequest(case_id=city.own.case_id))
    alerts = party.notify.ListAlerts(notify_pb2.ListAlertsRequest())
    for answer in (case, alerts):
        assert city.own.worker_id not in str(answer)
        assert city.own.finding_id not in str(answer)
    assert case.case.suppressed
    assert city.own.worker_id in str(
        city.as_(Role.OFFICIAL).notify.GetCase(notify_pb2.GetCaseRequest(case_id=city.own.case_id))
    )


NOTHING_FOREIGN = {
    "RegistryService": {
        # The administrator's alone, to whom nothing is foreign.
        "RegisterPlatform", "RegisterPartnerFirm", "RegisterSupervisor", "IssueCredential",
        "RegisterClientKey",
        # Of the caller alone.
        "WhoAmI",
        # The same for all.
        "ListAreas", "ListResponsibilities",
    },
    # The administrator's and the auditor's, to whom nothing is foreign.
    "AccountService": {"RegisterAccount", "ResetAccount", "DisableAccount", "AmendAccount", "ListAccounts"},
    "AlgoAuditService": {"ListMetrics"},
    # Absences are no secret among those who supervise.
    "CaseworkService": {"SetAbsence", "ListAbsences"},
    # Of a pseudonym the registry knows nothing: what a code opens is asked where it is read.
    "WorkerCodeService": {"IssueWorkerCode", "ListWorkerCodes"},
    "ErasureService": {"EraseWorker"},
    "PseudonymService": {"EvaluatePseudonyms", "GetPseudonymKeys", "LinkPseudonyms", "UnlinkPseudonyms"},
}  # fmt: skip
"""RPCs that name nothing of anybody's."""

ASKED_ELSEWHERE = {
    # Of a credential that nobody needs any more: test_listing_credentials.
    "RegistryService": {"RevokeCredential"},
    # Beside what they need: months of orders, whole courses of operations.
    "IntakeService": {"UploadWorkSessions", "UploadDispatches"},
    "NotifyService": {"ListWebhookDeliveries"},
    # Of platforms that are in the sandbox (tests/integration/registry/test_admission_over_grpc.py).
    "AdmissionService": {"SubmitConformanceReport", "AdmitPlatform", "GetAdmission", "ListAdmissions"},
    # Subscriptions and receipts are their party's, whatever they are about.
    "DeliveryService": {
        "ListSubscriptions", "UpdateSubscription", "DeleteSubscription", "RotateSubscriptionSecret",
        "ListDeliveries", "Redeliver",
    },
    "AlgoAuditService": {"ListAudits", "WatchAudits"},
    "Operations": {
        "GetOperation", "ListOperations", "WaitOperation", "CancelOperation", "DeleteOperation",
    },
    "ConsultationService": {"ListDuties"},
    # Of a case that has gone up the ladder: letters, replies, files, appeals, deadlines.
    "CaseworkService": {
        "ReplyToNotice", "GetAttachment", "GetNoticeDocument", "AppealFinding", "DecideFindingAppeal",
        "ListAgenda",
    },
    # Of a month that is over, with figures enough to tell and to withhold.
    "PeriodReportService": {
        "GetAreaFigures", "GetPeriodReport", "RenderPeriodReport", "ListGoodConduct", "CommendPlatform",
    },
}  # fmt: skip
"""RPCs whose foreign data the tests of their service ask for."""


def test_every_rpc_is_asked_or_has_its_reason() -> None:
    left = set()
    for path in PERMISSIONS:
        service, method = path.rpartition("/")[0].rpartition(".")[2], path.rpartition("/")[2]
        asked = any(ask.path == path for ask in (*READS, *WRITES, *WATCHES, _baselines()))
        excused = any(method in table.get(service, ()) for table in (NOTHING_FOREIGN, ASKED_ELSEWHERE))
        if asked == excused:
            left.add(path)
    assert left == set(), "put them into READS or WRITES, or beside the reason why not"
