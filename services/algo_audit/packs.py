"""Consultation packs: made from an audit, frozen with its data, asked again for every offer, and rendered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kit.errors import FailedPreconditionError
from quzhong.api.algo_audit.v1 import consultation_pb2
from services.algo_audit.appeals import AppealDesk
from services.algo_audit.cohort_what_ifs import declared_penalty
from services.algo_audit.consultation_ports import FrozenPack, OfferEffect
from services.algo_audit.core.audit import CohortAudit, feasible_in
from services.algo_audit.core.cohort_keys import ASSESSED_BY
from services.algo_audit.core.cohort_tree import Cohort, Detail
from services.algo_audit.core.metrics import METRICS, Key
from services.algo_audit.core.pack import PackScope, pack_of
from services.algo_audit.core.pack_model import Text
from services.algo_audit.core.pack_what_if import what_ifs
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.core.report import Charges
from services.algo_audit.core.thresholds import DeclaredThreshold, covers_area, no_end
from services.algo_audit.core.undeclared import services_of, undeclared_in, untouched
from services.algo_audit.core.what_if import what_if, what_if_undeclared
from services.algo_audit.frozen import Thawed, freeze, thaw
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
        names = self._area_names(result)
        undeclared = undeclared_in(
            result.audited,
            platform,
            services_of(result.observations, platform),
            area=result.scope.county,
            area_names=names,
        )
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
            undeclared=undeclared,
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
                names,
            ),
        )

    def _area_names(self, result: Audit) -> dict[int, tuple[str, str]]:
        """What the cohorts of the audit call their areas, also of those in which nothing is declared."""
        population = result.audited.population
        areas = {area for pair in ASSESSED_BY.items() for area in population.areas(*pair)}
        areas |= {row.cohort.code(Key.AREA) or 0 for row in result.audited.cohorts}
        return {area: self._registered.area_name(str(area)) for area in sorted(areas) if area}

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
                effects.append(_effect(thawed, index, proposed, row))
            county = thawed.area if thawed.area % 100 else 0
            for row in untouched(audited, proposed, area=county, area_names=thawed.area_names):
                effects.append(_effect_undeclared(thawed, index, proposed, row))
        return effects


def _effect(thawed: Thawed, index: int, proposed: DeclaredThreshold, row: CohortAudit) -> OfferEffect:
    """What a proposed threshold would do in place of the one declared in a cohort."""
    message = consultation_pb2.OfferEffect()
    answer = what_if(
        thawed.audited,
        proposed.platform,
        proposed.service,
        row.cohort.id,
        proposed.value,
        thawed.penalties.get(proposed.service),
    )
    if answer is not None:
        message.what_if.CopyFrom(what_if_to_proto(answer.what_if))
        message.declared.CopyFrom(what_if_to_proto(answer.declared))
        message.middle.CopyFrom(interval_to_proto(answer.marks.middle))
    return _offer_effect(thawed, index, proposed, row, message)


def _effect_undeclared(
    thawed: Thawed, index: int, proposed: DeclaredThreshold, row: CohortAudit
) -> OfferEffect:
    """The same where nothing is declared: there is nothing to set it beside but the middle."""
    message = consultation_pb2.OfferEffect()
    answer = what_if_undeclared(thawed.audited, row, proposed.value)
    if answer is not None:
        does, marks = answer
        message.what_if.CopyFrom(what_if_to_proto(does))
        message.middle.CopyFrom(interval_to_proto(marks.middle))
    return _offer_effect(thawed, index, proposed, row, message)


def _offer_effect(
    thawed: Thawed,
    index: int,
    proposed: DeclaredThreshold,
    row: CohortAudit,
    message: consultation_pb2.OfferEffect,
) -> OfferEffect:
    audited = thawed.audited
    floor = feasible_in(row.cohort, proposed, proposed.value, audited.metric, audited.params)
    message.cohort = row.cohort.id
    message.cohort_name.CopyFrom(text(row.cohort.label_zh, row.cohort.label_en))
    if floor is not None:
        message.floor = floor.floor
    message.partial = _is_partial(proposed, row.cohort, thawed.area)
    return OfferEffect(
        threshold_index=index,
        cohort=row.cohort.id,
        floor=None if floor is None else floor.floor,
        below_floor=floor is not None and floor.below_floor,
        value=message.SerializeToString(),
    )


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
