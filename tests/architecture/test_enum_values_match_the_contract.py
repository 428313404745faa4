"""Cores know no protobuf and repeat its enumerations; here they are compared, names and values."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import pytest

import quzhong
import simulator.vocabulary
from kit.security.caller import Role
from quzhong.answers import Verdict as AnsweredVerdict
from quzhong.api.algo_audit.v1 import algo_audit_pb2, appeals_pb2, consultation_pb2
from quzhong.api.events.v1 import events_pb2, findings_pb2
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.notify.v1 import casework_pb2, delivery_pb2, notify_pb2
from quzhong.api.registry.v1 import admission_pb2, declared_rules_pb2, registry_pb2, reports_pb2
from quzhong.api.workhours.v1 import workhours_pb2
from services.algo_audit.core import agenda, appeal, consultation
from services.algo_audit.core.orders import DispatchKind as AuditedKind
from services.algo_audit.core.verdict import Verdict
from services.intake.lot import DISPATCH_EVENTS, WORK_SESSION_EVENTS, EventKind
from services.intake.lot import Verdict as RowVerdict
from services.notify import documents
from services.notify.casework import notice_documents
from services.notify.core import alerts, deliveries, findings, letters, subscriptions, transitions
from services.portal.core import admission as shown_admission
from services.portal.core import alerts as shown_alerts
from services.portal.core import audits as shown_audits
from services.portal.core import baselines as shown_baselines
from services.portal.core import cases as shown_cases
from services.portal.core import consultations as shown_consultations
from services.portal.core import events as shown_events
from services.portal.core import explanations as shown_explanations
from services.portal.core import findings as shown_findings
from services.portal.core import registered as shown_registered
from services.portal.core import reports as shown_reports
from services.portal.core import rules as shown_rules
from services.portal.core import subscriptions as shown_subscriptions
from services.registry.core.parties import CredentialKind
from services.registry.core.parties import Role as RegisteredRole
from services.workhours.core.advisory import AdvisoryKind
from services.workhours.core.finding import FindingState
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import DispatchKind

PAIRS: tuple[tuple[type[IntEnum], Any], ...] = (
    (Role, registry_pb2.Role),
    (RegisteredRole, registry_pb2.Role),
    (CredentialKind, registry_pb2.CredentialKind),
    (DispatchKind, events_pb2.DispatchKind),
    (AuditedKind, events_pb2.DispatchKind),
    (Severity, findings_pb2.Severity),
    (FindingState, findings_pb2.FindingState),
    (AdvisoryKind, workhours_pb2.AdvisoryKind),
    (findings.Severity, findings_pb2.Severity),
    (Verdict, algo_audit_pb2.Verdict),
    (consultation.State, consultation_pb2.ConsultationState),
    (consultation.Side, consultation_pb2.Side),
    (agenda.Topic, consultation_pb2.Topic),
    (appeal.State, appeals_pb2.AppealState),
    (RowVerdict, intake_pb2.RowVerdict),
    (AnsweredVerdict, intake_pb2.RowVerdict),
    (transitions.CaseState, notify_pb2.CaseState),
    (alerts.AlertKind, notify_pb2.AlertKind),
    (letters.NoticeKind, notify_pb2.NoticeKind),
    (documents.Language, casework_pb2.Language),
    (subscriptions.Channel, delivery_pb2.Channel),
    (subscriptions.Digest, delivery_pb2.Digest),
    (deliveries.DeliveryState, delivery_pb2.DeliveryState),
    (notice_documents.DocumentFormat, casework_pb2.DocumentFormat),
    (shown_alerts.AlertKind, notify_pb2.AlertKind),
    (shown_audits.Reference, algo_audit_pb2.Reference),
    (shown_audits.Verdict, algo_audit_pb2.Verdict),
    (shown_baselines.Direction, algo_audit_pb2.Direction),
    (shown_baselines.Level, algo_audit_pb2.Level),
    (shown_cases.CaseState, notify_pb2.CaseState),
    (shown_cases.NoticeKind, notify_pb2.NoticeKind),
    (shown_events.EmploymentForm, events_pb2.EmploymentForm),
    (shown_events.SessionKind, events_pb2.WorkSessionKind),
    (shown_events.Vehicle, events_pb2.Vehicle),
    (shown_events.Weather, events_pb2.Weather),
    (shown_explanations.EventKind, events_pb2.DispatchKind),
    (shown_registered.AgreementClause, registry_pb2.AgreementClause),
    (shown_registered.CredentialKind, registry_pb2.CredentialKind),
    (shown_registered.LicenceKind, registry_pb2.LicenceKind),
    (shown_subscriptions.Channel, delivery_pb2.Channel),
    (shown_subscriptions.DeliveryState, delivery_pb2.DeliveryState),
    (shown_subscriptions.Digest, delivery_pb2.Digest),
    (shown_consultations.Detail, algo_audit_pb2.Detail),
    (shown_consultations.ConsultationState, consultation_pb2.ConsultationState),
    (shown_consultations.Side, consultation_pb2.Side),
    (shown_reports.CheckSeverity, reports_pb2.CheckSeverity),
    (shown_reports.DueState, reports_pb2.DueState),
    (shown_reports.ReportState, reports_pb2.ReportState),
    (shown_rules.RuleChangeKind, declared_rules_pb2.RuleChangeKind),
    (shown_admission.AdmissionBasis, admission_pb2.AdmissionBasis),
    (shown_admission.AdmissionState, admission_pb2.AdmissionState),
    (shown_rules.RuleKind, declared_rules_pb2.RuleKind),
    (shown_rules.Service, events_pb2.ServiceKind),
    (shown_findings.FindingState, findings_pb2.FindingState),
    (shown_findings.Severity, findings_pb2.Severity),
    (quzhong.AdvisoryKind, workhours_pb2.AdvisoryKind),
    (quzhong.DispatchKind, events_pb2.DispatchKind),
    (quzhong.ServiceKind, events_pb2.ServiceKind),
    (quzhong.Vehicle, events_pb2.Vehicle),
    (quzhong.Weather, events_pb2.Weather),
    (quzhong.WorkSessionKind, events_pb2.WorkSessionKind),
    (simulator.vocabulary.DispatchKind, events_pb2.DispatchKind),
    (simulator.vocabulary.Service, events_pb2.ServiceKind),
    (simulator.vocabulary.Vehicle, events_pb2.Vehicle),
    (simulator.vocabulary.Weather, events_pb2.Weather),
    (simulator.vocabulary.WorkSessionKind, events_pb2.WorkSessionKind),
)
"""Ours beside the contract's."""


