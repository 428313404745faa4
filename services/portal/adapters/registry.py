"""Declared rules and employment reports over gRPC, with the reader's own token."""

from __future__ import annotations

import grpc
from google.protobuf.json_format import MessageToJson

from quzhong.api.registry.v1 import (
    declared_rules_pb2,
    declared_rules_pb2_grpc,
    reports_pb2,
    reports_pb2_grpc,
)
from services.portal.adapters import decode_registry as decode
from services.portal.adapters.calls import MOST, asked, pages
from services.portal.adapters.decode import finding
from services.portal.core.findings import Finding
from services.portal.core.reports import Check, DueDate, GivenReport, Report
from services.portal.core.rules import RuleDifference, RuleDocument
from services.portal.ports import ReportQuery, RuleQuery


class GrpcRegistry:
    """Implements ``services.portal.ports.Registry``."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._rules = declared_rules_pb2_grpc.DeclaredRulesServiceStub(channel)
        self._reports = reports_pb2_grpc.ReportServiceStub(channel)

    async def rule_documents(self, token: str, query: RuleQuery) -> list[RuleDocument]:
        """See the port."""
        return [decode.rule_document(each) for each in await self._rule_documents(token, query)]

    async def rule_documents_json(self, token: str, query: RuleQuery) -> str:
        """See the port."""
        documents = await self._rule_documents(token, query)
        return _json(declared_rules_pb2.ListRuleDocumentsResponse(documents=documents))

    async def rule_difference(self, token: str, document_id: str, before: int, after: int) -> RuleDifference:
        """See the port."""
        return decode.difference(await self._difference(token, document_id, before, after))

    async def rule_document_json(self, token: str, document_id: str, version: int) -> str:
        """See the port."""
        # Version 1 there always is; of a document with no other one the last has none before it to compare.
        return _json((await self._difference(token, document_id, version or 1, version)).after)

    async def due_dates(self, token: str, query: ReportQuery) -> list[DueDate]:
        """See the port."""
        request = reports_pb2.ListDueDatesRequest(
            reporter_id=query.reporter_id,
            area_code=query.area_code,
            quarter=query.quarter,
            page_size=MOST,
        )
        return [
            decode.due_date(each)
            async for answer in pages(self._reports.ListDueDates, request, token)
            for each in answer.due_dates
        ]

    async def reports(self, token: str, query: ReportQuery) -> list[Report]:
        """See the port."""
        request = reports_pb2.ListReportsRequest(
            reporter_id=query.reporter_id,
            area_code=query.area_code,
            quarter=query.quarter,
            page_size=MOST,
        )
        return [
            decode.report(each)
            async for answer in pages(self._reports.ListReports, request, token)
            for each in answer.reports
        ]

    async def report(self, token: str, report_id: str, version: int) -> Report:
        """See the port."""
        request = reports_pb2.GetReportRequest(report_id=report_id, version=version)
        return decode.report((await asked(self._reports.GetReport, request, token)).report)

    async def validate_report(self, token: str, given: GivenReport) -> list[Check]:
        """See the port."""
        request = reports_pb2.ValidateReportRequest(
            platform_id=given.platform_id,
            area_code=given.area_code,
            quarter=given.quarter,
            figures=reports_pb2.EmploymentFigures(**given.figures),
            explanations=given.explanations,
        )
        answer = await asked(self._reports.ValidateReport, request, token)
        return [decode.check(each) for each in answer.checks]

    async def save_report(self, token: str, given: GivenReport, request_id: str) -> Report:
        """See the port."""
        request = reports_pb2.SaveReportRequest(
            request_id=request_id,
            platform_id=given.platform_id,
            area_code=given.area_code,
            quarter=given.quarter,
            figures=reports_pb2.EmploymentFigures(**given.figures),
            explanations=given.explanations,
        )
        return decode.report((await asked(self._reports.SaveReport, request, token)).report)

    async def submit_report(self, token: str, report_id: str, version: int, request_id: str) -> Report:
        """See the port."""
        request = reports_pb2.SubmitReportRequest(request_id=request_id, report_id=report_id, version=version)
        return decode.report((await asked(self._reports.SubmitReport, request, token)).report)

    async def duty_finding(self, token: str, finding_id: str) -> Finding:
        """See the port."""
        request = reports_pb2.GetDutyFindingRequest(finding_id=finding_id)
        return finding((await asked(self._reports.GetDutyFinding, request, token)).finding)

    async def acknowledge_report(self, token: str, report_id: str, version: int, request_id: str) -> None:
        """See the port."""
        request = reports_pb2.AcknowledgeReportRequest(
            request_id=request_id, report_id=report_id, version=version
        )
        await asked(self._reports.AcknowledgeReport, request, token)

    async def return_report(
        self, token: str, report_id: str, version: int, reason: str, request_id: str
    ) -> None:
        """See the port."""
        request = reports_pb2.ReturnReportRequest(
            request_id=request_id, report_id=report_id, version=version, reason=reason
        )
        await asked(self._reports.ReturnReport, request, token)

    async def _rule_documents(self, token: str, query: RuleQuery) -> list[declared_rules_pb2.RuleDocument]:
        request = declared_rules_pb2.ListRuleDocumentsRequest(
            platform_id=query.platform_id,
            kind=declared_rules_pb2.RuleKind.ValueType(query.kind.value),
            area_code=query.area_code,
            page_size=MOST,
        )
        return [
            document
            async for answer in pages(self._rules.ListRuleDocuments, request, token)
            for document in answer.documents
        ]

    async def _difference(
        self, token: str, document_id: str, before: int, after: int
    ) -> declared_rules_pb2.DiffRuleDocumentsResponse:
        request = declared_rules_pb2.DiffRuleDocumentsRequest(
            document_id=document_id, before_version=before, after_version=after
        )
        return await asked(self._rules.DiffRuleDocuments, request, token)


def _json(message: declared_rules_pb2.RuleDocument | declared_rules_pb2.ListRuleDocumentsResponse) -> str:
    """The contract's own JSON, fields named as in the contract."""
    return MessageToJson(
        message,
        preserving_proto_field_name=True,
        ensure_ascii=False,
        always_print_fields_with_no_presence=True,
    )
