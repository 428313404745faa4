"""Everything about an audit that is declared rather than measured."""

from dataclasses import dataclass, field

from services.algo_audit.core.bands import DISTANCE_BANDS, DistanceBand
from services.algo_audit.core.baseline import MiddleBand
from services.algo_audit.core.feasibility import FloorParams
from services.algo_audit.core.privacy import MinimumCell


@dataclass(frozen=True, slots=True)
class AuditParams:
    """Whoever publishes an audit publishes these with it."""

    bands: tuple[DistanceBand, ...] = DISTANCE_BANDS
    """Adjacent, ascending."""
    middle: MiddleBand = field(default_factory=MiddleBand)
    strictest_below: float = 0.5
    """See verdict.judge."""
    confidence: float = 0.95
    """Of every interval: the field's custom."""
    floor: FloorParams = field(default_factory=FloorParams)
    minimum: MinimumCell = field(default_factory=MinimumCell)
    by_area: bool = False
    """Judge each area too, beside the whole city."""
