"""Every metric there is: name, unit, attributes. The table is also that of ``docs/telemetry.md``.

Names follow OpenTelemetry's conventions; Prometheus shows them with ``_`` for ``.``, the unit and ``_total``
appended: ``quzhong.consumer.commit.duration`` (s) is ``quzhong_consumer_commit_duration_seconds``.

Cardinality is bounded: attributes take values of the program or of its declarations (topics, reasons, rules,
RPCs), never of what somebody sends; the SDK itself ends a metric at 2,000 series.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from logging import getLogger
from time import perf_counter

from opentelemetry.metrics import CallbackOptions, Counter, Histogram, Meter, Observation

Values = Mapping[str, str | int]

DURATIONS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Bounds of all histograms, seconds: a commit takes some milliseconds, an audit of a city seconds."""

_log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Metric:
    """One row."""

    name: str
    unit: str
    """UCUM, or a thing counted in braces; empty: a state, 0 or 1."""
    attributes: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Count(Metric):
    """Goes up."""


@dataclass(frozen=True, slots=True)
class Timing(Metric):
    """A histogram of seconds."""


@dataclass(frozen=True, slots=True)
class Gauge(Metric):
    """Looked at when somebody collects."""


TOPIC, PARTITION, GROUP = "messaging.destination.name", "messaging.destination.partition.id", "quzhong.group"
REASON = "error.type"
RULE, SEVERITY, STATE = "quzhong.rule", "quzhong.severity", "quzhong.finding.state"
STORE, STATE_NAME, UNIT = "quzhong.store", "quzhong.state", "quzhong.unit"
CHANNEL, OUTCOME = "quzhong.delivery.channel", "quzhong.delivery.outcome"
RPC_METHOD, RPC_STATUS, RPC_SYSTEM = "rpc.method", "rpc.response.status_code", "rpc.system.name"

ACCEPTED = Count(
    "quzhong.intake.accepted", "{event}", (TOPIC,), "Rows that intake took as new and has on its log."
)
DUPLICATE = Count("quzhong.intake.duplicates", "{event}", (TOPIC,), "Rows that intake had taken before.")
REJECTED = Count(
    "quzhong.intake.rejected", "{event}", (TOPIC, REASON), "Rows that intake refused, by the reason."
)
INTAKE_COMMIT = Timing(
    "quzhong.intake.commit.duration", "s", (), "One commit group: checked, on the log and in the store."
)
RPC = Timing(
    "rpc.server.call.duration",
    "s",
    (RPC_SYSTEM, RPC_METHOD, RPC_STATUS),
    "RPCs answered; of a stream, how long it lasted.",
)
COMMIT = Timing(
    "quzhong.consumer.commit.duration", "s", (GROUP,), "One batch: handled, state and position in the store."
)
CONSUMED = Count("quzhong.consumer.records", "{record}", (GROUP, TOPIC), "Records whose effects are kept.")
DEAD_LETTERS = Count(
    "quzhong.consumer.dead_letters", "{record}", (GROUP, TOPIC, REASON), "Records that cannot be handled."
)
RETRIES = Count(
    "quzhong.consumer.retries", "{batch}", (GROUP, REASON), "Batches that failed and were begun again."
)
LAG = Gauge(
    "quzhong.consumer.lag.records",
    "{record}",
    (GROUP, TOPIC, PARTITION),
    "Records of the log whose effects are not in the store yet; told by the partition's owner.",
)
TIME_LAG = Gauge(
    "quzhong.consumer.lag.event_time",
    "s",
    (GROUP, TOPIC, PARTITION),
    "How long ago the newest event handled happened, while records wait; 0 if none do.",
)
FINDINGS = Count(
    "quzhong.findings.published",
    "{finding}",
    (RULE, SEVERITY, STATE),
    "Findings, and later revisions of them, on their topic.",
)
DELIVERIES = Count(
    "quzhong.delivery.attempts", "{attempt}", (CHANNEL, OUTCOME), "Attempts to deliver a message."
)
OUTBOX = Gauge("quzhong.store.outbox", "{record}", (STORE,), "Records that wait to be put on the log.")
STATE_SIZE = Gauge(
    "quzhong.store.state.size", "By", (STORE, STATE_NAME), "State of the partitions, as it is kept."
)
STORE_SIZE = Gauge("quzhong.store.size", "By", (STORE,), "The whole database.")
SCRUB_OWED = Gauge(
    "quzhong.store.scrub.owed",
    "s",
    (STORE,),
    "For how long what an erasure deleted has still been in the store's files; 0 if nothing is.",
)
HEALTHY = Gauge(
    "quzhong.service.healthy", "", (UNIT,), "1; 0 once a thread of a service has ended by a mistake."
)

