"""Alerts, cases, and what passes in a case."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from services.portal.core import casework
from services.portal.core.alerts import AlertKind
from services.portal.core.cases import CaseState, NoticeKind
from services.portal.http_api.answers.findings import Finding, SeverityWord
from services.portal.http_api.answers.parts import WORD, Answer, Moment, Text

ReplyWord = Annotated[casework.ReplyKind, WORD]
TriggerWord = Annotated[casework.Trigger, WORD]
StateWord = Annotated[CaseState, WORD]


class Alert(Answer):
    """One line of the feed."""

    alert_id: str
    kind: Annotated[AlertKind, WORD]
    severity: SeverityWord
    platform_id: str
    area_code: str
    rule_id: str
    case_id: str = Field(description="Empty where the alert belongs to no case yet.")
    finding_id: str
    title: Text
    event_time: Moment | None = Field(validation_alias="event_time_ms", description="The moment it is about.")
    create_time: Moment | None = Field(validation_alias="create_time_ms", description="When it was raised.")


class AlertList(Answer):
    """Newest first."""

    alerts: list[Alert]
    next_page_token: str
    resume_token: str = Field(description="Where `/feed/events?resume=` goes on without a gap.")


class Case(Answer):
    """All findings of one rule against one platform in one area, while open."""

    case_id: str
    platform_id: str
    rule_id: str
    area_code: str
    state: StateWord
    severity: SeverityWord
    title: Text
    findings: int = Field(description="Findings that stand.")
    workers: int = Field(description="Distinct workers in them.")
    rate_per_thousand: float | None = Field(
        description="Workers with a finding per thousand active ones; null if nobody was seen active."
    )
    create_time: Moment | None = Field(validation_alias="create_time_ms")
    update_time: Moment | None = Field(validation_alias="update_time_ms")
    suppressed: bool = Field(description="Figures of too few workers are not told to you.")
    party_id: str = Field(description="Whose duty it is; empty where it is about none.")
    deadline: str = Field(description="The last day, ISO 8601, of what is waited for; or empty.")
    department_ids: list[str] = Field(description="Responsible departments, the one that leads first.")


class CaseList(Answer):
    cases: list[Case]
    next_page_token: str


class Notice(Answer):
    """A letter that was sent."""

    notice_id: str
    kind: Annotated[NoticeKind, WORD]
    title: Text
    body: Text = Field(description="Empty where it counts too few workers for you.")
    citations: list[Text]
    policy_id: str
    policy_version: str
    create_time: Moment | None = Field(validation_alias="create_time_ms")
    signed_by: str = Field(description="The policy, or the official who approved it.")
    deadline: str = Field(description="The day, ISO 8601, by which it asks for something; or empty.")


class CaseStep(Answer):
    """Who moved the case, when, why."""

    step_time: Moment | None = Field(validation_alias="step_time_ms")
    from_state: StateWord
    to_state: StateWord
    actor: str
    reason: Text
    clause: Text = Field(description="The article that allows it; empty where none is needed.")


class Attachment(Answer):
    attachment_id: str
    name: str
    media_type: str
    size: int = Field(description="Bytes.")


class Reply(Answer):
    """What was said to a notice."""

    notice_id: str
    kind: ReplyWord
    text: str
    attachments: list[Attachment]
    asked_until: str = Field(description="ISO 8601; of `extension_asked`.")
    actor: str
    late: bool
    create_time: Moment | None = Field(validation_alias="create_ms")


class Commitment(Answer):
    text: str
    due_date: str = Field(description="ISO 8601; empty if none was promised.")


class Talk(Answer):
    talk_id: str
    state: Annotated[casework.TalkState, WORD]
    start_time: Moment | None = Field(validation_alias="start_ms")
    end_time: Moment | None = Field(validation_alias="end_ms")
    place: str
    department_ids: list[str]
    attendees: str
    approved_by: str
    minutes: str
    commitments: list[Commitment]


class Observed(Answer):
    """Workers with a finding among those active, over whole days."""

    first_date: str
    last_date: str
    workers: int
    active: int
    rate_per_thousand: float | None


class Recheck(Answer):
    before: Observed
    after: Observed
    outcome: Annotated[casework.Outcome, WORD]
    reason: Text
    suppressed: bool
    create_time: Moment | None = Field(validation_alias="create_ms")


class Dispute(Answer):
    """A finding that its platform disputes, and what was decided."""

    appeal_id: str
    finding_id: str
    state: Annotated[casework.AppealState, WORD]
    grounds: str
    actor: str
    decision: str
    create_time: Moment | None = Field(validation_alias="create_ms")


class CaseFile(Answer):
    """A case with everything you may see of it."""

    case: Case
    findings: list[Finding] = Field(description="The gravest first; `case.findings` says how many there are.")
    notices: list[Notice]
    steps: list[CaseStep]
    next_steps: list[TriggerWord] = Field(description="What you may do next.")
    replies: list[Reply]
    talks: list[Talk]
    rechecks: list[Recheck]
    disputes: list[Dispute] = Field(validation_alias="appeals")
    set_aside: Annotated[list[str], BeforeValidator(sorted)] = Field(
        description="Ids of findings that count in no case any more, in order."
    )


class AgendaItem(Answer):
    """What is to be done by when."""

    kind: Annotated[casework.AgendaKind, WORD]
    case_id: str
    platform_id: str
    area_code: str
    title: Text
    day: date
    start_time: Moment | None = Field(validation_alias="start_ms")
    place: str


class Agenda(Answer):
    items: list[AgendaItem]
