"""A pack as its file has it: what can be asked of it before any option is chosen, and the pack under some."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from services.workhours.core.pack_options import Option
from services.workhours.core.pack_parser import NO_OPTIONS, parse_rule_pack, parse_variants, read_aliases
from services.workhours.core.rule_pack import Rule, RulePack

NO_VALUES: Final[Mapping[tuple[str, str], str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PackDocument:
    """One version of a pack."""

    source: str
    """Where it was read from, for messages."""
    pack: RulePack
    """Under every option's default."""
    aliases: Mapping[str, Mapping[str, str]]
    """Other names of it → the options each implies."""
    rules: tuple[Rule, ...]
    """Every rule, those included that apply only under other options; in the order of the file."""
    _loaded: Mapping[str, Any]

    @staticmethod
    def of(loaded: object, source: str = "") -> PackDocument:
        """From loaded YAML. Raises ValueError (`pack_parser.parse_rule_pack`)."""
        pack, *others = parse_variants(loaded)
        assert isinstance(loaded, Mapping)
        rules = {rule.id: rule for rule in pack.rules}
        for other in others:
            for rule in other.rules:
                rules.setdefault(rule.id, rule)
        order = [rule["id"] for rule in loaded["rules"]]
        return PackDocument(
            source=source,
            pack=pack,
            aliases=read_aliases(loaded),
            rules=tuple(sorted(rules.values(), key=lambda rule: order.index(rule.id))),
            _loaded=loaded,
        )

    @property
    def id(self) -> str:
        return self.pack.id

    @property
    def version(self) -> str:
        return self.pack.version

    @property
    def options(self) -> tuple[Option, ...]:
        return self.pack.options

    @property
    def valid_from(self) -> date:
        return self.pack.valid_from

    @property
    def valid_until(self) -> date | None:
        return self.pack.valid_until

    def in_force_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def resolve(
        self,
        options: Mapping[str, str] = NO_OPTIONS,
        *,
        zone: str | None = None,
        values: Mapping[tuple[str, str], str] = NO_VALUES,
    ) -> RulePack:
        """The pack under these options; ``zone``: count its days there; ``values``: by (rule id, parameter),
        written instead of the pack's own.

        Raises:
            ValueError: for an option, a value or a parameter the pack does not take.
        """
        loaded = self._loaded
        if values:
            loaded = copy.deepcopy(dict(loaded))
            for rule in loaded["rules"]:
                for name, param in rule["params"].items():
                    if (rule["id"], name) in values:
                        param["value"] = values[rule["id"], name]
                        param.pop("by", None)
        return parse_rule_pack(loaded, options, zone)


def overlap_of(first: PackDocument, second: PackDocument) -> date | None:
    """The first day on which both, being versions of one pack, would be in force; None if there is none."""
    if first.id != second.id:
        return None
    start = max(first.valid_from, second.valid_from)
    return start if first.in_force_on(start) and second.in_force_on(start) else None
