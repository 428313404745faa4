"""Rule packs: the numbers of a rule, where each comes from, and the texts people read.

A pack is YAML (`rules/*.yaml`, shape in `rules/schema.json`). Reading the file is `catalogue`'s work;
`parse_rule_pack` (in `pack_parser`) turns the loaded mapping into these frozen dataclasses.

    RulePack
    ├── State                    what a worker may be doing, by the name rules use
    ├── Option                   a choice a deployment makes (`pack_options`)
    └── Rule                     one family each; only those that apply under the options chosen
        ├── citations            what the rule rests on, clause by clause, zh and en
        ├── params               the family's own dataclass, durations in ms
        ├── values, origins      each parameter as written, and why it has that value, zh and en
        └── texts                by tier: prompt, limit_reached, breach
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from services.workhours.core.counter import Measure
from services.workhours.core.pack_options import Option
from services.workhours.core.text import Text
from services.workhours.core.verdict import Severity

SECTORS: Final = (
    "food_delivery",
    "ride_hailing",
    "parcel",
    "road_haulage",
    "road_passenger",
    "light_transport",
    "any",
)
"""Kinds of service a pack may be for."""

STATE_SOURCES: Final = ("order_in_hand", "on_board", "offer", "online", "break", "offline")
"""What of a platform's events a state may be made of. Of dispatches: accepted to completed or cancelled,
picked up to completed or cancelled, the instant of the offer. Of work sessions (see `work_sessions`): online
and not on a break, on a break, offline."""


@dataclass(frozen=True, slots=True)
class State:
    """One thing a worker may be doing."""

    id: str
    title: Text
    source: str | None
    """One of `STATE_SOURCES`; None where platform events say nothing of it."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause a rule rests on."""

    title: Text
    clause: Text
    """Which clause, and what it says."""
    standing: Text
    """Its legal force: a recommended standard does not bind as a regulation does."""
    issued: date


@dataclass(frozen=True, slots=True)
class TierTexts:
    """What is said when a tier is reached, with the pack's durations filled in."""

    prompt: Text | None
    """None: the rule has no such tier."""
    limit_reached: Text | None
    breach: Text

    def of(self, severity: Severity) -> Text | None:
        """The text of a tier."""
        return {
            Severity.PROMPT: self.prompt,
            Severity.LIMIT_REACHED: self.limit_reached,
            Severity.BREACH: self.breach,
        }[severity]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack."""

    id: str
    """`<pack id>.<name>`, e.g. cn-food-delivery-2025.continuous-work"""
    code: str
    """Its name outside, e.g. cn.continuous_order_4h: as in conformance cases."""
    family: str
    title: Text
    citations: tuple[Citation, ...]
    params: Any
    """The family's `Params`."""
    values: Mapping[str, str]
    """By parameter name: the value as written, for the options chosen."""
    origins: Mapping[str, Text]
    """By parameter name as in the YAML: where its value comes from."""
    lengths: Mapping[str, int]
    """By parameter name, the durations, ms."""
    texts: TierTexts
    when: Mapping[str, str]
    """The options under which it applies; empty: always."""


@dataclass(frozen=True, slots=True)
class RulePack:
    """Rules of one sector that are in force together."""

    id: str
    version: str
    title: Text
    sector: str
    time_zone: str
    """IANA name; the zone in which the pack's days are counted and its times shown."""
    valid_from: date
    valid_until: date | None
    """Last day of validity; None while in force."""
    states: tuple[State, ...]
    options: tuple[Option, ...]
    chosen: Mapping[str, str]
    """By option: the value under which these are the rules."""
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id or code. Raises KeyError that lists the ids there are."""
        for rule in self.rules:
            if rule_id in (rule.id, rule.code):
                return rule
        raise KeyError(f"pack {self.id} has no rule {rule_id}; it has {', '.join(r.id for r in self.rules)}")

    def measured_by(self, measure: Measure) -> RulePack:
        """This pack with every rule that has a measure measured so, for what-ifs; the version says so
        ("1.0.0+elapsed")."""
        rules = tuple(
            replace(rule, params=replace(rule.params, measure=measure)) if "measure" in rule.values else rule
            for rule in self.rules
        )
        if rules == self.rules:
            return self
        return replace(self, version=f"{self.version}+{measure.value}", rules=rules)
