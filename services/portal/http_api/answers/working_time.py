"""What stands by rule, advice for platforms' workers, and a worker's own record."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from services.portal.core import own_record
from services.portal.http_api.answers.findings import Finding, Timeline
from services.portal.http_api.answers.parts import WORD, Answer, Moment, Text


class RuleCount(Answer):
    """What stands of one rule."""

    rule_id: str
    spells: int = Field(description="Of at least the severity asked for; of breaches if none is.")
    workers: int


class FindingCounts(Answer):
    rules: list[RuleCount]


class Advice(Answer):
    """What a platform should do for one of its workers. The latest of a finding replaces the earlier ones."""

    advisory_id: str
    worker_id: str
    platform_id: str
    rule_id: str
    kind: Annotated[own_record.AdviceKind, WORD]
    minutes_left_ms: int | None = Field(description="At `event_time`, if the work went on.")
    must_rest_until_time: Moment | None = Field(validation_alias="must_rest_until_ms")
    no_push_start_time: Moment | None = Field(validation_alias="no_push_start_ms")
    no_push_end_time: Moment | None = Field(validation_alias="no_push_end_ms")
    finding_id: str
    event_time: Moment = Field(validation_alias="event_time_ms")
    text: Text


class AdviceList(Answer):
    advisories: list[Advice] = Field(validation_alias="items")
    resume_token: str = Field(description="Ask again with it: for more, or later for what has come.")
    more: bool = Field(description="There is more now.")


class IssuedCode(Answer):
    """A one-time code that was issued for the record."""

    party_id: str = Field(description="Who vouched.")
    reason: str
    create_time: Moment = Field(validation_alias="create_ms")
    redeem_time: Moment | None = Field(validation_alias="redeem_ms", description="Null if it was never used.")


class OwnRecord(Answer):
    """A worker's own: nothing of others."""

    timeline: Timeline
    findings: list[Finding]
    codes: list[IssuedCode] = Field(description="Of the last 92 days, the newest first.")
