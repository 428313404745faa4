"""The hourly minimum wage (小时最低工资标准) of an area on a day.

Parameters, not law made here: provinces set them by notice, in classes of counties, every few years.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from services.algo_audit.core.thresholds import covers_area


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """One value from one day on. Raises ValueError unless the value is positive."""

    area: int
    """GB/T 2260 code of the county, city or province it holds in; 0: everywhere."""
    from_day: int
    """Days since 1970-01-01 in Asia/Shanghai."""
    fen_per_hour: int
    source_zh: str
    """The notice, by its title and number."""
    source_en: str
    verified: bool
    """Whether the value was compared with the notice, or with the official press's report of it."""

    def __post_init__(self) -> None:
        if self.fen_per_hour <= 0:
            raise ValueError(f"fen_per_hour: must be positive, not {self.fen_per_hour}")

    @property
    def cited(self) -> tuple[str, str]:
        """The source in Chinese and English, which says so if the value still has to be verified."""
        if self.verified:
            return self.source_zh, self.source_en
        return f"{self.source_zh}（数值待核实）", f"{self.source_en} (to be verified)"


@dataclass(frozen=True, slots=True)
class MinimumWages:
    """All values. Raises ValueError for two of one area and day."""

    wages: tuple[MinimumWage, ...] = ()

    def __post_init__(self) -> None:
        places = [(wage.area, wage.from_day) for wage in self.wages]
        for place in places:
            if places.count(place) > 1:
                raise ValueError(f"area, from_day: {place} has two minimum wages")

    @classmethod
    def of(cls, wages: Iterable[MinimumWage]) -> "MinimumWages":
        """From values in any order."""
        return cls(tuple(sorted(wages, key=lambda wage: (wage.area, wage.from_day))))

    def wage_at(self, area: int, day: int) -> MinimumWage | None:
        """The value that pay in an area (GB/T 2260 code; 0 unknown) is held against on a day (since
        1970-01-01); None if none is known. The narrowest area that has one decides, there the latest verified
        value, and one that is not only where no other is known: minimum wages have only ever been raised, so
        who is below the earlier one is below the later one too."""
        held = self._held(area, day)
        return max(held, key=lambda wage: (wage.verified, wage.from_day), default=None)

    def unverified_at(self, area: int, day: int) -> MinimumWage | None:
        """A later value of that place which nobody has verified yet, so that it is only told; None if there
        is none."""
        held, used = self._held(area, day), self.wage_at(area, day)
        later = [wage for wage in held if used and not wage.verified and wage.from_day > used.from_day]
        return max(later, key=lambda wage: wage.from_day, default=None)

    def _held(self, area: int, day: int) -> list[MinimumWage]:
        """The values of the narrowest area that has one."""
        held = [wage for wage in self.wages if wage.from_day <= day and covers_area(wage.area, area)]
        narrowest = max((_narrowness(wage.area) for wage in held), default=0)
        return [wage for wage in held if _narrowness(wage.area) == narrowest]


def _narrowness(area: int) -> int:
    """0 everywhere, 1 province, 2 city, 3 county."""
    if area == 0:
        return 0
    return 1 if area % 10_000 == 0 else 2 if area % 100 == 0 else 3
