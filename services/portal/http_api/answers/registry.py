"""Who reads, parties, areas, declared rules, employment reports, and how somebody stands."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from services.portal.core import readers, reports, rules
from services.portal.http_api.answers.audits import ServiceWord
from services.portal.http_api.answers.cases import Case
from services.portal.http_api.answers.parts import WORD, Answer, Moment, Text

RoleWord = Annotated[readers.Role, WORD]
RuleWord = Annotated[rules.RuleKind, WORD]
DueWord = Annotated[reports.DueState, WORD]


class Profile(Answer):
    """What the registry says of you."""

    role: RoleWord
    party_id: str
    name: Text
    area_codes: list[str]
    platform_ids: list[str]
    person_name: str
    may_approve: bool
    expire_time: Moment | None = Field(
        validation_alias="expire_ms", description="Null: your credential holds until it is revoked."
    )


class Party(Answer):
    """Who is registered."""

    party_id: str
    role: RoleWord
    name: Text
    area_codes: list[str]
    platform_ids: list[str] = Field(
        description="A partner firm: the platforms it works for. A union: those of its remit; empty: all."
    )
    department_id: str
    version: int
    create_time: Moment | None = Field(validation_alias="create_ms")


class PartyList(Answer):
    parties: list[Party] = Field(validation_alias="items")
    next_page_token: str


class Area(Answer):
    area_code: str = Field(description="GB/T 2260.")
    parent_code: str
    name: Text


class AreaList(Answer):
    areas: list[Area] = Field(validation_alias="items")
    next_page_token: str


class RuleField(Answer):
    """One provision."""

    field_id: str
    title: Text
    value: bool | float | str | None
    unit: str = Field(description="Of a number.")


class RuleDocument(Answer):
    """One version of a document of rules."""

    document_id: str
    version: int
    platform_id: str
    kind: RuleWord
    area_code: str
    service: ServiceWord
    title: Text
    fields: list[RuleField]
    wording: str
    effective_time: Moment = Field(validation_alias="effective_ms")
    create_time: Moment = Field(validation_alias="create_ms", description="When it was declared.")
    consultation_id: str = Field(description="Empty if the platform declared it by itself.")


class RuleDocumentList(Answer):
    """Every version, by document and version."""

    documents: list[RuleDocument] = Field(validation_alias="items")
    next_page_token: str


class RuleChange(Answer):
    """One provision that differs."""

    kind: Annotated[rules.RuleChangeKind, WORD]
    before: RuleField | None
    after: RuleField | None


class RuleDifference(Answer):
    """What a version changed of an earlier one."""

    before: RuleDocument
    after: RuleDocument
    changes: list[RuleChange]
    properties: list[str] = Field(
        description="Of title, wording, effective_time, consultation_id those that differ."
    )
    wording: list[str] = Field(description="Unified diff.")


class ReportCheck(Answer):
    """Something a check found."""

    check_id: str
    severity: Annotated[reports.CheckSeverity, WORD]
    field: str
    text: Text
    explanation: str


class Report(Answer):
    """One version of an employment report."""

    report_id: str
    version: int
    state: Annotated[reports.ReportState, WORD]
    reporter_id: str
    platform_id: str
    area_code: str
    quarter: str
    figures: dict[str, int | None] = Field(description="By name, money in fen; null: not known yet.")
    amends_version: int = Field(description="The version it replaces; 0: none.")
    update_time: Moment | None = Field(validation_alias="update_ms")
    submit_time: Moment | None = Field(validation_alias="submit_ms")
    receiver_id: str = Field(description="Who acknowledged or returned it.")
    receive_time: Moment | None = Field(validation_alias="receive_ms")
    return_reason: str
    checks: list[ReportCheck]


class ReportList(Answer):
    """Every version, by report and version."""

    reports: list[Report] = Field(validation_alias="items")
    next_page_token: str


class DueDate(Answer):
    """A report that is owed, and how it stands."""

    report_id: str
    reporter_id: str
    platform_id: str
    area_code: str
    quarter: str
    due_date: date = Field(validation_alias="due", description="The last day to submit, in Shanghai.")
    state: DueWord
    note: Text = Field(description="How the day was counted.")
    receiver_ids: list[str]


class DueDateList(Answer):
    due_dates: list[DueDate] = Field(validation_alias="items")
    next_page_token: str


class OwedReport(Answer):
    """A due date with the last version of its report."""

    due: DueDate
    report: Report | None


class RuleStanding(Answer):
    """A document of rules: what holds, what is coming."""

    in_force: RuleDocument | None
    coming: RuleDocument | None


class Standing(Answer):
    """What a platform or a partner firm owes, its cases in hand, its rules."""

    owed: list[OwedReport] = Field(validation_alias="duties")
    cases: list[Case]
    rules: list[RuleStanding]
