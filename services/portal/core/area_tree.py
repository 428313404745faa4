"""Areas as the registry has them, each under the one it lies in, with what was found there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from services.portal.core.language import LocalText
from services.portal.core.listings import Area


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """What seven days brought, with all that lies in the area."""

    findings: int = 0
    workers: int = 0
    """With a finding; of each platform by itself."""
    active: int = 0
    rate_per_thousand: float | None = None
    """Workers with a finding per thousand active; None with fewer than ten active."""
    open_cases: int = 0

    @property
    def findings_per_thousand(self) -> float | None:
        """Findings per thousand active workers; None where there is no rate."""
        return None if self.rate_per_thousand is None else 1000 * self.findings / self.active


@dataclass(frozen=True, slots=True)
class AreasNow:
    """Where areas stand: by code, over whole days, both included."""

    first: date
    last: date
    figures: Mapping[str, AreaFigures]
    create_ms: int


@dataclass(frozen=True, slots=True)
class Row:
    """One area of the tree as it is drawn."""

    area: Area
    depth: int
    """0: not within another one that is shown."""
    figures: AreaFigures
    share: float
    """Of the highest rate among its like, 0–1: the length of its bar."""

    @property
    def quiet(self) -> bool:
        """Whether nothing is on record of it."""
        return self.figures == AreaFigures()


def rows_of(areas: Iterable[Area], figures: Mapping[str, AreaFigures]) -> list[Row]:
    """Depth first, siblings with the highest rate first, then by code.

    Areas that the registry does not know come last: what was found there is not passed over. The topmost
    areas that nothing is on record of are left out if they are only the way to those below.
    """
    named = {area.area_code: area for area in areas}
    unknown = figures.keys() - named.keys()
    named |= {code: Area(code, "", LocalText()) for code in unknown}
    below: dict[str, list[Area]] = {}
    for area in named.values():
        below.setdefault(area.parent_code if area.parent_code in named else "", []).append(area)
    highest = max((each.rate_per_thousand or 0.0 for each in figures.values()), default=0.0)

    def walk(parent_code: str, depth: int) -> Iterator[Row]:
        for area in sorted(below.get(parent_code, ()), key=order):
            own = figures.get(area.area_code, AreaFigures())
            share = (own.rate_per_thousand or 0.0) / highest if highest else 0.0
            bare = own == AreaFigures() and not parent_code and below.get(area.area_code)
            if not bare:
                yield Row(area, depth, own, share)
            yield from walk(area.area_code, depth if bare else depth + 1)

    def order(area: Area) -> tuple[bool, float, str]:
        return area.area_code in unknown, -worst(area), area.area_code

    def worst(area: Area) -> float:
        """The highest rate in the area or below it; -1 without any."""
        own = figures.get(area.area_code, AreaFigures()).rate_per_thousand
        rates = [worst(each) for each in below.get(area.area_code, ())]
        return max([-1.0 if own is None else own, *rates])

    return list(walk("", 0))
