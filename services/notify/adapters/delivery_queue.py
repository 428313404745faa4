"""Who hears an alert, noted in the transaction that raises it.

Computed once a batch: subscriptions are grouped by what they hear, and which groups hear of a place is worked
out once for each place. So a burst of findings costs its rows, not its rows times all subscriptions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.errors import PermissionDeniedError
from kit.security.caller import Caller
from services.notify.adapters import delivery_rows as rows
from services.notify.adapters.delivery_tables import DELIVERIES, DIGEST_ITEMS, SUBSCRIPTIONS
from services.notify.adapters.tables import CASE_DEPARTMENTS
from services.notify.audiences import audience_of
from services.notify.core.alerts import Alert, Audience
from services.notify.core.deliveries import MessageKind
from services.notify.core.digests import next_digest_ms
from services.notify.core.findings import Place
from services.notify.core.subscriptions import Digest, Wish
from services.notify.delivery.ports import Callers

_ROWS_AT_ONCE = 5_000
"""A statement's parameters are held in memory: some megabytes."""


class _Listener(NamedTuple):
    subscription_id: str
    digest: Digest


def audience_now(caller: Caller, wish: Wish) -> Audience | None:
    """What a party hears of what it asked for; None: the platform it named is foreign to it now."""
    try:
        return audience_of(
            caller,
            **asdict(wish),
        )
    except PermissionDeniedError:
        return None


class SubscriptionRouter:
    """Made once; it keeps nothing between batches, so what changed meanwhile holds at once."""

    def __init__(self, callers: Callers) -> None:
        """``callers``: what a party may do now."""
        self._callers = callers

    def queue_deliveries(self, connection: Connection, alerts: Sequence[Alert]) -> None:
        """A delivery of each alert for each subscription that hears it, or an item of its next digest."""
        if not alerts:
            return
        listeners = self._listeners(connection)
        if not listeners:
            return
        named = any(audience.department_id for audience in listeners)
        departments = _departments(connection, alerts) if named else {}
        near: dict[Place, list[tuple[Audience, list[_Listener]]]] = {}
        deliveries: list[rows.Values] = []
        items: list[rows.Values] = []
        gathering: dict[str, Digest] = {}
        for alert in alerts:
            if alert.place not in near:
                near[alert.place] = [each for each in listeners.items() if each[0].covers(alert.place)]
            for audience, subscriptions in near[alert.place]:
                if not audience.hears(alert, departments.get(alert.case_id, ())):
                    continue
                for name, digest in subscriptions:
                    if digest is Digest.NONE:
                        deliveries.append(
                            rows.new_delivery(name, MessageKind.ALERT, alert.alert_id, alert.create_time_ms)
                        )
                    else:
                        items.append({"subscription_id": name, "alert_id": alert.alert_id, "digest_id": ""})
                        gathering[name] = digest
            if len(deliveries) + len(items) >= _ROWS_AT_ONCE:
                _insert(connection, DELIVERIES, deliveries)
                _insert(connection, DIGEST_ITEMS, items)
        _insert(connection, DELIVERIES, deliveries)
        _insert(connection, DIGEST_ITEMS, items)
        _set_digests(connection, gathering, alerts[-1].create_time_ms)

    def _listeners(self, connection: Connection) -> dict[Audience, list[_Listener]]:
        """Live subscriptions by what they hear now."""
        columns = SUBSCRIPTIONS.c
        live = connection.execute(
            sa.select(
                columns.subscription_id,
                columns.party_id,
                columns.digest,
                *(columns[name] for name in rows.WISH),
            ).where(~columns.disabled, ~columns.deleted)
        )
        heard: dict[tuple[object, ...], Audience | None] = {}
        listeners: dict[Audience, list[_Listener]] = {}
        for name, party_id, digest, *wish in live:
            key = (party_id, *wish)
            if key not in heard:
                caller = self._callers(party_id)
                heard[key] = None if caller is None else audience_now(caller, Wish(*wish))
            audience = heard[key]
            if audience is not None:
                listeners.setdefault(audience, []).append(_Listener(name, Digest(digest)))
        return listeners


def _departments(connection: Connection, alerts: Sequence[Alert]) -> Mapping[str, set[str]]:
    """Who is responsible for the alerts' cases."""
    found = connection.execute(
        sa.select(CASE_DEPARTMENTS.c.case_id, CASE_DEPARTMENTS.c.department_id).where(
            CASE_DEPARTMENTS.c.case_id.in_({alert.case_id for alert in alerts})
        )
    )
    departments: defaultdict[str, set[str]] = defaultdict(set)
    for case_id, department_id in found:
        departments[case_id].add(department_id)
    return departments


def _insert(connection: Connection, table: sa.Table, values: list[rows.Values]) -> None:
    if values:
        connection.execute(sa.insert(table), values)
        values.clear()


def _set_digests(connection: Connection, gathering: Mapping[str, Digest], now_ms: int) -> None:
    """The first item sets when the digest is due; the next ones wait with it."""
    for subscription_id, digest in gathering.items():
        # Updated even if it is set: the row's lock keeps whoever makes the digest from missing these items.
        next_ms = sa.func.coalesce(SUBSCRIPTIONS.c.next_digest_ms, next_digest_ms(digest, now_ms))
        connection.execute(
            sa.update(SUBSCRIPTIONS)
            .where(SUBSCRIPTIONS.c.subscription_id == subscription_id)
            .values(next_digest_ms=next_ms)
        )
