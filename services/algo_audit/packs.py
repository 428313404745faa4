"""Consultation packs: made from an audit, frozen with its data, asked again for every offer, and rendered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kit.errors import FailedPreconditionError
from quzhong.api.algo_audit.v1 import consultation_pb2
from services.algo_audit.appeals import AppealDesk
from services.algo_audit.consultation_ports import FrozenPack, OfferEffect
from services.algo_audit.core.audit import feasible_in
from services.algo_audit.core.cohort_tree import Cohort, Detail
from services.algo_audit.core.metrics import METRICS, PENALTIES_PER_ORDER, Key
from services.algo_audit.core.pack import PackScope, pack_of
from services.algo_audit.core.pack_model import Text
from services.algo_audit.core.pack_what_if import what_ifs
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.core.report import Charges
from services.algo_audit.core.thresholds import DeclaredThreshold, covers_area, in_force, no_end
from services.algo_audit.core.what_if import what_if
from services.algo_audit.frozen import freeze, thaw
from services.algo_audit.handlers import Auditor
from services.algo_audit.pack_documents import Format, Language, Rendered, render
from services.algo_audit.ports import Audit, Registered, Scope
from services.algo_audit.wire import audit_to_proto, interval_to_proto, text
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
        if platform_id not in result.platform_ids:
            raise _unseen(platform_id)
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
                names={platform: self._name(platform_id)},
                areas={
                    each.area: Text(*self._registered.area_name(str(each.area)))
                    for each in result.declared
                    if each.area
                },
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
                scope.area_code,
                platform,
                _penalties_by_service(result, platform),
                _area_names(result),
            ),
        )

    def _name(self, platform_id: str) -> Text:
        """What the platform is called; its id if the registry does not name it."""
        party = self._registered.platform(platform_id)
        return Text(party.name_zh, party.name_en) if party else Text(platform_id, platform_id)


class FrozenEffects:
    """``Effects`` over frozen packs."""

    def of(self, data: bytes, proposals: Sequence[Proposal]) -> list[OfferEffect]:
        """See the port."""
        thawed = thaw(data)
        audited, platform = thawed.audited, thawed.platform
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
                and _meets_area(proposed, row.cohort)
            ]
            for row in touched:
                answer = what_if(
                    audited,
                    platform,
                    proposal.service,
                    row.cohort.id,
                    proposal.value,
                    thawed.penalties.get(proposal.service),
                )
                floor = feasible_in(row.cohort, proposed, proposal.value, audited.metric, audited.params)
                message = consultation_pb2.OfferEffect(
                    cohort=row.cohort.id,
                    cohort_name=text(row.cohort.label_zh, row.cohort.label_en),
                    floor=None if floor is None else floor.floor,
                    partial=_is_partial(proposed, row.cohort, thawed.area),
                )
                if answer is not None:
                    message.what_if.CopyFrom(what_if_to_proto(answer.what_if))
                    message.declared.CopyFrom(what_if_to_proto(answer.declared))
                    message.middle.CopyFrom(interval_to_proto(answer.marks.middle))
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


def _unseen(platform_id: str) -> FailedPreconditionError:
    return FailedPreconditionError(
        f"platform_id: {platform_id!r} has sent no orders and declared nothing, so there is nothing to "
        "consult on; it declares with RegistryService.DeclareThreshold, or sends its orders, first",
        zh=f"platform_id：{platform_id} 未报送订单，也未申报任何标准，尚无可协商的内容；请该平台先申报标准"
        "或报送订单",
        field="platform_id",
        reason="PLATFORM_WITHOUT_DATA",
    )


def declared_penalty(result: Audit, platform: int, service: int) -> float | None:
    """The penalties_per_order that a platform declared for all of the area audited, fen: a mean over all
    orders, not rounded; None if nothing. What follows from it: core.what_if."""
    at_ms, area = result.period_end_ms - 1, int(result.scope.area_code)
    held = [
        threshold.value
        for threshold in in_force(result.declared, at_ms)
        if (threshold.platform, threshold.metric, threshold.service)
        == (platform, PENALTIES_PER_ORDER.id, service)
        and threshold.holds_in(area)
    ]
    return max(held, default=None)


def _penalties(result: Audit, platform: int) -> dict[str, float]:
    """Threshold id → the penalties_per_order that the platform declared for its service."""
    by_service = _penalties_by_service(result, platform)
    return {
        threshold.id: by_service[threshold.service]
        for threshold in _thresholds(result)
        if threshold.platform == platform and threshold.service in by_service
    }


def _penalties_by_service(result: Audit, platform: int) -> dict[int, float]:
    """Service of which there is a threshold → the same; none where nothing is taken."""
    services = {threshold.service for threshold in _thresholds(result) if threshold.platform == platform}
    taken = ((service, declared_penalty(result, platform, service)) for service in services)
    return {service: penalty for service, penalty in taken if penalty is not None}


def _area_names(result: Audit) -> dict[int, tuple[str, str]]:
    """What the audit's cohorts call their areas."""
    return {
        value.code: (value.zh, value.en)
        for row in result.audited.cohorts
        for (key, _), value in zip(row.cohort.keys, row.cohort.values, strict=True)
        if key is Key.AREA
    }


def _meets_area(proposed: DeclaredThreshold, cohort: Cohort) -> bool:
    """Whether the proposal holds for some place of the cohort."""
    area = cohort.code(Key.AREA)
    return not area or covers_area(proposed.area, area) or covers_area(area, proposed.area)


def _is_partial(proposed: DeclaredThreshold, cohort: Cohort, audited_area: int) -> bool:
    """Whether the proposal leaves out some of the cohort."""
    area = cohort.code(Key.AREA) or audited_area
    nearer = cohort.distance is not None and not proposed.covers(cohort.distance)
    return nearer or not covers_area(proposed.area, area)


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
