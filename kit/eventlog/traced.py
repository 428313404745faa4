"""How a trace crosses the log: ``traceparent`` in the headers of records, and the spans at both ends.

The header names the span that made the record (its commit, or its handler), not the one that sent it: a
record may wait in an outbox, and is sent again after a crash.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from kit.eventlog.port import EventLog, NewRecord, Record
from kit.telemetry import tracing
from kit.telemetry.tracing import Attribute, Span, SpanContext, SpanKind

SYSTEM = "quzhong.eventlog"
"""``messaging.system``, whichever adapter."""

TRACE_HEADERS = ("traceparent", "tracestate")

MOST_KEYS = 1_000
"""Keys whose last record a loop remembers: platforms of a nation, and some."""


def append(log: EventLog, records: Sequence[NewRecord]) -> list[int]:
    """``log.append`` within a span of its own, each record with the trace it is of."""
    if not tracing.on() or not records:
        return log.append(records)
    made = carrying(records)
    with tracing.span(
        _name("send", records),
        kind=SpanKind.PRODUCER,
        # Within a span it is a part of that; a relay goes on from the spans that made the records.
        sources=None if tracing.current() is not None else sources(made),
        attributes=_attributes("send", records),
    ):
        return log.append(made)


def carrying(records: Sequence[NewRecord]) -> Sequence[NewRecord]:
    """The records with the current span in their headers, unless they have one already (dead letters do)."""
    if not tracing.on():
        return records
    keeper = _KEEPER.get()
    ours = _headers(tracing.current())
    return [
        record
        if TRACE_HEADERS[0] in record.headers
        else replace(
            record, headers={**record.headers, **(ours if keeper is None else _decided(keeper, record, ours))}
        )
        for record in records
    ]


def sources(records: Iterable[Record | NewRecord]) -> Iterator[SpanContext | None]:
    """Where the records come from, each origin once."""
    seen: set[bytes] = set()
    for record in records:
        parent = record.headers.get(TRACE_HEADERS[0])
        if parent is not None and parent not in seen:
            seen.add(parent)
            yield origin(record.headers)


def origin(headers: Mapping[str, bytes]) -> SpanContext | None:
    """The span that made a record; None if nobody said, or what they said cannot be read."""
    carrier = {
        name: value.decode("ascii", "replace") for name in TRACE_HEADERS if (value := headers.get(name))
    }
    return tracing.going_on(carrier)


@contextmanager
def taken(group: str, records: Sequence[Record]) -> Iterator[Span]:
    """The span of a consumed batch."""
    if not tracing.on():
        with tracing.span("") as silent:
            yield silent
        return
    attributes = {**_attributes("process", records), Attribute.GROUP: group}
    with tracing.span(
        _name("process", records), kind=SpanKind.CONSUMER, sources=sources(records), attributes=attributes
    ) as span:
        yield span


@dataclass(slots=True)
class Remembered:
    """What a loop's handler has heard of each key, for what it decides later, by time alone.

    A decision's record then goes on in the trace of its key's last record, and links the tick it was made in.
    It is memory: of what was heard before a restart, decisions begin traces of their own.
    """

    of_key: OrderedDict[bytes, SpanContext]
    tick: Span | None = None
    """The tick that is running."""
    told: bool = False
    """Whether it has made a record."""

    @classmethod
    def none(cls) -> Remembered:
        """Nothing yet."""
        return cls(OrderedDict())

    def hear(self, records: Iterable[Record], span: Span) -> None:
        """These records were handled in this span."""
        if not tracing.on():
            return
        for record in records:
            if record.key is not None:
                self.of_key[record.key] = span.context
                self.of_key.move_to_end(record.key)
        while len(self.of_key) > MOST_KEYS:
            self.of_key.popitem(last=False)

    @contextmanager
    def ticking(self, group: str) -> Iterator[None]:
        """The span of a tick; told only if it makes a record, as most ticks make none."""
        if not tracing.on():
            yield
            return
        tick = tracing.begun(f"tick {group}", sources=(), attributes={Attribute.GROUP: group})
        self.tick, self.told = tick, False
        token = _KEEPER.set(self)
        try:
            with tracing.within(tick):
                yield
        except BaseException as error:
            tick.fail(tracing.reason_of(error))
            self.told = True
            raise
        finally:
            _KEEPER.reset(token)
            self.tick = None
            if self.told:
                tick.end()


_KEEPER: ContextVar[Remembered | None] = ContextVar("keeper", default=None)


def _headers(source: SpanContext | None) -> dict[str, bytes]:
    return {name: value.encode() for name, value in tracing.written(source).items()}


def _decided(keeper: Remembered, record: NewRecord, ours: dict[str, bytes]) -> dict[str, bytes]:
    """Of a record that a tick makes: it goes on from what was heard of its key; ``ours`` if nothing was."""
    keeper.told = True
    heard = None if record.key is None else keeper.of_key.get(record.key)
    if heard is None or keeper.tick is None:
        return ours
    decided = tracing.begun(
        f"create {record.topic}",
        kind=SpanKind.PRODUCER,
        sources=[heard],
        attributes=_attributes("create", [record]),
    )
    decided.link(keeper.tick.context)
    decided.end()
    return _headers(decided.context)


def _attributes(operation: str, records: Sequence[Record | NewRecord]) -> dict[Attribute, str | int]:
    return {
        Attribute.SYSTEM: SYSTEM,
        Attribute.OPERATION: operation,
        Attribute.DESTINATION: _topics(records),
        Attribute.MESSAGES: len(records),
    }


def _name(operation: str, records: Sequence[Record | NewRecord]) -> str:
    return f"{operation} {_topics(records)}"


def _topics(records: Sequence[Record | NewRecord]) -> str:
    return ",".join(sorted({record.topic for record in records}))
