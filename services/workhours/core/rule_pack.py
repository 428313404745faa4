"""Rule packs: the numbers of a rule, where each comes from, and the texts people read.

A pack is YAML (`rules/*.yaml`, shape in `rules/schema.json`). Reading the file is an adapter's work;
`parse_rule_pack` turns the loaded mapping into frozen dataclasses and refuses what it does not understand,
so that a misspelt parameter can never silently leave a rule at a default. A further pack of a known family
needs YAML alone.

    RulePack
    └── Rule                     one family each
        ├── citations            what the rule rests on, clause by clause, zh and en
        ├── params               the family's dataclass, durations in ms
        ├── origins              why each parameter has its value, zh and en
        └── texts                by tier: prompt, limit_reached, breach
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.workhours.core.document import Node, Parsed, refusal

CONTINUOUS_WORK: Final = "continuous_work"
"""The family judged by `core/continuous_work.py`."""

SECTORS: Final = ("food_delivery", "ride_hailing", "parcel")
"""Kinds of service a pack may be for."""

_UNIT_MS: Final = {"h": 3_600_000, "min": 60_000, "s": 1_000}
_DURATION: Final = re.compile(r"\d+ (?:h|min|s)(?: \d+ (?:min|s))*")


class Measure(Enum):
    """What of a spell is held against the limit."""

    WORKED = "worked"
    """The time in which at least one order was in hand."""
    ELAPSED = "elapsed"
    """From the start of the first order to the end of the last, short gaps included."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; Chinese is shown first."""

    zh: str
    en: str


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
class ContinuousWorkParams:
    """Parameters of the family "continuous_work"; all durations in ms."""

    limit_ms: int
    """Work beyond this, strictly, is a breach."""
    reset_gap_ms: int
    """A gap of at least this ends the spell."""
    measure: Measure
    prompt_lead_ms: int
    """How long before the limit the prompt is due; 0 for no prompt of its own."""
    max_open_order_ms: int
    """How long an order whose end was never reported counts at most."""
    no_push_ms: int
    """How long, after a breach, no order is to be pushed from the completion of the order in hand."""