TABLE: tuple[Metric, ...] = (
    RPC, ACCEPTED, DUPLICATE, REJECTED, INTAKE_COMMIT, CONSUMED, COMMIT, DEAD_LETTERS, RETRIES, LAG, TIME_LAG,
    FINDINGS, DELIVERIES, OUTBOX, STATE_SIZE, STORE_SIZE, SCRUB_OWED, HEALTHY,
)  # fmt: skip
"""In the order of the flow."""


Readings = Callable[[], Iterable[tuple[float, Values]]]
"""A gauge's values now, each with its attributes."""


class _State:
    counts: Mapping[Metric, Counter] | None = None
    timings: Mapping[Metric, Histogram] | None = None
    readings: dict[Gauge, dict[object, Readings]] = {}  # noqa: RUF012 - one a process


def use(meter: Meter | None) -> None:
    """For ``running``: None turns metrics off and forgets who is looked at."""
    if meter is None:
        _State.counts = _State.timings = None
        _State.readings = {}
        return
    _State.counts = {
        each: meter.create_counter(each.name, each.unit, each.says)
        for each in TABLE
        if isinstance(each, Count)
    }
    _State.timings = {
        each: meter.create_histogram(
            each.name, each.unit, each.says, explicit_bucket_boundaries_advisory=DURATIONS_S
        )
        for each in TABLE
        if isinstance(each, Timing)
    }
    for each in TABLE:
        if isinstance(each, Gauge):
            meter.create_observable_gauge(each.name, [partial(_observe, each)], each.unit, each.says)


def on() -> bool:
    """Whether anything is measured."""
    return _State.counts is not None


def count(metric: Count, number: int = 1, values: Values | None = None) -> None:
    """Add to a count. 0 makes it known: of a count that is born at 1 Prometheus does not see it rise."""
    if _State.counts is not None:
        _State.counts[metric].add(number, values)


def took(metric: Timing, seconds: float, values: Values | None = None) -> None:
    """Put a duration into its histogram."""
    if _State.timings is not None:
        _State.timings[metric].record(seconds, values)


@contextmanager
def timed(metric: Timing, values: Values | None = None) -> Iterator[None]:
    """Time a block that ends well; one that raises did not do what is timed."""
    if _State.timings is None:
        yield
        return
    began_s = perf_counter()
    yield
    took(metric, perf_counter() - began_s, values)


def look_at(gauge: Gauge, owner: object, readings: Readings) -> None:
    """Have a gauge look at ``readings`` too, until ``look_away`` is called with the same owner."""
    if _State.counts is not None:
        _State.readings.setdefault(gauge, {})[owner] = readings


def look_away(owner: object) -> None:
    """No gauge looks at this owner any more."""
    for owners in _State.readings.values():
        owners.pop(owner, None)


def _observe(gauge: Gauge, _: CallbackOptions) -> Iterator[Observation]:
    for readings in list(_State.readings.get(gauge, {}).values()):
        try:
            yield from [Observation(value, dict(attributes)) for value, attributes in readings()]
        except Exception as error:  # noqa: BLE001 - a store that is away must not hide what the others tell
            _log.debug("%s: nothing to be had: %r", gauge.name, error)
