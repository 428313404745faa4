"""What the city says: two tables of events, as columns.

Every table is a frozen set of equal-length arrays. :data:`~simulator.vocabulary.NOT_STATED` (−1) in an
integer column means that the platform did not state the field; money is whole fen (分), distance metres, time
of an event epoch milliseconds (UTC).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Dispatches:
    """What happened to orders, in the order of time."""

    event_id: NDArray[np.str_]
    """``a-d-0000001``: platform letter, d, running number of the platform's dispatch events by time."""
    platform: NDArray[np.int8]
    """Index into ``City.platforms``."""
    worker: NDArray[np.int32]
    """Index into ``City.worker_names``."""
    order: NDArray[np.int32]
    """Index into ``City.order_names``."""
    kind: NDArray[np.int8]
    """``DispatchKind``."""
    time_ms: NDArray[np.int64]
    area_code: NDArray[np.int32]
    """GB/T 2260, county level."""
    vehicle: NDArray[np.int8]
    """``Vehicle``."""
    service: NDArray[np.int8]
    """``Service``; always food delivery."""
    weather: NDArray[np.int8]
    """``Weather``."""
    holiday: NDArray[np.bool_]
    promised_s: NDArray[np.int32]
    """The limit set for this order (seconds from acceptance); equals the platform's declared limit, unless
    a fault of ``Weeks`` says otherwise."""
    estimated_s: NDArray[np.int32]
    """The platform's own estimate of the same duration."""
    distance_m: NDArray[np.int32]
    """Restaurant → customer; not stated on a few orders."""
    pay_fen: NDArray[np.int32]
    """What the worker is paid; on OFFERED, ACCEPTED and COMPLETED, else not stated."""
    commission_fen: NDArray[np.int32]
    """What the platform keeps beside the pay; on COMPLETED only, and only by platforms that state it."""
    penalty_fen: NDArray[np.int32]
    """Deducted for lateness, 0 = none; on COMPLETED only."""
    employment_form: NDArray[np.int8]
    """``EmploymentForm`` of the worker; 0 = not stated, as everywhere in ``City``. So are the next two."""
    tenure_band: NDArray[np.int8]
    """``TenureBand`` of the worker; 0 = not stated."""
    partner_firm: NDArray[np.int16]
    """Index into ``Weeks.partner_firms``; 0 = none, or not stated."""
    version: NDArray[np.int16]
    """0; in ``City.stated_*`` 1 for what puts an earlier statement right."""
    deleted: NDArray[np.bool_]
    """Whether the event is said never to have happened."""

    def __len__(self) -> int:
        """Number of events."""
        return len(self.time_ms)

    def take(self, index: NDArray[np.integer]) -> "Dispatches":
        """The events at ``index``, in that order; an index may repeat."""
        return Dispatches(**{each.name: getattr(self, each.name)[index] for each in fields(self)})


@dataclass(frozen=True, slots=True)
class Sessions:
    """When workers were online, offline or at rest, in the order of time."""

    event_id: NDArray[np.str_]
    """``a-s-0000001``: platform letter, s, running number of the platform's session events by time."""
    platform: NDArray[np.int8]
    worker: NDArray[np.int32]
    kind: NDArray[np.int8]
    """``WorkSessionKind``."""
    time_ms: NDArray[np.int64]
    area_code: NDArray[np.int32]
    version: NDArray[np.int16]
    """0; in ``City.stated_*`` 1 for what puts an earlier statement right."""
    deleted: NDArray[np.bool_]
    """Whether the event is said never to have happened."""

    def __len__(self) -> int:
        """Number of events."""
        return len(self.time_ms)

    def take(self, index: NDArray[np.integer]) -> "Sessions":
        """The events at ``index``, in that order; an index may repeat."""
        return Sessions(**{each.name: getattr(self, each.name)[index] for each in fields(self)})


def numbered(prefix: str, count: int, first: int = 1, digits: int = 7) -> NDArray[np.str_]:
    """``prefix`` + zero-padded running number, as an array of strings.

    Seven digits: enough for a city day, and too few to be taken for a telephone (11) or ID number (18).

    Raises:
        ValueError: when a number needs more digits.
    """
    if count and first + count > 10**digits:
        raise ValueError(f"{count} numbers from {first} do not fit {digits} digits")
    letters = np.empty((count, len(prefix) + digits), dtype=np.uint32)
    letters[:, : len(prefix)] = [ord(letter) for letter in prefix]
    powers = 10 ** np.arange(digits - 1, -1, -1)
    letters[:, len(prefix) :] = np.arange(first, first + count)[:, None] // powers % 10 + ord("0")
    return letters.view(f"<U{len(prefix) + digits}").reshape(count)


def event_ids(stream: str, platform: NDArray[np.integer], letters: Sequence[str]) -> NDArray[np.str_]:
    """``<letter>-<stream>-<number>`` for each row; every platform (index into ``letters``) counts from 1."""
    prefixes = [f"{letter}-{stream}-" for letter in letters]
    ids = np.empty(len(platform), dtype=f"<U{max(map(len, prefixes)) + 7}")
    for index, prefix in enumerate(prefixes):
        own = platform == index
        ids[own] = numbered(prefix, int(np.count_nonzero(own)))
    return ids
