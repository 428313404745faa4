"""Operations, baselines, subscriptions, parties, admissions: proto messages as plain values."""

from __future__ import annotations

from google.longrunning import operations_pb2
from google.rpc import code_pb2, error_details_pb2

from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.notify.v1 import casework_pb2, delivery_pb2
from quzhong.api.registry.v1 import admission_pb2, registry_pb2
from services.portal.adapters.decode import known, optional_ms, text
from services.portal.core import baselines, operations, registered, subscriptions
from services.portal.core.absences import Absence
from services.portal.core.admission import Admission, AdmissionBasis, AdmissionState
from services.portal.core.alerts import AlertFilter
from services.portal.core.findings import Severity
from services.portal.core.language import Language, LocalText
from services.portal.core.listings import Party
from services.portal.core.readers import Role

OPERATIONS = "operations/"
"""What names of operations begin with."""


def operation(message: operations_pb2.Operation) -> operations.Operation:
    progress = algo_audit_pb2.AuditProgress()
    message.metadata.Unpack(progress)
    found = algo_audit_pb2.RunAuditResponse()
    message.response.Unpack(found)
    return operations.Operation(
        operation_id=message.name.removeprefix(OPERATIONS),
        done=message.done,
        stage=progress.stage,
        stage_name=text(progress.stage_name),
        percent=progress.percent,
        metric_id=progress.metric_id,
        area_code=progress.area_code,
        create_ms=optional_ms(progress, "create_time"),
        end_ms=optional_ms(progress, "end_time"),
        expire_ms=optional_ms(progress, "expire_time"),
        audit_id=found.audit.audit_id,
        failure=_failure(message) if message.HasField("error") else None,
    )


def _failure(message: operations_pb2.Operation) -> operations.Failure:
    reason = zh = ""
    for detail in message.error.details:
        info, localised = error_details_pb2.ErrorInfo(), error_details_pb2.LocalizedMessage()
        if detail.Unpack(info):
            reason = info.reason
        elif detail.Unpack(localised):
            zh = localised.message
    status = code_pb2.Code.Name(message.error.code)
    return operations.Failure(status, reason, LocalText(zh, message.error.message))


def cohort_baseline(message: algo_audit_pb2.CohortBaseline) -> baselines.CohortBaseline:
    def percentile(name: str) -> float | None:
        return getattr(message, name) if message.HasField(name) else None  # type: ignore[arg-type]

    return baselines.CohortBaseline(
        cohort=message.cohort,
        cohort_name=text(message.cohort_name),
        keys=tuple(baselines.CohortKey(each.key, each.value, text(each.name)) for each in message.keys),
        orders=message.orders,
        values=message.values,
        workers=message.workers,
        censored=message.censored,
        p10=percentile("p10"),
        p25=percentile("p25"),
        p50=message.p50,
        p75=percentile("p75"),
        p90=percentile("p90"),
        middle=_span(message.middle),
        rank_error=message.rank_error,
        excluded=tuple(
            baselines.ExcludedValues(each.reason, text(each.text), each.values) for each in message.excluded
        ),
    )


def all_baselines(message: algo_audit_pb2.ListBaselinesResponse) -> baselines.Baselines:
    return baselines.Baselines(
        items=tuple(map(cohort_baseline, message.baselines)),
        next_page_token=message.next_page_token,
        metric_id=message.metric_id,
        unit=message.unit,
        direction=known(baselines.Direction, message.direction),
        level=known(baselines.Level, message.level),
        period_start_ms=optional_ms(message, "period_start_time"),
        period_end_ms=optional_ms(message, "period_end_time"),
        middle_band=_span(message.middle_band),
        days_covered=message.days_covered,
        missing_days=tuple(message.missing_days),
        days_to_amend=message.days_to_amend,
        events_after_closing=message.events_after_closing,
    )


def _span(message: algo_audit_pb2.Interval) -> baselines.Span:
    return baselines.Span(message.low, message.high)


