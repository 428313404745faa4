"""CreateWebhook and ListWebhookDeliveries, the older calls over the same rows, with a whole notify."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import grpc
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.sqlite import SqliteEventLog
from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.notify.v1 import notify_pb2 as pb
from tests.integration.notify.notify_suite import (
    RunningNotify,
    Said,
    activity,
    eventually,
    finding,
    prepared,
    running_notify,
)

AT_ONCE = (0.01,) * 5


class Receiver:
    """An HTTP server that answers as told and keeps what it was sent."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        """Statuses of the next answers; 204 once they are used up."""
        self.received: list[tuple[dict[str, str], bytes, int]] = []
        """Headers, body and the status they were answered with."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                status = receiver.answers.pop(0) if receiver.answers else 204
                receiver.received.append(({k.lower(): v for k, v in self.headers.items()}, body, status))
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def taken(self) -> list[dict[str, Any]]:
        """Bodies that were answered with 2xx."""
        return [json.loads(body) for _, body, status in self.received if status < 300]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@contextmanager
def over_memory(tmp_path: Path, retry_s: tuple[float, ...] = AT_ONCE) -> Iterator[RunningNotify]:
    log = MemoryEventLog()
    with running_notify(log, tmp_path, prepared(log), notify_webhook_retry_s=retry_s) as notify:
        yield notify


def hook(notify: RunningNotify, url: str, party: str = "tangshan", **wish: Any) -> pb.CreateWebhookResponse:
    request = pb.CreateWebhookRequest(request_id=f"{party}-1", url=url, filter=pb.AlertFilter(**wish))
    answer: pb.CreateWebhookResponse = notify.as_(party).call("CreateWebhook", request)
    return answer


def deliveries(
    notify: RunningNotify, party: str = "tangshan", webhook_id: str = ""
) -> list[pb.WebhookDelivery]:
    request = pb.ListWebhookDeliveriesRequest(webhook_id=webhook_id)
    return list(notify.as_(party).call("ListWebhookDeliveries", request).deliveries)


def all_delivered(notify: RunningNotify) -> bool:
    return all(delivery.delivered for delivery in deliveries(notify))


def test_it_fails_twice_then_arrives_signed_and_a_restart_between_loses_nothing(
    tmp_path: Path, receiver: Receiver
) -> None:
    path = tmp_path / "log.db"
    log = SqliteEventLog(path)
    given = prepared(log)
    schedule = (1.0, 0.01)  # long enough to stop before the second attempt
    receiver.answers = [500, 500]
    with running_notify(log, tmp_path, given, notify_webhook_retry_s=schedule) as notify:
        secret = hook(notify, receiver.url).secret
        notify.say(finding("f1", severity=events.SEVERITY_PROMPT))
        (tried,) = deliveries(notify)
        assert (tried.attempts, tried.delivered, tried.last_status) == (1, False, 500)
        assert tried.last_error == "HTTP 500"
    log.close()
    assert len(receiver.received) == 1

    log = SqliteEventLog(path)
    with running_notify(log, tmp_path, given, notify_webhook_retry_s=schedule) as notify:
        eventually(lambda: all_delivered(notify))
        (arrived,) = deliveries(notify)
        assert (arrived.attempts, arrived.last_status, arrived.last_error) == (3, 204, "")
    log.close()

    assert [status for *_, status in receiver.received] == [500, 500, 204]
    assert len({headers["webhook-id"] for headers, *_ in receiver.received}) == 1
    headers, body, _ = receiver.received[-1]
    message = Webhook(secret).verify(body, headers)
    assert message["id"] == headers["webhook-id"] == arrived.alert_id
    assert message["type"] == "quzhong.alert.finding"
    assert message["data"]["platform_id"] == "swift"


def test_an_alert_that_was_refused_twice_arrives_at_the_third_attempt(
    tmp_path: Path, receiver: Receiver
) -> None:
    receiver.answers = [500, 500]
    with over_memory(tmp_path) as notify:
        secret = hook(notify, receiver.url).secret
        notify.say(finding("f1"))
        eventually(lambda: len(deliveries(notify)) == 2 and all_delivered(notify))
        assert sorted(each.attempts for each in deliveries(notify)) == [1, 3]
        told = notify.as_("tangshan").call("ListAlerts", pb.ListAlertsRequest()).alerts
    by_id: dict[str, list[int]] = {}
    for headers, body, status in receiver.received:
        assert Webhook(secret).verify(body, headers)["id"] == headers["webhook-id"]
        by_id.setdefault(headers["webhook-id"], []).append(status)
    assert sorted(by_id.values()) == [[204], [500, 500, 204]]
    assert {body["id"] for body in receiver.taken()} == {alert.alert_id for alert in told}
    forged = receiver.received[-1][1].replace(b"swift", b"other")
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(forged, receiver.received[-1][0])


