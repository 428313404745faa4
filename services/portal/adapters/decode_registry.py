"""Declared rules and employment reports as the plain values the pages show."""

from __future__ import annotations

from datetime import date

from quzhong.api.registry.v1 import declared_rules_pb2, reports_pb2
from services.portal.adapters.decode import known, ms, optional_ms, text
from services.portal.core import reports, rules


def rule_document(message: declared_rules_pb2.RuleDocument) -> rules.RuleDocument:
    return rules.RuleDocument(
        document_id=message.document_id,
        version=message.version,
        platform_id=message.platform_id,
        kind=known(rules.RuleKind, message.kind),
        area_code=message.area_code,
        service=known(rules.Service, message.service),
        title=text(message.title),
        fields=tuple(_field(each) for each in message.fields),
        wording=message.wording,
        effective_ms=ms(message.effective_time),
        create_ms=ms(message.create_time),
        consultation_id=message.consultation_id,
    )


def _field(message: declared_rules_pb2.RuleField) -> rules.RuleField:
    kind = message.WhichOneof("value")
    value: float | str | bool | None = getattr(message, kind) if kind else None
    return rules.RuleField(message.field_id, text(message.title), value, message.unit)


def difference(message: declared_rules_pb2.DiffRuleDocumentsResponse) -> rules.RuleDifference:
    return rules.RuleDifference(
        before=rule_document(message.before),
        after=rule_document(message.after),
        changes=tuple(
            rules.RuleChange(
                known(rules.RuleChangeKind, each.kind),
                _field(each.before) if each.HasField("before") else None,
                _field(each.after) if each.HasField("after") else None,
            )
            for each in message.changes
        ),
        properties=tuple(message.changed_properties),
        wording=tuple(message.wording_diff),
    )


def report(message: reports_pb2.Report) -> reports.Report:
    return reports.Report(
        report_id=message.report_id,
        version=message.version,
        state=known(reports.ReportState, message.state),
        reporter_id=message.reporter_id,
        platform_id=message.platform_id,
        area_code=message.area_code,
        quarter=message.quarter,
        figures={
            name: getattr(message.figures, name) if message.figures.HasField(name) else None  # type: ignore[arg-type]
            for name in reports.FIGURES
        },
        amends_version=message.amends_version,
        update_ms=optional_ms(message, "update_time"),
        submit_ms=optional_ms(message, "submit_time"),
        receiver_id=message.receiver_id,
        receive_ms=optional_ms(message, "receive_time"),
        return_reason=message.return_reason,
        checks=tuple(check(each) for each in message.checks),
    )


def check(message: reports_pb2.ReportCheck) -> reports.Check:
    return reports.Check(
        known(reports.CheckSeverity, message.severity),
        message.field,
        text(message.text),
        message.explanation,
        message.check_id,
    )


def due_date(message: reports_pb2.DueDate) -> reports.DueDate:
    return reports.DueDate(
        report_id=message.report_id,
        reporter_id=message.reporter_id,
        platform_id=message.platform_id,
        area_code=message.area_code,
        quarter=message.quarter,
        due=date.fromisoformat(message.due_date),
        state=known(reports.DueState, message.state),
        note=text(message.note),
        receiver_ids=tuple(message.receiver_ids),
    )
