"""What periods came to, where areas stand, and what is done whatever was declared."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from services.portal.core.baselines import Direction, Level
from services.portal.core.consultations import Detail
from services.portal.http_api.answers.parts import WORD, Answer, Bounded, Moment, Range, Text

DetailWord = Annotated[Detail, WORD]


class PeriodRow(Answer):
    """Of one area, platform and rule; empty where it sums."""

    area_code: str
    platform_id: str
    rule_id: str
    title: Text
    findings: int | None = Field(description="Null, as what follows: it would tell of too few workers.")
    workers: int | None
    rate_per_thousand: float | None
    steps: dict[str, int] = Field(validation_alias="counts", description="Steps of cases, by name.")


class TypicalCase(Answer):
    """A case told so that nobody can be identified."""

    rule_id: str
    title: Text
    story: Text


class PeriodReport(Answer):
    """Figures of a month or a quarter."""

    period: str
    area_code: str
    rows: list[PeriodRow]
    typical_cases: list[TypicalCase]
    create_time: Moment | None = Field(validation_alias="create_ms")


class GoodConduct(Answer):
    platform_id: str
    reason: Text


class GoodConductList(Answer):
    platforms: list[GoodConduct]


class AreaFigures(Answer):
    """Of an area with all that lies in it."""

    area_code: str
    findings: int
    workers: int = Field(description="With a finding; who works for two platforms counts for each.")
    active: int
    rate_per_thousand: float | None = Field(description="Null with fewer than ten active workers.")
    open_cases: int


class AreaFiguresList(Answer):
    """Of seven days; by code, so that an area stands before those in it."""

    first_date: date
    last_date: date
    areas: list[AreaFigures]
    create_time: Moment


class CohortKey(Answer):
    """One of the things a cohort is told apart by."""

    key: str
    value: str
    name: Text


class ExcludedValues(Answer):
    reason: str
    text: Text
    values: int = Field(description="Tens.")


class BoundedRange(Answer):
    """From low to high; null: without bound."""

    low: Bounded
    high: Bounded


class CohortBaseline(Answer):
    """Percentiles in the metric's unit; null where one is out of sight, or too few workers lie beyond."""

    cohort: str
    cohort_name: Text
    keys: list[CohortKey]
    orders: int
    values: int
    workers: int
    censored: int = Field(description="Of the values those not seen to their end. Tens.")
    p10: Bounded
    p25: Bounded
    p50: Bounded
    p75: Bounded
    p90: Bounded
    middle: BoundedRange = Field(
        description="The thresholds that the middle band of attainment corresponds to."
    )
    rank_error: float
    excluded: list[ExcludedValues]


class BaselineList(Answer):
    """A part of the cohorts, and what their figures rest on."""

    metric_id: str
    unit: str
    direction: Annotated[Direction, WORD]
    level: Annotated[Level, WORD]
    period_start_time: Moment | None = Field(validation_alias="period_start_ms")
    period_end_time: Moment | None = Field(validation_alias="period_end_ms")
    middle_band: Range
    days_covered: int
    missing_days: list[str] = Field(description="ISO 8601: not closed yet, or without any event.")
    days_to_amend: int
    events_after_closing: int
    baselines: list[CohortBaseline] = Field(validation_alias="items")
    next_page_token: str


class Failure(Answer):
    """Why there is no audit."""

    status: str = Field(description="A gRPC code.")
    reason: str
    text: Text


class Operation(Answer):
    """An audit on its way."""

    operation_id: str
    done: bool
    stage: str
    stage_name: Text
    percent: int
    metric_id: str
    area_code: str
    create_time: Moment | None = Field(validation_alias="create_ms")
    end_time: Moment | None = Field(validation_alias="end_ms")
    expire_time: Moment | None = Field(
        validation_alias="expire_ms", description="Until when it can be asked for."
    )
    audit_id: str = Field(description="What it found: `/audits/{audit_id}`; empty before its end.")
    failure: Failure | None


class OperationList(Answer):
    """The last begun first."""

    operations: list[Operation] = Field(validation_alias="items")
    next_page_token: str
