"""From dispatch events to orders: one row per (platform, order, worker).

| outcome          | when                                          | in an audit of times        |
|------------------|-----------------------------------------------|-----------------------------|
| FINISHED         | accepted, then completed                      | a duration                  |
| CANCELLED        | accepted, cancelled, never completed          | right-censored              |
| UNFINISHED       | accepted, nothing after it yet                | right-censored              |
| NO_ACCEPTANCE    | completed, acceptance never seen              | excluded: counted by reason |
| END_BEFORE_START | completed before it was accepted              | excluded: counted by reason |
| ZERO_DURATION    | completed in the millisecond it was accepted  | excluded: counted by reason |
| NOT_TAKEN        | offered or rejected, never taken              | not undertaken: no row      |

What was never offered, taken nor completed (a complaint alone, say) is no order of the worker: no row.

Censoring. An order that was cancelled or is still open took *at least* as long as it was seen to take
(``observed_s``); leaving such orders out would make the remaining durations too short, the middle too strict.

Pure function of the set of events: every field is a minimum or maximum over the events of the order, or a
count of different events, so neither their order nor any duplicate can change it. Events of one order should
agree; where they do not, the doubt is not held against the platform:

| field                             | of several   | because                                                 |
|-----------------------------------|--------------|---------------------------------------------------------|
| accepted, completed, cancelled    | the earliest | work begins once and ends once; what follows is echo    |
| distance, promised limit          | the largest  | the longest way explains a long time, the longest limit |
|                                   |              | is the laxest                                           |
| pay                               | the largest  | the most that the worker was paid                       |
| commission, penalty               | the smallest | the least that was taken                                |
| weather                           | the worst    | the slow order leaves the reference, nobody is charged  |
| holiday                           | no           | no extra pay was owed                                   |
| area, service, vehicle, form of   | the largest  | only names a cohort or group: any fixed choice is as    |
| employment, tenure, partner firm  | code         | good, and the code for "not stated" is the smallest     |
"""

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.order_events import OrderEvents


class DispatchKind(IntEnum):
    """Values equal those of quzhong.api.events.v1.DispatchKind."""

    OFFERED = 1
    ACCEPTED = 2
    REJECTED = 3
    PICKED_UP = 4
    COMPLETED = 5
    CANCELLED = 6
    COMPLAINED = 7


class Outcome(IntEnum):
    """How an order ended; see the table above."""

    FINISHED = 1
    CANCELLED = 2
    UNFINISHED = 3
    NO_ACCEPTANCE = 4
    END_BEFORE_START = 5
    ZERO_DURATION = 6
    NOT_TAKEN = 7


CENSORED_OUTCOMES = (Outcome.CANCELLED, Outcome.UNFINISHED)

_MOMENTS = (
    (DispatchKind.OFFERED, DispatchKind.REJECTED),
    (DispatchKind.ACCEPTED,),
    (DispatchKind.COMPLETED,),
    (DispatchKind.CANCELLED,),
)
"""Offered, accepted, completed, cancelled."""
NEVER = np.iinfo(np.int64).max
"""The time of an event that was not of_order."""


