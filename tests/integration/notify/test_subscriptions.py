"""DeliveryService over both databases: who subscribes, repeats, digests, receipts; and the queue."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import grpc
import pytest
import sqlalchemy as sa

from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.notify.v1 import delivery_pb2 as pb
from quzhong.api.notify.v1 import notify_pb2
from services.notify.adapters.delivery_tables import DELIVERIES, DIGEST_ITEMS, SUBSCRIPTIONS
from services.notify.adapters.rows import alert_values
from services.notify.adapters.tables import ALERTS
from services.notify.core.alerts import AlertKind
from services.notify.core.digests import LISTED
from services.notify.core.findings import Severity
from services.notify.core.subscriptions import MOST_OF_A_PARTY
from tests.integration.notify.delivery_suite import (
    Delivering,
    MovedClock,
    Receiver,
    alert,
    delivering,
    eventually,
)

URL = "https://receiver.example/hook"

Running = Callable[..., AbstractContextManager[Delivering]]


@pytest.fixture
def running(tmp_path: Path, database_url: str) -> Running:
    """Starts the service over SQLite or PostgreSQL; nothing is sent unless a test starts the sender."""
    return partial(delivering, tmp_path, url=database_url, started=False)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@contextmanager
def refusal(reason: str) -> Iterator[None]:
    with pytest.raises(grpc.RpcError) as refused:
        yield
    trailers = str(refused.value.trailing_metadata())
    assert reason in trailers, trailers


def test_what_was_subscribed_is_listed_by_pages_and_only_to_its_party(running: Running) -> None:
    with running() as service:
        wish: dict[str, Any] = {
            "area_code": "130200",
            "rule_id": "r1",
            "least_severity": events.SEVERITY_BREACH,
        }
        made = [service.subscribe(f"{URL}/{n}", digest=pb.DIGEST_DAILY, **wish) for n in range(5)]
        service.subscribe(URL, "swift")
        seen: list[pb.Subscription] = []
        token = ""
        while True:
            page = service.call(
                "tangshan", "ListSubscriptions", pb.ListSubscriptionsRequest(page_size=2, page_token=token)
            )
            seen.extend(page.subscriptions)
            token = page.next_page_token
            if not token:
                break
        assert sorted(each.subscription_id for each in seen) == sorted(
            each.subscription.subscription_id for each in made
        )
        assert all(each.filter == notify_pb2.AlertFilter(**wish) for each in seen)
        assert all(each.digest == pb.DIGEST_DAILY and not each.disabled for each in seen)
        assert all(each.secret.startswith("whsec_") for each in made)
        assert (
            len(service.call("admin", "ListSubscriptions", pb.ListSubscriptionsRequest()).subscriptions) == 6
        )
        assert (
            len(service.call("auditor", "ListSubscriptions", pb.ListSubscriptionsRequest()).subscriptions)
            == 6
        )
        assert not service.call("lunan", "ListSubscriptions", pb.ListSubscriptionsRequest()).subscriptions


def test_the_same_request_gets_the_same_answer_and_other_content_an_error(running: Running) -> None:
    with running() as service:
        ask = pb.CreateSubscriptionRequest(request_id="one", channel=pb.CHANNEL_WEBHOOK, address=URL)
        first = service.call("tangshan", "CreateSubscription", ask)
        assert service.call("tangshan", "CreateSubscription", ask) == first
        assert service.call("lunan", "CreateSubscription", ask).secret != first.secret
        ask.address = URL + "2"
        with refusal("REQUEST_ID_REUSED"):
            service.call("tangshan", "CreateSubscription", ask)
        service.move(days=8)  # answers are kept for seven days; the id stays taken
        with refusal("REQUEST_ID_REUSED"):
            service.call("tangshan", "CreateSubscription", ask)
        assert (
            len(service.call("tangshan", "ListSubscriptions", pb.ListSubscriptionsRequest()).subscriptions)
            == 1
        )
        with refusal("REQUEST_ID_FORM"):
            service.call(
                "tangshan",
                "CreateSubscription",
                pb.CreateSubscriptionRequest(request_id="a b", channel=ask.channel, address=URL),
            )


@pytest.mark.parametrize("method", ["UpdateSubscription", "DeleteSubscription", "RotateSubscriptionSecret"])
def test_another_partys_subscription_does_not_exist(running: Running, method: str) -> None:
    with running() as service:
        made = service.subscribe(URL).subscription
        for party, subscription_id in (("lunan", made.subscription_id), ("tangshan", "subscription-none")):
            with refusal("SUBSCRIPTION_NOT_FOUND"):
                service.call(party, method, getattr(pb, f"{method}Request")(subscription_id=subscription_id))
        assert service.subscription() == made


def test_another_partys_delivery_is_neither_seen_nor_sent_again(running: Running) -> None:
    with running() as service:
        service.subscribe(URL)
        service.tell(alert(1))
        (mine,) = service.deliveries()
        assert service.deliveries("lunan") == []
        for party, delivery_id in (("lunan", mine.delivery_id), ("tangshan", "9" * 18), ("tangshan", "x")):
            with refusal("DELIVERY_NOT_FOUND"):
                service.call(party, "Redeliver", pb.RedeliverRequest(delivery_id=delivery_id))


def test_an_auditor_reads_and_changes_nothing(running: Running) -> None:
    with running() as service:
        with pytest.raises(grpc.RpcError) as refused:
            service.subscribe(URL, "auditor")
        assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED


def _ask(**fields: Any) -> pb.CreateSubscriptionRequest:
    """What could be subscribed, but for these fields."""
    given: dict[str, Any] = {"channel": pb.CHANNEL_WEBHOOK, "address": URL}
    return pb.CreateSubscriptionRequest(**(given | fields))


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (pb.CreateSubscriptionRequest(address=URL), "INVALID_ARGUMENT"),
        (_ask(channel=7), "INVALID_ARGUMENT"),
        (_ask(digest=9), "INVALID_ARGUMENT"),
        (_ask(language=9), "INVALID_ARGUMENT"),
        (
            pb.CreateSubscriptionRequest(channel=pb.CHANNEL_WEBHOOK, address="http://a.example"),
            "WEBHOOK_URL_NOT_ALLOWED",
        ),
    ],
)
def test_what_cannot_be_subscribed_is_refused_and_nothing_kept(
    running: Running, ask: pb.CreateSubscriptionRequest, reason: str
) -> None:
    with running() as service:
        with refusal(reason):
            service.call("tangshan", "CreateSubscription", ask)
        assert not service.call("tangshan", "ListSubscriptions", pb.ListSubscriptionsRequest()).subscriptions


def test_a_platform_cannot_ask_for_anothers_alerts(running: Running) -> None:
    with running() as service:
        with refusal("FOREIGN_PLATFORM"):
            service.subscribe(URL, "swift", platform_id="steady")
        made = service.subscribe(URL, "swift").subscription
        change = pb.UpdateSubscriptionRequest(
            subscription_id=made.subscription_id, filter=notify_pb2.AlertFilter(platform_id="steady")
        )
        with refusal("FOREIGN_PLATFORM"):
            service.call("swift", "UpdateSubscription", change)
        service.tell(alert(1, platform="steady"), alert(2))
        assert [each.message_id for each in service.deliveries("swift")] == ["alert-2"]


def test_a_party_has_no_more_subscriptions_than_anybody_needs(running: Running) -> None:
    with running() as service:
        service.subscribe(URL)
        with service.store.transaction() as connection:
            (row,) = connection.execute(sa.select(SUBSCRIPTIONS)).mappings()
            copies = [
                dict(row) | {"subscription_id": f"s{n}", "request_id": f"x{n}"}
                for n in range(MOST_OF_A_PARTY - 1)
            ]
            connection.execute(sa.insert(SUBSCRIPTIONS), copies)
        with refusal("TOO_MANY_SUBSCRIPTIONS"):
            service.subscribe(URL)


def test_a_change_holds_from_the_next_alert_on(running: Running) -> None:
    with running() as service:
        made = service.subscribe(URL, rule_id="r1").subscription
        service.tell(alert(1, rule="r1"), alert(2, rule="r2"))
        change = pb.UpdateSubscriptionRequest(
            subscription_id=made.subscription_id, filter=notify_pb2.AlertFilter(rule_id="r2")
        )
        changed = service.call("tangshan", "UpdateSubscription", change).subscription
        assert (changed.filter.rule_id, changed.digest) == ("r2", pb.DIGEST_NONE)
        service.tell(alert(3, rule="r1"), alert(4, rule="r2"))
        assert [each.message_id for each in service.deliveries()] == ["alert-4", "alert-1"]


def test_disabled_by_its_owner_it_hears_nothing_and_what_waited_is_given_up(running: Running) -> None:
    with running() as service:
        made = service.subscribe(URL).subscription
        service.tell(alert(1))
        ask = pb.UpdateSubscriptionRequest(subscription_id=made.subscription_id, disabled=True)
        assert service.call("tangshan", "UpdateSubscription", ask).subscription.disabled
        service.tell(alert(2))
        (only,) = service.deliveries()
        assert (only.message_id, only.state) == ("alert-1", pb.DELIVERY_STATE_GIVEN_UP)
        with refusal("SUBSCRIPTION_DISABLED"):
            service.call("tangshan", "Redeliver", pb.RedeliverRequest(delivery_id=only.delivery_id))
        service.call(
            "tangshan",
            "UpdateSubscription",
            pb.UpdateSubscriptionRequest(subscription_id=made.subscription_id),
        )
        service.tell(alert(3))
        assert [each.message_id for each in service.deliveries()] == ["alert-3", "alert-1"]


def test_deleted_it_is_gone_with_its_secret_and_an_administrator_may_delete_it(running: Running) -> None:
    with running() as service:
        made = service.subscribe(URL)
        service.tell(alert(1))
        ask = pb.DeleteSubscriptionRequest(
            request_id="delete", subscription_id=made.subscription.subscription_id
        )
        service.call("admin", "DeleteSubscription", ask)
        service.call("admin", "DeleteSubscription", ask)  # again: the same answer
        assert not service.call("tangshan", "ListSubscriptions", pb.ListSubscriptionsRequest()).subscriptions
        assert service.deliveries() == []
        service.tell(alert(2))
        with service.store.read() as connection:
            assert connection.scalars(sa.select(SUBSCRIPTIONS.c.secret)).all() == [""]
            assert connection.scalar(sa.select(sa.func.count()).select_from(DELIVERIES)) == 1
        assert service.entered()[-1] == "subscription.deleted"


def test_receipts_come_by_pages_newest_first(running: Running) -> None:
    with running() as service:
        service.subscribe(URL)
        service.tell(*(alert(n) for n in range(5)))
        seen: list[str] = []
        token = ""
        while True:
            page = service.call(
                "tangshan", "ListDeliveries", pb.ListDeliveriesRequest(page_size=2, page_token=token)
            )
            seen.extend(each.message_id for each in page.deliveries)
            token = page.next_page_token
            if not token:
                break
        assert seen == [f"alert-{n}" for n in (4, 3, 2, 1, 0)]
        with refusal("INVALID_ARGUMENT"):
            service.call("tangshan", "ListDeliveries", pb.ListDeliveriesRequest(page_token="!"))


def test_what_was_rolled_back_was_never_queued(running: Running) -> None:
    def fail(service: Delivering) -> None:
        with service.store.transaction() as connection:
            connection.execute(sa.insert(ALERTS), alert_values(alert(1)))
            service.part.queue_deliveries(connection, [alert(1)])
            raise RuntimeError("the batch could not be handled")

    with running() as service:
        service.subscribe(URL, digest=pb.DIGEST_HOURLY)
        with pytest.raises(RuntimeError):
            fail(service)
        with service.store.read() as connection:
            assert connection.scalar(sa.select(SUBSCRIPTIONS.c.next_digest_ms)) is None
            assert connection.scalar(sa.select(sa.func.count()).select_from(DIGEST_ITEMS)) == 0


def test_a_daily_digest_tells_at_eight_what_came_since_and_an_empty_one_is_not_sent(
    tmp_path: Path, database_url: str, receiver: Receiver
) -> None:
    clock = MovedClock()
    morning_ms = 86_400_000 * (clock() // 86_400_000 + 1)  # 08:00 in Shanghai is midnight UTC
    clock.ahead_ms = morning_ms - clock() - 3_600_000
    with delivering(tmp_path, url=database_url, clock=clock) as service:
        service.subscribe(receiver.url, digest=pb.DIGEST_DAILY)
        many = [
            alert(n, severity=Severity.PROMPT, kind=AlertKind.FINDING, at_ms=clock())
            for n in range(LISTED + 5)
        ]
        service.tell(*many, alert(999, severity=Severity.BREACH, at_ms=clock()))
        time.sleep(0.7)
        assert receiver.received == []
        assert service.deliveries() == []
        service.move(hours=1)
        eventually(receiver.taken)
        (digest,) = receiver.taken()
        assert digest["type"] == "quzhong.digest"
        assert digest["data"]["alerts"] == LISTED + 6
        assert digest["data"]["counts"] == [
            {"kind": "CASE_OPENED", "severity": "BREACH", "alerts": 1},
            {"kind": "FINDING", "severity": "PROMPT", "alerts": LISTED + 5},
        ]
        listed = [each["alert_id"] for each in digest["data"]["listed"]]
        assert listed[:2] == ["alert-999", f"alert-{LISTED + 4}"]
        assert (len(listed), digest["data"]["not_listed"]) == (LISTED, 6)
        eventually(lambda: service.deliveries()[0].state == pb.DELIVERY_STATE_DELIVERED)
        assert service.deliveries()[0].message_id == digest["id"] == digest["data"]["digest_id"]
        service.move(days=1)
        time.sleep(0.7)
        assert len(receiver.received) == 1
        service.tell(alert(1_000, at_ms=clock()))
        service.move(days=1)
        eventually(lambda: len(receiver.taken()) == 2)
        assert receiver.taken()[1]["data"]["alerts"] == 1
        assert receiver.taken()[1]["id"] != digest["id"]


def test_an_hourly_digest_that_failed_comes_again_as_it_was(tmp_path: Path, receiver: Receiver) -> None:
    receiver.answers = [500]
    with delivering(tmp_path, retry_s=(1.0,)) as service:
        service.subscribe(receiver.url, digest=pb.DIGEST_HOURLY)
        service.tell(alert(1, at_ms=service.clock()))
        service.move(hours=1)
        eventually(lambda: receiver.received)
        service.tell(alert(2, at_ms=service.clock()))  # into the next one
        service.move(seconds=2)
        eventually(receiver.taken)
    (first, *_), (second, *_) = receiver.received
    assert first["webhook-id"] == second["webhook-id"]
    assert receiver.received[0][1] == receiver.received[1][1]


def test_who_wants_no_digest_any_more_gets_at_once_what_was_gathered(
    tmp_path: Path, receiver: Receiver
) -> None:
    with delivering(tmp_path) as service:
        made = service.subscribe(receiver.url, digest=pb.DIGEST_DAILY).subscription
        service.tell(alert(1))
        change = pb.UpdateSubscriptionRequest(subscription_id=made.subscription_id, digest=pb.DIGEST_NONE)
        service.call("tangshan", "UpdateSubscription", change)
        service.tell(alert(2))
        eventually(lambda: len(receiver.taken()) == 2)
    assert sorted(each["type"] for each in receiver.taken()) == [
        "quzhong.alert.case_opened",
        "quzhong.digest",
    ]
