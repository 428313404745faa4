"""Everything about an audit that is declared rather than measured."""

from dataclasses import dataclass, field

from services.algo_audit.core.bands import DISTANCE_BANDS, DistanceBand
from services.algo_audit.core.baseline import MiddleBand
from services.algo_audit.core.feasibility import FloorParams
from services.algo_audit.core.privacy import MinimumCell


@dataclass(frozen=True, slots=True)
class AuditParams:
    """Whoever publishes an audit publishes these with it. Raises ValueError for a share outside (0, 1)."""

    bands: tuple[DistanceBand, ...] = DISTANCE_BANDS
    """Adjacent, ascending; the distance codes of observations index them."""
    middle: MiddleBand = field(default_factory=MiddleBand)
    strictest_below: float = 0.5
    """See verdict.judge."""
    confidence: float = 0.95
    """Of every interval: the field's custom."""
    false_discoveries: float = 0.05
    """Of all verdicts STRICTEST the share that may be wrong (Benjamini–Hochberg): the field's custom."""
    floor: FloorParams = field(default_factory=FloorParams)
    minimum: MinimumCell = field(default_factory=MinimumCell)

    def __post_init__(self) -> None:
        for name in ("strictest_below", "confidence", "false_discoveries"):
            if not 0 < getattr(self, name) < 1:
                raise ValueError(f"{name}: {getattr(self, name)} is no share between 0 and 1")
