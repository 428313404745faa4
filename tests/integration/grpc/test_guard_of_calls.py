"""What the interceptor makes of mistakes and of revoked credentials, over a real socket."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import grpc
import pytest

from kit.errors import StorageUnavailableError
from kit.eventlog.topics import DISPATCHES
from kit.grpc.host import Host
from kit.grpc.interceptors import ADMITTED_S
from kit.grpc.stream_places import MOST_OF_A_PARTY
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.notify.v1 import notify_pb2, notify_pb2_grpc
from quzhong.api.registry.v1 import registry_pb2
from quzhong.api.workhours.v1 import workhours_pb2
from tests.support.dispatches import at, order, shift
from tests.support.fake_suite.suite import REGULATOR, FakeSuite
from tests.support.suite import Party, Suite, eventually, intake, notify, refusal, running_suite, workhours

SECRET = "postgresql://quzhong:password@db"


def _list_cases(request: Any, context: Any) -> NoReturn:
    raise ValueError(SECRET)


def _watch_alerts(request: Any, context: Any) -> Iterator[notify_pb2.WatchAlertsResponse]:
    yield notify_pb2.WatchAlertsResponse(resume_token="1")
    raise KeyError(SECRET)


class _MistakenSuite(FakeSuite):
    list_cases: Callable[[Any, Any], NoReturn] = staticmethod(_list_cases)

    def add_to(self, server: grpc.Server) -> None:
        methods: dict[str, grpc.RpcMethodHandler[Any, Any]] = {
            "ListCases": grpc.unary_unary_rpc_method_handler(
                self.list_cases, notify_pb2.ListCasesRequest.FromString
            ),
            "WatchAlerts": grpc.unary_stream_rpc_method_handler(
                _watch_alerts,
                notify_pb2.WatchAlertsRequest.FromString,
                notify_pb2.WatchAlertsResponse.SerializeToString,
            ),
        }
        name = self.grpc_services[0]
        server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(name, methods)])


@pytest.mark.parametrize(
    "call",
    [
        lambda stub, metadata: stub.ListCases(notify_pb2.ListCasesRequest(), metadata=metadata, timeout=5),
        lambda stub, metadata: list(
            stub.WatchAlerts(notify_pb2.WatchAlertsRequest(), metadata=metadata, timeout=5)
        ),
    ],
    ids=["unary", "stream"],
)
def test_a_mistake_of_the_program_is_internal_to_the_caller_and_a_traceback_in_the_log(
    call: Callable[[Any, Any], object], caplog: pytest.LogCaptureFixture
) -> None:
    suite = _MistakenSuite()
    host = Host([suite], suite, "127.0.0.1:0")
    host.start()
    with grpc.insecure_channel(host.address) as channel:
        stub = notify_pb2_grpc.NotifyServiceStub(channel)
        refused = refusal(lambda: call(stub, [("authorization", f"Bearer {REGULATOR}")]))
    host.stop(grace_s=0)
    assert (refused.code, refused.reason) == (grpc.StatusCode.INTERNAL, "INTERNAL")
    assert refused.message != refused.zh
    for told in (refused.message, refused.zh):
        assert SECRET not in told
        assert "Error" not in told
    assert SECRET in caplog.text
    assert "Traceback" in caplog.text


def _store_away(request: Any, context: Any) -> NoReturn:
    raise StorageUnavailableError(f"store {SECRET}: no route to host", zh=f"数据库 {SECRET} 不可用")


class _SuiteWithoutStore(_MistakenSuite):
    list_cases = staticmethod(_store_away)


def test_where_a_store_is_that_is_away_is_told_to_the_log_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    suite = _SuiteWithoutStore()
    host = Host([suite], suite, "127.0.0.1:0")
    host.start()
    with grpc.insecure_channel(host.address) as channel:
        stub = notify_pb2_grpc.NotifyServiceStub(channel)
        call = partial(stub.ListCases, notify_pb2.ListCasesRequest(), timeout=5)
        refused = refusal(lambda: call(metadata=(("authorization", f"Bearer {REGULATOR}"),)))
    host.stop(grace_s=0)
    assert (refused.code, refused.reason) == (grpc.StatusCode.UNAVAILABLE, "STORAGE_UNAVAILABLE")
    assert SECRET not in refused.message + refused.zh
    assert SECRET in caplog.text


@pytest.fixture
def suite(tmp_path: Path) -> Iterator[Suite]:
    with running_suite(tmp_path, intake, workhours, notify) as suite:
        suite.regulator("tangshan")
        suite.platform("swift")
        yield suite


def revoke(suite: Suite, party: Party) -> None:
    request = registry_pb2.RevokeCredentialRequest(
        request_id=suite.request_id(), credential_id=party.token.split("_")[1]
    )
    suite.admin.registry.RevokeCredential(request)


def watch_alerts(party: Party) -> Any:
    return party.notify.WatchAlerts(notify_pb2.WatchAlertsRequest(), timeout=30)


def watch_findings(party: Party) -> Any:
    return party.workhours.WatchFindings(workhours_pb2.WatchFindingsRequest(), timeout=30)


@pytest.mark.parametrize("watch", [watch_alerts, watch_findings])
def test_a_watch_ends_soon_after_its_credential_was_revoked(
    suite: Suite, watch: Callable[[Party], Any]
) -> None:
    stream, other = watch(suite.as_("tangshan")), watch(suite.as_("swift"))
    suite.submit("swift", shift("a", at("08:00"), orders=6, worker=1))
    next(stream), next(other)
    revoke(suite, suite.as_("tangshan"))
    began_s = time.monotonic()
    refused = refusal(lambda: list(stream))
    assert time.monotonic() - began_s < 2
    assert (refused.code, refused.reason) == (grpc.StatusCode.UNAUTHENTICATED, "CREDENTIAL_REVOKED")
    assert other.is_active(), "nobody else's ends"
    other.cancel()


def test_a_party_cannot_take_every_thread_with_streams_of_many_credentials(suite: Suite) -> None:
    issued = suite.admin.registry.IssueCredential(
        registry_pb2.IssueCredentialRequest(request_id=suite.request_id(), party_id="swift")
    )
    own, further, other = suite.as_("swift"), suite.bearing(issued.token), suite.as_("tangshan")
    suite.submit("swift", shift("a", at("08:00"), orders=6, worker=1))
    streams = [watch_findings(each) for each in (own, further) for _ in range(MOST_OF_A_PARTY // 2)]
    for stream in streams:
        next(stream)
    for party in (own, further):
        refused = refusal(partial(list, watch_findings(party)))
        assert (refused.code, refused.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "STREAMS_TAKEN")
    others = watch_findings(other)
    next(others)  # everybody else goes on, and the party itself by single calls
    assert own.workhours.ListFindings(workhours_pb2.ListFindingsRequest()).findings
    for stream in (*streams, others):
        stream.cancel()
    eventually(lambda: next(watch_findings(own)) is not None)


def test_an_upload_takes_nothing_more_after_its_credential_was_revoked(suite: Suite) -> None:
    party = suite.as_("swift")

    def batch(name: str) -> intake_pb2.UploadDispatchesRequest:
        rows = order(name, at("08:00"), at("08:20"), worker=1)
        return intake_pb2.UploadDispatchesRequest(
            batch=intake_pb2.SubmitDispatchesRequest(request_id=name, platform_id="swift", dispatches=rows)
        )

    def batches() -> Iterator[intake_pb2.UploadDispatchesRequest]:
        yield batch("before")
        revoke(suite, party)
        time.sleep(ADMITTED_S)
        yield batch("after")

    refused = refusal(lambda: party.intake.UploadDispatches(batches()))
    assert (refused.code, refused.reason) == (grpc.StatusCode.UNAUTHENTICATED, "CREDENTIAL_REVOKED")
    reader = suite.log.reader(DISPATCHES.name)
    (record,) = reader.poll(0.1)
    assert len(record.value) > 0
