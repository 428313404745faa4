"""What an audit says besides its cohorts: one dataclass a kind of statement. Platforms are codes. What may
not leave the service (see privacy) has no row."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.observations import Group


@dataclass(frozen=True, slots=True)
class Ratchet:
    """A platform's limits over time at equal distance (ratchet.py)."""

    platform: int
    cohort: str
    cohort_zh: str
    cohort_en: str
    times_ms: Sequence[int]
    """Start of each day or week, epoch milliseconds, ascending."""
    limits: Sequence[float]
    """Median limit seen on that span's orders, in the metric's unit."""
    slope: float
    """Theil–Sen, unit per 30 days."""
    slope_interval: Interval
    p_value: float
    """Mann–Kendall, two-sided."""
    adjusted_p: float
    """After false discovery control over all ratchets of the audit."""
    tightening: bool
    """A finding: certainly downwards, and by more than the declared tolerance."""


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """A rule as declared beside the same rule as seen on orders (applied.py)."""

    platform: int
    metric_id: str
    """delivery_time, commission_share or penalties_per_order."""
    cohort: str
    cohort_zh: str
    cohort_en: str
    declared: float | None
    """None: nothing was declared."""
    applied: float
    """Median of what orders show."""
    orders: int
    """In tens, as are the workers (privacy.tens_in_lines)."""
    workers: int
    stricter_share: float
    """Of orders to which a stricter rule was applied than declared."""
    stricter_share_interval: Interval
    undeclared: bool
    """A finding."""


@dataclass(frozen=True, slots=True)
class Parity:
    """One coarse group beside the most favoured one (parity.py)."""

    platform: int
    metric_id: str
    grouping: Group
    group: int
    """Code of the group."""
    group_id: str
    """Stable name, e.g. of the partner firm."""
    group_zh: str
    group_en: str
    reference_group_id: str
    workers: int
    """In tens, as are the orders (privacy.tens_in_lines)."""
    orders: int
    value: float
    reference_value: float
    ratio: float
    """At most 1: disadvantage over advantage."""
    ratio_interval: Interval
    disparate: bool
    """A finding: certainly under the declared band."""
    adjusted_p: float


@dataclass(frozen=True, slots=True)
class PayStanding:
    """Earnings per hour worked beside the minimum wage (pay.py). Amounts in fen an hour."""

    platform: int
    cohort: str
    cohort_zh: str
    cohort_en: str
    workers: int
    """In tens (privacy.tens_in_lines)."""
    p10: float | None
    """None, as is the P90, where too few workers lie beyond it (privacy.WORKERS_BEYOND)."""
    p50: float
    p90: float | None
    p50_interval: Interval
    """An end is infinite for the same reason, or where the data cannot bound it."""
    minimum_wage: float
    minimum_wage_source: tuple[str, str]
    """Chinese and English."""
    share_below: float
    share_below_interval: Interval
    underpaid: bool
    """A finding: certainly more than the tolerated share earns less than the minimum wage."""
    adjusted_p: float
    wage_verified: bool = True
    """Whether the value was compared with its notice; one that was not charges nobody."""


@dataclass(frozen=True, slots=True)
class DataIssue:
    """Something wrong with the data that an audit rests on: a statement, never a zero."""

    platform: int
    reason: str
    """UPPER_SNAKE, e.g. GROUPS_MISSING."""
    zh: str
    en: str
    orders: int = 0
    """Rounded up to tens."""


@dataclass(frozen=True, slots=True)
class Charges:
    """Everything besides the cohorts."""

    ratchets: Sequence[Ratchet] = field(default=())
    applied: Sequence[AppliedRule] = field(default=())
    parity: Sequence[Parity] = field(default=())
    pay: Sequence[PayStanding] = field(default=())
    data_issues: Sequence[DataIssue] = field(default=())