def test_a_webhook_hears_what_its_owner_asked_for_and_may_hear(tmp_path: Path, receiver: Receiver) -> None:
    with over_memory(tmp_path) as notify:
        hook(notify, receiver.url, "lunan", least_severity=events.SEVERITY_BREACH)
        notify.say(
            finding("f1", area="130203"),
            finding("f2", area="130202", severity=events.SEVERITY_PROMPT),
            finding("f3", area="130202"),
        )
        eventually(lambda: len(receiver.taken()) == 2)
        assert [body["type"] for body in receiver.taken()] == [
            "quzhong.alert.finding",
            "quzhong.alert.case_opened",
        ]
        assert {body["data"]["area_code"] for body in receiver.taken()} == {"130202"}
        assert deliveries(notify) == []
        assert len(deliveries(notify, "lunan")) == len(deliveries(notify, "admin")) == 2


def test_redelivered_findings_are_not_sent_again(tmp_path: Path, receiver: Receiver) -> None:
    said: list[Said] = [activity(100), *(finding(f"f{n}") for n in range(3))]
    with over_memory(tmp_path) as notify:
        hook(notify, receiver.url)
        notify.say(*said)
        notify.say(*said)
        eventually(lambda: all_delivered(notify))
        ids = [body["id"] for body in receiver.taken()]
    assert len(ids) == len(set(ids)) == 5


def test_gone_disables_the_webhook_and_what_waits_for_it(tmp_path: Path, receiver: Receiver) -> None:
    receiver.answers = [410]
    with over_memory(tmp_path) as notify:
        hook(notify, receiver.url)
        notify.say(finding("f1"))
        eventually(lambda: all("410" in each.last_error for each in deliveries(notify)))
        notify.say(finding("f2"))
        assert len(deliveries(notify)) == 2
    assert len(receiver.received) == 1


def test_after_the_last_retry_it_is_given_up_and_the_next_alert_still_goes(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.notify.adapters.delivery_sender.LONGEST_PAUSE_S", 0.01)
    receiver.answers = [500, 404]
    with over_memory(tmp_path, retry_s=(0.01,)) as notify:
        hook(notify, receiver.url, rule_id="r1")
        one, two = (
            finding("f1", severity=events.SEVERITY_PROMPT),
            finding("f2", severity=events.SEVERITY_PROMPT),
        )
        one.rule_id = two.rule_id = "r1"
        notify.say(one)
        eventually(lambda: deliveries(notify)[0].attempts == 2)
        notify.say(two)
        eventually(lambda: len(receiver.taken()) == 1)
        second, first = deliveries(notify)
        assert (first.attempts, first.delivered, first.last_status) == (2, False, 404)
        assert (second.attempts, second.delivered, second.last_status) == (1, True, 204)


def test_no_answer_at_all_is_recorded_as_such(tmp_path: Path, receiver: Receiver) -> None:
    with over_memory(tmp_path, retry_s=(3_600.0,)) as notify:
        hook(notify, "http://127.0.0.1:9/nobody")
        notify.say(finding("f1", severity=events.SEVERITY_PROMPT))
        (delivery,) = deliveries(notify)
        assert (delivery.attempts, delivery.last_status) == (1, 0)
        assert delivery.last_error.startswith("ConnectError")


def test_the_same_request_gets_the_same_answer_and_another_address_under_it_an_error(
    tmp_path: Path, receiver: Receiver
) -> None:
    with over_memory(tmp_path) as notify:
        assert hook(notify, receiver.url) == hook(notify, receiver.url)
        assert hook(notify, receiver.url, "lunan").secret != hook(notify, receiver.url).secret
        with pytest.raises(grpc.RpcError) as refused:
            hook(notify, receiver.url + "2")
        assert refused.value.code() is grpc.StatusCode.ALREADY_EXISTS


@pytest.mark.parametrize("url", ["http://example.gov.cn/hook", "https://a:b@example.gov.cn/", "nonsense"])
def test_an_address_that_is_not_allowed_is_refused(tmp_path: Path, url: str) -> None:
    with over_memory(tmp_path) as notify, pytest.raises(grpc.RpcError) as refused:
        hook(notify, url)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


def test_a_request_without_an_id_is_refused(tmp_path: Path, receiver: Receiver) -> None:
    with over_memory(tmp_path) as notify, pytest.raises(grpc.RpcError) as refused:
        notify.as_("tangshan").call("CreateWebhook", pb.CreateWebhookRequest(url=receiver.url))
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
