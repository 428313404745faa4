"""The data of a pack, frozen: what its audit was a function of, so that later offers are judged on the same.

An audit is a pure function of observations, thresholds and parameters. So these are what is kept, and the
audit is made again from them when an offer comes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from services.algo_audit.core.audit import Audited, audit
from services.algo_audit.core.bands import bands_from_edges
from services.algo_audit.core.baseline import MiddleBand
from services.algo_audit.core.cohort_tree import AreaNames, Detail
from services.algo_audit.core.feasibility import FloorParams
from services.algo_audit.core.metrics import METRICS, Key
from services.algo_audit.core.observations import PLAIN_COLUMNS, Group, Observations
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.privacy import MinimumCell
from services.algo_audit.core.thresholds import DeclaredThreshold


def freeze(
    observations: Observations,
    thresholds: Sequence[DeclaredThreshold],
    params: AuditParams,
    detail: Detail,
    area_code: str,
    platform: int,
    penalties: Mapping[int, float],
    area_names: AreaNames | None = None,
) -> bytes:
    """All of it in one blob: NumPy's own format, compressed, with the rest as JSON in it. See ``Thawed``."""
    said = {
        "metric": observations.metric.id,
        "thresholds": [asdict(threshold) for threshold in thresholds],
        "detail": int(detail),
        "area_code": area_code,
        "platform": platform,
        "penalties": sorted(penalties.items()),
        "area_names": sorted((area_names or {}).items()),
        "edges": [params.bands[0].min_m, *(band.max_m for band in params.bands)],
        "middle": asdict(params.middle),
        "floor": asdict(params.floor),
        "minimum": asdict(params.minimum),
        "strictest_below": params.strictest_below,
        "confidence": params.confidence,
        "false_discoveries": params.false_discoveries,
    }
    columns: dict[str, Any] = observations.columns()
    columns["said"] = np.frombuffer(json.dumps(said).encode(), np.uint8)
    blob = io.BytesIO()
    np.savez_compressed(blob, **columns)
    return blob.getvalue()


@dataclass(frozen=True, slots=True, eq=False)
class Thawed:
    """What was frozen."""

    audited: Audited
    platform: int
    """Whose pack it is."""
    area: int
    """That was audited, GB/T 2260."""
    penalties: Mapping[int, float]
    """Service → the penalties_per_order that the platform declared, fen."""
    area_names: AreaNames
    """What areas were called."""


def thaw(blob: bytes) -> Thawed:
    """What ``freeze`` was given."""
    with np.load(io.BytesIO(blob), allow_pickle=False) as columns:
        said = json.loads(columns["said"].tobytes())
        metric = METRICS[said["metric"]]
        observations = Observations(
            metric=metric,
            keys={key: columns[f"key {key.value}"] for key in Key if f"key {key.value}" in columns},
            groups={g: columns[f"group {g.value}"] for g in Group if f"group {g.value}" in columns},
            **{name: columns[name] for name in PLAIN_COLUMNS},
        )
    params = AuditParams(
        bands=bands_from_edges(said["edges"]),
        middle=MiddleBand(**said["middle"]),
        floor=FloorParams(**said["floor"]),
        minimum=MinimumCell(**said["minimum"]),
        **{name: said[name] for name in ("strictest_below", "confidence", "false_discoveries")},
    )
    thresholds = [DeclaredThreshold(**each) for each in said["thresholds"]]
    area = int(said["area_code"])
    county = area if area % 100 else 0
    # Packs frozen before areas had names lack them.
    names = {code: (zh, en) for code, (zh, en) in said.get("area_names", ())}
    audited = audit(observations, thresholds, params, Detail(said["detail"]), area=county, area_names=names)
    return Thawed(audited, said["platform"], area, dict(said["penalties"]), names)
