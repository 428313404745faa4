"""Spans, and how a trace crosses a process, a thread or a topic (W3C Trace Context).

A trace goes on where one thing has one cause. What has several (a commit of many requests, a batch of many
records) links all of them and goes on in the trace of the first that is sampled: so whatever share of calls
is sampled, each of their traces leads to its end, in itself or over a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum

from opentelemetry import trace
from opentelemetry.context import Context, attach, detach
from opentelemetry.trace import Link, Status, StatusCode, Tracer
from opentelemetry.trace import SpanContext as SpanContext
from opentelemetry.trace import SpanKind as SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

MOST_LINKS = 128
"""Of one span: the SDK's own limit. A commit group gathers some dozens of requests, a poll 500 records, most
of which name the same commit."""

_FORMAT = TraceContextTextMapPropagator()

_NOWHERE = Context()


class Attribute(StrEnum):
    """The only names a span may have: those of OpenTelemetry's conventions, and ours."""

    SYSTEM = "messaging.system"
    OPERATION = "messaging.operation.type"
    DESTINATION = "messaging.destination.name"
    GROUP = "messaging.consumer.group.name"
    MESSAGES = "messaging.batch.message_count"
    RPC_SYSTEM = "rpc.system.name"
    RPC_METHOD = "rpc.method"
    RPC_STATUS = "rpc.response.status_code"
    ERROR = "error.type"
    OUTCOME = "quzhong.delivery.outcome"
    CHANNEL = "quzhong.delivery.channel"


Attributes = Mapping[Attribute, str | int]


class Span:
    """What a block may still say about its span."""

    def __init__(self, inner: trace.Span) -> None:
        self._inner = inner

    @property
    def context(self) -> SpanContext:
        """What others link, or go on from."""
        return self._inner.get_span_context()

    def tell(self, attribute: Attribute, value: str | int) -> None:
        """Add what is known only now."""
        self._inner.set_attribute(attribute.value, value)

    def fail(self, reason: str) -> None:
        """It went wrong; ``reason`` is UPPER_SNAKE or a class's name, never a text that quotes somebody."""
        self._inner.set_attribute(Attribute.ERROR.value, reason)
        self._inner.set_status(Status(StatusCode.ERROR, reason))

    def link(self, source: SpanContext) -> None:
        """One more cause."""
        self._inner.add_link(source)

    def end(self) -> None:
        """Only for spans of ``begun``."""
        self._inner.end()


_SILENT = Span(trace.INVALID_SPAN)


class _State:
    tracer: Tracer | None = None


def use(tracer: Tracer | None) -> None:
    """For ``running``: None turns spans off."""
    _State.tracer = tracer


def on() -> bool:
    """Whether spans are made."""
    return _State.tracer is not None


def current() -> SpanContext | None:
    """Of the block this thread is in: for whoever finishes it in another thread. None: off, or in none."""
    if _State.tracer is None:
        return None
    context = trace.get_current_span().get_span_context()
    return context if context.is_valid else None


@contextmanager
def span(
    name: str,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    sources: Iterable[SpanContext | None] | None = None,
    attributes: Attributes | None = None,
) -> Iterator[Span]:
    """A span for the block, current within it.

    ``sources``: what caused it, elsewhere; None: the block this thread is in. What the block raises is told
    by its ``reason``, or its class.
    """
    if _State.tracer is None:
        yield _SILENT
        return
    begun_ = begun(name, kind=kind, sources=sources, attributes=attributes)
    with within(begun_):
        try:
            yield begun_
        except BaseException as error:
            begun_.fail(reason_of(error))
            raise
        finally:
            begun_.end()


def begun(
    name: str,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    sources: Iterable[SpanContext | None] | None = None,
    attributes: Attributes | None = None,
) -> Span:
    """As ``span``, for what does not end with a block: current nowhere, and told only if it is ended."""
    if _State.tracer is None:
        return _SILENT
    given = {name.value: value for name, value in (attributes or {}).items()}
    if sources is None:
        return Span(_State.tracer.start_span(name, kind=kind, attributes=given))
    # A SpanContext cannot be hashed: it may carry a trace state.
    causes = list({(each.trace_id, each.span_id): each for each in sources if each is not None}.values())
    first = next((cause for cause in causes if cause.trace_flags.sampled), causes[0] if causes else None)
    parent = _NOWHERE if first is None else _in(first)
    links = [Link(cause) for cause in causes[:MOST_LINKS]]
    return Span(_State.tracer.start_span(name, parent, kind, given, links))


@contextmanager
def within(it: Span) -> Iterator[None]:
    """Let a begun span be the current one."""
    if _State.tracer is None:
        yield
        return
    token = attach(trace.set_span_in_context(it._inner))
    try:
        yield
    finally:
        detach(token)


def written(source: SpanContext | None) -> dict[str, str]:
    """``traceparent`` (and ``tracestate``) of a span; nothing for None."""
    carrier: dict[str, str] = {}
    if source is not None:
        _FORMAT.inject(carrier, _in(source))
    return carrier


def going_on(carrier: Mapping[str, str]) -> SpanContext | None:
    """What ``written`` wrote, here or elsewhere; None if there is nothing, or it is malformed."""
    if _State.tracer is None or "traceparent" not in carrier:
        return None
    found = trace.get_current_span(_FORMAT.extract(carrier, _NOWHERE)).get_span_context()
    return found if found.is_valid else None


def reason_of(error: BaseException) -> str:
    """UPPER_SNAKE of our errors, the class of others: never their text, which may quote somebody."""
    reason = getattr(error, "reason", None)
    return reason if isinstance(reason, str) and reason else type(error).__name__


def _in(source: SpanContext) -> Context:
    return trace.set_span_in_context(trace.NonRecordingSpan(source), _NOWHERE)
