"""Which units a notice names as responsible (责任单位), article by article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that is responsible for something."""

    unit_id: str
    name_zh: str
    name_en: str
    articles: tuple[str, ...]
    """In the order of the notice, e.g. 二.2."""


@dataclass(frozen=True, slots=True)
class Responsibilities:
    """A notice's units, in its own order."""

    units: tuple[Unit, ...]
    articles: tuple[str, ...]

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """Ids of all units."""
        return tuple(unit.unit_id for unit in self.units)


def parse_responsibilities(document: Mapping[str, Any]) -> Responsibilities:
    """From a mapping with ``units`` (id → zh, en) and ``articles`` (article → ids).

    Raises:
        ValueError: naming the place, if something is missing, an article names an unknown unit, or a unit is
            named by no article.
    """
    units, articles = document.get("units"), document.get("articles")
    if not isinstance(units, Mapping) or not isinstance(articles, Mapping) or not units or not articles:
        raise ValueError("units, articles: both are needed, as mappings")
    for article, named in articles.items():
        if not isinstance(named, list) or not named:
            raise ValueError(f"articles.{article}: is no list of units")
        if unknown := [unit for unit in named if unit not in units]:
            raise ValueError(
                f"articles.{article}: names {unknown[0]!r}; known are {', '.join(map(str, units))}"
            )
    found = []
    for unit_id, names in units.items():
        if not isinstance(names, Mapping) or not names.get("zh") or not names.get("en"):
            raise ValueError(f"units.{unit_id}: needs zh and en")
        own = tuple(str(article) for article, named in articles.items() if unit_id in named)
        if not own:
            raise ValueError(f"units.{unit_id}: no article names it; remove it, or name it")
        found.append(Unit(str(unit_id), str(names["zh"]), str(names["en"]), own))
    return Responsibilities(tuple(found), tuple(str(article) for article in articles))
