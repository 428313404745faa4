"""What a case's ``params`` ask of its pack.

    {"sector": "TRV passenger"}          an option, its value by id or alias
    {"limit_h": 10, "reset_gap_min": 20} a length of the rules in question, in hours, minutes or seconds
    {"reset_gap_origin": "…"}            a remark
Anything else is a warning, not an error: cases carry remarks of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from cli.output import CommandError
from services.workhours.core.pack_document import PackDocument
from services.workhours.core.rule_pack import Rule

_UNITS_S: Final = {"_h": 3_600, "_min": 60, "_s": 1}
_REMARK: Final = "_origin"


def stated_options(
    case: Mapping[str, Any], document: PackDocument, file: Path, warnings: list[tuple[str, str]]
) -> dict[str, str]:
    """The options that ``params`` choose.

    Raises:
        CommandError: for a value the option does not have.
    """
    chosen = {}
    known = {option.id: option for option in document.options}
    for name, value in _params(case).items():
        if name in known:
            option = known[name]
            chosen_id = option.value_named(str(value))
            if chosen_id is None:
                names = ", ".join(n for each in option.values for n in (each.id, *each.aliases))
                raise CommandError(
                    f"{file}：params.{name} 为 {value!r}；可用 {names}",
                    f"{file}: params.{name} is {value!r}; use one of {names}",
                    reason="BAD_CASE",
                )
            chosen[name] = chosen_id
        elif not name.endswith((*_UNITS_S, _REMARK)):
            warnings.append(
                (
                    f"params.{name}：{document.id} 没有此选项，未采用",
                    f"params.{name}: {document.id} has no such option; not used",
                )
            )
    return chosen


def overridden(
    case: Mapping[str, Any],
    document: PackDocument,
    rules: Sequence[Rule],
    warnings: list[tuple[str, str]],
) -> dict[tuple[str, str], str]:
    """By (rule id, parameter): the length to hold instead of the pack's, as in a pack's YAML.

    A name that means different lengths in several of the rules is not guessed at.
    """
    values = {}
    for name, number in _params(case).items():
        unit = next((unit for unit in _UNITS_S if name.endswith(unit)), None)
        if unit is None or name in {option.id for option in document.options}:
            continue
        param = name.removesuffix(unit)
        concerned = [rule for rule in rules if param in rule.lengths]
        if isinstance(number, bool) or not isinstance(number, int | float) or number < 0:
            warnings.append(
                (f"params.{name}：{number!r} 不是时长", f"params.{name}: {number!r} is no length")
            )
        elif not concerned:
            warnings.append(
                (
                    f"params.{name}：所判规则没有参数 {param}，未采用",
                    f"params.{name}: no rule in question has a parameter {param}; not used",
                )
            )
        elif len({rule.lengths[param] for rule in concerned}) > 1:
            codes = ", ".join(rule.code for rule in concerned)
            warnings.append(
                (
                    f"params.{name}：在 {codes} 中含义不同，未采用；请用 asserts_rules 指明规则",
                    f"params.{name}: means different lengths in {codes}; not used: assert one rule",
                )
            )
        else:
            length = f"{round(number * _UNITS_S[unit])} s"
            values.update({(rule.id, param): length for rule in concerned})
    return values


def _params(case: Mapping[str, Any]) -> Mapping[str, Any]:
    params = case.get("params") or {}
    return params if isinstance(params, Mapping) else {}
