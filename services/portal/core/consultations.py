"""Consultations between a union and a platform: what is offered, what each offer would do, and the course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from services.portal.core.audits import CohortAudit, Interval
from services.portal.core.language import LocalText
from services.portal.core.what_if import WhatIf


class ConsultationState(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.ConsultationState."""

    UNSPECIFIED = 0
    OPEN = 1
    AGREED = 2
    FAILED = 3


class Side(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.Side."""

    UNSPECIFIED = 0
    UNION = 1
    PLATFORM = 2


class Topic(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.Topic."""

    UNSPECIFIED = 0
    ORDER_ALLOCATION = 1
    INCOME_AND_COMMISSION = 2
    HOURS_AND_REST = 3
    TIME_AND_ROUTING = 4
    ASSESSMENT_AND_PENALTIES = 5


class Detail(IntEnum):
    """How finely orders are cut; each divides what the one before has whole. Values equal those of
    quzhong.api.algo_audit.v1.Detail."""

    UNSPECIFIED = 0
    SERVICE = 1
    DISTANCE = 2
    AREA = 3
    HOUR = 4
    WEATHER = 5


class PackKind(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.PackFormat."""

    UNSPECIFIED = 0
    PDF = 1
    CSV = 2
    PARQUET = 3


TOPICS = {
    "delivery_time": Topic.TIME_AND_ROUTING,
    "implied_speed": Topic.TIME_AND_ROUTING,
    "acceptance_rate": Topic.ORDER_ALLOCATION,
    "daily_orders": Topic.HOURS_AND_REST,
    "online_hours": Topic.HOURS_AND_REST,
    "piece_rate": Topic.INCOME_AND_COMMISSION,
    "commission_share": Topic.INCOME_AND_COMMISSION,
    "hourly_earnings": Topic.INCOME_AND_COMMISSION,
    "supplement_share": Topic.INCOME_AND_COMMISSION,
}
"""Metric → the item of the agenda that it usually belongs to; any other: assessment and penalties."""


@dataclass(frozen=True, slots=True)
class ConsultationStep:
    """One step, in order."""

    create_ms: int | None
    side: Side
    party_id: str
    action: str
    """``OPENED``, ``OFFERED``, ``AGREED`` or ``FAILED``; a newer service may have more."""
    text: str


@dataclass(frozen=True, slots=True)
class ProposedThreshold:
    """A threshold somebody proposes, for one distance band; the value in the metric's unit."""

    metric_id: str
    area_code: str
    service: int
    distance_start_m: int
    distance_end_m: int
    """0 has no bound."""
    value: float

    @property
    def band(self) -> str:
        """As a cohort of it is called: ``3000-5000``."""
        return f"{self.distance_start_m}-{self.distance_end_m or ''}"


@dataclass(frozen=True, slots=True)
class OfferEffect:
    """What one threshold of an offer would do in one cohort of the pack."""

    threshold_index: int
    cohort: str
    cohort_name: LocalText
    offered: WhatIf
    declared: WhatIf | None
    """None where nothing is declared."""
    middle: Interval
    floor: float | None
    partial: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What a side proposes."""

    number: int
    side: Side
    party_id: str
    thresholds: tuple[ProposedThreshold, ...]
    effective_ms: int | None
    text: str
    create_ms: int | None
    effects: tuple[OfferEffect, ...]


@dataclass(frozen=True, slots=True)
class Consultation:
    """What was consulted on, and how it went. Moments in epoch milliseconds."""

    consultation_id: str
    platform_id: str
    union_id: str
    area_code: str
    metric_id: str
    topic: Topic
    state: ConsultationState
    opened_by: Side
    create_ms: int | None
    end_ms: int | None
    """None while it goes on."""
    period_start_ms: int | None
    period_end_ms: int | None
    audit_id: str
    offers: tuple[Offer, ...]
    accepted_offer: int
    """0: none."""
    steps: tuple[ConsultationStep, ...]

    @property
    def is_open(self) -> bool:
        return self.state is ConsultationState.OPEN

    @property
    def agreed(self) -> Offer | None:
        """The offer that was agreed on."""
        return next((each for each in self.offers if each.number == self.accepted_offer), None)

    def side_of(self, party_id: str) -> Side:
        """Which side a party is; UNSPECIFIED if it is none."""
        sides = {self.union_id: Side.UNION, self.platform_id: Side.PLATFORM}
        return sides.get(party_id, Side.UNSPECIFIED)

    def acceptable(self, side: Side) -> Offer | None:
        """The offer a side may accept: the last one, if the other side made it."""
        last = self.offers[-1] if self.offers and self.is_open else None
        return last if last and side and last.side is not side else None

    def latest(self, side: Side) -> Offer | None:
        """A side's last offer."""
        return next((each for each in reversed(self.offers) if each.side is side), None)


@dataclass(frozen=True, slots=True)
class Room:
    """A consultation with what lies on the table."""

    consultation: Consultation
    metric_name: LocalText
    unit: str
    middle_band: Interval
    rows: tuple[CohortAudit, ...]
    """Of the frozen pack, the platform's."""
    words: tuple[LocalText, ...]
    """What the pack says first, in plain words."""


@dataclass(frozen=True, slots=True)
class Duty:
    """To consult at least yearly."""

    platform_id: str
    last_end_ms: int | None
    """None: it never did."""
    due_ms: int
    overdue: bool
    open_consultation_id: str


@dataclass(frozen=True, slots=True)
class GivenOpening:
    """What a form asks to open; empty days: the last period of the calendar."""

    platform_id: str
    union_id: str
    topic: Topic
    metric_id: str
    area_code: str
    detail: Detail
    start_ms: int | None
    end_ms: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One cohort, with what holds and what each side's last offer would do."""

    cohort: str
    cohort_name: LocalText
    middle: Interval
    floor: float | None
    declared: WhatIf | None
    union: WhatIf | None
    platform: WhatIf | None


def side_by_side(consultation: Consultation) -> list[Comparison]:
    """Every cohort that one of the two last offers touches, in the order of the pack."""
    last = {side: consultation.latest(side) for side in (Side.UNION, Side.PLATFORM)}
    effects: dict[str, dict[Side, OfferEffect]] = {}
    for side, offer in last.items():
        for effect in offer.effects if offer else ():
            effects.setdefault(effect.cohort, {})[side] = effect
    found = []
    for cohort, by_side in effects.items():
        any_effect = next(iter(by_side.values()))
        union, platform = by_side.get(Side.UNION), by_side.get(Side.PLATFORM)
        found.append(
            Comparison(
                cohort,
                any_effect.cohort_name,
                any_effect.middle,
                any_effect.floor,
                any_effect.declared,
                union.offered if union else None,
                platform.offered if platform else None,
            )
        )
    return sorted(found, key=lambda each: _start_of(each.cohort))


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A line of the form for an offer: a distance band with what holds in it."""

    service: int
    distance_start_m: int
    distance_end_m: int
    cohort_name: LocalText
    declared: float | None
    middle: Interval | None
    floor: float

    @property
    def name(self) -> str:
        """Of its input: ``1.0-1000``."""
        return f"{self.service}.{self.distance_start_m}-{self.distance_end_m or ''}"


def offer_rows(rows: Sequence[CohortAudit]) -> list[OfferRow]:
    """What an offer may set: each service and distance band of the pack once; all where it has none."""
    found: dict[tuple[int, int, int], OfferRow] = {}
    for row in rows:
        start, end = row.distance
        key = (row.service or 1, start, end)
        if key in found:
            continue
        found[key] = OfferRow(
            *key,
            row.distance_name or row.cohort_name,
            row.declared,
            row.figures.middle if row.figures else None,
            row.floor,
        )
    return [found[key] for key in sorted(found)] or [OfferRow(1, 0, 0, LocalText(), None, None, 0.0)]


def _start_of(cohort: str) -> tuple[int, str]:
    digits = cohort.split("-")[0]
    return (int(digits) if digits.isdigit() else 0), cohort