@dataclass(frozen=True, slots=True)
class TierTexts:
    """What is said when a tier is reached, with the pack's durations filled in."""

    prompt: Text
    limit_reached: Text
    breach: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack."""

    id: str
    """`<pack id>.<name>`, e.g. cn-food-delivery-2025.continuous-work"""
    family: str
    title: Text
    citations: tuple[Citation, ...]
    params: ContinuousWorkParams
    origins: Mapping[str, Text]
    """By parameter name as in the YAML: where its value comes from."""
    texts: TierTexts


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
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id. Raises KeyError that lists the ids there are."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(f"pack {self.id} has no rule {rule_id}; it has {', '.join(r.id for r in self.rules)}")

    def measured_by(self, measure: Measure) -> RulePack:
        """This pack with every rule measured so, for what-ifs; the version says so ("1.0.0+elapsed")."""
        if all(rule.params.measure is measure for rule in self.rules):
            return self
        rules = (replace(rule, params=replace(rule.params, measure=measure)) for rule in self.rules)
        return replace(self, version=f"{self.version}+{measure.value}", rules=tuple(rules))


def parse_rule_pack(mapping: Mapping[str, object]) -> RulePack:
    """Build a pack from its loaded YAML.

    Raises ValueError naming the field (dotted path), the value found and the way out.
    """
    pack = Node(mapping, "")
    pack_id = pack.text("id")
    parsed = RulePack(
        id=pack_id,
        version=pack.text("version"),
        title=_text(pack, "title"),
        sector=pack.convert("sector", _sector, f"use one of: {', '.join(SECTORS)}"),
        time_zone=pack.convert("time_zone", _zone, "give an IANA name such as Asia/Shanghai"),
        valid_from=pack.day("valid_from"),
        valid_until=pack.day("valid_until") if pack.has("valid_until") else None,
        rules=tuple(_rule(node, pack_id) for node in pack.nodes("rules")),
    )
    pack.finish()
    if parsed.valid_until is not None and parsed.valid_until < parsed.valid_from:
        raise refusal("valid_until", parsed.valid_until.isoformat(), "give a day not before valid_from")
    ids = [rule.id for rule in parsed.rules]
    if len(set(ids)) < len(ids):
        raise refusal("rules", ids, "give every rule an id of its own")
    return parsed


def _rule(node: Node, pack_id: str) -> Rule:
    rule_id = node.text("id")
    if not rule_id.startswith(f"{pack_id}."):
        raise refusal(node.path_of("id"), rule_id, f"begin it with the pack's id: {pack_id}.<name>")
    family = node.text("family")
    if family != CONTINUOUS_WORK:
        raise refusal(node.path_of("family"), family, f"use one of: {CONTINUOUS_WORK}")
    params, origins = _continuous_work_params(node.node("params"))
    texts = node.node("texts")
    rule = Rule(
        id=rule_id,
        family=family,
        title=_text(node, "title"),
        citations=tuple(_citation(citation) for citation in node.nodes("citations")),
        params=params,
        origins=origins,
        texts=TierTexts(*(_tier_text(texts, tier, params) for tier in ("prompt", "limit_reached", "breach"))),
    )
    texts.finish()
    node.finish()
    return rule


def _citation(node: Node) -> Citation:
    citation = Citation(
        title=_text(node, "title"),
        clause=_text(node, "clause"),
        standing=_text(node, "standing"),
        issued=node.day("issued"),
    )
    node.finish()
    return citation


def _continuous_work_params(node: Node) -> tuple[ContinuousWorkParams, dict[str, Text]]:
    origins: dict[str, Text] = {}

    def value(name: str, convert: Callable[[str], Parsed], way_out: str) -> Parsed:
        parameter = node.node(name)
        origins[name] = _text(parameter, "origin")
        converted = parameter.convert("value", convert, way_out)
        parameter.finish()
        return converted

    def duration(name: str, *, least: int = 1) -> int:
        way_out = 'write whole numbers with units, e.g. "4 h", "20 min" or "4 h 30 min"'
        length = value(name, _duration_ms, way_out)
        if length < least:
            raise refusal(node.path_of(f"{name}.value"), length, "give a duration above zero")
        return length

    params = ContinuousWorkParams(
        limit_ms=duration("limit"),
        reset_gap_ms=duration("reset_gap"),
        measure=value("measure", Measure, "use worked or elapsed"),
        prompt_lead_ms=duration("prompt_lead", least=0),
        max_open_order_ms=duration("max_open_order"),
        no_push_ms=duration("no_push"),
    )
    if params.prompt_lead_ms >= params.limit_ms:
        raise refusal(
            node.path_of("prompt_lead.value"), f"{params.prompt_lead_ms} ms", "make it shorter than the limit"
        )
    node.finish()
    return params, origins


def _text(node: Node, key: str) -> Text:
    both = node.node(key)
    text = Text(zh=both.text("zh"), en=both.text("en"))
    both.finish()
    return text


def _tier_text(node: Node, tier: str, params: ContinuousWorkParams) -> Text:
    """A tier's text; {limit}, {reset_gap}, {prompt_lead} and {no_push} in it become the pack's durations."""
    lengths = {
        "limit": params.limit_ms,
        "reset_gap": params.reset_gap_ms,
        "prompt_lead": params.prompt_lead_ms,
        "no_push": params.no_push_ms,
    }

    def fill(template: str, names: tuple[str, str, str]) -> str:
        try:
            return template.format_map({name: _spelt(ms, names) for name, ms in lengths.items()})
        except (KeyError, IndexError, AttributeError, ValueError) as unknown:
            known = ", ".join(f"{{{name}}}" for name in lengths)
            raise refusal(node.path_of(tier), template, f"use no placeholder but {known}") from unknown

    text = _text(node, tier)
    return Text(zh=fill(text.zh, ("小时", "分钟", "秒")), en=fill(text.en, ("h", "min", "s")))


def _spelt(length_ms: int, names: tuple[str, str, str]) -> str:
    """14_400_000 → "4 h"; the units' names in the order hour, minute, second."""
    parts = []
    for unit_ms, name in zip(_UNIT_MS.values(), names, strict=True):
        count, length_ms = divmod(length_ms, unit_ms)
        if count:
            parts.append(f"{count} {name}")
    return " ".join(parts) or f"0 {names[1]}"


def _duration_ms(text: str) -> int:
    if not _DURATION.fullmatch(text):
        raise ValueError(text)
    words = text.split()
    return sum(int(n) * _UNIT_MS[unit] for n, unit in zip(words[::2], words[1::2], strict=True))


def _sector(name: str) -> str:
    if name not in SECTORS:
        raise ValueError(name)
    return name


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ValueError(name) from unknown
    return name
