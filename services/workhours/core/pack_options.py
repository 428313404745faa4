"""Options of a rule pack: choices a deployment makes, and what of the pack they change.

    options:  {cycle: {title, default: 70h_8d, values: {70h_8d: {title}, 60h_7d: {title, aliases: ["60/7"]}}}}
    when:     {cycle: 60h_7d}                                 a rule that applies only then
    by:       {value: 12 h, by: {sector: {passenger: 10 h}}}  a parameter with another value then

Everything works on the loaded document, before a family reads its parameters: a family sees one value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.workhours.core.document import Node, refusal
from services.workhours.core.text import Text, text_of


@dataclass(frozen=True, slots=True)
class OptionValue:
    """One thing an option can be."""

    id: str
    title: Text
    aliases: tuple[str, ...]
    """Other names under which cases and people know it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    id: str
    title: Text
    default: str
    values: tuple[OptionValue, ...]

    def value_named(self, name: str) -> str | None:
        """The id of the value of this name or alias, in whatever case; None if there is none."""
        folded = name.strip().casefold()
        for value in self.values:
            if folded in (value.id.casefold(), *(alias.casefold() for alias in value.aliases)):
                return value.id
        return None

    def value_ids(self) -> str:
        return ", ".join(value.id for value in self.values)


def read_options(document: Mapping[str, object]) -> tuple[Option, ...]:
    """The pack's options. Raises ValueError (``document.refusal``)."""
    options = entries(document.get("options", {}), "options")
    return tuple(_option(raw, name, f"options.{name}") for name, raw in options.items())


def choose(options: tuple[Option, ...], given: Mapping[str, str]) -> dict[str, str]:
    """The value of every option: as given, by id or alias, else its default.

    Raises:
        ValueError: for an option or a value the pack does not have.
    """
    known = {option.id: option for option in options}
    for name in given:
        if name not in known:
            raise refusal("options", name, f"the pack has {', '.join(known) or 'no options'}")
    chosen = {}
    for option in options:
        name = given.get(option.id, option.default)
        value = option.value_named(name)
        if value is None:
            raise refusal(f"options.{option.id}", name, f"use one of: {option.value_ids()}")
        chosen[option.id] = value
    return chosen


def read_when(raw: object, path: str, options: tuple[Option, ...]) -> dict[str, str]:
    """The option values under which a rule applies; ``raw`` is its ``when``."""
    node = Node(raw, path)
    return {name: _value_of(options, name, node.text(name), f"{path}.{name}") for name in entries(raw, path)}


def with_values_chosen(
    params: object, path: str, options: tuple[Option, ...], chosen: Mapping[str, str]
) -> Mapping[str, object]:
    """``params`` of a rule with every ``by`` resolved: each parameter is {value, origin} then."""
    resolved: dict[str, object] = {}
    for name, param in entries(params, path).items():
        resolved[name] = param
        if isinstance(param, Mapping) and "by" in param:
            by_path = f"{path}.{name}.by"
            plain = {key: value for key, value in param.items() if key != "by"}
            for option, values in entries(param["by"], by_path).items():
                for value, other in entries(values, f"{by_path}.{option}").items():
                    if _value_of(options, option, value, f"{by_path}.{option}") == chosen[option]:
                        plain["value"] = other
            resolved[name] = plain
    return resolved


def entries(value: object, path: str) -> Mapping[str, object]:
    """A mapping whose keys are texts: YAML reads an unquoted ``on`` as a truth value."""
    if not isinstance(value, Mapping):
        raise refusal(path, value, "write a mapping (key: value) here")
    for key in value:
        if not isinstance(key, str):
            raise refusal(path, key, "quote this key: YAML does not read it as a text")
    return value


def texts(value: object, path: str) -> tuple[str, ...]:
    """A list of texts."""
    if (
        isinstance(value, str)
        or not isinstance(value, Sequence)
        or not all(isinstance(t, str) for t in value)
    ):
        raise refusal(path, value, 'write a list of texts: ["…"]')
    return tuple(value)


def _option(raw: object, name: str, path: str) -> Option:
    node = Node(raw, path)
    title, default = text_of(node, "title"), node.text("default")
    node.node("values")
    node.finish()
    values = entries(entries(raw, path)["values"], f"{path}.values")
    option = Option(
        name, title, default, tuple(_value(each, key, f"{path}.values.{key}") for key, each in values.items())
    )
    if default not in {value.id for value in option.values}:
        raise refusal(f"{path}.default", default, f"use one of: {option.value_ids()}")
    return option


def _value(raw: object, name: str, path: str) -> OptionValue:
    fields = dict(entries(raw, path))
    aliases = texts(fields.pop("aliases", []), f"{path}.aliases")
    node = Node(fields, path)
    value = OptionValue(name, text_of(node, "title"), aliases)
    node.finish()
    return value


def _value_of(options: tuple[Option, ...], option_id: str, value: str, path: str) -> str:
    for option in options:
        if option.id == option_id:
            if value not in {each.id for each in option.values}:
                raise refusal(path, value, f"use one of: {option.value_ids()}")
            return value
    raise refusal(path, option_id, f"the pack has {', '.join(o.id for o in options) or 'no options'}")
