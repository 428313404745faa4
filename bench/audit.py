"""A city's month through the algorithm audit: ``python -m bench.audit``.

Orders of ``order_month`` from dispatch events to observations; then the full report of a city that is cut
into some 2,000 cohorts: verdicts with intervals, limits over time, rules as declared and as applied, groups,
pay, and a what-if. Beside it DuckDB makes the bare attainment table from Parquet, and its figures have to be
equal. All of it on one core, single-threaded; figures are of processor time, which other work on the machine
disturbs least.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from bench import audit_table, order_month
from bench.verdict import against, at_most
from bench.workhours_peers import PeerMissingError
from services.algo_audit.core.applied import applied_rules
from services.algo_audit.core.audit import Audited, audit
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.core.declared import declared_for
from services.algo_audit.core.measures import MeasureContext, measure
from services.algo_audit.core.metrics import DELIVERY_TIME, HOURLY_EARNINGS
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.orders import Orders, orders_of
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.parity import GroupNames, parity
from services.algo_audit.core.pay import pay_standing
from services.algo_audit.core.ratchet import ratchets
from services.algo_audit.core.what_if import what_if
from services.algo_audit.minimum_wage_file import load_minimum_wages

ORDERS = 10_000_000
ROUNDS = 3
TARGET_ORDERS_S = 2_000_000
"""PERFORMANCE: ingest at least this many orders a second and core."""
TARGET_REPORT_MS = 5_000
TARGET_WHAT_IF_MS = 50
PARAMS = AuditParams()
NAMES = GroupNames(firms=order_month.FIRMS)
Made = TypeVar("Made")


@dataclass(slots=True)
class Clocks:
    """Processor seconds by the name of what was done, one a round."""

    spent: dict[str, list[float]] = field(default_factory=dict)

    def timed(self, name: str, work: Callable[[], Made]) -> Made:
        """Do it, and note how long it took."""
        start = time.process_time()
        made = work()
        self.spent.setdefault(name, []).append(time.process_time() - start)
        return made

    def median(self, name: str) -> float:
        """Of the rounds, seconds."""
        return statistics.median(self.spent[name])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.audit", description=__doc__)
    parser.add_argument("--orders", type=int, default=ORDERS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(f"audit: {options.orders:,} orders of {order_month.WEEKS} weeks, one core")
    orders, observations = _ingest(options.orders)
    _forget_peak()
    clocks = Clocks()
    hourly = clocks.timed("hourly", lambda: measure(HOURLY_EARNINGS, orders, MeasureContext()))
    rate = options.orders / clocks.spent.pop("hourly")[0]
    print(f"  earnings an hour: {rate:,.0f} orders/s to observations")
    for _ in range(options.rounds):
        _report(orders, observations, hourly, clocks)
    _tell_report(clocks)
    print(f"  peak memory, orders and observations included: {_peak_bytes() / 1e9:.1f} GB")
    _what_ifs(observations, options.rounds)
    _beside(observations, options.rounds)


def _ingest(wanted: int) -> tuple[Orders, Observations]:
    """A week at a time: no order lies in two."""
    parts, events, spent = [], 0, 0.0
    for week in order_month.weeks(wanted):
        start = time.process_time()
        parts.append(orders_of(week))
        spent += time.process_time() - start
        events += len(week.order)
    orders = Orders(
        **{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Orders)}
    )
    del parts
    start = time.process_time()
    observations = measure(DELIVERY_TIME, orders, MeasureContext())
    measuring = time.process_time() - start
    rate = len(orders) / (spent + measuring)
    print(
        f"  ingest: {rate:,.0f} orders/s a core: {events / spent:,.0f} events/s to orders "
        f"({events / len(orders):.1f} an order), {len(orders) / measuring:,.0f} orders/s to observations"
    )
    print(against("ingest, orders a second and core", rate, TARGET_ORDERS_S))
    return orders, observations


def _report(orders: Orders, observations: Observations, hourly: Observations, clocks: Clocks) -> None:
    declared = order_month.declared()
    limits = [each for each in declared if each.metric == DELIVERY_TIME.id]
    bands = PARAMS.bands
    audited = clocks.timed("verdicts", lambda: audit(observations, limits, PARAMS, Detail.HOUR))
    clocks.timed("ratchet", lambda: ratchets(orders, bands))
    clocks.timed("applied", lambda: applied_rules(orders, declared, bands, only=DELIVERY_TIME.id))
    clocks.timed("parity", lambda: parity(observations, declared_for(observations, limits, bands), NAMES))
    clocks.timed("pay", lambda: pay_standing(hourly, load_minimum_wages()))
    clocks.timed("what-if", lambda: _asked(audited))
    if len(clocks.spent["pay"]) == 1:
        shown = sum(not row.suppressed for row in audited.cohorts)
        print(f"  report: {len(audited.cohorts):,} cohorts, {shown:,} of them shown")


def _tell_report(clocks: Clocks) -> None:
    parts = {name: clocks.median(name) for name in clocks.spent}
    told = ", ".join(f"{name} {seconds:.2f}" for name, seconds in parts.items())
    print(f"  report, s: {told}")
    print(at_most("full report, ms", sum(parts.values()) * 1_000, TARGET_REPORT_MS))


def _asked(audited: Audited) -> Any:
    """The what-if of the cohort with the most orders."""
    rows = [row for row in audited.cohorts if row.baseline is not None]
    row = max(rows, key=lambda each: each.baseline.orders if each.baseline else 0)
    return what_if(audited, row.platform, row.threshold.service, row.cohort.id, row.threshold.value * 1.1)


def _what_ifs(observations: Observations, rounds: int) -> None:
    """Of the largest cohort at two depths; asked once before, as people ask more than once."""
    limits = [each for each in order_month.declared() if each.metric == DELIVERY_TIME.id]
    for detail in (Detail.HOUR, Detail.DISTANCE):
        audited, clocks = audit(observations, limits, PARAMS, detail), Clocks()
        for _ in range(rounds + 1):
            clocks.timed("what-if", lambda audited=audited: _asked(audited))  # type: ignore[misc]
        first, *later = (seconds * 1_000 for seconds in clocks.spent["what-if"])
        orders = max(row.baseline.orders for row in audited.cohorts if row.baseline is not None)
        then = statistics.median(later)
        print(f"  what-if, cohort of {orders:,} orders: {first:.1f} ms at first, {then:.1f} then")
        print(at_most(f"what-if, ms, cut by {detail.name.lower()}", first, TARGET_WHAT_IF_MS))


def _beside(observations: Observations, rounds: int) -> None:
    """The same table by DuckDB: of rows seen to their end, which is what it can judge."""
    limits = [each for each in order_month.declared() if each.metric == DELIVERY_TIME.id]
    rows = observations.take((observations.excluded == Exclusion.NONE) & ~observations.censored)
    clocks = Clocks()
    for _ in range(rounds):
        audited = clocks.timed("table", lambda: audit(rows, limits, PARAMS, Detail.HOUR))
    ours = audit_table.told(audited, order_month.PLATFORMS)
    with tempfile.TemporaryDirectory() as folder:
        saved = audit_table.save(rows, limits, Path(folder))
        try:
            runs = [audit_table.run_peer(*saved) for _ in range(rounds)]
        except PeerMissingError as missing:
            print(f"  {missing}")
            return
    differing = audit_table.differing(ours, runs[0].rows)
    if differing:
        raise SystemExit(
            f"the figures of {len(differing)} cohorts differ from DuckDB's, first {differing[0]}"
        )
    theirs, mine = statistics.median(run.cpu_s for run in runs), clocks.median("table")
    print(
        f"  attainment table of {len(rows):,} rows, one thread: audit {mine:.2f} s with intervals, DuckDB "
        f"{runs[0].version} over Parquet {theirs:.2f} s without; {len(ours):,} cohorts equal; "
        f"ratio {theirs / mine:.1f}"
    )


def _forget_peak() -> None:
    """Let the kernel's account of the peak begin anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak_bytes() -> int:
    line = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    return int(line.split()[1]) * 1_024


if __name__ == "__main__":
    main()