def _of_contract(enumeration: Any) -> dict[str, int]:
    """Name without its prefix → value; what stands for "not stated" (0) left out."""
    values = dict(enumeration.items())
    prefix = next(name for name, value in values.items() if value == 0).removesuffix("UNSPECIFIED")
    return {name.removeprefix(prefix): value for name, value in values.items() if value != 0}


@pytest.mark.parametrize(
    ("ours", "theirs"), PAIRS, ids=[f"{ours.__module__}.{ours.__name__}" for ours, _ in PAIRS]
)
def test_names_and_values_are_those_of_the_contract(ours: type[IntEnum], theirs: Any) -> None:
    assert {member.name: member.value for member in ours if member.value != 0} == _of_contract(theirs)


@pytest.mark.parametrize(
    ("kind", "row"),
    [(WORK_SESSION_EVENTS, events_pb2.WorkSession), (DISPATCH_EVENTS, events_pb2.Dispatch)],
    ids=["work-sessions", "dispatches"],
)
def test_intake_takes_every_value_of_the_contract_and_no_other(kind: EventKind, row: Any) -> None:
    fields = [field for field in row.DESCRIPTOR.fields if field.enum_type]
    assert kind.most_choices == {
        field.name: max(value.number for value in field.enum_type.values) for field in fields
    }
