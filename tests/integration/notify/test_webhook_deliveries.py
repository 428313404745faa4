"""Webhooks against a real HTTP server: signed, retried, never lost over a restart, and nobody held up."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from cloudevents.core.formats.json import JSONFormat
from standardwebhooks import Webhook, WebhookVerificationError

from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.notify.v1 import delivery_pb2 as pb
from services.notify.adapters.delivery_tables import SUBSCRIPTIONS
from services.notify.core.alerts import AlertKind
from services.notify.core.deliveries import DISABLE_AFTER_FAILURES
from services.notify.core.findings import Severity
from tests.integration.notify.delivery_suite import (
    Delivering,
    MovedClock,
    Receiver,
    alert,
    delivering,
    eventually,
    party_entry,
)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def test_it_fails_twice_then_arrives_signed_and_a_restart_between_loses_nothing(
    tmp_path: Path, receiver: Receiver
) -> None:
    receiver.answers = [500, 503]
    schedule = (2.0, 0.01)  # long enough to stop before the second attempt
    with delivering(tmp_path, retry_s=schedule) as first:
        issued = first.tokens
        secret = first.subscribe(receiver.url).secret
        first.tell(alert(1))
        eventually(lambda: first.deliveries()[0].attempts == 1)
        (tried,) = first.deliveries()
        assert (tried.state, tried.last_status) == (pb.DELIVERY_STATE_WAITING, 500)
        assert tried.last_error == "HTTP 500"
        assert tried.next_attempt_time.ToMilliseconds() > tried.update_time.ToMilliseconds()
        assert first.subscription().consecutive_failures == 1
    with delivering(tmp_path, retry_s=schedule, issued=issued) as second:
        eventually(lambda: second.deliveries()[0].state == pb.DELIVERY_STATE_DELIVERED)
        (arrived,) = second.deliveries()
        assert (arrived.attempts, arrived.last_status, arrived.last_error) == (3, 204, "")
        assert second.subscription().consecutive_failures == 0

    assert [status for _, _, status, _ in receiver.received] == [500, 503, 204]
    headers, body, *_ = receiver.received[-1]
    assert {each["webhook-id"] for each, *_ in receiver.received} == {"alert-1"} == {arrived.message_id}
    verified = Webhook(secret).verify(body, headers)
    assert (verified["type"], verified["id"]) == ("quzhong.alert.case_opened", "alert-1")
    assert verified["data"]["title"] == {"zh": "新增问题线索 1", "en": "Case opened 1"}
    event = JSONFormat().read(None, body)
    assert headers["content-type"] == JSONFormat.CONTENT_TYPE
    assert (event.get_specversion(), event.get_source()) == ("1.0", "quzhong/notify")
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace(b"swift", b"other"), headers)


def test_a_request_that_somebody_kept_is_refused_when_it_is_sent_again_later(
    tmp_path: Path, receiver: Receiver
) -> None:
    clock = MovedClock()
    clock.move(hours=-1)
    with delivering(tmp_path, clock=clock) as running:
        secret = running.subscribe(receiver.url).secret
        running.tell(alert(1, at_ms=clock()))
        eventually(receiver.taken)
    headers, body, *_ = receiver.received[0]
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(secret).verify(body, headers)


def test_for_a_day_both_secrets_sign_and_then_the_new_one_alone(tmp_path: Path, receiver: Receiver) -> None:
    with delivering(tmp_path) as running:
        made = running.subscribe(receiver.url)
        ask = pb.RotateSubscriptionSecretRequest(
            request_id="rotate-1", subscription_id=made.subscription.subscription_id
        )
        new = running.call("tangshan", "RotateSubscriptionSecret", ask).secret
        assert new != made.secret
        assert running.call("tangshan", "RotateSubscriptionSecret", ask).secret == new  # the same request
        running.tell(alert(1))
        eventually(receiver.taken)
        headers, body, *_ = receiver.received[0]
        assert headers["webhook-signature"].count("v1,") == 2
        assert Webhook(new).verify(body, headers) == Webhook(made.secret).verify(body, headers)

        running.move(hours=24)
        running.tell(alert(2, at_ms=running.clock()))
        eventually(lambda: len(receiver.taken()) == 2)
        assert receiver.received[1][0]["webhook-signature"].count("v1,") == 1
        assert "subscription.secret_rotated" in running.entered()


def test_gone_disables_it_tells_why_and_enabling_it_starts_afresh(tmp_path: Path, receiver: Receiver) -> None:
    receiver.answers = [410]
    with delivering(tmp_path) as running:
        made = running.subscribe(receiver.url)
        running.tell(alert(1), alert(2))
        eventually(lambda: running.subscription().disabled)
        assert "410" in running.subscription().disabled_reason
        assert "410 Gone" in running.deliveries()[0].last_error
        assert {each.state for each in running.deliveries()} == {pb.DELIVERY_STATE_GIVEN_UP}
        running.tell(alert(3))
        assert len(running.deliveries()) == 2
        enable = pb.UpdateSubscriptionRequest(subscription_id=made.subscription.subscription_id)
        enabled = running.call("tangshan", "UpdateSubscription", enable).subscription
        assert (enabled.disabled, enabled.disabled_reason, enabled.consecutive_failures) == (False, "", 0)
        running.tell(alert(4))
        eventually(receiver.taken)
        assert [each["id"] for each in receiver.taken()] == ["alert-4"]
        eventually(lambda: running.entered()[-1] == "delivery.delivered")
        assert {"subscription.created", "subscription.disabled", "subscription.enabled", "delivery.gone"} <= {
            *running.entered()
        }


def test_failing_for_days_disables_it_and_its_party_is_told_elsewhere(
    tmp_path: Path, receiver: Receiver
) -> None:
    dead = Receiver()
    dead.answers = [500] * 100
    try:
        with delivering(tmp_path, retry_s=(0.01,) * 9) as running:
            made = running.subscribe(f"{dead.base}/dead", rule_id="r1").subscription
            running.subscribe(receiver.url, rule_id="r2")
            running.tell(alert(1))
            eventually(lambda: running.deliveries()[0].state == pb.DELIVERY_STATE_GIVEN_UP)
            assert running.deliveries()[0].attempts == 10  # once, and nine retries
            # Not disabled: one message's failures are not days of them.
            assert not any(each.disabled for each in _all(running))
            running.move(days=5, seconds=61)
            running.tell(alert(2, at_ms=running.clock()))
            eventually(lambda: any(each.disabled for each in _all(running)))
            disabled = next(each for each in _all(running) if each.disabled)
            assert disabled.subscription_id == made.subscription_id
            assert disabled.consecutive_failures == DISABLE_AFTER_FAILURES
            assert "HTTP 500" in disabled.disabled_reason
            assert "天" in disabled.disabled_reason
            eventually(receiver.taken)
            (told,) = receiver.taken()
            assert told["type"] == "quzhong.subscription.disabled"
            assert told["data"] == {
                "subscription_id": made.subscription_id,
                "address": f"{dead.base}/dead",
                "reason": disabled.disabled_reason,
            }
    finally:
        dead.close()


def _all(running: Delivering) -> list[pb.Subscription]:
    return list(running.call("tangshan", "ListSubscriptions", pb.ListSubscriptionsRequest()).subscriptions)


def test_redelivery_sends_the_same_message_under_the_same_id(tmp_path: Path, receiver: Receiver) -> None:
    with delivering(tmp_path) as running:
        running.subscribe(receiver.url)
        running.tell(alert(1))
        eventually(lambda: running.deliveries()[0].state == pb.DELIVERY_STATE_DELIVERED)
        (delivered,) = running.deliveries()
        ask = pb.RedeliverRequest(request_id="again", delivery_id=delivered.delivery_id)
        assert running.call("tangshan", "Redeliver", ask).delivery.state == pb.DELIVERY_STATE_WAITING
        running.part.wake()
        eventually(lambda: len(receiver.taken()) == 2)
        running.call("tangshan", "Redeliver", ask)  # the same request sends nothing
        time.sleep(0.2)
        assert len(receiver.received) == 2
        (first, body, *_), (second, again, *_) = receiver.received
        assert first["webhook-id"] == second["webhook-id"] == delivered.message_id
        assert body == again
        eventually(lambda: running.deliveries()[0].attempts == 2)


def test_a_webhook_hears_what_was_asked_for_and_may_be_heard(tmp_path: Path, receiver: Receiver) -> None:
    with delivering(tmp_path) as running:
        running.subscribe(receiver.url, "lunan", least_severity=events.SEVERITY_BREACH, rule_id="r1")
        running.subscribe(f"{receiver.base}/union", "union")
        running.tell(
            alert(1, area="130203"),
            alert(2, severity=Severity.PROMPT),
            alert(3, rule="r2"),
            alert(4),
            alert(5, kind=AlertKind.FINDING, about_worker=True),
        )
        eventually(lambda: len(receiver.taken()) == 6)
        by_path = {path: set() for *_, path in receiver.received}  # type: dict[str, set[str]]
        for headers, _, _, path in receiver.received:
            by_path[path].add(headers["webhook-id"])
        assert by_path["/hook"] == {"alert-4", "alert-5"}
        assert by_path["/union"] == {"alert-1", "alert-2", "alert-3", "alert-4"}
        union = [body for body in receiver.taken() if body["data"]["finding_id"] == ""]
        assert len(union) == 4  # no single finding is named to a union


def test_what_is_heard_follows_the_partys_areas_as_they_are(tmp_path: Path, receiver: Receiver) -> None:
    with delivering(tmp_path) as running:
        running.subscribe(receiver.url, "lunan")
        running.tell(alert(1, area="130203"))
        running.registry_says(party_entry("lunan", ["130203"], version=2))
        running.tell(alert(2, area="130203"), alert(3, area="130202"))
        eventually(receiver.taken)
        eventually(running.part.idle)
        assert [each["id"] for each in receiver.taken()] == ["alert-2"]


def test_nothing_goes_out_once_no_credential_of_the_party_stands(tmp_path: Path, receiver: Receiver) -> None:
    receiver.answers = [500]
    with delivering(tmp_path, retry_s=(1.0,) * 9) as running:
        running.subscribe(receiver.url, "lunan")
        running.tell(alert(1))
        eventually(lambda: running.deliveries("admin")[0].attempts == 1)
        running.revoke("lunan")
        running.tell(alert(2))
        assert len(running.deliveries("admin")) == 1
        running.move(seconds=2)
        eventually(lambda: running.deliveries("admin")[0].state == pb.DELIVERY_STATE_GIVEN_UP)
        assert "withheld" in running.entered()[-1]
        assert len(receiver.received) == 1
        assert not running.part.failed


def test_a_receiver_that_times_out_is_cut_off_and_served_once_it_is_back(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.notify.adapters.webhook_carrier.LONGEST_S", 0.3)
    receiver.hangs.set()
    with delivering(tmp_path) as running:
        running.subscribe(f"{receiver.base}/slow")
        running.tell(alert(1))
        eventually(lambda: running.deliveries()[0].attempts >= 2)
        waiting = running.deliveries()[0]
        assert (waiting.last_status, waiting.last_error) == (0, "no answer within 0.3 s")
        receiver.hangs.clear()
        eventually(lambda: running.deliveries()[0].state == pb.DELIVERY_STATE_DELIVERED)
        assert running.subscription().consecutive_failures == 0


def test_a_receiver_that_sends_a_byte_now_and_then_is_cut_off_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.notify.adapters.webhook_carrier.LONGEST_S", 0.5)

    def dribble(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            while True:
                connection.sendall(b"H")
                time.sleep(0.05)

    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        delivering(tmp_path, retry_s=(60.0,)) as running,
    ):
        running.subscribe(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        running.tell(alert(1))
        dribbling = threading.Thread(target=dribble, args=(listening.accept()[0],))
        dribbling.start()
        eventually(lambda: running.deliveries()[0].attempts == 1)
        assert running.deliveries()[0].last_status == 0
        dribbling.join(5)
        assert not dribbling.is_alive()


def test_two_hundred_subscriptions_one_of_which_hangs(tmp_path: Path, receiver: Receiver) -> None:
    receiver.hangs.set()
    with delivering(tmp_path, started=False, more_parties=["many"]) as running:
        running.subscribe(f"{receiver.base}/slow", "many")
        for number in range(199):
            running.subscribe(f"{receiver.base}/{number}", "many")
        running.tell(*(alert(number) for number in range(3)))
        began = time.monotonic()
        running.part.start()
        eventually(lambda: len(receiver.received) == 3 * 199, 60)
        assert time.monotonic() - began < 14  # the hanging one alone takes 15 s to be cut off
        receiver.hangs.clear()
        eventually(lambda: len(receiver.received) == 3 * 200, 60)
    got = [(headers["webhook-id"], path) for headers, _, _, path in receiver.received]
    assert len(set(got)) == len(got) == 600


def test_a_sender_that_died_after_the_answer_sends_it_again_under_the_same_id(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with delivering(tmp_path) as first:
        issued = first.tokens
        first.subscribe(receiver.url)

        def die(*_: object, **__: object) -> None:
            raise RuntimeError("the process ends here")

        with monkeypatch.context() as patched:
            patched.setattr("services.notify.adapters.deliveries.SqlDeliveries.record", die)
            first.tell(alert(1))
            eventually(lambda: first.part.failed)
    with delivering(tmp_path, issued=issued) as second:
        eventually(lambda: second.deliveries()[0].state == pb.DELIVERY_STATE_DELIVERED)
        assert second.deliveries()[0].attempts == 1
    assert [headers["webhook-id"] for headers, *_ in receiver.received] == ["alert-1", "alert-1"]


def test_a_message_that_cannot_be_made_is_given_up_and_keeps_nobody_elses(
    tmp_path: Path, receiver: Receiver
) -> None:
    with delivering(tmp_path, retry_s=(0.01,)) as running:
        broken = running.subscribe(f"{receiver.base}/broken").subscription
        running.subscribe(receiver.url)
        with running.store.transaction() as connection:
            this = SUBSCRIPTIONS.c.subscription_id == broken.subscription_id
            connection.execute(sa.update(SUBSCRIPTIONS).where(this).values(secret="whsec_"))
        running.tell(alert(1))
        eventually(receiver.taken)
        eventually(lambda: _state(running, broken.subscription_id) == pb.DELIVERY_STATE_GIVEN_UP)
        (given_up,) = running.deliveries(subscription_id=broken.subscription_id)
        assert (given_up.attempts, given_up.last_status) == (2, 0)
        assert given_up.last_error == "not sent: EmptyWebhookSecretError"
        assert not running.part.failed


def _state(running: Delivering, subscription_id: str) -> int:
    return running.deliveries(subscription_id=subscription_id)[0].state
