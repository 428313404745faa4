"""A letter as sent, and what every letter is written with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from services.notify.core.findings import Place
from services.notify.core.policy import EscalationRule, Policy, Rung
from services.notify.core.text import Text


class NoticeKind(IntEnum):
    """The values equal ``quzhong.api.notify.v1.NoticeKind``."""

    WARNING = 1
    """警示函"""
    SUMMONS = 2
    """约谈通知书"""
    SUMMONS_CANCELLED = 3
    """取消约谈通知书"""
    RECTIFICATION = 4
    """限期整改通知书"""
    RECHECK = 5
    """复查结果通知书"""
    CLOSURE = 6
    """结案通知书"""
    COMMENDATION = 7
    """表扬通报; it belongs to no case."""
    ESCALATION = 8
    """联合处置告知书"""


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter as sent."""

    notice_id: str
    kind: NoticeKind
    case_id: str
    place: Place
    title: Text
    """What it is about; ``heading`` has the whole heading, with who sends it and what kind it is."""
    body: Text
    """Paragraphs separated by line feeds; ``form.read`` takes them apart."""
    citations: tuple[Text, ...]
    policy_id: str
    policy_version: str
    create_time_ms: int
    workers: int = 0
    """As many workers are counted in the body, of several counts the least; 0 if it counts none."""
    signed_by: str = ""
    """The policy, or the named official who approved it."""
    deadline: date | None = None
    """The last day (Asia/Shanghai) for what it asks; None if it asks for nothing."""
    talk_id: str = ""
    """Of a summons and its cancellation: the talk, whose invitation has this as its UID."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom a letter names."""

    platform: Text
    area: Text


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes to whom, under which policy, when."""

    policy: Policy
    rule: EscalationRule | None
    """The policy's row for the case; None if no row covers it any more, or there is no case."""
    parties: Parties
    departments: tuple[Text, ...]
    """In whose name: the department that leads first; empty: the policy's issuer."""
    signed_by: str
    """Who answers for it, as the ledger names them."""
    signatory: Text
    """The name of the official who approved it; empty where the policy sends it."""
    earlier: int
    """How many letters of this kind the case got before."""
    day: date
    """The date of the letter, in Asia/Shanghai."""
    at_ms: int

    @property
    def issuers(self) -> tuple[Text, ...]:
        """Who signs, the one that leads first; never empty."""
        return self.departments or (self.policy.issuer,)

    @property
    def is_joint(self) -> bool:
        """Whether several departments sign."""
        return len(self.departments) > 1

    def cited(self, *rungs: Rung) -> tuple[Text, ...]:
        """The articles that these rungs of the ladder rest on, each once."""
        return self._articles(self.policy.clauses[rung] for rung in rungs)

    def cited_with_duty(self, *rungs: Rung) -> tuple[Text, ...]:
        """Likewise, after the articles of the case's row: the duty that was not kept, then what is done."""
        duty = self.rule.articles if self.rule else ()
        return self._articles([*duty, *(self.policy.clauses[rung] for rung in rungs)])

    def _articles(self, keys: Iterable[str]) -> tuple[Text, ...]:
        return tuple(dict.fromkeys(self.policy.articles[key] for key in keys))


def joined(issuers: Sequence[Text]) -> Text:
    """Several departments in one sentence."""
    if len(issuers) == 1:
        return issuers[0]
    *most, last = (issuer.en for issuer in issuers)
    return Text("、".join(issuer.zh for issuer in issuers), f"{', '.join(most)} and {last}")
