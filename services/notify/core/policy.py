"""The escalation policy: when a case opens and when a warning goes out. Declared and versioned.

The document is YAML (``services/notify/policy.yaml``, shape in ``policy.schema.json``). Reading and
schema-checking the file is an adapter's work; ``parse_policy`` turns the checked mapping into frozen
dataclasses.

    Policy
    ├── articles           the clauses letters rest on, by key (二.14)
    ├── judging            how long a rate waits before it is judged
    └── rules              first match by rule id wins
        ├── opens_at       least severity that belongs to a case
        └── trigger        AtOnce | Rate
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from services.notify.core.findings import Finding, Severity
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
    judging: Judging
    rules: tuple[EscalationRule, ...]

    @property
    def actor(self) -> str:
        """How the policy signs the steps it takes."""
        return f"policy:{self.id}@{self.version}"

    def rule_for(self, rule_id: str) -> EscalationRule | None:
        """The first row that covers the rule; None if findings of it make alerts only."""
        return next((rule for rule in self.rules if rule.covers(rule_id)), None)

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
        ValueError: naming the row, if it shares its id, cites an unknown article or warns below ``opens_at``.
    """
    articles = {key: _text(value) for key, value in document["articles"].items()}
    policy = Policy(
        id=document["id"],
        version=document["version"],
        title=_text(document["title"]),
        issuer=_text(document["issuer"]),
        basis=_text(document["basis"]),
        articles=articles,
        judging=Judging(
            _duration_ms(document["judging"]["late_events"]["value"]),
            _duration_ms(document["judging"]["quiet"]["value"]),
        ),
        rules=tuple(_rule(row) for row in document["rules"]),
    )
    ids = [rule.id for rule in policy.rules]
    if len(set(ids)) < len(ids):
        raise ValueError(f"policy {policy.id}: rules {ids} share an id; give every row its own")
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
    return policy


def _rule(row: Mapping[str, Any]) -> EscalationRule:
    return EscalationRule(
        id=row["id"],
        patterns=tuple(row["applies_to"]),
        title=_text(row["title"]),
        opens_at=_severity(row["opens_at"]),
        trigger=_trigger(row["warning"]),
        reason=_text(row["reason"]),
        demand=_text(row["demand"]),
        articles=tuple(row["articles"]),
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
