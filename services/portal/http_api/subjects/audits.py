"""Audits, declared thresholds, and what another threshold would do."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from services.portal.bargaining import FRONTIER_POINTS
from services.portal.core.rules import Service
from services.portal.core.what_if import CohortRef
from services.portal.http_api.access import TheToken
from services.portal.http_api.answers.audits import (
    Audit,
    AuditList,
    Compared,
    Frontier,
    Metric,
    MetricList,
    ServiceWord,
    ThresholdList,
)
from services.portal.http_api.answers.parts import Text
from services.portal.http_api.parts import ThePart
from services.portal.http_api.route import JUDGED, ONE, routes
from services.portal.web import ThePortal

router = routes("audits and thresholds")


@router.get("/metrics")
async def list_metrics(portal: ThePortal, token: TheToken) -> MetricList:
    """What can be audited."""
    metrics = await portal.bargaining.metrics(token)
    return MetricList(
        metrics=[
            Metric(metric_id=metric_id, name=Text.model_validate(each.name), unit=each.unit)
            for metric_id, each in metrics.items()
        ]
    )


@router.get("/audits")
async def list_audits(portal: ThePortal, token: TheToken, part: ThePart) -> AuditList:
    """Audits that were run, without their rows."""
    listed = await portal.listings.audits(token, part.part)
    part.on(listed.next_page_token)
    return AuditList.model_validate(listed)


@router.get("/audits/{audit_id}", responses=ONE)
async def get_audit(portal: ThePortal, token: TheToken, audit_id: str) -> Audit:
    """One audit: each declared threshold against the middle, parity, pay, limits over time."""
    return Audit.model_validate(await portal.bargaining.audit(token, audit_id))


def _cohort(
    audit_id: str,
    platform_id: Annotated[str, Query()],
    cohort: Annotated[str, Query(description="As in a row of the audit.")],
    service: Annotated[
        ServiceWord, Query(description="Only where the audit has the cohort of more than one service.")
    ] = Service.UNSPECIFIED,
) -> CohortRef:
    return CohortRef(audit_id, platform_id, cohort, service)


TheCohort = Annotated[CohortRef, Depends(_cohort)]


@router.get("/audits/{audit_id}/what-if", responses=JUDGED)
async def get_what_if(
    portal: ThePortal,
    token: TheToken,
    cohort: TheCohort,
    threshold: Annotated[float, Query(gt=0, allow_inf_nan=False, description="In the metric's unit.")],
) -> Compared:
    """What another threshold would do in a cohort, beside the one in force."""
    return Compared.model_validate(await portal.bargaining.what_if(token, cohort, threshold))


@router.get("/audits/{audit_id}/frontier", responses=JUDGED)
async def get_frontier(
    portal: ThePortal,
    token: TheToken,
    cohort: TheCohort,
    points: Annotated[int, Query(ge=2, le=101)] = FRONTIER_POINTS,
) -> Frontier:
    """What each threshold would do in a cohort, over the whole range of them."""
    return Frontier.model_validate(await portal.bargaining.frontier(token, cohort, points))


@router.get("/thresholds")
async def list_thresholds(
    portal: ThePortal, token: TheToken, part: ThePart, platform_id: str = "", metric_id: str = ""
) -> ThresholdList:
    """Declared thresholds, every version."""
    listed = await portal.listings.thresholds(token, platform_id, metric_id, part.part)
    part.on(listed.next_page_token)
    return ThresholdList.model_validate(listed)
