"""The attainment table of ``bench.audit`` by DuckDB over Parquet: what a user would pick, run beside it."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.workhours_peers import INTERPRETER, TIMEOUT_S, PeerMissingError
from services.algo_audit.core.audit import Audited, CohortAudit
from services.algo_audit.core.bands import DISTANCE_BANDS
from services.algo_audit.core.metrics import Key
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.thresholds import DeclaredThreshold

KEYS = (Key.SERVICE, Key.DISTANCE, Key.AREA, Key.HOUR)
Row = tuple[float, ...]
"""Orders, workers, attainment, P10, P25, P50, P75, P90."""
Table = dict[tuple[int, ...], Row]
"""By platform, service, band, county and hour."""


@dataclass(frozen=True, slots=True)
class PeerTable:
    """What DuckDB answered."""

    seconds: float
    cpu_s: float
    version: str
    rows: Table


def save(observations: Observations, thresholds: list[DeclaredThreshold], folder: Path) -> tuple[Path, Path]:
    """Rows and thresholds as Parquet. Only rows of the reference, none censored: what both can judge."""
    assert not observations.censored.any()
    assert not (observations.excluded != Exclusion.NONE).any()
    columns: dict[str, Any] = {key.value: observations.keys[key].astype(np.int32) for key in KEYS}
    columns |= {"platform": observations.platform.astype(np.int32), "value": observations.value}
    columns["worker"] = observations.worker.astype(np.int32)
    rows, declared = folder / "rows.parquet", folder / "thresholds.parquet"
    pq.write_table(pa.table(columns), rows)
    limits = [
        (
            each.platform,
            each.service,
            next(i for i, b in enumerate(DISTANCE_BANDS) if each.covers(b)),
            each.value,
        )
        for each in thresholds
    ]
    names = ("platform", "service", "distance", "tau")
    pq.write_table(pa.table(dict(zip(names, map(list, zip(*limits, strict=True)), strict=True))), declared)
    return rows, declared


def run_peer(rows: Path, thresholds: Path) -> PeerTable:
    """DuckDB's answer, by the interpreter that ``QUZHONG_BENCH_PEERS_PYTHON`` names, on one core.

    Raises:
        PeerMissingError: if it is not installed there, or fails.
    """
    python = os.environ.get(INTERPRETER) or sys.executable
    command = [python, "-m", "bench.peers.duckdb_attainment", str(rows), str(thresholds)]
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False, env=env
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerMissingError(f"DuckDB does not run: {error}") from error
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise PeerMissingError(f"DuckDB does not run ({why}); {INTERPRETER} names who can")
    answer = json.loads(done.stdout.splitlines()[-1])
    table = {tuple(key): (n, m, share, *p) for *key, n, m, share, p in answer["rows"]}
    return PeerTable(answer["seconds"], answer["cpu_s"], answer["version"], table)


def told(audited: Audited, platforms: int) -> Table:
    """The same table from an audit: the cohorts whose pool are all other platforms, none of them hidden."""
    table: Table = {}
    for row in audited.cohorts:
        node = audited.population.node(tuple(code for _, code in row.cohort.keys))
        pool = None if node is None else audited.population.pool(row.platform, node)
        if row.baseline is None or row.standing is None or pool is None:
            continue
        if len(set(pool.platforms)) == platforms - 1:
            table[_place(row)] = _figures(row)
    return table


def _place(row: CohortAudit) -> tuple[int, ...]:
    return row.platform, *(row.cohort.code(key) or 0 for key in KEYS)


def _figures(row: CohortAudit) -> Row:
    of, at = row.baseline, row.standing
    assert of is not None
    assert at is not None
    percentiles = (of.p10, of.p25, of.p50, of.p75, of.p90)
    return of.orders, of.workers, at.attainment, *(each for each in percentiles if each is not None)


def differing(ours: Table, theirs: Table) -> list[tuple[int, ...]]:
    """Cohorts whose figures are not equal; shares to within rounding."""
    return [
        place
        for place, row in ours.items()
        if place not in theirs
        or not all(
            math.isclose(a, b, rel_tol=0, abs_tol=1e-12) for a, b in zip(row, theirs[place], strict=True)
        )
    ]
