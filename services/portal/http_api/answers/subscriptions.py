"""Subscriptions, how far their messages have come, and officials who are away."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from services.portal.core import subscriptions
from services.portal.http_api.answers.findings import SeverityWord
from services.portal.http_api.answers.parts import WORD, Answer, Moment


class AlertFilter(Answer):
    """What is told; empty fields do not restrict."""

    area_code: str
    platform_id: str
    rule_id: str
    least_severity: SeverityWord
    department_id: str
    cases_only: bool


class Subscription(Answer):
    """Where alerts are sent, without its secret."""

    subscription_id: str
    party_id: str
    channel: Annotated[subscriptions.Channel, WORD]
    address: str
    filter: AlertFilter
    digest: Annotated[subscriptions.Digest, WORD]
    language: str = Field(description="`zh-CN` or `en`; empty of a webhook.")
    disabled: bool
    disabled_reason: str
    create_time: Moment | None = Field(validation_alias="create_ms")
    consecutive_failures: int


class SubscriptionList(Answer):
    subscriptions: list[Subscription] = Field(validation_alias="items")
    next_page_token: str


class Delivery(Answer):
    """One message to one recipient, and how far it has come."""

    delivery_id: str
    subscription_id: str
    message_id: str = Field(description="Of the alert, or the digest.")
    state: Annotated[subscriptions.DeliveryState, WORD]
    attempts: int
    last_status: int = Field(description="HTTP or SMTP status; 0 if no answer came.")
    last_error: str
    next_attempt_time: Moment | None = Field(validation_alias="next_attempt_ms")
    create_time: Moment | None = Field(validation_alias="create_ms")
    update_time: Moment | None = Field(validation_alias="update_ms")


class DeliveryList(Answer):
    deliveries: list[Delivery] = Field(validation_alias="items")
    next_page_token: str


class Absence(Answer):
    """While an official is away, a deputy approves."""

    official_id: str
    deputy_id: str
    first_date: str = Field(description="ISO 8601.")
    last_date: str


class AbsenceList(Answer):
    absences: list[Absence] = Field(validation_alias="items")
    next_page_token: str
