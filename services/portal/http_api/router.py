"""All of ``/api/v1``."""

from __future__ import annotations

from fastapi import APIRouter

from services.portal.http_api.subjects import alerts, audits, bargaining, files, findings, registry

PREFIX = "/api/v1"

router = APIRouter(prefix=PREFIX)
for _subject in (alerts, findings, audits, bargaining, registry, files):
    router.include_router(_subject.router)
