"""The rules platforms declare: all of them, one version with what it changed, and both for programs."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from kit.clock import system_clock
from kit.errors import InvalidArgumentError
from services.portal import declared_rules
from services.portal.core.rules import RuleKind, lines_of_difference
from services.portal.ports import RuleQuery
from services.portal.web import ThePortal, TheReader, page

router = APIRouter()

KINDS = {kind.name.lower(): kind for kind in RuleKind if kind}
_NOT_STORED = {"Cache-Control": "no-store"}

Version = Annotated[int, Query(ge=0, le=2**31 - 1)]


def query_of(platform: str = "", kind: str = "", area: str = "") -> RuleQuery:
    """The filter in the address.

    Raises InvalidArgumentError for a kind there is not.
    """
    if kind and kind not in KINDS:
        raise InvalidArgumentError(
            f"kind: {kind!r} is none of {', '.join(KINDS)}",
            zh=f"kind：没有“{kind}”这一类别，可用：{'、'.join(KINDS)}",
            field="kind",
        )
    return RuleQuery(platform.strip(), KINDS.get(kind, RuleKind.UNSPECIFIED), area.strip())


TheQuery = Annotated[RuleQuery, Depends(query_of)]


@router.get("/rules")
async def index(request: Request, portal: ThePortal, reader: TheReader, query: TheQuery) -> Response:
    """One row a document: what holds, what is coming."""
    token = reader.require_token()
    view = await declared_rules.listed(portal.suite, portal.registry, token, query, system_clock())
    fields = {
        "platform": query.platform_id,
        "kind": query.kind.name.lower() if query.kind else "",
        "area": query.area_code,
    }
    given = urlencode({name: value for name, value in fields.items() if value})
    return page(
        request,
        "rules.html",
        view=view,
        names=view.names,
        query=query,
        kinds=KINDS,
        json_link=f"/rules.json?{given}" if given else "/rules.json",
    )


@router.get("/rules.json")
async def index_json(portal: ThePortal, reader: TheReader, query: TheQuery) -> Response:
    """Every version as the contract's ``ListRuleDocumentsResponse``."""
    text = await portal.registry.rule_documents_json(reader.require_token(), query)
    return Response(text, media_type="application/json", headers=_NOT_STORED)


@router.get("/rules/{document_id}")
async def show(
    request: Request, portal: ThePortal, reader: TheReader, document_id: str, version: Version = 0
) -> Response:
    """One version in plain words; without ``version`` the one in force, or the next to be."""
    token = reader.require_token()
    view = await declared_rules.shown(
        portal.suite, portal.registry, token, document_id, version, system_clock()
    )
    difference = view.difference
    return page(
        request,
        "rule.html",
        view=view,
        names=view.names,
        document=view.document,
        wording_lines=lines_of_difference(difference.wording) if difference else [],
    )


@router.get("/rules/{document_id}/document.json")
async def show_json(portal: ThePortal, reader: TheReader, document_id: str, version: Version = 0) -> Response:
    """One version as the contract's ``RuleDocument``; without ``version`` the last one."""
    token = reader.require_token()
    text = await portal.registry.rule_document_json(token, document_id, version)
    return Response(text, media_type="application/json", headers=_NOT_STORED)
