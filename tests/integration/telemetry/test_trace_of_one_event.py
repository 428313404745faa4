"""From the call of a platform's program to the notice: one trace, and nothing in it that names a worker."""

from __future__ import annotations

from opentelemetry.proto.trace.v1 import trace_pb2

from kit.telemetry.tracing import Attribute
from tests.integration.telemetry.conftest import IDENTITY, PSEUDONYMS, Told

SUBMIT = "quzhong.api.intake.v1.IntakeService/SubmitDispatches"


def ancestors(told: Told, span_id: bytes, end: bytes) -> list[str]:
    """Names of a span and those above it, up to the span ``end``, which is the caller's own."""
    names: list[str] = []
    while span_id != end:
        span = told.collector.span(span_id)
        names.append(span.name)
        span_id = span.parent_span_id
        assert span_id, f"the trace begins at {names[-1]}, below {names[:-1]}"
    return names


def test_the_notice_goes_back_to_the_call_that_handed_in_the_event(told: Told) -> None:
    _, trace_id, span_id, _ = told.notice.headers["traceparent"].decode().split("-")
    assert trace_id == f"{told.sent.trace_id:032x}"
    assert ancestors(told, bytes.fromhex(span_id), told.sent.span_id.to_bytes(8, "big")) == [
        "create notices",
        "process findings",
        "handle workhours",
        "process dispatches",
        "intake commit",
        SUBMIT,
    ]


def test_every_consumer_of_the_event_and_of_its_finding_is_in_the_trace(told: Told) -> None:
    trace_id = told.sent.trace_id.to_bytes(16, "big")
    consumers = {
        attribute.value.string_value
        for span in told.collector.spans
        if span.trace_id == trace_id and span.kind == trace_pb2.Span.SPAN_KIND_CONSUMER
        for attribute in span.attributes
        if attribute.key == Attribute.GROUP
    }
    assert consumers == {"intake-archive", "workhours", "algo_audit", "notify"}
    assert {"send dispatches", "send findings", "send notices"} <= {
        span.name for span in told.collector.spans if span.trace_id == trace_id
    }


def test_a_decision_made_later_links_the_tick_it_was_made_in(told: Told) -> None:
    (decision, *_) = told.collector.named("create notices")
    ticks = {span.span_id for span in told.collector.named("tick notify")}
    assert {link.span_id for link in decision.links} & ticks


def test_a_consumed_batch_links_the_spans_that_made_its_records(told: Told) -> None:
    commits = {span.span_id for span in told.collector.named("intake commit")}
    consumed = told.collector.named("process dispatches")
    assert consumed
    assert all({link.span_id for link in span.links} <= commits and span.links for span in consumed)


def test_a_commit_links_every_call_it_gathered(told: Told) -> None:
    calls = {
        span.span_id
        for span in told.collector.named(SUBMIT)
        if span.parent_span_id in {context.span_id.to_bytes(8, "big") for context in told.together}
    }
    assert len(calls) == 2
    (commit,) = (
        span
        for span in told.collector.named("intake commit")
        if calls & {link.span_id for link in span.links}
    )
    assert {link.span_id for link in commit.links} == calls


def test_a_row_added_to_the_queue_is_sent_in_the_trace_of_who_added_it(told: Told) -> None:
    parents = {span.parent_span_id for span in told.collector.named(SUBMIT)}
    assert told.added.span_id.to_bytes(8, "big") in parents


def test_a_refused_call_has_a_span_and_its_status(told: Told) -> None:
    statuses = {
        attribute.value.string_value
        for span in told.collector.named(SUBMIT)
        for attribute in span.attributes
        if attribute.key == Attribute.RPC_STATUS
    }
    assert statuses == {"OK", "UNAUTHENTICATED"}


def test_spans_and_metrics_hold_no_worker_data(told: Told) -> None:
    everything = "".join(map(str, told.collector.spans)) + told.page
    pseudonym = PSEUDONYMS.pseudonym(IDENTITY)
    for secret in (pseudonym, IDENTITY, "secret-event", "secret-order"):
        assert secret not in everything
    assert all(not span.events for span in told.collector.spans)  # where exceptions would be quoted
    names = {attribute.key for span in told.collector.spans for attribute in span.attributes}
    assert names <= {attribute.value for attribute in Attribute}
