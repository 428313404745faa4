"""The queue as rows, over SQLite and PostgreSQL: what is due to whom, and what an attempt leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kit.ledger import Entry, Ledger
from kit.ledger.stored import StoreSource
from kit.ledger.verify import verify
from kit.security.caller import Caller, Role
from kit.storage.store import Store
from services.notify.adapters.deliveries import SqlDeliveries
from services.notify.adapters.delivery_queue import SubscriptionRouter
from services.notify.adapters.rows import alert_values
from services.notify.adapters.subscription_store import SqlSubscriptions
from services.notify.adapters.tables import ALERTS
from services.notify.core.alerts import Alert
from services.notify.core.deliveries import Answer, DeliveryState, Outcome, Verdict
from services.notify.core.subscriptions import Channel, Subscription, Wish
from tests.integration.notify.delivery_suite import alert

HOOK = Subscription(
    "s1",
    "tangshan",
    Channel.WEBHOOK,
    "https://a.example/secret-path",
    Wish(),
    5,
    "r1",
    secret="whsec_c2VjcmV0",
)
MAIL = Subscription("s2", "tangshan", Channel.EMAIL, "duty@rsj.example", Wish(rule_id="r2"), 6, "r2")


@pytest.fixture
def ledger(store: Store) -> Iterator[Ledger]:
    """Notify's, in the store of the test."""
    ledger = Ledger.open(store, "notify", [Ed25519PrivateKey.generate()], lambda: 1_773_635_464_000)
    yield ledger
    ledger.close()


@pytest.fixture
def queue(store: Store, ledger: Ledger) -> SqlDeliveries:
    subscriptions = SqlSubscriptions(store, ledger)
    with store.transaction() as connection:
        for each in (HOOK, MAIL):
            assert subscriptions.add(connection, each)
            assert not subscriptions.add(connection, each)
    return SqlDeliveries(store, ledger)


def tell(store: Store, *alerts: Alert) -> None:
    router = SubscriptionRouter(lambda party: Caller(party, Role.REGULATOR, ("130200",)))
    with store.transaction() as connection:
        connection.execute(sa.insert(ALERTS), [alert_values(each) for each in alerts])
        router.queue_deliveries(connection, alerts)


def entered(store: Store) -> list[Entry]:
    """All but the opening and the registrations."""
    assert verify(StoreSource(store, "notify")).holds
    return [entry for entry in StoreSource(store, "notify").entries() if isinstance(entry, Entry)][3:]


def test_what_is_due_comes_in_order_and_whoever_waits_longest_first(
    store: Store, queue: SqlDeliveries
) -> None:
    tell(store, alert(1, rule="r2", at_ms=100), alert(2, at_ms=101), alert(3, at_ms=102))
    assert [each.subscription_id for each in queue.ready(99, [], 9)] == []
    assert [each.subscription_id for each in queue.ready(100, [], 9)] == ["s1", "s2"]
    assert [each.subscription_id for each in queue.ready(100, [], 1)] == ["s1"]
    assert queue.ready(100, ["s1"], 9) == [MAIL]
    assert [each.message_id for each in queue.due("s1", 101, 9)] == ["alert-1", "alert-2"]
    assert [each.message_id for each in queue.due("s1", 999, 2)] == ["alert-1", "alert-2"]
    (due,) = queue.due("s2", 999, 9)
    assert (due.subscription, due.body, due.attempts) == (MAIL, alert(1, rule="r2", at_ms=100), 0)


def test_each_verdict_leaves_its_mark_and_is_entered(store: Store, queue: SqlDeliveries) -> None:
    tell(store, *(alert(n, at_ms=100 + n) for n in range(5)))
    outcomes = [
        (Outcome(Answer.TAKEN, 200), Verdict.DELIVERED),
        (Outcome(Answer.FAILED, 500, "HTTP 500"), Verdict.LATER),
        (Outcome(Answer.REFUSED, 550, "SMTP 550"), Verdict.GIVEN_UP),
        (Outcome(Answer.GONE, 410, "HTTP 410"), Verdict.GONE),
    ]
    for outcome, verdict in outcomes:
        queue.record(queue.due("s1", 1_000, 1)[0], outcome, verdict, now_ms=1_000, next_ms=9_000)
    assert queue.ready(10_000, ["s2"], 9) == []  # what waited for it waits no more
    receipts = SqlSubscriptions(store).deliveries("tangshan", "s1", None, 9)[::-1]
    assert [(each.attempts, each.state, each.last_status, each.last_error[:8]) for each in receipts] == [
        (1, DeliveryState.DELIVERED, 200, ""),
        (1, DeliveryState.GIVEN_UP, 500, "HTTP 500"),
        (1, DeliveryState.GIVEN_UP, 550, "SMTP 550"),
        (1, DeliveryState.GIVEN_UP, 410, "HTTP 410"),
        (0, DeliveryState.GIVEN_UP, 0, "接收方答复 41"),
    ]
    actions = [entry.action for entry in entered(store)]
    assert actions == [
        "delivery.delivered",
        "delivery.later",
        "delivery.given_up",
        "delivery.gone",
        "subscription.disabled",
    ]
    assert json.loads(entered(store)[1].details) == {
        "message_id": "alert-1",
        "attempt": 1,
        "status": 500,
        "error": "HTTP 500",
    }
    # Its owner hears of it where it can still be told.
    (told,) = queue.due("s2", 1_000, 9)
    assert told.message_id.startswith("subscription-disabled-")
    everything = str(list(StoreSource(store, "notify").entries()))
    assert HOOK.secret not in everything
    assert MAIL.address not in everything


def test_our_relays_outage_uses_up_no_try_and_counts_as_nobodys_failure(
    store: Store, queue: SqlDeliveries
) -> None:
    tell(store, alert(1, rule="r2", at_ms=100))
    for attempt in range(3):
        due = queue.due("s2", 1_000, 9)[0]
        assert (due.attempts, due.tries) == (attempt, 0)
        outcome = Outcome(Answer.NO_RELAY, 0, "ConnectionRefusedError")
        queue.record(due, outcome, Verdict.LATER, now_ms=1_000, next_ms=1_000)
    with store.read() as connection:
        kept = SqlSubscriptions(store).find(connection, None, "s2")
    assert kept == MAIL
