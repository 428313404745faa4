"""All services on one socket, a party of every role, and of everything one of theirs and one that is foreign.

Own is what platform *swift* did in Lubei (130203); foreign what *steady* did in Lunan (130202). *rapid* works
in Lubei too: it is foreign to whoever may see swift only. To administrator, service and auditor nothing is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.timestamp_pb2 import Timestamp

from kit.security.caller import Role
from quzhong.api.algo_audit.v1 import algo_audit_pb2, appeals_pb2, consultation_pb2
from quzhong.api.events.v1 import events_pb2, findings_pb2
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.registry.v1 import accounts_pb2, declared_rules_pb2, reports_pb2, worker_codes_pb2
from quzhong.api.registry.v1 import registry_pb2 as pb
from quzhong.api.workhours.v1 import workhours_pb2
from tests.support.dispatches import MINUTE_MS, at, order, shift, worker_id
from tests.support.suite import CITY, Party, Suite, algo_audit, intake, notify, running_suite, workhours

LUBEI, LUNAN = "130203", "130202"
NOW_MS = at("23:00", 3)
"""Two days after the day of the orders is over: its audits may be told to everybody."""
BEGAN_S = time.monotonic()


def now_ms() -> int:
    """The services' present. It goes on: of a day that is over, cases are judged once it has been quiet."""
    return NOW_MS + int(1_000 * (time.monotonic() - BEGAN_S))


QUARTER = "2025Q4"
"""The last that is over."""
ENDED = "2026-03-01"
ACCOUNT = "li-wei"
"""Of the regulator lubei."""
CREDIT_CODE = "91130200MA07UC3W22"
"""Of nobody; its check character is right."""


@dataclass(frozen=True, slots=True)
class Things:
    """What there is of one platform."""

    platform_id: str
    area_code: str
    worker_id: str
    finding_id: str = ""
    case_id: str = ""
    audit_id: str = ""
    appeal_id: str = ""
    union_appeal_id: str = ""
    consultation_id: str = ""
    document_id: str = ""
    reporter_id: str = ""
    """Who reports on employment for it: itself, or a partner firm."""
    given_report_id: str = ""
    """A report the reporter has handed in."""
    duty_id: str = ""
    """The finding about a licence of its, or of a partner firm of its, which has ended."""


@dataclass(slots=True)
class City:
    """A running city."""

    suite: Suite
    own: Things
    foreign: Things
    rival: Things
    remit_union: Party
    """A union of Lubei, for swift only."""
    firm_report_id: str
    """What the partner firm has handed in on swift."""
    parties: dict[Role, Party] = field(default_factory=dict)
    worker_since_s: float = field(default_factory=time.monotonic)

    missing = Things(
        "ghost",
        "139999",
        "worker-pseudonym-888888",
        finding_id="no-finding",
        case_id="no-case",
        audit_id="no-audit",
        appeal_id="no-appeal",
        union_appeal_id="no-appeal",
        consultation_id="no-consultation",
        document_id="no-document",
        reporter_id="ghost",
        given_report_id="no-report",
        duty_id="no-duty",
    )
    """What nobody has."""

    def as_(self, role: Role) -> Party:
        # A worker's session is over in half an hour, and a run of the tests may not be.
        if role is Role.WORKER and time.monotonic() - self.worker_since_s > 1_200:
            self.worker_since_s = time.monotonic()
            self.parties[role] = _worker(self.suite, "lubei-union", self.own.worker_id)
        return self.parties[role]

    def own_of(self, role: Role) -> Things:
        """What is swift's; but of a partner firm, and of the county, which platforms report nothing to, the
        firm's own reports."""
        if role not in (Role.PARTNER_FIRM, Role.REGULATOR, Role.OFFICIAL):
            return self.own
        return replace(self.own, reporter_id="firm-a", given_report_id=self.firm_report_id)


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("authorisation")
    with running_suite(
        folder, intake, workhours, algo_audit, notify, clock=now_ms, audit_public_periods="day"
    ) as suite:
        own, foreign = _platform(suite, "swift", LUBEI, 0), _platform(suite, "steady", LUNAN, 100)
        rival = _platform(suite, "rapid", LUBEI, 200)
        parties = _parties(suite, folder)
        remit = _supervisor(suite, "remit-union", Role.UNION, LUBEI, platform_ids=["swift"])
        own, foreign, rival = (_things(suite, of) for of in (own, foreign, rival))
        firm_report_id = _handed_in(suite, parties[Role.PARTNER_FIRM], own, LUBEI)
        # After the cases about work, so that those are the ones asked for. Swift's licence holds: it answers
        # for its firm's, so that there is as much to see of each platform.
        _licensed(suite, own.platform_id, "2099-12-31")
        ends = (("firm-a", own), (foreign.platform_id, foreign), (rival.platform_id, rival))
        own, foreign, rival = (
            replace(of, duty_id=_licence_ended(suite, party_id, of.platform_id)) for party_id, of in ends
        )
        suite.admin.accounts.RegisterAccount(
            accounts_pb2.RegisterAccountRequest(
                request_id=suite.request_id(), account_id=ACCOUNT, party_id="lubei"
            )
        )
        parties[Role.WORKER] = _worker(suite, "lubei-union", own.worker_id)
        yield City(suite, own, foreign, rival, remit, firm_report_id, parties)


