"""What the fake suite says of declared rules and employment reports."""

# ruff: noqa: N802 (RPCs have the names the contract gives them)

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kit.errors import FailedPreconditionError, InvalidArgumentError, NotFoundError
from kit.security.caller import current_caller
from quzhong.api.events.v1 import events_pb2 as events_pb
from quzhong.api.registry.v1 import declared_rules_pb2 as rules_pb
from quzhong.api.registry.v1 import declared_rules_pb2_grpc as rules_grpc
from quzhong.api.registry.v1 import reports_pb2 as reports_pb
from quzhong.api.registry.v1 import reports_pb2_grpc as reports_grpc
from tests.support.fake_suite import data

DOCUMENT_ID = "kuaida.commission.130200.food_delivery"
CONSULTATION_ID = "con-7f21"
OVERDUE_ID = "kuaida.kuaida.130200.2025Q3"
RETURNED_ID = "kuaida.kuaida.130200.2025Q4"
GIVEN_ID = "kuaida.kuaida.130200.2026Q1"


def _field(field_id: str, title: tuple[str, str], unit: str = "", **value: Any) -> rules_pb.RuleField:
    return rules_pb.RuleField(field_id=field_id, title=data.both(*title), unit=unit, **value)


def rule_documents() -> list[rules_pb.RuleDocument]:
    """Two versions of kuaida's commission: by itself, then as agreed in a consultation."""
    first = rules_pb.RuleDocument(
        document_id=DOCUMENT_ID,
        version=1,
        platform_id="kuaida",
        kind=rules_pb.RULE_KIND_COMMISSION,
        area_code=data.AREA,
        service=events_pb.SERVICE_KIND_FOOD_DELIVERY,
        title=data.both("抽成规则", "Commission"),
        fields=[
            _field("commission.rate", ("抽成比例", "Rate"), "share", number=0.185),
            _field("commission.least", ("每单最低抽成", "Least a trip"), "fen", number=50),
            _field("night.surcharge", ("夜间加收", "Night surcharge"), flag=True),
        ],
        wording="第一条 平台按每单报酬的 18.5% 抽成。\n第二条 夜间加收。",
        effective_time=data.moment(data.at("2025-10-01 00:00")),
        create_time=data.moment(data.at("2025-10-01 00:00")),
    )
    second = rules_pb.RuleDocument()
    second.CopyFrom(first)
    second.version = 2
    del second.fields[:]
    second.fields.extend(
        [
            _field("commission.rate", ("抽成比例", "Rate"), "share", number=0.15),
            _field("commission.least", ("每单最低抽成", "Least a trip"), "fen", number=50),
            _field("commission.most", ("每单最高抽成", "Most a trip"), "fen", number=300),
        ]
    )
    second.wording = "第一条 平台按每单报酬的 15% 抽成。"
    second.effective_time.CopyFrom(data.moment(data.at("2026-03-10 00:00")))
    second.create_time.CopyFrom(data.moment(data.at("2026-03-01 00:00")))
    second.consultation_id = CONSULTATION_ID
    return [first, second]


class Rules(rules_grpc.DeclaredRulesServiceServicer):
    def ListRuleDocuments(
        self, request: rules_pb.ListRuleDocumentsRequest, context: Any
    ) -> rules_pb.ListRuleDocumentsResponse:
        found = [
            one
            for one in rule_documents()
            if request.platform_id in ("", one.platform_id) and request.kind in (0, one.kind)
        ]
        return rules_pb.ListRuleDocumentsResponse(documents=found)

    def DiffRuleDocuments(
        self, request: rules_pb.DiffRuleDocumentsRequest, context: Any
    ) -> rules_pb.DiffRuleDocumentsResponse:
        versions = {one.version: one for one in rule_documents()}
        after = request.after_version or max(versions)
        before = request.before_version or after - 1  # as the registry: 0 of a first version
        if request.document_id != DOCUMENT_ID or not {before, after} <= set(versions):
            raise NotFoundError("document_id: there is none such", zh="没有这份规则文件", field="document_id")
        if before == after:
            return rules_pb.DiffRuleDocumentsResponse(before=versions[before], after=versions[after])
        old, new = (list(versions[each].fields) for each in (before, after))
        return rules_pb.DiffRuleDocumentsResponse(
            before=versions[before],
            after=versions[after],
            changes=[
                rules_pb.RuleChange(
                    kind=rules_pb.RULE_CHANGE_KIND_ADDED, field_id="commission.most", after=new[2]
                ),
                rules_pb.RuleChange(
                    kind=rules_pb.RULE_CHANGE_KIND_CHANGED,
                    field_id="commission.rate",
                    before=old[0],
                    after=new[0],
                ),
                rules_pb.RuleChange(
                    kind=rules_pb.RULE_CHANGE_KIND_REMOVED, field_id="night.surcharge", before=old[2]
                ),
            ],
            changed_properties=["wording", "effective_time", "consultation_id"],
            wording_diff=[
                "--- ",
                "+++ ",
                "@@ -1,2 +1 @@",
                "-第一条 平台按每单报酬的 18.5% 抽成。",
                "-第二条 夜间加收。",
                "+第一条 平台按每单报酬的 15% 抽成。",
            ],
        )

    def DeclareRules(self, request: Any, context: Any) -> Any:
        raise NotImplementedError


