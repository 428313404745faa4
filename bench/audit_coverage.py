"""Whether the audit's intervals hold the truth and its charges are just: ``python -m bench.audit_coverage``.

Samples and whole audits are simulated whose truth is known, and judged by the code of the service. Every
figure has its Monte-Carlo standard error beside it. Two parts: ``audit_intervals`` and ``audit_families``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator

from bench.audit_families import (
    BANDS,
    COHORTS,
    DISTRICTS,
    FAULTY,
    HALF,
    MIXED,
    Charges,
    Family,
    charges,
    fair,
)
from bench.audit_intervals import CASES, FIGURES, MEAN_ORDERS, SHARE, Coverage, coverage
from bench.audit_truth import Figure

WORKERS = (10, 40, 120)
LOW, HIGH = 0.93, 0.97
"""A nominal 95 % interval is to hold the truth this often."""
MOST_WRONG = 0.05
"""Share of charges that may be wrong: AuditParams.false_discoveries."""
ABOVE_HALF = 0.52
BY_CHANCE = 3
"""Standard errors: what a few hundred figures may stray without meaning anything."""
SEED = 2021
ROUNDS, AUDITS = 2_000, 300
QUICK_ROUNDS, QUICK_AUDITS = 300, 40

NO_FAULT = tuple(
    Family(fair(truth), workers, alike, shared)
    for workers in WORKERS
    for truth, alike in ((HALF, 0.2), (HALF, 0.4), (ABOVE_HALF, 0.4))
    for shared in (False, True)
)
WITH_FAULTS = tuple(
    Family(MIXED, workers, alike, shared)
    for workers in WORKERS
    for alike, shared in ((0.2, False), (0.4, False), (0.4, True))
)


def main() -> None:
    """Simulate and print."""
    asked = _arguments()
    began = time.process_time()
    print(
        f"nominal 95 % intervals, {asked.rounds:,} samples a row, some {MEAN_ORDERS} orders a worker "
        f"(geometric); attainment: of a limit that {SHARE:.0%} can meet\n"
        "± one Monte-Carlo standard error, in points; infinite: intervals with an open end, P25 P50 P75\n"
    )
    covered = []
    print(_INTERVALS_HEAD)
    for case in CASES:
        covered.append(coverage(case, asked.rounds, asked.seed))
        print(_intervals_row(covered[-1]), flush=True)
    print()
    for line in intervals_told(covered):
        print(line)

    print(
        f"\nwhole audits of {COHORTS} cohorts ({BANDS} distance bands, {DISTRICTS} districts), "
        f"{asked.audits:,} audits a row; nobody is to be charged\n"
    )
    just = []
    print(_FAIR_HEAD)
    for family in NO_FAULT:
        just.append(charges(family, asked.audits, asked.seed))
        print(_fair_row(just[-1]), flush=True)
    faults = ", ".join(f"{truth:.0%}" for truth in FAULTY)
    print(
        f"\nthe same, with {MIXED.count(HALF)} cohorts of which half can meet the limit and "
        f"{MIXED.count(FAULTY[0])} each of {faults}; found: called strictest (adjusted p ≤ 5 %; "
        "strictest if cut off orders are dropped)\n"
    )
    mixed = []
    print(_MIXED_HEAD)
    for family in WITH_FAULTS:
        mixed.append(charges(family, asked.audits, asked.seed))
        print(_mixed_row(mixed[-1]), flush=True)
    print()
    for line in charges_told([*just, *mixed]):
        print(line)
    print(f"\n{time.process_time() - began:.0f} s of one processor")


def intervals_told(covered: Iterable[Coverage]) -> Iterator[str]:
    """How coverage stands to its target, by number of workers."""
    covered = list(covered)
    for workers in WORKERS:
        figures = [figure for each in covered if each.case.workers == workers for figure in each.audits]
        yield _told(f"{workers} workers, coverage", figures, LOW, HIGH)
    for name, alike, cut, told in (
        ("plain, of independent orders none cut off", (0.0,), (0.0,), "plain"),
        ("plain, of orders alike or cut off", (0.2, 0.4), (0.0, 0.15, 0.3), "plain"),
        ("dropping, of orders cut off", (0.0, 0.2, 0.4), (0.15, 0.3), "dropping"),
    ):
        figures = [
            figure
            for each in covered
            if each.case.alike in alike and each.case.cut in cut
            for figure in getattr(each, told)
        ]
        yield _told(name, figures, LOW, HIGH)


def charges_told(judged: Iterable[Charges]) -> Iterator[str]:
    """How wrong charges stand to their target, by number of workers."""
    judged = list(judged)
    for workers in WORKERS:
        here = [each for each in judged if each.family.workers == workers]
        yield _told(
            f"{workers} workers, wrong of what is charged",
            [each.wrong_of_charged for each in here],
            0,
            MOST_WRONG,
        )
        yield _told(
            f"{workers} workers, the same by p alone", [each.wrong_by_p for each in here], 0, MOST_WRONG
        )
    yield _told(
        "orders taken for independent, audits with a wrong charge",
        [each.any_wrong_independent for each in judged if not each.found],
        0,
        MOST_WRONG,
    )


def missed_by(figure: Figure, low: float, high: float) -> float:
    """How far a figure lies outside its target; 0 within it."""
    return max(low - figure.mean, figure.mean - high, 0.0)


def _told(what: str, figures: list[Figure], low: float, high: float) -> str:
    missed = [figure for figure in figures if missed_by(figure, low, high)]
    span = f"{min(f.mean for f in figures):.1%} to {max(f.mean for f in figures):.1%}"
    target = f"{low:.0%} to {high:.0%}" if low else f"at most {high:.0%}"
    said = "all met"
    if missed:
        worst = max(missed, key=lambda figure: missed_by(figure, low, high))
        apart = missed_by(worst, low, high)
        beyond = sum(missed_by(figure, low, high) > BY_CHANCE * figure.error for figure in missed)
        said = (
            f"{len(missed)} missed, by {apart * 100:.1f} points at most; "
            f"{beyond} by more than {BY_CHANCE} standard errors"
        )
    return f"  {what}: target {target}, {len(figures)} figures {span}: {said}"


_INTERVALS_HEAD = (
    "workers alike  cut │ "
    + "  ".join(f"{name:>11}" for name in FIGURES)
    + " │ infinite, %  │ plain P50    attainment │ dropping P50 attainment"
)


def _intervals_row(each: Coverage) -> str:
    case, half, last = each.case, FIGURES.index("P50"), len(FIGURES) - 1
    return (
        f"{case.workers:7} {case.alike:5.1f} {case.cut:4.0%} │ "
        + "  ".join(str(figure) for figure in each.audits)
        + " │ "
        + " ".join(f"{figure.mean * 100:4.0f}" for figure in each.unbounded)
        + f" │ {each.plain[half]} {each.plain[last]} │ {each.dropping[half]} {each.dropping[last]}"
    )


_FAIR_HEAD = "workers of     alike can meet │ any strictest  any small p   │ as if independent"


def _family(family: Family) -> str:
    return f"{family.workers:7} {'all' if family.shared else 'one':6} {family.alike:5.1f}"


def _fair_row(each: Charges) -> str:
    # Of an audit in which nobody is to be charged, any charge makes all of its charges wrong.
    return (
        f"{_family(each.family)} {each.family.truths[0]:8.0%} │ {each.any_wrong}   {each.wrong_by_p}   │ "
        f"{each.any_wrong_independent}"
    )


_MIXED_HEAD = "workers of     alike │ wrong of charged  by p          │ " + " │ ".join(
    f"found, of {truth:.0%}           " for truth in FAULTY
)


def _mixed_row(each: Charges) -> str:
    found = " │ ".join(
        f"{each.found[truth]} ({each.found_by_p[truth].mean:4.0%}; {each.found_dropping[truth].mean:4.0%})"
        for truth in FAULTY
    )
    return f"{_family(each.family)} │ {each.wrong_of_charged}      {each.wrong_by_p}   │ {found}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.audit_coverage")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: a look, with larger errors")
    parser.add_argument("--rounds", type=int, help=f"samples a row; default {ROUNDS:,}")
    parser.add_argument("--audits", type=int, help=f"audits a row; default {AUDITS:,}")
    parser.add_argument("--seed", type=int, default=SEED, help=f"default {SEED}")
    asked = parser.parse_args()
    asked.rounds = asked.rounds or (QUICK_ROUNDS if asked.quick else ROUNDS)
    asked.audits = asked.audits or (QUICK_AUDITS if asked.quick else AUDITS)
    if min(asked.rounds, asked.audits) < 2:
        parser.error("--rounds and --audits: at least 2")
    return asked


if __name__ == "__main__":
    main()
