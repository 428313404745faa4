"""From a pack's loaded YAML to a `RulePack`; what is not understood is refused.

A misspelt parameter can never silently leave a rule at a default, and a rule or a value that applies only
under some option is read as strictly as the others: a pack that loads, loads under every option.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.workhours.core.document import Node, refusal
from services.workhours.core.families.registry import FAMILIES
from services.workhours.core.pack_options import (
    Option,
    choose,
    entries,
    read_options,
    read_when,
    with_values_chosen,
)
from services.workhours.core.param_reader import ParamReader, spelt
from services.workhours.core.rule_pack import (
    SECTORS,
    STATE_SOURCES,
    Citation,
    Rule,
    RulePack,
    State,
    TierTexts,
)
from services.workhours.core.text import Text, text_of

NO_OPTIONS: Final[Mapping[str, str]] = MappingProxyType({})
UNITS_ZH: Final = ("天", "小时", "分钟", "秒")
UNITS_EN: Final = ("days", "h", "min", "s")
"""Of a length, in the order day, hour, minute, second; days are only ever said from two on."""


def parse_rule_pack(
    loaded: object, options: Mapping[str, str] = NO_OPTIONS, zone: str | None = None
) -> RulePack:
    """The pack under these options (by default each option's default), its days counted in ``zone`` if given.

    Raises:
        ValueError: naming the field (dotted path), the value found and the way out.
    """
    return _parse(entries(loaded, "the document"), options, zone)


def parse_variants(loaded: object) -> list[RulePack]:
    """The pack under every option's default, and under each other value of each option.

    Whatever rule and value it has is in one of them.

    Raises:
        ValueError: as ``parse_rule_pack``.
    """
    document = entries(loaded, "the document")
    default = _parse(document, NO_OPTIONS, None)
    others = [(option.id, value.id) for option in default.options for value in option.values]
    return [
        default,
        *(_parse(document, {name: value}, None) for name, value in others if value != default.chosen[name]),
    ]


def read_aliases(document: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """Other names of the pack, each with the options it implies."""
    options = read_options(document)
    aliases = {}
    for alias, raw in entries(document.get("aliases", {}), "aliases").items():
        path = f"aliases.{alias}"
        implied = entries(raw, path)
        aliases[alias] = read_when(implied, path, options) if implied else {}
    return aliases


def _parse(document: Mapping[str, object], options: Mapping[str, str], zone: str | None) -> RulePack:
    pack = Node(document, "")
    pack_id = pack.text("id")
    declared = read_options(document)
    chosen = choose(declared, options)
    states = _states(pack, document)
    read_aliases(document)
    for known in ("options", "aliases"):
        if pack.has(known):
            pack.node(known)  # read above, as it was loaded: their keys are the pack's own
    stated_zone = pack.convert("time_zone", _zone, "give an IANA name such as Asia/Shanghai")
    scope = _Scope(pack_id, states, ZoneInfo(zone or stated_zone), declared, chosen)
    rules = [
        _rule(node, entries(raw, "rules"), scope)
        for node, raw in zip(pack.nodes("rules"), _list(document["rules"]), strict=True)
    ]
    parsed = RulePack(
        id=pack_id,
        version=pack.text("version"),
        title=text_of(pack, "title"),
        sector=pack.convert("sector", _sector, f"use one of: {', '.join(SECTORS)}"),
        time_zone=zone or stated_zone,
        valid_from=pack.day("valid_from"),
        valid_until=pack.day("valid_until") if pack.has("valid_until") else None,
        states=states,
        options=declared,
        chosen=chosen,
        rules=tuple(rule for rule in rules if rule.when.items() <= chosen.items()),
    )
    pack.finish()
    if parsed.valid_until is not None and parsed.valid_until < parsed.valid_from:
        raise refusal("valid_until", parsed.valid_until.isoformat(), "give a day not before valid_from")
    _check_names(rules, pack_id)
    return parsed


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the rules of one pack share."""

    pack_id: str
    states: tuple[State, ...]
    zone: ZoneInfo
    options: tuple[Option, ...]
    chosen: Mapping[str, str]


def _states(pack: Node, document: Mapping[str, object]) -> tuple[State, ...]:
    node = pack.node("states")
    states = []
    for name in entries(document["states"], "states"):
        state = node.node(name)
        source = state.text("from") if state.has("from") else None
        if source is not None and source not in STATE_SOURCES:
            raise refusal(state.path_of("from"), source, f"use one of: {', '.join(STATE_SOURCES)}")
        states.append(State(name, text_of(state, "title"), source))
        state.finish()
    if not states:
        raise refusal("states", {}, "declare at least one state")
    return tuple(states)


def _rule(node: Node, raw: Mapping[str, object], scope: _Scope) -> Rule:
    rule_id, family = node.text("id"), node.text("family")
    if not rule_id.startswith(f"{scope.pack_id}."):
        raise refusal(node.path_of("id"), rule_id, f"begin it with the pack's id: {scope.pack_id}.<name>")
    if family not in FAMILIES:
        raise refusal(node.path_of("family"), family, f"use one of: {', '.join(FAMILIES)}")
    node.node("params")
    path = node.path_of("params")
    params = with_values_chosen(raw["params"], path, scope.options, scope.chosen)
    reader = ParamReader(Node(params, path), [state.id for state in scope.states], scope.zone)
    parsed = FAMILIES[family].parse(reader)
    reader.finish()
    when: Mapping[str, str] = NO_OPTIONS
    if node.has("when"):
        node.node("when")
        when = read_when(raw["when"], node.path_of("when"), scope.options)
    rule = Rule(
        id=rule_id,
        code=node.text("code"),
        family=family,
        title=text_of(node, "title"),
        citations=tuple(_citation(citation) for citation in node.nodes("citations")),
        params=parsed,
        values={name: str(entries(param, path)["value"]) for name, param in params.items()},
        origins=reader.origins,
        lengths=reader.lengths,
        texts=_tier_texts(node.node("texts"), reader.lengths),
        when=when,
    )
    node.finish()
    return rule


def _citation(node: Node) -> Citation:
    citation = Citation(
        title=text_of(node, "title"),
        clause=text_of(node, "clause"),
        standing=text_of(node, "standing"),
        issued=node.day("issued"),
    )
    node.finish()
    return citation


def _tier_texts(node: Node, lengths: Mapping[str, int]) -> TierTexts:
    def text(tier: str) -> Text:
        return _filled(text_of(node, tier), node.path_of(tier), lengths)

    texts = TierTexts(
        prompt=text("prompt") if node.has("prompt") else None,
        limit_reached=text("limit_reached") if node.has("limit_reached") else None,
        breach=text("breach"),
    )
    node.finish()
    return texts


def _filled(text: Text, path: str, lengths: Mapping[str, int]) -> Text:
    """{limit} and the like become the rule's durations, so that text and number cannot differ."""

    def fill(template: str, names: tuple[str, str, str, str]) -> str:
        try:
            return template.format_map({name: spelt(ms, names) for name, ms in lengths.items()})
        except (KeyError, IndexError, AttributeError, ValueError) as unknown:
            known = ", ".join(f"{{{name}}}" for name in lengths)
            raise refusal(path, template, f"use no placeholder but {known}") from unknown

    return Text(zh=fill(text.zh, UNITS_ZH), en=fill(text.en, UNITS_EN))


def _check_names(rules: list[Rule], pack_id: str) -> None:
    for name, one in (("id", "an id"), ("code", "a code")):
        names = [getattr(rule, name) for rule in rules]
        if len(set(names)) < len(names):
            raise refusal("rules", names, f"give every rule {one} of its own")
    above: set[str] = set()
    for at, rule in enumerate(rules):
        for param, value in rule.values.items():
            if value.startswith(f"{pack_id}.") and value not in above:
                field = f"rules[{at}].params.{param}.value"
                raise refusal(field, value, "name a rule above this one: a rule builds on those before it")
        above.add(rule.id)


def _list(value: object) -> list[object]:
    assert isinstance(value, list)  # `Node.nodes` has refused anything else
    return value


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