@dataclass(frozen=True, slots=True, eq=False)
class DispatchColumns:
    """Dispatch events, one array of shape (n,) per field, rows in any order.

    Raises ValueError naming the first column whose length differs.
    """

    order: NDArray[np.uint64]
    """Order pseudonym; unique within a platform."""
    worker: NDArray[np.int64]
    """Interned worker pseudonym, the same across platforms."""
    platform: NDArray[np.int64]
    area: NDArray[np.int64]
    """GB/T 2260 code; 0 unknown."""
    kind: NDArray[np.int8]
    """DispatchKind values."""
    time: NDArray[np.int64]
    """Epoch milliseconds, UTC."""
    distance_m: NDArray[np.float64]
    """NaN where not stated."""
    promised_s: NDArray[np.float64]
    """The limit shown on the order, seconds; NaN where not stated."""
    event: NDArray[np.uint64]
    """Identity of the event, kept as evidence."""
    service: NDArray[np.int64]
    """ServiceKind of the events; 0 not stated."""
    vehicle: NDArray[np.int64]
    """Vehicle of the events; 0 not stated."""
    weather: NDArray[np.int64]
    """Weather of the events; 0 not stated."""
    holiday: NDArray[np.int8]
    """Statutory holiday: 1 yes, 0 no, −1 not stated."""
    pay_fen: NDArray[np.float64]
    """What the worker is paid for the order, after commission; NaN where not stated."""
    commission_fen: NDArray[np.float64]
    """What the platform keeps; NaN where not stated."""
    penalty_fen: NDArray[np.float64]
    """What was taken from the worker; NaN where not stated."""
    employment_form: NDArray[np.int64]
    """EmploymentForm of the events; 0 not stated."""
    tenure_band: NDArray[np.int64]
    """TenureBand of the events; 0 not stated."""
    partner_firm: NDArray[np.int64]
    """Interned partner firm; −1 the platform itself, or not stated."""

    def __post_init__(self) -> None:
        for field in fields(self):
            length = len(getattr(self, field.name))
            if length != len(self.order):
                raise ValueError(f"column {field.name} has {length} rows, column order {len(self.order)}")


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """Orders, one array of shape (n,) per field; of several statements the one of the table above. The order
    of rows depends on the set of events only."""

    platform: NDArray[np.int64]
    order: NDArray[np.uint64]
    worker: NDArray[np.int64]
    area: NDArray[np.int64]
    """0 unknown."""
    outcome: NDArray[np.int8]
    """Outcome values."""
    accepted_ms: NDArray[np.int64]
    """Earliest acceptance, epoch milliseconds; NEVER if not of_order."""
    completed_ms: NDArray[np.int64]
    """Earliest completion, epoch milliseconds; NEVER if not of_order."""
    duration_s: NDArray[np.float64]
    """Completed − accepted; NaN unless FINISHED."""
    distance_m: NDArray[np.float64]
    """NaN unknown."""
    promised_s: NDArray[np.float64]
    """NaN unknown."""
    offered_ms: NDArray[np.int64]
    """Earliest offer or rejection, epoch milliseconds; NEVER if not of_order."""
    observed_s: NDArray[np.float64]
    """For how long the order was seen to last. CANCELLED: until the earliest cancellation; UNFINISHED: until
    the end of observation; not below 0. NaN for other outcomes."""
    complaints: NDArray[np.int64]
    """Number of different complaint events."""
    service: NDArray[np.int64]
    """0 not stated."""
    vehicle: NDArray[np.int64]
    """0 not stated."""
    weather: NDArray[np.int64]
    """0 not stated."""
    holiday: NDArray[np.int8]
    """1 yes, 0 no, −1 not stated."""
    pay_fen: NDArray[np.float64]
    """NaN not stated."""
    commission_fen: NDArray[np.float64]
    """NaN not stated."""
    penalty_fen: NDArray[np.float64]
    """NaN not stated."""
    employment_form: NDArray[np.int64]
    """0 not stated."""
    tenure_band: NDArray[np.int64]
    """0 not stated."""
    partner_firm: NDArray[np.int64]
    """−1 the platform itself, or not stated."""

    def __len__(self) -> int:
        return len(self.order)

    @property
    def undertaken(self) -> NDArray[np.bool_]:
        """Mask of the orders that the worker took, shape (n,): all but NOT_TAKEN."""
        return np.not_equal(self.outcome, Outcome.NOT_TAKEN)

    @property
    def begun_ms(self) -> NDArray[np.int64]:
        """The moment by which an order belongs to a day or a period, epoch milliseconds, shape (n,): its
        acceptance; its completion if that was not seen; its offer if it was not taken."""
        begun = np.where(self.accepted_ms == NEVER, self.completed_ms, self.accepted_ms)
        return np.where(begun == NEVER, self.offered_ms, begun)

    def having(self, *outcomes: Outcome) -> NDArray[np.bool_]:
        """Mask of the rows with one of the outcomes, shape (n,)."""
        return np.isin(self.outcome, outcomes)

    def count(self, *outcomes: Outcome) -> int:
        """How many orders ended so."""
        return int(np.count_nonzero(self.having(*outcomes)))

    def take(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "Orders":
        """Some of the rows; itself if a mask chooses all."""
        if rows.dtype == np.bool_ and rows.all():
            return self
        return Orders(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def orders_of(events: DispatchColumns, observed_until_ms: int | None = None) -> Orders:
    """The orders that the set of `events` tells of; see the tables at the top of this file.

    Args:
        observed_until_ms: the end of observation, epoch milliseconds; None: the time of the latest event.
    """
    of_order = OrderEvents.of(events.platform, events.order, events.worker)
    offered, accepted, completed, cancelled = of_order.earliest(events.time, events.kind, _MOMENTS, NEVER)
    outcome = _outcome(accepted, completed, cancelled)
    if observed_until_ms is None:
        observed_until_ms = int(events.time.max(initial=0))

    finished = outcome == Outcome.FINISHED
    duration_s = np.full(len(of_order), np.nan)
    duration_s[finished] = (completed[finished] - accepted[finished]) / 1000
    left = np.where(outcome == Outcome.CANCELLED, cancelled, observed_until_ms)
    observed_s = np.full(len(of_order), np.nan)
    cut = np.isin(outcome, CENSORED_OUTCOMES)
    observed_s[cut] = np.maximum(left[cut] - accepted[cut], 0) / 1000

    orders = Orders(
        platform=of_order.platform,
        order=of_order.order,
        worker=of_order.worker,
        area=of_order.largest(events.area),
        outcome=outcome,
        accepted_ms=accepted,
        completed_ms=completed,
        duration_s=duration_s,
        distance_m=of_order.largest_stated(events.distance_m),
        promised_s=of_order.largest_stated(events.promised_s),
        offered_ms=offered,
        observed_s=observed_s,
        complaints=of_order.different(events.event, np.flatnonzero(events.kind == DispatchKind.COMPLAINED)),
        service=of_order.largest(events.service),
        vehicle=of_order.largest(events.vehicle),
        weather=of_order.largest(events.weather),
        # As unsigned, 0 (no) < 1 (yes) < 255 (−1, not stated): a "no" wins, and silence loses.
        holiday=of_order.smallest(events.holiday.view(np.uint8)).view(np.int8),
        pay_fen=of_order.largest_stated(events.pay_fen),
        commission_fen=of_order.smallest_stated(events.commission_fen),
        penalty_fen=of_order.smallest_stated(events.penalty_fen),
        employment_form=of_order.largest(events.employment_form),
        tenure_band=of_order.largest(events.tenure_band),
        partner_firm=of_order.largest(events.partner_firm),
    )
    told = orders.undertaken | (offered != NEVER)
    return orders.take(told)


def _outcome(
    accepted: NDArray[np.int64], completed: NDArray[np.int64], cancelled: NDArray[np.int64]
) -> NDArray[np.int8]:
    outcome = np.full(len(accepted), Outcome.FINISHED, np.int8)
    outcome[completed == accepted] = Outcome.ZERO_DURATION
    outcome[completed < accepted] = Outcome.END_BEFORE_START
    without_end = completed == NEVER
    outcome[without_end] = Outcome.UNFINISHED
    outcome[without_end & (cancelled != NEVER)] = Outcome.CANCELLED
    without_start = accepted == NEVER
    outcome[without_start] = Outcome.NO_ACCEPTANCE
    outcome[without_start & without_end] = Outcome.NOT_TAKEN
    return outcome
