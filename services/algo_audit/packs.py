"""Consultation packs: made from an audit, frozen with its data, asked again for every offer, and rendered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quzhong.api.algo_audit.v1 import consultation_pb2
from services.algo_audit.appeals import AppealDesk
from services.algo_audit.consultation_ports import FrozenPack, OfferEffect
from services.algo_audit.core.audit import feasible_in
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.core.metrics import METRICS, PENALTIES_PER_ORDER
from services.algo_audit.core.pack import PackScope, pack_of
from services.algo_audit.core.pack_model import Text
from services.algo_audit.core.pack_what_if import what_ifs
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.core.report import Charges
from services.algo_audit.core.thresholds import DeclaredThreshold, in_force, no_end
from services.algo_audit.core.what_if import what_if
from services.algo_audit.frozen import freeze, thaw
from services.algo_audit.handlers import Auditor
from services.algo_audit.pack_documents import Format, Language, Rendered, render
from services.algo_audit.ports import Audit, Registered, Scope
from services.algo_audit.wire import audit_to_proto, text
from services.algo_audit.wire_pack import pack_from_proto, pack_to_proto
from services.algo_audit.wire_what_if import what_if_to_proto


class AuditedPacks:
    """``Packs`` over the auditor."""

    def __init__(self, auditor: Auditor, registered: Registered, appeals: AppealDesk) -> None:
        self._auditor = auditor
        self._registered = registered
        self._appeals = appeals

    def freeze(
        self, scope: Scope, *, detail: int, platform_id: str, union_id: str, topic: int, now_ms: int
    ) -> FrozenPack:
        """See the port."""
        result = self._auditor.freeze(replace(scope, detail=Detail(detail or Detail.DISTANCE)))
        platform = result.platform_ids.index(platform_id)
        own = replace(
            result,
            audited=replace(
                result.audited, cohorts=[row for row in result.audited.cohorts if row.platform == platform]
            ),
            charges=_of_platform(result.charges, platform),
        )
        appeals = self._appeals.counts(platform_id, result.period_start_ms, result.period_end_ms)
        area = self._registered.area_name(scope.area_code)
        document = pack_of(
            PackScope(
                metric=METRICS[scope.metric_id],
                area=Text(*area),
                period_start_ms=result.period_start_ms,
                period_end_ms=result.period_end_ms,
                platforms=dict(enumerate(result.platform_ids)),
                audit_id=result.audit_id,
                data_version=result.data_version,
                create_ms=now_ms,
                params=result.params,
            ),
            own.audited.cohorts,
            own.charges,
            history=[
                each
                for each in result.declared
                if each.platform == platform and each.metric == scope.metric_id
            ],
            what_ifs=what_ifs(result.audited, platform, _penalties(result, platform)),
            appeals=appeals,
        )
        pack = pack_to_proto(document, audit_to_proto(own), appeals)
        return FrozenPack(
            audit_id=result.audit_id,
            data_version=result.data_version,
            period_start_ms=result.period_start_ms,
            period_end_ms=result.period_end_ms,
            value=pack.SerializeToString(),
            data=freeze(
                result.observations,
                _thresholds(result),
                result.params,
                result.audited.detail,
                scope.county,
                platform,
            ),
        )


class FrozenEffects:
    """``Effects`` over frozen packs."""

    def of(self, data: bytes, proposals: Sequence[Proposal]) -> list[OfferEffect]:
        """See the port."""
        audited, platform = thaw(data)
        effects: list[OfferEffect] = []
        for index, proposal in enumerate(proposals):
            proposed = DeclaredThreshold(
                platform=platform,
                metric=proposal.metric_id,
                value=proposal.value,
                min_m=float(proposal.distance_start_m),
                max_m=no_end(proposal.distance_end_m),
                service=proposal.service,
                area=int(proposal.area_code),
            )
            touched = [
                row
                for row in audited.cohorts
                if row.platform == platform
                and row.threshold.service == proposal.service
                and (row.cohort.distance is None or proposed.touches(row.cohort.distance))
            ]
            for row in touched:
                answer = what_if(audited, platform, proposal.service, row.cohort.id, proposal.value)
                message = consultation_pb2.OfferEffect(
                    cohort=row.cohort.id, cohort_name=text(row.cohort.label_zh, row.cohort.label_en)
                )
                if answer is not None:
                    message.what_if.CopyFrom(what_if_to_proto(answer.what_if))
                    message.declared.CopyFrom(what_if_to_proto(answer.declared))
                floor = feasible_in(row.cohort, proposed, proposal.value, audited.metric, audited.params)
                effects.append(
                    OfferEffect(
                        threshold_index=index,
                        cohort=row.cohort.id,
                        floor=None if floor is None else floor.floor,
                        below_floor=floor is not None and floor.below_floor,
                        value=message.SerializeToString(),
                    )
                )
        return effects


class DocumentRenderer:
    """``PackRenderer`` over the documents."""

    def render(self, pack: bytes, document: int, language: int) -> Rendered:
        """See the port."""
        return render(
            pack_from_proto(consultation_pb2.Pack.FromString(pack)),
            Format(document or Format.PDF),
            Language(language or Language.ZH),
        )


def declared_penalty(result: Audit, platform: int, service: int) -> int | None:
    """What a platform declared to take for one order that misses its standard, fen; None if nothing."""
    at_ms = result.period_end_ms - 1
    held = [
        threshold.value
        for threshold in in_force(result.declared, at_ms)
        if (threshold.platform, threshold.metric, threshold.service)
        == (platform, PENALTIES_PER_ORDER.id, service)
    ]
    return round(max(held)) if held else None


def _penalties(result: Audit, platform: int) -> dict[str, int]:
    """Threshold id → what the platform declared to take for one order that misses it, fen."""
    declared = [threshold for threshold in _thresholds(result) if threshold.platform == platform]
    services = {threshold.service for threshold in declared}
    by_service = {service: declared_penalty(result, platform, service) for service in services}
    taken = ((threshold.id, by_service[threshold.service]) for threshold in declared)
    return {threshold_id: penalty for threshold_id, penalty in taken if penalty is not None}


def _thresholds(result: Audit) -> list[DeclaredThreshold]:
    """Those that were judged, each once."""
    judged = (row.threshold for row in result.audited.cohorts)
    return list({(threshold.id, threshold.version): threshold for threshold in judged}.values())


def _of_platform(charges: Charges, platform: int) -> Charges:
    return Charges(
        ratchets=[each for each in charges.ratchets if each.platform == platform],
        applied=[each for each in charges.applied if each.platform == platform],
        parity=[each for each in charges.parity if each.platform == platform],
        pay=[each for each in charges.pay if each.platform == platform],
        data_issues=[each for each in charges.data_issues if each.platform == platform],
    )