_LANGUAGES = {
    casework_pb2.LANGUAGE_ZH_CN: str(Language.CHINESE),
    casework_pb2.LANGUAGE_EN: str(Language.ENGLISH),
}


def subscription(message: delivery_pb2.Subscription) -> subscriptions.Subscription:
    wanted = message.filter
    return subscriptions.Subscription(
        subscription_id=message.subscription_id,
        party_id=message.party_id,
        channel=known(subscriptions.Channel, message.channel),
        address=message.address,
        filter=AlertFilter(
            wanted.area_code,
            wanted.platform_id,
            wanted.rule_id,
            known(Severity, wanted.least_severity),
            wanted.department_id,
            wanted.cases_only,
        ),
        digest=known(subscriptions.Digest, message.digest),
        language=_LANGUAGES.get(message.language, ""),
        disabled=message.disabled,
        disabled_reason=message.disabled_reason,
        create_ms=optional_ms(message, "create_time"),
        consecutive_failures=message.consecutive_failures,
    )


def delivery(message: delivery_pb2.Delivery) -> subscriptions.Delivery:
    return subscriptions.Delivery(
        delivery_id=message.delivery_id,
        subscription_id=message.subscription_id,
        message_id=message.message_id,
        state=known(subscriptions.DeliveryState, message.state),
        attempts=message.attempts,
        last_status=message.last_status,
        last_error=message.last_error,
        next_attempt_ms=optional_ms(message, "next_attempt_time"),
        create_ms=optional_ms(message, "create_time"),
        update_ms=optional_ms(message, "update_time"),
    )


def absence(message: casework_pb2.Absence) -> Absence:
    return Absence(message.official_id, message.deputy_id, message.first_date, message.last_date)


def party(message: registry_pb2.Party) -> Party:
    return Party(
        party_id=message.party_id,
        role=known(Role, message.role),
        name=text(message.name),
        area_codes=tuple(message.area_codes),
        platform_ids=tuple(message.platform_ids),
        department_id=message.department_id,
        version=message.version,
        create_ms=optional_ms(message, "create_time"),
    )


def registered_party(message: registry_pb2.Party) -> registered.Registered:
    profile = message.profile
    person = profile.responsible_person
    return registered.Registered(
        party=party(message),
        profile=registered.Profile(
            unified_social_credit_code=profile.unified_social_credit_code,
            licences=tuple(
                registered.Licence(known(registered.LicenceKind, each.kind), each.number, each.expiry_date)
                for each in profile.licences
            ),
            responsible_person=registered.ResponsiblePerson(person.name, person.title)
            if profile.HasField("responsible_person")
            else None,
            agreement_clauses=tuple(
                known(registered.AgreementClause, each) for each in profile.agreement_clauses
            ),
            unit_id=profile.unit_id,
        ),
    )


def party_version(message: registry_pb2.PartyVersion) -> registered.PartyVersion:
    return registered.PartyVersion(
        registered_party(message.party),
        message.actor_id,
        optional_ms(message, "create_time"),
        message.note,
        tuple(message.changed_fields),
    )


def responsibility(message: registry_pb2.Responsibility) -> registered.Responsibility:
    return registered.Responsibility(
        message.unit_id, text(message.name), tuple(message.articles), tuple(message.party_ids)
    )


def credential(message: registry_pb2.ListCredentialsResponse.Listed) -> registered.Credential:
    return registered.Credential(
        message.credential_id,
        message.party_id,
        known(registered.CredentialKind, message.kind),
        optional_ms(message, "create_time"),
        optional_ms(message, "revoke_time"),
        message.public_jwk,
    )


def admission(message: admission_pb2.Admission) -> Admission:
    return Admission(
        platform_id=message.platform_id,
        state=known(AdmissionState, message.state),
        basis=known(AdmissionBasis, message.basis),
        create_ms=optional_ms(message, "create_time"),
        actor_id=message.actor_id,
        reason=message.reason,
        version=message.version,
        kit_version=message.kit_version,
        contract_version=message.contract_version,
        report_sha256=message.report_sha256,
        report_key_id=message.report_key_id,
    )