def first_reports() -> list[reports_pb.Report]:
    """One returned, one handed in; nothing yet of the quarter that is overdue."""
    figures = reports_pb.EmploymentFigures(workers_total=1_200, pay_paid_fen=123_456_700, injuries=0)
    returned = reports_pb.Report(
        report_id=RETURNED_ID,
        version=1,
        state=reports_pb.REPORT_STATE_RETURNED,
        reporter_id="kuaida",
        platform_id="kuaida",
        area_code=data.AREA,
        quarter="2025Q4",
        figures=figures,
        submit_time=data.moment(data.at("2026-01-10 10:00")),
        update_time=data.moment(data.at("2026-01-10 10:00")),
        receiver_id="tangshan-hrss",
        receive_time=data.moment(data.at("2026-01-12 10:00")),
        return_reason="请补充职业伤害保障人数",
        checks=[
            reports_pb.ReportCheck(
                check_id="workers_total.previous_quarter",
                severity=reports_pb.CHECK_SEVERITY_WARNING,
                field="workers_total",
                text=data.both("比上季度增加 60%", "60 % more than the quarter before"),
                explanation="旺季招募",
            )
        ],
    )
    given = reports_pb.Report()
    given.CopyFrom(returned)
    given.report_id, given.quarter = GIVEN_ID, "2026Q1"
    given.state = reports_pb.REPORT_STATE_SUBMITTED
    for name in ("receiver_id", "receive_time", "return_reason", "checks"):
        given.ClearField(name)
    return [returned, given]


