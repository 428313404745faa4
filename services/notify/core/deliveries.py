"""Deliveries: what an attempt's answer means, when the next one is made, and when a receiver is given up.

    answer          what was said                                 while tries remain   after the last one
    ─────────────────────────────────────────────────────────────────────────────────────────────────────
    TAKEN           2xx; 250 to the message                       DELIVERED            DELIVERED
    GONE            410                                           GONE                 GONE
    REFUSED         5xx of SMTP: never, not later                 GIVEN_UP             GIVEN_UP
    FAILED          anything else, or no answer                   LATER                GIVEN_UP
    NO_RELAY        our own mail relay is away                    LATER                LATER, for a week

``GONE`` disables the subscription at once; ``worn_out`` says when failures do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import NamedTuple

from services.notify.core.alerts import Alert
from services.notify.core.digests import DigestBody
from services.notify.core.text import Text

_DAY_MS = 86_400_000

DISABLE_AFTER_MS = 5 * _DAY_MS
"""Standard Webhooks: disable an endpoint that fails consistently for some days, and tell its owner. One
message's schedule lasts three days and a long public holiday weekend as long: five outlast both."""

DISABLE_AFTER_FAILURES = 12
"""In a row: more than the ten attempts of one message, so that one message that a receiver cannot take, and a
quiet month after it, disable nothing."""

NO_RELAY_RETRY_S = 300.0
"""Longest wait for our own mail relay: it was mended, and nobody is flooded by the question."""

NO_RELAY_FOR_MS = 7 * _DAY_MS
"""An alert that could not leave for a week is no news: the feed and the cases have it."""


class MessageKind(IntEnum):
    """What a delivery carries."""

    ALERT = 1
    DIGEST = 2
    DISABLED = 3
    """That another subscription of the same party was disabled."""


class DeliveryState(IntEnum):
    """The values equal ``quzhong.api.notify.v1.DeliveryState``."""

    WAITING = 1
    DELIVERED = 2
    GIVEN_UP = 3
    """No further attempt will be made by itself."""


@dataclass(frozen=True, slots=True)
class DisabledBody:
    """A subscription that this service disabled, as its owner is told of it elsewhere."""

    subscription_id: str
    address: str
    reason: str
    """In both languages."""


Body = Alert | DigestBody | DisabledBody


class Answer(Enum):
    """What came of an attempt."""

    TAKEN = "taken"
    GONE = "gone"
    REFUSED = "refused"
    FAILED = "failed"
    NO_RELAY = "no_relay"


class Outcome(NamedTuple):
    """An attempt's answer, and what is told of it."""

    answer: Answer
    status: int
    """HTTP or SMTP; 0 if no answer came."""
    error: str = ""
    """Empty: nothing went wrong."""


class Verdict(Enum):
    """What an attempt ended in."""

    DELIVERED = "delivered"
    GONE = "gone"
    LATER = "later"
    GIVEN_UP = "given_up"


def answer_of_http(status: int) -> Answer:
    """What an HTTP status (0: no answer) means to Standard Webhooks."""
    if 200 <= status < 300:
        return Answer.TAKEN
    return Answer.GONE if status == 410 else Answer.FAILED


def answer_of_smtp(status: int) -> Answer:
    """What a reply to the message or its recipient means (RFC 5321, 4.2.1): 5yz is permanent."""
    if 200 <= status < 300:
        return Answer.TAKEN
    return Answer.REFUSED if 500 <= status < 600 else Answer.FAILED


def judge(
    answer: Answer, tries: int, retry_after_s: Sequence[float], *, age_ms: int = 0
) -> tuple[Verdict, float]:
    """What the ``tries``-th attempt (from 1) at a message ended in, and the wait (seconds) before the next.

    ``age_ms``: since the message was queued.
    """
    match answer:
        case Answer.TAKEN:
            return Verdict.DELIVERED, 0.0
        case Answer.GONE:
            return Verdict.GONE, 0.0
        case Answer.REFUSED:
            return Verdict.GIVEN_UP, 0.0
        case Answer.NO_RELAY:
            if age_ms >= NO_RELAY_FOR_MS:
                return Verdict.GIVEN_UP, 0.0
            longest = retry_after_s[min(tries, len(retry_after_s)) - 1] if retry_after_s else NO_RELAY_RETRY_S
            return Verdict.LATER, min(longest, NO_RELAY_RETRY_S)
    if tries <= len(retry_after_s):
        return Verdict.LATER, retry_after_s[tries - 1]
    return Verdict.GIVEN_UP, 0.0


def worn_out(failures: int, failing_since_ms: int | None, now_ms: int) -> bool:
    """Whether a receiver has failed often and long enough to be left alone."""
    return (
        failures >= DISABLE_AFTER_FAILURES
        and failing_since_ms is not None
        and now_ms - failing_since_ms >= DISABLE_AFTER_MS
    )


def reason_gone() -> Text:
    """Why a subscription is disabled whose receiver answered 410."""
    return Text("接收方答复 410 Gone，表示不再接收", "the receiver answered 410 Gone: it wants no more")


def reason_worn_out(failures: int, last_error: str) -> Text:
    """Why a subscription is disabled whose receiver failed for days."""
    return Text(
        f"连续 {failures} 次投递失败，且已超过 {DISABLE_AFTER_MS // _DAY_MS} 天，最近一次：{last_error}",
        f"{failures} attempts failed in a row, over more than {DISABLE_AFTER_MS // _DAY_MS} days; "
        f"the last: {last_error}",
    )


def both(text: Text) -> str:
    """A text in both languages, on one line."""
    return f"{text.zh} / {text.en}"
