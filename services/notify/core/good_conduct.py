"""Which platforms did well over a period, as the policy declares (联合激励 二.15; 总结推广典型经验做法 三.3).

A platform is on the list if, within the area asked for,

* enough of its workers were active, on enough days: nothing can be said of who was hardly there;
* no warning went out to it in the period;
* no duty of it or of its firms that was due in the period stands unmet (a report, a licence);
* no standard of assessment of it stands as a finding;
* workers with a finding, of any rule, were at most so many per thousand active ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.notify.core.text import Text


@dataclass(frozen=True, slots=True)
class GoodConductStandard:
    """Declared by the escalation policy (``good_conduct``)."""

    least_active_workers: int
    """On the day with the most of them."""
    least_active_days_a_month: int
    """Days with any, for each month of the period."""
    most_workers_per_thousand: float
    """With a finding, of those active; at most this."""


@dataclass(frozen=True, slots=True)
class Conduct:
    """What a platform did over a period, within an area."""

    platform_id: str
    months: int
    """Of the period."""
    active_workers: int
    """On the day with the most of them."""
    active_days: int
    workers: int
    """Distinct ones with a finding that stands."""
    warnings: int
    duties: int
    """Findings about reports and licences that stand."""
    standards: int
    """Findings about standards of assessment that stand."""

    @property
    def rate_per_thousand(self) -> float:
        """0 if nobody was active."""
        most = max(self.active_workers, self.workers)
        return 1000 * self.workers / most if most else 0.0


def parse_standard(section: Mapping[str, Any]) -> GoodConductStandard:
    """From the policy's section, which ``policy.schema.json`` allows."""
    return GoodConductStandard(
        least_active_workers=section["least_active_workers"]["value"],
        least_active_days_a_month=section["least_active_days_a_month"]["value"],
        most_workers_per_thousand=float(section["most_workers_per_thousand"]["value"]),
    )


def is_good(conduct: Conduct, standard: GoodConductStandard) -> bool:
    """Whether the platform is on the list."""
    return (
        conduct.active_workers >= standard.least_active_workers
        and conduct.active_days >= standard.least_active_days_a_month * conduct.months
        and not (conduct.warnings or conduct.duties or conduct.standards)
        and conduct.rate_per_thousand <= standard.most_workers_per_thousand
    )


def merits(conduct: Conduct, standard: GoodConductStandard) -> Text:
    """Why a platform is on the list: the standard that it met, from which nobody's number can be read."""
    days = standard.least_active_days_a_month * conduct.months
    return Text(
        "期间未收到警示函；应报送的用工报告和应持有的许可均无逾期；考核标准没有不符合规定的认定；"
        f"有超限认定的劳动者不超过每千名在岗劳动者 {standard.most_workers_per_thousand:g} 名"
        f"（在岗劳动者不少于 {standard.least_active_workers} 名，在岗日不少于 {days} 日）。",
        "No warning in the period; no report or licence overdue; no finding stands on a standard of "
        f"assessment; at most {standard.most_workers_per_thousand:g} in a thousand active workers had a "
        f"finding (of at least {standard.least_active_workers} active workers, on at least {days} days).",
    )