class Reports(reports_grpc.ReportServiceServicer):
    def __init__(self, reports: list[reports_pb.Report]) -> None:
        self._reports = reports

    def ListDueDates(
        self, request: reports_pb.ListDueDatesRequest, context: Any
    ) -> reports_pb.ListDueDatesResponse:
        rows = (
            (GIVEN_ID, "2026Q1", "2026-04-16", reports_pb.DUE_STATE_SUBMITTED),
            (OVERDUE_ID, "2025Q3", "2025-10-22", reports_pb.DUE_STATE_OVERDUE),
            (RETURNED_ID, "2025Q4", "2026-01-15", reports_pb.DUE_STATE_OVERDUE),
        )
        due_dates = [
            reports_pb.DueDate(
                report_id=report_id,
                reporter_id="kuaida",
                platform_id="kuaida",
                area_code=data.AREA,
                quarter=quarter,
                due_date=due,
                state=state,
                note=data.both("季度结束后第 10 个工作日。", "Working day 10 after the end of the quarter."),
                receiver_ids=["tangshan-hrss"],
            )
            for report_id, quarter, due, state in rows
        ]
        return reports_pb.ListDueDatesResponse(due_dates=due_dates)

    def ListReports(
        self, request: reports_pb.ListReportsRequest, context: Any
    ) -> reports_pb.ListReportsResponse:
        return reports_pb.ListReportsResponse(reports=self._reports)

    def GetReport(self, request: reports_pb.GetReportRequest, context: Any) -> reports_pb.GetReportResponse:
        return reports_pb.GetReportResponse(report=self._one(request.report_id))

    def AcknowledgeReport(
        self, request: reports_pb.AcknowledgeReportRequest, context: Any
    ) -> reports_pb.AcknowledgeReportResponse:
        report = self._one(request.report_id)
        report.state, report.receiver_id = reports_pb.REPORT_STATE_ACKNOWLEDGED, "tangshan-hrss"
        return reports_pb.AcknowledgeReportResponse(report=report)

    def ReturnReport(
        self, request: reports_pb.ReturnReportRequest, context: Any
    ) -> reports_pb.ReturnReportResponse:
        report = self._one(request.report_id)
        report.state, report.receiver_id = reports_pb.REPORT_STATE_RETURNED, "tangshan-hrss"
        report.return_reason = request.reason
        return reports_pb.ReturnReportResponse(report=report)

    def _one(self, report_id: str) -> reports_pb.Report:
        found: Sequence[reports_pb.Report] = [one for one in self._reports if one.report_id == report_id]
        if not found:
            raise NotFoundError("report_id: there is none such", zh="没有这份报告", field="report_id")
        return found[0]

    def ValidateReport(
        self, request: reports_pb.ValidateReportRequest, context: Any
    ) -> reports_pb.ValidateReportResponse:
        caller = current_caller()
        if caller.party_id != request.platform_id:
            raise InvalidArgumentError(
                "platform_id: you report nothing of it", zh="platform_id：您无须报送", field="platform_id"
            )
        return reports_pb.ValidateReportResponse(checks=_checks(request.figures, dict(request.explanations)))

    def SaveReport(
        self, request: reports_pb.SaveReportRequest, context: Any
    ) -> reports_pb.SaveReportResponse:
        report = reports_pb.Report(
            report_id=OVERDUE_ID,
            version=1,
            state=reports_pb.REPORT_STATE_DRAFT,
            reporter_id="kuaida",
            platform_id=request.platform_id,
            area_code=request.area_code,
            quarter=request.quarter,
            figures=request.figures,
            explanations=request.explanations,
            update_time=data.moment(data.at("2026-03-16 10:00")),
            checks=_checks(request.figures, dict(request.explanations)),
        )
        self._reports[:] = [one for one in self._reports if one.report_id != OVERDUE_ID] + [report]
        return reports_pb.SaveReportResponse(report=report)

    def SubmitReport(
        self, request: reports_pb.SubmitReportRequest, context: Any
    ) -> reports_pb.SubmitReportResponse:
        report = self._one(request.report_id)
        if any(
            one.severity == reports_pb.CHECK_SEVERITY_ERROR or not one.explanation for one in report.checks
        ):
            raise FailedPreconditionError("figures", zh="figures", reason="REPORT_HAS_ERRORS")
        report.state = reports_pb.REPORT_STATE_SUBMITTED
        return reports_pb.SubmitReportResponse(report=report)

    def GetDutyFinding(
        self, request: reports_pb.GetDutyFindingRequest, context: Any
    ) -> reports_pb.GetDutyFindingResponse:
        for rule_id, subject_id, due in data.DUTIES:
            finding = data.duty_finding(rule_id, subject_id, due)
            if finding.finding_id == request.finding_id:
                return reports_pb.GetDutyFindingResponse(finding=finding)
        raise NotFoundError("finding_id: there is none such", zh="没有这项认定", field="finding_id")


def _checks(
    figures: reports_pb.EmploymentFigures, explanations: dict[str, str]
) -> list[reports_pb.ReportCheck]:
    """What is missing, and the parts that do not add up; no training has to be explained."""
    found = [
        reports_pb.ReportCheck(
            check_id=f"{name}.missing",
            severity=reports_pb.CHECK_SEVERITY_ERROR,
            field=name,
            text=data.both("未填写；没有的填 0", "is missing; if there was none, give 0"),
        )
        for name in ("workers_total", "training_sessions")
        if not figures.HasField(name)
    ]
    if figures.HasField("training_sessions") and not figures.training_sessions:
        found.append(
            reports_pb.ReportCheck(
                check_id="training_sessions.none_held",
                severity=reports_pb.CHECK_SEVERITY_WARNING,
                field="training_sessions",
                text=data.both("本季未开展培训", "no training was held"),
                explanation=explanations.get("training_sessions.none_held", ""),
            )
        )
    return found
