"""Which departments answer for a case (责任单位): by area, and by what the notice says of the articles.

1. Units: those that the articles of the case's rule name, else the first that 二.14 names; once the case is
   with several departments, all that the articles of a summons and of joint action name (二.14, 二.15).
2. Of each unit, the departments nearest to the case's area: the county's, else the city's, else the
   province's.
3. If there is none, the nearest of which no unit is on record; else the nearest there is.

The one that leads stands first: of the first unit, in the order of the notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.notify.core.policy import EscalationRule, Policy, Rung


@dataclass(frozen=True, slots=True)
class Department:
    """A registered department."""

    department_id: str
    area_prefixes: tuple[str, ...]
    """What it supervises, as significant digits of GB/T 2260 codes: 1302 for a city."""
    unit_id: str
    """Which unit of the notice it is; empty if nobody said."""


def units_of(policy: Policy, rule: EscalationRule, *, joint: bool) -> tuple[tuple[str, ...], ...]:
    """The units to look for, as groups: the first of which somebody is registered answers for the case.

    The articles that say what is to be done come before the one by which everything is supervised (二.14),
    which names the city's authorities whatever the matter: of those the first that is there.
    """
    supervised = policy.clauses[Rung.SUMMONS]
    if joint:
        return (_named(policy, [supervised, policy.clauses[Rung.JOINT]]),)
    own = _named(policy, [key for key in rule.articles if key != supervised])
    return (own, *((unit,) for unit in _named(policy, [supervised])))


def responsible(
    area_code: str, groups: Iterable[Iterable[str]], departments: Iterable[Department]
) -> tuple[str, ...]:
    """Ids of the responsible departments of an area, the one that leads first; empty if there is none."""
    near = [(depth, each) for each in departments if (depth := _depth(each, area_code)) is not None]
    for units in groups:
        found = [
            department_id
            for unit in units
            for department_id in _nearest([(depth, each) for depth, each in near if each.unit_id == unit])
        ]
        if found:
            return tuple(dict.fromkeys(found))
    return tuple(_nearest([(depth, each) for depth, each in near if not each.unit_id]) or _nearest(near))


def _named(policy: Policy, articles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for key in articles for unit in policy.responsible.get(key, ())))


def _depth(department: Department, area_code: str) -> int | None:
    """How near its area is: the longest prefix that covers the place; None if none does."""
    covering = [len(prefix) for prefix in department.area_prefixes if area_code.startswith(prefix)]
    return max(covering, default=None)


def _nearest(near: Sequence[tuple[int, Department]]) -> list[str]:
    deepest = max((depth for depth, _ in near), default=0)
    return sorted(each.department_id for depth, each in near if depth == deepest)
