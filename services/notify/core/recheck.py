"""The recheck (复查): the violation rate after a deadline against that before the warning, from the data.

The interval is that of the ratio of two Poisson rates, conditional on their total: given ``total`` workers
in both windows, the number after is Binomial(total, θ) with θ = n₂R ÷ (n₁ + n₂R), where R is the ratio and
n₁, n₂ are the active workers before and after (Przyborowski & Wilenski, Biometrika 31, 1940; θ's limits:
Clopper & Pearson, Biometrika 26, 1934). It is exact for any count, zeros too, and wide where there is little
to go by.

It is the conservative choice, on purpose, as a summons or a closure rests on it:

* A count of distinct workers varies less than a Poisson count does.
* Most workers work in both windows, and whoever went past the limit before is likelier to do so again. That
  makes the two counts rise and fall together, and their ratio vary less than that of independent ones. If on
  the contrary whoever was found is never found again, the covariance is at least −p₁p₂ a worker, which at
  rates per thousand is nothing.

``tests/unit/notify/test_recheck_coverage.py`` measures both. What the interval does not cover:

* what befalls all workers of a window alike, a storm or a holiday;
* that the window of the warning was chosen because its rate was high, so that some fall is to be expected
  (regression towards the mean). Hence a fall alone closes no case: see line 3 of ``compare``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from scipy.stats import binomtest

from services.notify.core.identifiers import stable_id
from services.notify.core.policy import Rate
from services.notify.core.recheck_reasons import Basis, of_rates, of_standards
from services.notify.core.text import Text

LEAST_ACTIVITY = 0.5
"""Nothing found counts as put right only if at least half as many workers were active as before: of a
platform that stood still nothing could be found. Declared here; no source gives the figure."""


class Outcome(IntEnum):
    """The values equal ``quzhong.api.notify.v1.RecheckOutcome``."""

    IMPROVED = 1
    NOT_SHOWN = 2
    """The data show no improvement, or too little of it to be sure."""
    WORSE = 3


@dataclass(frozen=True, slots=True)
class Observed:
    """Workers with a finding among those active, over whole days (Asia/Shanghai), both included."""

    first: date
    last: date
    workers: int
    active: int
    """0 if nobody was seen active: then there is no rate."""

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def rate_per_thousand(self) -> float | None:
        """None if nobody was seen active."""
        return 1000 * self.workers / self.active if self.active else None


@dataclass(frozen=True, slots=True)
class Recheck:
    """One recheck and what it came to."""

    recheck_id: str
    case_id: str
    before: Observed
    after: Observed
    ratio: float | None
    """Rate after divided by rate before; None without both rates, or if the one before is 0."""
    ratio_low: float
    ratio_high: float
    """Infinite if the data set no upper limit."""
    confidence: float
    """Of the interval, 0–1."""
    outcome: Outcome
    reason: Text
    create_time_ms: int


def compare(
    before: Observed,
    after: Observed,
    *,
    confidence: float,
    standard: Rate | None = None,
    case_id: str,
    openings: int,
    at_ms: int,
) -> Recheck:
    """The recheck of a case about a rate. The first line that applies decides:

    1. nobody seen active in one of the windows                              → NOT_SHOWN
    2. the interval of the ratio lies wholly above 1                         → WORSE
    3. the rate after would draw the policy's warning again                  → NOT_SHOWN
    4. the interval of the ratio lies wholly below 1                         → IMPROVED
    5. the upper limit of the rate after lies below the policy's standard    → IMPROVED
    6. no worker at all, with at least ``LEAST_ACTIVITY`` of those before    → IMPROVED
    7. else                                                                  → NOT_SHOWN

    Line 3: a rate that fell and is still above the standard is not put right. Line 6: a small platform with
    three such workers before can never show a ratio below 1, even with none after (its interval ends at 2.4);
    none at all is what was demanded. At an unchanged rate that comes about by chance one time in eight; the
    case is then closed, and opened again by the next finding.

    Args:
        before: the window the warning rests on.
        after: as many days, all of them later.
        confidence: of the two-sided interval, between 0 and 1.
        standard: the policy's standard for a warning; without it lines 3 and 5 do not apply.
        case_id: whose recheck it is.
        openings: the case's round.
        at_ms: now, epoch milliseconds.

    Raises:
        ValueError: if the windows overlap or differ in length (numbers of distinct workers cannot be compared
            then), a count is negative or more than the active ones, or the confidence is none.
    """
    _check(before, after, confidence)
    low, high = ratio_interval(before, after, confidence)
    outcome, basis = _judge(before, after, (low, high), confidence, standard)
    ratio = None
    if before.workers and before.active and after.active:
        ratio = (after.workers * before.active) / (before.workers * after.active)
    reason = of_rates(
        (before.first, before.last, before.workers, before.active),
        (after.first, after.last, after.workers, after.active),
        (ratio, low, high),
        confidence=confidence,
        standard=standard,
        basis=basis,
    )
    return Recheck(
        recheck_id=recheck_id(case_id, openings, after.last),
        case_id=case_id,
        before=before,
        after=after,
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
        confidence=confidence,
        outcome=outcome,
        reason=reason,
        create_time_ms=at_ms,
    )


def compare_standards(
    before: Observed,
    after: Observed,
    *,
    standing: int,
    needs_activity: bool = True,
    case_id: str,
    openings: int,
    at_ms: int,
) -> Recheck:
    """The recheck of a case about standards of assessment or duties, which concern no worker.

    ``standing`` is the number of adverse findings that stand: of standards those with an event day in
    ``after``, of duties all of them, since a duty that is not fulfilled stays the finding it was. None is an
    improvement, if there was anything to be found: an audit of days on which nobody worked finds nothing
    (``needs_activity``; False for duties). There is no ratio, hence its interval is that of no knowledge, and
    nothing is ever WORSE.
    """
    if standing:
        outcome, basis = Outcome.NOT_SHOWN, Basis.STILL_STANDS
    elif needs_activity and not after.active:
        outcome, basis = Outcome.NOT_SHOWN, Basis.NO_ACTIVITY_AFTER
    else:
        outcome, basis = Outcome.IMPROVED, Basis.NONE_STANDS
    return Recheck(
        recheck_id=recheck_id(case_id, openings, after.last),
        case_id=case_id,
        before=before,
        after=after,
        ratio=None,
        ratio_low=0.0,
        ratio_high=math.inf,
        confidence=1.0,
        outcome=outcome,
        reason=of_standards(after.first, after.last, standing, basis),
        create_time_ms=at_ms,
    )


def recheck_id(case_id: str, openings: int, last: date) -> str:
    """A function of the case, its round and the last day observed: the same recheck has the same name."""
    return stable_id("recheck", case_id, openings, last.isoformat())


def ratio_interval(before: Observed, after: Observed, confidence: float) -> tuple[float, float]:
    """Two-sided limits of the ratio of the rates, after to before; see the top for the method.

    ``(0, inf)``, which says nothing, if no worker was found in either window or one of them has no activity.
    """
    total = before.workers + after.workers
    if not (total and before.active and after.active):
        return 0.0, math.inf
    share = binomtest(after.workers, total).proportion_ci(confidence, method="exact")
    exposure = before.active / after.active

    def ratio(theta: float) -> float:
        return exposure * theta / (1 - theta) if theta < 1 else math.inf

    return ratio(float(share.low)), ratio(float(share.high))


def rate_limit(observed: Observed, confidence: float) -> float:
    """The upper end of the exact two-sided interval of a rate per thousand (Clopper & Pearson).

    Raises:
        ValueError: without activity.
    """
    interval = binomtest(observed.workers, observed.active).proportion_ci(confidence, method="exact")
    return 1000 * float(interval.high)


def _judge(
    before: Observed,
    after: Observed,
    interval: tuple[float, float],
    confidence: float,
    standard: Rate | None,
) -> tuple[Outcome, Basis]:
    low, high = interval
    if not before.active:
        return Outcome.NOT_SHOWN, Basis.NO_ACTIVITY_BEFORE
    if not after.active:
        return Outcome.NOT_SHOWN, Basis.NO_ACTIVITY_AFTER
    if low > 1:
        return Outcome.WORSE, Basis.ABOVE_ONE
    if standard is not None and _exceeds(after, standard):
        return Outcome.NOT_SHOWN, Basis.ABOVE_STANDARD
    if high < 1:
        return Outcome.IMPROVED, Basis.BELOW_ONE
    if standard is not None and rate_limit(after, confidence) < standard.workers_per_thousand:
        return Outcome.IMPROVED, Basis.BELOW_STANDARD
    if not after.workers:
        enough = after.active >= LEAST_ACTIVITY * before.active
        return (Outcome.IMPROVED, Basis.NOBODY) if enough else (Outcome.NOT_SHOWN, Basis.TOO_FEW_ACTIVE)
    return Outcome.NOT_SHOWN, Basis.AROUND_ONE


def _exceeds(observed: Observed, standard: Rate) -> bool:
    """As ``WindowCount.exceeds`` has it: strictly, with enough workers, without a division."""
    return (
        observed.workers >= standard.least_workers
        and observed.workers * 1000 > observed.active * standard.workers_per_thousand
    )


def _check(before: Observed, after: Observed, confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence: {confidence} is not between 0 and 1; 0.95 is usual")
    for name, window in (("before", before), ("after", after)):
        if window.workers < 0 or window.active < 0 or 0 < window.active < window.workers:
            raise ValueError(f"{name}: {window.workers} workers of {window.active} active ones")
        if window.days < 1:
            raise ValueError(f"{name}: {window.first} to {window.last} is no window")
    if after.first <= before.last:
        raise ValueError(f"after begins on {after.first}, before ends on {before.last}: the windows overlap")
    if before.days != after.days:
        raise ValueError(
            f"before has {before.days} days, after {after.days}: distinct workers of windows of different "
            "length cannot be compared"
        )
