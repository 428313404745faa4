"""What a metric measured: one row a value, the one table that every statistic of this folder reads.

``measures`` makes it from orders and worker days; ``cohort_tree`` cuts it; nothing after that knows which
metric it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.metrics import Key, Metric

NOT_IN_A_GROUP = -1
"""Code of a row whose group nobody stated."""


class Exclusion(IntEnum):
    """Why a row is no part of the reference; NONE: it is part of it. Of several reasons the first holds."""

    NONE = 0
    NO_ACCEPTANCE = 1
    END_BEFORE_START = 2
    ZERO_DURATION = 3
    VALUE_NOT_STATED = 4
    DISTANCE_UNKNOWN = 5
    ABOVE_LAWFUL_SPEED = 6
    EXTREME_WEATHER = 7
    OVER_HOURS = 8
    TOO_FEW_ORDERS = 9


EXCLUSION_TEXT: dict[Exclusion, tuple[str, str]] = {
    Exclusion.NO_ACCEPTANCE: ("未见接单记录", "acceptance never seen"),
    Exclusion.END_BEFORE_START: ("送达早于接单", "completed before accepted"),
    Exclusion.ZERO_DURATION: ("接单与送达为同一时刻", "completed in the moment of acceptance"),
    Exclusion.VALUE_NOT_STATED: ("平台未报送该数据", "the platform did not state the figure"),
    Exclusion.DISTANCE_UNKNOWN: ("距离未知（不分区间）", "distance unknown (of no band)"),
    Exclusion.ABOVE_LAWFUL_SPEED: ("平均速度超过法定时速", "average speed above the lawful one"),
    Exclusion.EXTREME_WEATHER: ("恶劣天气", "extreme weather"),
    Exclusion.OVER_HOURS: ("劳动者已超时工作", "the worker was over their hours"),
    Exclusion.TOO_FEW_ORDERS: ("劳动者订单过少，比率无意义", "too few orders of the worker for a rate"),
}
"""Chinese and English."""


class Group(StrEnum):
    """Coarse groups of workers that parity is looked at by."""

    EMPLOYMENT_FORM = "employment_form"
    DISTRICT = "district"
    TENURE_BAND = "tenure_band"
    PARTNER_FIRM = "partner_firm"


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """One array of shape (n,) per field, rows in any order. Raises ValueError naming the first column whose
    length differs."""

    metric: Metric
    value: NDArray[np.float64]
    """In the metric's unit; where censored, how much was seen. NaN only where ``excluded``."""
    censored: NDArray[np.bool_]
    """Right-censored: the true value is larger than ``value``."""
    worker: NDArray[np.int64]
    """Code of the worker, the same across platforms."""
    platform: NDArray[np.int64]
    """Code of the platform."""
    day: NDArray[np.int64]
    """Days since 1970-01-01 in Asia/Shanghai; of a whole period its first day."""
    orders: NDArray[np.int64]
    """How many orders the value is made of: 1 at the level of orders."""
    excluded: NDArray[np.uint8]
    """``Exclusion`` values."""
    keys: Mapping[Key, NDArray[np.int64]]
    """For each of ``metric.keys`` the code that ``cohort_keys`` gives the row."""
    groups: Mapping[Group, NDArray[np.int64]]
    """For each group its code (``cohort_keys``), NOT_IN_A_GROUP where nobody stated it."""

    def __post_init__(self) -> None:
        for name, column in self.columns().items():
            if len(column) != len(self.value):
                raise ValueError(f"column {name} has {len(column)} rows, column value {len(self.value)}")

    def __len__(self) -> int:
        return len(self.value)

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Every array by its name: a field's, ``key`` and ``group`` before those of keys and groups."""
        columns: dict[str, NDArray[np.generic]] = {name: getattr(self, name) for name in PLAIN_COLUMNS}
        columns |= {f"key {key.value}": self.keys[key] for key in sorted(self.keys)}
        columns |= {f"group {group.value}": self.groups[group] for group in sorted(self.groups)}
        return columns

    def take(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "Observations":
        """Some of the rows."""
        return Observations(
            metric=self.metric,
            value=self.value[rows],
            censored=self.censored[rows],
            worker=self.worker[rows],
            platform=self.platform[rows],
            day=self.day[rows],
            orders=self.orders[rows],
            excluded=self.excluded[rows],
            keys={key: column[rows] for key, column in self.keys.items()},
            groups={group: column[rows] for group, column in self.groups.items()},
        )


PLAIN_COLUMNS = tuple(
    field.name for field in fields(Observations) if field.name not in ("metric", "keys", "groups")
)
"""Fields that are arrays themselves."""
