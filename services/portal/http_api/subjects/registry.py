"""Who reads, parties and areas, declared rules, employment reports, how somebody stands."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from kit.clock import system_clock
from services.portal.core.readers import Role
from services.portal.core.rules import RuleKind
from services.portal.http_api.access import TheToken
from services.portal.http_api.answers.registry import (
    AreaList,
    DueDateList,
    PartyList,
    Profile,
    Report,
    ReportList,
    RoleWord,
    RuleDifference,
    RuleDocument,
    RuleDocumentList,
    RuleWord,
    Standing,
)
from services.portal.http_api.parts import AreaCode, Quarter, ThePart
from services.portal.http_api.route import ONE, routes
from services.portal.ports import ReportQuery, RuleQuery
from services.portal.standing import standing
from services.portal.web import ThePortal

router = routes("registry")

Version = Annotated[int, Query(ge=0, le=2**31 - 1)]


@router.get("/me")
async def who_am_i(portal: ThePortal, token: TheToken) -> Profile:
    """What the registry says of you."""
    return Profile.model_validate(await portal.identity.who_am_i(token))


@router.get("/parties")
async def list_parties(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    role: RoleWord = Role.UNSPECIFIED,
    area_code: AreaCode = "",
) -> PartyList:
    """Platforms, partner firms, authorities, unions: those you may see."""
    listed = await portal.listings.parties(token, role, area_code, part.part)
    part.on(listed.next_page_token)
    return PartyList.model_validate(listed)


@router.get("/areas")
async def list_areas(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    parent_code: Annotated[AreaCode, Query(description="Only what lies in this area.")] = "",
) -> AreaList:
    """Areas with their names."""
    listed = await portal.listings.areas(token, parent_code, part.part)
    part.on(listed.next_page_token)
    return AreaList.model_validate(listed)


@router.get("/rule-documents")
async def list_rule_documents(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    platform_id: str = "",
    kind: RuleWord = RuleKind.UNSPECIFIED,
    area_code: AreaCode = "",
) -> RuleDocumentList:
    """Rules that platforms declare, every version."""
    query = RuleQuery(platform_id, kind, area_code)
    listed = await portal.listings.rule_documents(token, query, part.part)
    part.on(listed.next_page_token)
    return RuleDocumentList.model_validate(listed)


@router.get("/rule-documents/{document_id}", responses=ONE)
async def get_rule_document(
    portal: ThePortal, token: TheToken, document_id: str, version: Version = 0
) -> RuleDocument:
    """One version; 0: the last one."""
    # Version 1 there always is; of a document with no other one the last has none before it to compare.
    found = await portal.registry.rule_difference(token, document_id, version or 1, version)
    return RuleDocument.model_validate(found.after)


@router.get("/rule-documents/{document_id}/difference", responses=ONE)
async def diff_rule_document(
    portal: ThePortal,
    token: TheToken,
    document_id: str,
    before_version: Annotated[Version, Query(description="0: the one before the other.")] = 0,
    after_version: Annotated[Version, Query(description="0: the last one.")] = 0,
) -> RuleDifference:
    """What a version changed of an earlier one."""
    found = await portal.registry.rule_difference(token, document_id, before_version, after_version)
    return RuleDifference.model_validate(found)


@router.get("/reports")
async def list_reports(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    reporter_id: str = "",
    area_code: AreaCode = "",
    quarter: Quarter = "",
) -> ReportList:
    """Employment reports, every version."""
    listed = await portal.listings.reports(token, ReportQuery(reporter_id, area_code, quarter), part.part)
    part.on(listed.next_page_token)
    return ReportList.model_validate(listed)


@router.get("/reports/{report_id}", responses=ONE)
async def get_report(portal: ThePortal, token: TheToken, report_id: str, version: Version = 0) -> Report:
    """One version of a report; 0: the last one."""
    return Report.model_validate(await portal.registry.report(token, report_id, version))


@router.get("/due-dates")
async def list_due_dates(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    reporter_id: str = "",
    area_code: AreaCode = "",
    quarter: Annotated[Quarter, Query(description="Empty: the running one and the four before it.")] = "",
) -> DueDateList:
    """Which reports are owed by when, and how each stands."""
    listed = await portal.listings.due_dates(token, ReportQuery(reporter_id, area_code, quarter), part.part)
    part.on(listed.next_page_token)
    return DueDateList.model_validate(listed)


@router.get("/standing")
async def get_standing(portal: ThePortal, token: TheToken) -> Standing:
    """What you owe, your cases in hand, your rules. For platforms and partner firms."""
    return Standing.model_validate(await standing(portal.suite, portal.registry, token, system_clock()))
