"""The escalation policy: when a case opens and when a warning goes out. Declared and versioned.

The document is YAML (``services/notify/policy.yaml``, shape in ``policy.schema.json``). Reading and
schema-checking the file is an adapter's work; ``parse_policy`` turns the checked mapping into frozen
dataclasses.

    Policy
    ├── articles           the clauses letters rest on, by key (二.14)
    ├── responsible        which units answer for an article (责任单位), the one that leads first
    ├── judging            how long a rate waits before it is judged
    ├── ladder, clauses    deadlines from a warning to its end, and the article of each rung
    ├── good_conduct       what it takes to be on the list of good conduct
    └── rules              first match by rule id wins
        ├── opens_at       least severity that belongs to a case
        ├── trigger        AtOnce | Rate
        └── ladder         the policy's, but for the values that the row has of its own
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from fnmatch import fnmatchcase
from typing import Any

from services.notify.core.findings import Finding, Severity
from services.notify.core.good_conduct import GoodConductStandard, parse_standard
from services.notify.core.judging import Judging
from services.notify.core.text import Text

_UNIT_MS = {"h": 3_600_000, "min": 60_000, "s": 1_000}


@dataclass(frozen=True, slots=True)
class AtOnce:
    """One standing finding of the severity is enough: for audits, whose evidence is already a population."""

    least_severity: Severity


@dataclass(frozen=True, slots=True)
class Rate:
    """More than ``workers_per_thousand`` active workers with a standing finding within ``window_days``."""

    least_severity: Severity
    window_days: int
    """Whole days in Asia/Shanghai, the last one included."""
    workers_per_thousand: float
    """Exceeded strictly."""
    least_workers: int
    """Distinct workers it takes at least, so that one rider of a small platform does not make a rate."""


class Rung(Enum):
    """A rung of the ladder; each rests on an article. The value is its name in the document."""

    WARNING = "warning"
    """警示"""
    SUMMONS = "summons"
    """约谈"""
    JOINT = "joint"
    """联合约谈、联合惩戒"""
    RECTIFICATION = "rectification"
    """限期整改"""
    RECHECK = "recheck"
    """复查、结案"""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The numbers of the way from a warning to its end. Working days are those of the Chinese calendar."""

    answer_working_days: int
    """A platform answers a warning by the end of this working day after the day of the letter."""
    observe_days: int
    """Calendar days that are observed after an answer, and after the end of a rectification."""
    summons_notice_working_days: int
    """A talk is held this working day after the day of the summons, or later."""
    rectify_working_days: int
    """An order to rectify runs to the end of this working day after the day of the order."""
    extension_working_days: int
    """A deadline may be moved by so many working days at most."""
    summonses_before_escalation: int
    """A platform that failed to appear is summoned again until it did so this often."""
    repeat_within_days: int
    """Calendar days in which warnings count as repeated, that of the latest included."""
    repeats_to_summons: int
    """So many warnings of one place within them are followed by a summons at once."""
    summons_workers_per_thousand: float | None
    """A rate above it is followed by a summons at once; None: no rate is."""
    recheck_confidence: float
    """Of the interval that a recheck decides by, 0–1."""


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """What follows from findings of the rules it names."""

    id: str
    patterns: tuple[str, ...]
    """Rule ids; ``*`` and ``?`` as in file names."""
    title: Text
    """Of the cases."""
    opens_at: Severity
    """Findings below it make alerts and belong to no case."""
    trigger: AtOnce | Rate
    reason: Text
    """Why the trigger is where it is."""
    demand: Text
    """What a warning asks of the platform."""
    articles: tuple[str, ...]
    """Keys of ``Policy.articles``, in the order of citation."""
    ladder: Ladder
    """The policy's, but for the values that the row has of its own."""

    def covers(self, rule_id: str) -> bool:
        """Whether one of the patterns fits the rule id."""
        return any(fnmatchcase(rule_id, pattern) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class Policy:
    """An escalation policy as declared."""

    id: str
    version: str
    title: Text
    issuer: Text
    """In whose name letters go out."""
    basis: Text
    """The notice the articles are of."""
    articles: Mapping[str, Text]
    responsible: Mapping[str, tuple[str, ...]]
    """Ids of the units (责任单位) that an article names, the one that leads first."""
    judging: Judging
    ladder: Ladder
    """Of every rule whose row says nothing else."""
    ladder_origins: Mapping[str, Text]
    """Why each value of the ladder is what it is, by field."""
    clauses: Mapping[Rung, str]
    """The key of the article that each rung rests on."""
    good_conduct: GoodConductStandard
    """What it takes to be on the list of good conduct (联合激励)."""
    rules: tuple[EscalationRule, ...]

    @property
    def actor(self) -> str:
        """How the policy signs the steps it takes."""
        return f"policy:{self.id}@{self.version}"

    def rule_for(self, rule_id: str) -> EscalationRule | None:
        """The first row that covers the rule; None if findings of it make alerts only."""
        return next((rule for rule in self.rules if rule.covers(rule_id)), None)

    def clause(self, rung: Rung) -> Text:
        """The article that a rung rests on."""
        return self.articles[self.clauses[rung]]

    def belongs_to_case(self, finding: Finding) -> bool:
        """Whether a finding counts in the case of its place."""
        rule = self.rule_for(finding.place.rule_id)
        return rule is not None and finding.stands and finding.severity >= rule.opens_at

    def opens_at(self, rule_id: str) -> Severity:
        """Least severity that belongs to a case of the rule; a breach where no row covers it."""
        rule = self.rule_for(rule_id)
        return Severity.BREACH if rule is None else rule.opens_at


def parse_policy(document: Mapping[str, Any]) -> Policy:
    """A policy from a mapping that ``policy.schema.json`` allows.

    Raises:
        ValueError: naming the row, if it shares its id, cites an unknown article, warns below ``opens_at`` or
            has a ladder that cannot be climbed.
    """
    ladder_of = document["ladder"]
    ladder = Ladder(**{field.name: ladder_of[field.name]["value"] for field in fields(Ladder)})
    policy = Policy(
        id=document["id"],
        version=document["version"],
        title=_text(document["title"]),
        issuer=_text(document["issuer"]),
        basis=_text(document["basis"]),
        articles={key: _text(value) for key, value in document["articles"].items()},
        responsible={key: tuple(units) for key, units in document["responsible"].items()},
        judging=Judging(
            _duration_ms(document["judging"]["late_events"]["value"]),
            _duration_ms(document["judging"]["quiet"]["value"]),
        ),
        ladder=ladder,
        ladder_origins={field.name: _text(ladder_of[field.name]["origin"]) for field in fields(Ladder)},
        clauses={rung: ladder_of["clauses"][rung.value] for rung in Rung},
        good_conduct=parse_standard(document["good_conduct"]),
        rules=tuple(_rule(row, ladder) for row in document["rules"]),
    )
    _check(policy)
    return policy


def _check(policy: Policy) -> None:
    articles = policy.articles
    ids = [rule.id for rule in policy.rules]
    if len(set(ids)) < len(ids):
        raise ValueError(f"policy {policy.id}: rules {ids} share an id; give every row its own")
    if unknown := sorted(set(policy.clauses.values()) - set(articles)):
        raise ValueError(
            f"policy {policy.id}: ladder.clauses cites {unknown}; known articles are {sorted(articles)}"
        )
    if unknown := sorted(set(policy.responsible) - set(articles)):
        raise ValueError(
            f"policy {policy.id}: responsible names {unknown}; known articles are {sorted(articles)}"
        )
    for rule in policy.rules:
        if unknown := [key for key in rule.articles if key not in articles]:
            raise ValueError(
                f"policy {policy.id}: rule {rule.id} cites {unknown}; known are {sorted(articles)}"
            )
        if rule.trigger.least_severity < rule.opens_at:
            raise ValueError(
                f"policy {policy.id}: rule {rule.id} warns at {rule.trigger.least_severity.name.lower()}, "
                f"below opens_at {rule.opens_at.name.lower()}: such findings are in no case"
            )
        if isinstance(rule.trigger, Rate):
            _check_rate_ladder(policy, rule, rule.trigger)


def _check_rate_ladder(policy: Policy, rule: EscalationRule, rate: Rate) -> None:
    ladder = rule.ladder
    if ladder.observe_days < rate.window_days:
        raise ValueError(
            f"policy {policy.id}: rule {rule.id} observes {ladder.observe_days} days (ladder.observe_days), "
            f"fewer than its window_days {rate.window_days}: a recheck would count days before the answer"
        )
    severe = ladder.summons_workers_per_thousand
    if severe is not None and severe <= rate.workers_per_thousand:
        raise ValueError(
            f"policy {policy.id}: rule {rule.id} summons above {severe:g} per thousand "
            f"(ladder.summons_workers_per_thousand), not above its warning's {rate.workers_per_thousand:g}: "
            "every warning would be a summons; raise it, or make it null"
        )


def _rule(row: Mapping[str, Any], ladder: Ladder) -> EscalationRule:
    return EscalationRule(
        id=row["id"],
        patterns=tuple(row["applies_to"]),
        title=_text(row["title"]),
        opens_at=_severity(row["opens_at"]),
        trigger=_trigger(row["warning"]),
        reason=_text(row["reason"]),
        demand=_text(row["demand"]),
        articles=tuple(row["articles"]),
        ladder=replace(ladder, **row.get("ladder", {})),
    )


def _trigger(row: Mapping[str, Any]) -> AtOnce | Rate:
    least = _severity(row["least_severity"])
    if row["when"] == "at_once":
        return AtOnce(least)
    return Rate(least, row["window_days"], float(row["workers_per_thousand"]), row["least_workers"])


def _duration_ms(text: str) -> int:
    """``2 h 30 min`` in ms, as durations are written in the rule packs too; the schema has its shape."""
    return sum(int(number) * _UNIT_MS[unit] for number, unit in re.findall(r"(\d+) (h|min|s)", text))


def _severity(name: str) -> Severity:
    return Severity[name.upper()]


def _text(value: Mapping[str, str]) -> Text:
    return Text(zh=value["zh"].strip(), en=value["en"].strip())
