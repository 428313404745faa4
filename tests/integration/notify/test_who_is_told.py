"""Who an alert is queued for: as if each subscription were asked of each alert, at a fraction of the cost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.errors import PermissionDeniedError
from kit.security.caller import Caller, Role
from kit.storage.store import Store
from services.notify.adapters.delivery_queue import SubscriptionRouter
from services.notify.adapters.delivery_rows import subscription_values
from services.notify.adapters.delivery_tables import DELIVERIES, DIGEST_ITEMS, SUBSCRIPTIONS
from services.notify.adapters.rows import alert_values
from services.notify.adapters.tables import ALERTS, METADATA
from services.notify.audiences import audience_of
from services.notify.core.alerts import Alert, AlertKind
from services.notify.core.findings import Severity
from services.notify.core.subscriptions import Channel, Digest, Subscription, Wish
from tests.integration.notify.delivery_suite import alert, open_case

CALLERS: dict[str, Caller | None] = {
    "swift": Caller("swift", Role.PLATFORM, ("130200",)),
    "tangshan": Caller("tangshan", Role.REGULATOR, ("130200",)),
    "lunan": Caller("lunan", Role.REGULATOR, ("130202",)),
    "union": Caller("union", Role.UNION, ("130200",), platform_ids=("steady",)),
    "firm": Caller("firm", Role.PARTNER_FIRM, ("130203",), platform_ids=("swift",)),
    "admin": Caller("admin", Role.ADMINISTRATOR),
    "revoked": None,
}

RESPONSIBLE = {"case-1": ("tangshan",), "case-2": ("tangshan", "lunan")}
"""Who answers for a case; nobody is on record for the others."""

_AREAS = ("130202", "130203", "110101")
_RULES = ("r1", "registry.report-overdue")

_wishes = st.builds(
    Wish,
    platform_id=st.sampled_from(["", "", "swift", "steady"]),
    area_code=st.sampled_from(["", "", "130200", "130202"]),
    rule_id=st.sampled_from(["", "", *_RULES]),
    least_severity=st.sampled_from([0, 0, 2, 3]),
    department_id=st.sampled_from(["", "", "tangshan", "lunan"]),
    cases_only=st.booleans(),
)

_subscriptions = st.lists(
    st.tuples(st.sampled_from(sorted(CALLERS)), _wishes, st.sampled_from(Digest), st.booleans()), max_size=8
)

_alerts = st.lists(
    st.tuples(
        st.sampled_from(["swift", "steady"]),
        st.sampled_from(_AREAS),
        st.sampled_from(_RULES),
        st.sampled_from(Severity),
        st.booleans(),
        st.sampled_from(["", "firm", "swift"]),
        st.sampled_from(["", "case-1", "case-2", "case-3"]),
        st.sampled_from([AlertKind.FINDING, AlertKind.FINDING_AMENDED, AlertKind.CASE_OPENED]),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("who-is-told")
    store = Store.open(f"sqlite:///{folder / 'store.db'}", METADATA)
    with store.transaction() as connection:
        for case_id, departments in RESPONSIBLE.items():
            open_case(connection, case_id, *departments)
    yield store
    store.close()


def subscription(number: int, party: str, wish: Wish, digest: Digest, disabled: bool) -> Subscription:
    return Subscription(
        f"s{number}", party, Channel.WEBHOOK, "https://a.example", wish, 0, f"r{number}", digest=digest,
        disabled=disabled,
    )  # fmt: skip


def told(caller: Caller | None, wish: Wish, each: Alert) -> bool:
    """As a watch with the same filter would tell it."""
    if caller is None:
        return False
    try:
        audience = audience_of(
            caller,
            **asdict(wish),
        )
    except PermissionDeniedError:
        return False
    return audience.hears(each, RESPONSIBLE.get(each.case_id, ()))


def queued(
    store: Store, subscriptions: list[Subscription], alerts: list[Alert]
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs of subscription and alert: deliveries, and items of digests."""
    with store.transaction() as connection:
        for table in (DIGEST_ITEMS, DELIVERIES, SUBSCRIPTIONS, ALERTS):
            connection.execute(sa.delete(table))
        for each in subscriptions:
            connection.execute(
                sa.insert(SUBSCRIPTIONS),
                subscription_values(each) | {"next_digest_ms": None, "deleted": False},
            )
        if alerts:
            connection.execute(sa.insert(ALERTS), [alert_values(each) for each in alerts])
        SubscriptionRouter(CALLERS.get).queue_deliveries(connection, alerts)
        deliveries = connection.execute(sa.select(DELIVERIES.c.subscription_id, DELIVERIES.c.message_id))
        items = connection.execute(sa.select(DIGEST_ITEMS.c.subscription_id, DIGEST_ITEMS.c.alert_id))
        return {(a, b) for a, b in deliveries}, {(a, b) for a, b in items}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_subscriptions, _alerts)
def test_the_queue_tells_whoever_a_watch_would_tell(
    store: Store,
    wanted: list[tuple[str, Wish, Digest, bool]],
    raised: list[tuple[str, str, str, Severity, bool, str, str, AlertKind]],
) -> None:
    subscriptions = [subscription(number, *each) for number, each in enumerate(wanted)]
    alerts = []
    for number, (platform, area, rule, severity, about_worker, duty_of, case_id, kind) in enumerate(raised):
        each = alert(
            number,
            platform=platform,
            area=area,
            rule=rule,
            severity=severity,
            about_worker=about_worker,
            case_id=case_id,
            kind=kind,
        )
        if rule.startswith("registry."):
            each = replace_party(each, duty_of)
        alerts.append(each)
    deliveries, items = queued(store, subscriptions, alerts)
    expected = {
        (each.subscription_id, raised_alert.alert_id): each.digest
        for each in subscriptions
        for raised_alert in alerts
        if not each.disabled and told(CALLERS[each.party_id], each.wish, raised_alert)
    }
    assert deliveries == {pair for pair, digest in expected.items() if digest is Digest.NONE}
    assert items == {pair for pair, digest in expected.items() if digest is not Digest.NONE}


def replace_party(each: Alert, party_id: str) -> Alert:
    """The alert of a duty that a party has."""
    return replace(each, place=each.place._replace(party_id=party_id))


def test_a_burst_of_findings_costs_little_however_many_subscribe_to_something_else(store: Store) -> None:
    # 500 subscriptions in 40 groups, none of which hears of these platforms; 20,000 alerts at 60 places.
    elsewhere = [
        subscription(number, "tangshan", Wish(rule_id=f"other-{number % 40}"), Digest.NONE, False)
        for number in range(500)
    ]
    alerts = [
        alert(number, kind=AlertKind.FINDING, area=_AREAS[number % 2], rule=f"r{number % 30}")
        for number in range(20_000)
    ]
    with store.transaction() as connection:
        for table in (DIGEST_ITEMS, DELIVERIES, SUBSCRIPTIONS, ALERTS):
            connection.execute(sa.delete(table))
        rows = [subscription_values(each) | {"next_digest_ms": None, "deleted": False} for each in elsewhere]
        connection.execute(sa.insert(SUBSCRIPTIONS), rows)
        router = SubscriptionRouter(CALLERS.get)
        began = time.thread_time()
        for first in range(0, len(alerts), 500):
            router.queue_deliveries(connection, alerts[first : first + 500])
        took_s = time.thread_time() - began
    # Ten million pairs: asked one by one they take 15 s and more; in groups and places half a second.
    assert took_s < 3
