"""All of ``/api/v1``."""

from __future__ import annotations

from fastapi import APIRouter

from services.portal.http_api.subjects import (
    alerts,
    audits,
    bargaining,
    events,
    figures,
    files,
    findings,
    parties,
    registry,
    subscriptions,
    working_time,
)

PREFIX = "/api/v1"

router = APIRouter(prefix=PREFIX)
for _subject in (
    alerts,
    findings,
    working_time,
    events,
    audits,
    figures,
    bargaining,
    registry,
    parties,
    subscriptions,
    files,
):
    router.include_router(_subject.router)
