"""Subscriptions, how far their messages have come, and officials who are away."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from services.portal.http_api.access import TheToken
from services.portal.http_api.answers.subscriptions import AbsenceList, DeliveryList, SubscriptionList
from services.portal.http_api.parts import ThePart
from services.portal.http_api.route import ONE, routes
from services.portal.web import ThePortal

router = routes("subscriptions")


@router.get("/subscriptions")
async def list_subscriptions(portal: ThePortal, token: TheToken, part: ThePart) -> SubscriptionList:
    """Where your alerts are sent."""
    listed = await portal.lookups.subscriptions(token, part.part)
    part.on(listed.next_page_token)
    return SubscriptionList.model_validate(listed)


@router.get("/deliveries", responses=ONE)
async def list_deliveries(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    subscription_id: Annotated[str, Query(description="Empty: of all your subscriptions.")] = "",
) -> DeliveryList:
    """Receipts: each message to each recipient, and how far it has come."""
    listed = await portal.lookups.deliveries(token, subscription_id, part.part)
    part.on(listed.next_page_token)
    return DeliveryList.model_validate(listed)


@router.get("/absences")
async def list_absences(portal: ThePortal, token: TheToken, part: ThePart) -> AbsenceList:
    """Officials who are away, and who approves for them."""
    listed = await portal.lookups.absences(token, part.part)
    part.on(listed.next_page_token)
    return AbsenceList.model_validate(listed)
