"""What a metric is measured with, besides the orders."""

from dataclasses import dataclass, field

from services.algo_audit.core.bands import DISTANCE_BANDS, DistanceBand
from services.algo_audit.core.feasibility import FloorParams
from services.algo_audit.core.over_hours import OverHours
from services.algo_audit.core.worker_days import SessionColumns


@dataclass(frozen=True, slots=True)
class MeasureContext:
    """Declared parameters, and what else is known. Raises ValueError for a minimum below 1."""

    bands: tuple[DistanceBand, ...] = DISTANCE_BANDS
    """Adjacent, ascending."""
    floor: FloorParams = field(default_factory=FloorParams)
    """For the lawful speed of each vehicle class."""
    over_hours: OverHours = field(default_factory=OverHours)
    """When workers were over their hours."""
    sessions: SessionColumns | None = None
    """Needed by online_hours only."""
    min_orders: int = 10
    """Of a worker, for a figure of their whole period; and of a cell of ordinary orders, for the median that
    supplements are held against. One of five orders late is no rate of 80 %; ten is where a single order
    moves a share by no more than ten points. Declared: no source fixes it."""

    def __post_init__(self) -> None:
        if self.min_orders < 1:
            raise ValueError(f"a rate needs at least one order, not {self.min_orders}")
