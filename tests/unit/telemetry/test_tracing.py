"""How a trace goes on, and that nothing is made of it while telemetry is off."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanContext, StatusCode, TraceFlags

from kit.errors import InvalidArgumentError
from kit.eventlog import traced
from kit.eventlog.port import NewRecord, Record
from kit.telemetry import tracing

SAMPLED, DROPPED = TraceFlags(TraceFlags.SAMPLED), TraceFlags(TraceFlags.DEFAULT)


def context(number: int, flags: TraceFlags = SAMPLED) -> SpanContext:
    return SpanContext(number, number, is_remote=True, trace_flags=flags)


@pytest.fixture
def exported() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing.use(provider.get_tracer("test"))
    yield exporter
    tracing.use(None)
    provider.shutdown()


def only(exporter: InMemorySpanExporter) -> ReadableSpan:
    (span,) = exporter.get_finished_spans()
    return span


def links(span: ReadableSpan) -> list[int]:
    return [link.context.span_id for link in span.links]


def test_one_cause_goes_on_in_its_trace(exported: InMemorySpanExporter) -> None:
    with tracing.span("work", sources=[context(7), None, context(7)]):
        pass
    span = only(exported)
    assert span.parent is not None
    assert (span.parent.trace_id, span.parent.span_id) == (7, 7)
    assert links(span) == [7]


def test_several_causes_are_linked_and_the_first_sampled_one_goes_on(exported: InMemorySpanExporter) -> None:
    with tracing.span("work", sources=[context(1, DROPPED), context(2), context(3)]):
        pass
    span = only(exported)
    assert span.parent is not None
    assert span.parent.trace_id == 2
    assert links(span) == [1, 2, 3]


def test_causes_that_are_all_unsampled_make_no_span(exported: InMemorySpanExporter) -> None:
    with tracing.span("work", sources=[context(1, DROPPED), context(2, DROPPED)]):
        carried = traced.carrying([NewRecord("findings", b"")])
    assert not exported.get_finished_spans()
    assert carried[0].headers["traceparent"].endswith(b"-00")  # whoever reads it makes none either


def test_no_cause_begins_a_trace_whatever_the_thread_is_in(exported: InMemorySpanExporter) -> None:
    with tracing.span("outer"), tracing.span("inner", sources=()):
        pass
    inner, outer = exported.get_finished_spans()
    assert inner.parent is None
    assert inner.context.trace_id != outer.context.trace_id


def test_more_causes_than_a_span_may_link_are_cut(exported: InMemorySpanExporter) -> None:
    with tracing.span("work", sources=[context(number) for number in range(1, 1_000)]):
        pass
    assert links(only(exported)) == list(range(1, tracing.MOST_LINKS + 1))


def test_an_error_is_told_by_its_reason_and_never_quoted(exported: InMemorySpanExporter) -> None:
    with pytest.raises(InvalidArgumentError), tracing.span("work"):
        raise InvalidArgumentError("worker_id: 'somebody' is unknown", reason="WORKER_UNKNOWN")
    span = only(exported)
    assert span.status.status_code is StatusCode.ERROR
    assert span.status.description == "WORKER_UNKNOWN"
    assert span.attributes == {"error.type": "WORKER_UNKNOWN"}
    assert not span.events


def test_a_record_keeps_the_trace_it_has(exported: InMemorySpanExporter) -> None:
    dead = NewRecord("findings.dead-letter", b"", headers={"traceparent": b"00-theirs"})
    with tracing.span("work"):
        assert traced.carrying([dead]) == [dead]


def read_again(new: NewRecord) -> Record:
    return Record(new.topic, 0, 0, new.value, new.key, new.headers, 0)


def test_a_record_leads_back_to_the_span_that_made_it(exported: InMemorySpanExporter) -> None:
    with tracing.span("made") as made:
        (record,) = traced.carrying([NewRecord("findings", b"", key=b"platform-a")])
    (source,) = traced.sources([read_again(record)] * 3)
    assert source is not None
    assert (source.trace_id, source.span_id) == (made.context.trace_id, made.context.span_id)


@given(st.binary(max_size=60) | st.from_regex(rb"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]", fullmatch=True))
def test_whatever_stands_in_a_header_is_read_or_passed_over(value: bytes) -> None:
    tracing.use(TracerProvider(shutdown_on_exit=False).get_tracer("test"))
    try:
        found = traced.origin({"traceparent": value})
    finally:
        tracing.use(None)
    assert found is None or value.startswith(f"00-{found.trace_id:032x}-{found.span_id:016x}".encode())


def test_a_tick_that_makes_nothing_is_not_told(exported: InMemorySpanExporter) -> None:
    heard = traced.Remembered.none()
    with heard.ticking("notify"):
        pass
    assert not exported.get_finished_spans()


def test_what_a_tick_makes_goes_on_from_the_last_record_of_its_key(exported: InMemorySpanExporter) -> None:
    heard = traced.Remembered.none()
    with traced.taken("notify", [Record("findings", 0, 0, b"", b"a", {}, 0)]) as batch:
        pass
    heard.hear([Record("findings", 0, 0, b"", b"a", {}, 0)], batch)
    with heard.ticking("notify"):
        of_a, of_b = traced.carrying([NewRecord("notices", b"", key=key) for key in (b"a", b"b")])
    names = {span.name: span for span in exported.get_finished_spans()}
    assert set(names) == {"process findings", "create notices", "tick notify"}
    assert of_a.headers["traceparent"].decode().split("-")[1] == f"{batch.context.trace_id:032x}"
    assert names["create notices"].parent == batch.context
    assert links(names["create notices"])[-1] == names["tick notify"].context.span_id
    # Of "b" nothing was heard: it is the tick's own.
    assert (
        of_b.headers["traceparent"].decode().split("-")[2] == f"{names['tick notify'].context.span_id:016x}"
    )


def test_the_keys_a_loop_remembers_are_bounded(exported: InMemorySpanExporter) -> None:
    heard = traced.Remembered.none()
    with tracing.span("batch") as batch:
        pass
    many = [Record("findings", 0, 0, b"", str(n).encode(), {}, 0) for n in range(traced.MOST_KEYS + 5)]
    heard.hear(many, batch)
    assert len(heard.of_key) == traced.MOST_KEYS
    assert b"0" not in heard.of_key


def test_off_nothing_is_added_to_a_record_and_nothing_is_current() -> None:
    records = [NewRecord("findings", b"")]
    with tracing.span("work", sources=[context(1)]) as span:
        assert traced.carrying(records) is records
        assert tracing.current() is None
        span.fail("NOTHING")
        assert not span.context.is_valid


def test_off_no_exporter_and_no_sdk_is_loaded() -> None:
    program = (
        "import sys, kit.process, cli.embedded\n"
        "loaded = [name for name in ('opentelemetry.sdk', 'opentelemetry.exporter', 'prometheus_client')"
        " if name in sys.modules]\n"
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
