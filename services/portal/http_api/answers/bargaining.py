"""Consultations and appeals against penalties."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from services.portal.core import consultations
from services.portal.core.penalty_appeals import PenaltyAppealState
from services.portal.http_api.answers.audits import CohortAudit, ServiceWord, WhatIf
from services.portal.http_api.answers.parts import WORD, Answer, Moment, Range, Text

SideWord = Annotated[consultations.Side, WORD]
ConsultationWord = Annotated[consultations.ConsultationState, WORD]
AppealWord = Annotated[PenaltyAppealState, WORD]


class ConsultationSummary(Answer):
    """What was consulted on, and how it went, without offers and course."""

    consultation_id: str
    platform_id: str
    union_id: str
    area_code: str
    metric_id: str
    topic: Annotated[consultations.Topic, WORD]
    state: ConsultationWord
    opened_by: SideWord
    create_time: Moment | None = Field(validation_alias="create_ms")
    end_time: Moment | None = Field(validation_alias="end_ms", description="Null while it goes on.")
    period_start_time: Moment | None = Field(validation_alias="period_start_ms")
    period_end_time: Moment | None = Field(validation_alias="period_end_ms")
    audit_id: str
    accepted_offer: int = Field(description="Its number; 0: none.")


class ConsultationList(Answer):
    consultations: list[ConsultationSummary] = Field(validation_alias="items")
    next_page_token: str


class ProposedThreshold(Answer):
    """A threshold somebody proposes, in the metric's unit."""

    metric_id: str
    area_code: str
    service: ServiceWord
    distance_start_m: int
    distance_end_m: int = Field(description="0 has no bound.")
    value: float


class OfferEffect(Answer):
    """What one threshold of an offer would do in one cohort of the pack."""

    threshold_index: int
    cohort: str
    cohort_name: Text
    offered: WhatIf
    declared: WhatIf | None = Field(description="Null where nothing is declared.")
    middle: Range
    floor: float | None
    partial: bool


class Offer(Answer):
    number: int
    side: SideWord
    party_id: str
    thresholds: list[ProposedThreshold]
    effective_time: Moment | None = Field(validation_alias="effective_ms")
    text: str
    create_time: Moment | None = Field(validation_alias="create_ms")
    effects: list[OfferEffect]


class ConsultationStep(Answer):
    create_time: Moment | None = Field(validation_alias="create_ms")
    side: SideWord
    party_id: str
    action: str
    text: str


class Consultation(ConsultationSummary):
    offers: list[Offer]
    steps: list[ConsultationStep]


class Room(Answer):
    """A consultation with what lies on the table."""

    consultation: Consultation
    metric_name: Text
    unit: str
    middle_band: Range
    rows: list[CohortAudit] = Field(description="Of the frozen pack, the platform's.")
    words: list[Text] = Field(description="What the pack says first, in plain words.")


class ConsultationDuty(Answer):
    """To consult at least yearly."""

    platform_id: str
    last_end_time: Moment | None = Field(validation_alias="last_end_ms", description="Null: never yet.")
    due_time: Moment = Field(validation_alias="due_ms")
    overdue: bool
    open_consultation_id: str


class ConsultationDutyList(Answer):
    duties: list[ConsultationDuty] = Field(validation_alias="items")
    next_page_token: str


class PenaltyAppeal(Answer):
    """One appeal against a penalty, as it stands."""

    appeal_id: str
    platform_id: str
    worker_id: str = Field(description="A pseudonym.")
    order_id: str
    penalty_fen: int
    grounds: str
    filed_by: str
    create_time: Moment | None = Field(validation_alias="create_ms")
    due_time: Moment | None = Field(validation_alias="due_ms")
    state: AppealWord
    reply: str
    reply_time: Moment | None = Field(validation_alias="reply_ms")
    overdue: bool


class PenaltyAppealList(Answer):
    appeals: list[PenaltyAppeal] = Field(validation_alias="items")
    next_page_token: str
