"""What deliveries need from outside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from kit.security.caller import Caller
from services.notify.core.alerts import Alert
from services.notify.core.deliveries import Body, DeliveryState, Outcome, Verdict
from services.notify.core.subscriptions import Subscription
from services.notify.core.text import Language

Callers = Callable[[str], Caller | None]
"""What a party may do now, by its id; None if nobody holds a credential of it (any more)."""


class Delivery(NamedTuple):
    """A receipt: how far one message to one subscription has come."""

    delivery_id: int
    subscription_id: str
    message_id: str
    state: DeliveryState
    attempts: int
    last_status: int
    """HTTP or SMTP, of the last attempt; 0 if no answer came."""
    last_error: str
    due_time_ms: int | None
    create_time_ms: int
    update_time_ms: int


class DueDelivery(NamedTuple):
    """A message to send now."""

    delivery_id: int
    subscription: Subscription
    message_id: str
    body: Body
    attempts: int
    """So far, in all."""
    tries: int
    """So far, since it was queued or asked for again."""
    create_time_ms: int


class Asked(NamedTuple):
    """A mutation, as it is recognised when it comes again."""

    party_id: str
    request_id: str
    content_sha256: bytes


class Subscriptions(Protocol):
    """Who is told. ``party_id`` None: anybody's. ``connection``: the transaction that ``once`` opened."""

    def once(self, asked: Asked, now_ms: int, act: Callable[[Any], bytes]) -> bytes:
        """Do it and keep its answer, or give the earlier one.

        Raises:
            AlreadyExistsError: REQUEST_ID_REUSED, if something else was asked under the id.
        """
        ...

    def add(self, connection: Any, subscription: Subscription) -> bool:
        """Keep it; False if its id is taken: the party used the request id long ago."""
        ...

    def find(self, connection: Any, party_id: str | None, subscription_id: str) -> Subscription | None: ...

    def count(self, connection: Any, party_id: str) -> int:
        """How many the party has."""
        ...

    def save(self, connection: Any, subscription: Subscription, actor: str, what: str, now_ms: int) -> None:
        """Let it be so from now on. What waited for one that is now disabled is given up; what was gathered
        for a digest that it no longer wants, becomes one more digest at once."""
        ...

    def delete(self, connection: Any, subscription: Subscription, actor: str, now_ms: int) -> None:
        """Forget its secrets, give up what waits for it, show it to nobody."""
        ...

    def page(self, party_id: str | None, after: tuple[int, str] | None, limit: int) -> list[Subscription]:
        """Oldest first, after a create time and id."""
        ...

    def deliveries(
        self, party_id: str | None, subscription_id: str, before: int | None, limit: int
    ) -> list[Delivery]:
        """Newest first; of one subscription if named."""
        ...

    def find_delivery(self, connection: Any, party_id: str | None, delivery_id: int) -> Delivery | None: ...

    def send_again(self, connection: Any, delivery: Delivery, actor: str, now_ms: int) -> Delivery:
        """Queue it anew, under the same id."""
        ...


class Deliveries(Protocol):
    """The queue: rows that outlive the process."""

    def gather_digests(self, now_ms: int) -> int:
        """Queue the digests that are due; answer how many."""
        ...

    def ready(self, now_ms: int, but: Collection[str], limit: int) -> list[Subscription]:
        """Subscriptions that something is due to, but for some; who waits longest first."""
        ...

    def due(self, subscription_id: str, now_ms: int, limit: int) -> list[DueDelivery]:
        """What is due to one, in order."""
        ...

    def record(
        self, due: DueDelivery, outcome: Outcome, verdict: Verdict, *, now_ms: int, next_ms: int
    ) -> None:
        """Note an attempt and what follows from it. ``next_ms`` matters for ``Verdict.LATER`` only."""
        ...

    def withhold(self, subscription_id: str, now_ms: int) -> None:
        """Give up what waits: nobody holds a credential of the party any more."""
        ...


class Carrier(Protocol):
    """Takes a message to its receiver, once."""

    def carry(self, due: DueDelivery, caller: Caller) -> Outcome:
        """Never raises for what a receiver does. ``caller``: what the party may see."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """What a mail carries beside its text."""

    name: str
    media_type: str
    """``application/pdf``, ``text/calendar``."""
    content: bytes
    method: str = ""
    """Of an invitation: the METHOD of iTIP (RFC 5546) that it has."""


class Enclosures(Protocol):
    """Letters and invitations that went out with an alert."""

    def of(self, alert: Alert, language: Language, caller: Caller) -> Sequence[EnclosedFile]:
        """Those the party may read; none if the alert tells of no letter."""
        ...