def _platform(suite: Suite, platform_id: str, area: str, first: int) -> Things:
    """Twelve workers: one too long at work, all with short orders that an audit can count."""
    suite.platform(platform_id, area)
    suite.as_(platform_id).registry.DeclareThreshold(
        pb.DeclareThresholdRequest(
            request_id=suite.request_id(),
            platform_id=platform_id,
            metric_id="delivery_time",
            area_code=area,
            service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
            distance_end_m=2_000,
            value=600,
            effective_time=Timestamp(seconds=at("00:00") // 1000),
        )
    )
    suite.as_(platform_id).rules.DeclareRules(
        declared_rules_pb2.DeclareRulesRequest(
            request_id=suite.request_id(),
            platform_id=platform_id,
            kind=declared_rules_pb2.RULE_KIND_PAY,
            area_code=area,
            service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
            title=_name("计酬规则"),
            wording="每单 5 元。",
            effective_time=Timestamp(seconds=at("00:00") // 1000),
        )
    )
    rows = shift(f"{platform_id}-long", at("08:00"), orders=8, worker=first, area=area)
    for worker in range(1, 13):
        for number in range(8):
            begin = at("09:00") + number * 30 * MINUTE_MS
            end = begin + (8 + number) * MINUTE_MS
            name = f"{platform_id}-{worker}-{number}"
            rows += order(name, begin, end, worker=first + worker, area=area, distance_m=1_500)
    suite.submit(platform_id, rows)
    return Things(platform_id, area, worker_id(first))


def _things(suite: Suite, of: Things) -> Things:
    admin = suite.admin
    findings = admin.workhours.ListFindings(
        workhours_pb2.ListFindingsRequest(filter=workhours_pb2.FindingFilter(platform_id=of.platform_id))
    ).findings
    cases = admin.notify.ListCases(notify_pb2.ListCasesRequest(platform_id=of.platform_id)).cases
    audit = admin.algo_audit.RunAudit(
        algo_audit_pb2.RunAuditRequest(
            request_id=suite.request_id(),
            metric_id="delivery_time",
            area_code=of.area_code,
            period_start_time=Timestamp(seconds=at("00:00") // 1000),
            period_end_time=Timestamp(seconds=at("00:00", 1) // 1000),
        )
    ).audit
    file = partial(
        appeals_pb2.FileAppealRequest,
        platform_id=of.platform_id,
        worker_id=of.worker_id,
        order_id="order-1",
        penalty_fen=500,
        grounds="暴雨封路",
    )
    union = "lubei-union" if of.area_code == LUBEI else "lunan-union"
    consultation = (
        suite.as_(union)
        .consultations.OpenConsultation(
            consultation_pb2.OpenConsultationRequest(
                request_id=suite.request_id(),
                platform_id=of.platform_id,
                topic=consultation_pb2.TOPIC_TIME_AND_ROUTING,
                metric_id="delivery_time",
                area_code=of.area_code,
                text="请说明限时依据",
            )
        )
        .consultation
    )
    by_union = suite.as_(union).appeals.FileAppeal(file(request_id=suite.request_id())).appeal
    # Of another penalty: one appeal at a time.
    other = file(request_id=suite.request_id(), order_id="order-3")
    by_platform = suite.as_(of.platform_id).appeals.FileAppeal(other).appeal
    return Things(
        of.platform_id,
        of.area_code,
        of.worker_id,
        finding_id=findings[0].finding_id,
        case_id=cases[0].case_id,
        audit_id=audit.audit_id,
        appeal_id=by_platform.appeal_id,
        union_appeal_id=by_union.appeal_id,
        consultation_id=consultation.consultation_id,
        document_id=f"{of.platform_id}.pay.{of.area_code}.food_delivery",
        reporter_id=of.platform_id,
        given_report_id=_handed_in(suite, suite.as_(of.platform_id), of, CITY),
    )


def _handed_in(suite: Suite, reporter: Party, of: Things, area_code: str) -> str:
    """A report on employment, of nobody, that its reporter has handed in."""
    names = [each.name for each in reports_pb2.EmploymentFigures.DESCRIPTOR.fields]
    saved = reporter.reports.SaveReport(
        reports_pb2.SaveReportRequest(
            request_id=suite.request_id(),
            platform_id=of.platform_id,
            area_code=area_code,
            quarter=QUARTER,
            figures=reports_pb2.EmploymentFigures(**dict.fromkeys(names, 0)),
        )
    ).report
    reporter.reports.SubmitReport(
        reports_pb2.SubmitReportRequest(
            request_id=suite.request_id(), report_id=saved.report_id, version=saved.version
        )
    )
    report_id: str = saved.report_id
    return report_id


def _licensed(suite: Suite, party_id: str, expiry_date: str) -> None:
    licence = pb.Licence(kind=pb.LICENCE_KIND_BUSINESS, number=f"licence-{party_id}", expiry_date=expiry_date)
    suite.admin.registry.AmendParty(
        pb.AmendPartyRequest(
            request_id=suite.request_id(),
            party_id=party_id,
            expected_version=1,
            party=pb.Party(profile=pb.PartyProfile(licences=[licence])),
            update_mask=FieldMask(paths=["profile.licences"]),
        )
    )


def _licence_ended(suite: Suite, party_id: str, platform_id: str) -> str:
    """Give a firm a licence that has ended; answers what is found of it, once it is."""
    _licensed(suite, party_id, ENDED)
    duty_id = f"registry.licence-expired/{party_id}/{platform_id}/1/licence-{party_id}/{ENDED}"
    for _ in range(100):
        try:
            suite.admin.reports.GetDutyFinding(reports_pb2.GetDutyFindingRequest(finding_id=duty_id))
        except grpc.RpcError:
            time.sleep(0.1)  # the registry looks once a second
        else:
            return duty_id
    raise AssertionError(f"{duty_id} was not found in time")


def _parties(suite: Suite, folder: Path) -> dict[Role, Party]:
    suite.regulator("lubei", LUBEI)
    suite.union("lubei-union", LUBEI)
    suite.union("lunan-union", LUNAN)
    _supervisor(suite, "official-li", Role.OFFICIAL, LUBEI, department_id="lubei")
    _supervisor(suite, "auditor", Role.AUDITOR, CITY)
    _supervisor(suite, "association", Role.ASSOCIATION, LUBEI)
    licence = pb.Licence(kind=pb.LICENCE_KIND_BUSINESS, number="L-1")
    firm = suite.admin.registry.RegisterPartnerFirm(
        pb.RegisterPartnerFirmRequest(
            request_id=suite.request_id(),
            party_id="firm-a",
            name=_name("合作企业甲"),
            area_codes=[LUBEI],
            platform_ids=["swift"],
            profile=pb.PartyProfile(unified_social_credit_code=CREDIT_CODE, licences=[licence]),
        )
    )
    return {
        Role.PLATFORM: suite.as_("swift"),
        Role.REGULATOR: suite.as_("lubei"),
        Role.UNION: suite.as_("lubei-union"),
        Role.ADMINISTRATOR: suite.admin,
        Role.SERVICE: suite.bearing((folder / "service.token").read_text().strip()),
        Role.PARTNER_FIRM: suite.bearing(firm.token),
        Role.OFFICIAL: suite.as_("official-li"),
        Role.AUDITOR: suite.as_("auditor"),
        Role.ASSOCIATION: suite.as_("association"),
    }


def _worker(suite: Suite, voucher: str, worker_id: str) -> Party:
    """A worker, reading their own record with a one-time code."""
    code = (
        suite.as_(voucher)
        .worker_codes.IssueWorkerCode(
            worker_codes_pb2.IssueWorkerCodeRequest(
                request_id=suite.request_id(), worker_id=worker_id, reason="本人在窗口申请"
            )
        )
        .code
    )
    redeemed = suite.stranger.worker_codes.RedeemWorkerCode(
        worker_codes_pb2.RedeemWorkerCodeRequest(code=code)
    )
    return suite.bearing(redeemed.access_token)


def _supervisor(suite: Suite, party_id: str, role: Role, area: str, **more: Any) -> Party:
    return suite.admit(
        party_id,
        suite.admin.registry.RegisterSupervisor(
            pb.RegisterSupervisorRequest(
                request_id=suite.request_id(),
                party_id=party_id,
                role=pb.Role.ValueType(role),
                name=_name(party_id),
                area_codes=[area],
                **more,
            )
        ).token,
    )


def _name(zh: str) -> findings_pb2.LocalText:
    return findings_pb2.LocalText(zh=zh, en=zh)
