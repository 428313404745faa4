"""Takes what is due to its receivers, each in a turn of its own, so that nobody waits for another's server.

One thread looks for subscriptions with something due and starts a turn for each; a turn, in a pool:

1. reads the next messages of its subscription (rows that were written in the transaction of their alert);
2. asks whether its party still has a credential: without one nothing goes out any more;
3. sends one message after the other, at most ``TURN_S`` long, until one fails;
4. records each attempt and the time of the next one in one transaction, before it sends the next message.

A crash between 3 and 4 sends that message again, under the same id: at least once, and receivers know it.

Who failed last, or took long, is served by a pool of its own: however many receivers hang, those that answer
find a free place in the other one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

from kit.clock import Clock
from kit.errors import RetryableError
from kit.eventlog.backoff import Backoff
from kit.security.caller import Caller
from kit.storage.store import Store
from kit.telemetry import metrics
from services.notify.core.deliveries import Answer, Outcome, Verdict, judge
from services.notify.core.subscriptions import Channel, Subscription
from services.notify.delivery.ports import Callers, Carrier, Deliveries, DueDelivery

LOOK_S = 0.5
"""How often due retries and digests are looked for; new deliveries wake the sender at once."""

AT_ONCE = 8
"""Receivers served at the same time that answered last time, and quickly."""

AT_ONCE_SLOW = 4
"""Receivers served at the same time that did not."""

SLOW_S = 2.0
"""Per message: a receiver that takes longer is served among those that fail. Healthy ones need a tenth."""

TURN_S = 10.0
"""After this a receiver's turn ends, and others come first."""

TURN_MESSAGES = 100
"""Messages read at once for a turn."""

LONGEST_PAUSE_S = 60.0
"""After a failure a receiver is left alone for the retry's delay, but no longer than this: one message it
cannot take must not keep the next ones from it for hours."""

logger = logging.getLogger(__name__)


class DeliverySender:
    """A thread that empties the queue, and two pools."""

    def __init__(
        self,
        deliveries: Deliveries,
        callers: Callers,
        carriers: Mapping[Channel, Carrier],
        store: Store,
        clock: Clock,
        *,
        retry_after_s: Sequence[float],
    ) -> None:
        """``retry_after_s``: the wait after each failed attempt; as many retries as entries."""
        self._deliveries = deliveries
        self._callers = callers
        self._carriers = carriers
        self._store = store
        self._clock = clock
        self._retry_after_s = tuple(retry_after_s)
        self._paused_until_ms: dict[str, int] = {}
        self._slow: set[str] = set()
        self._turns: dict[str, Future[None]] = {}
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._failed: BaseException | None = None
        self._quick_pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="delivery")
        self._slow_pool = ThreadPoolExecutor(AT_ONCE_SLOW, thread_name_prefix="delivery-slow")
        self._thread = threading.Thread(target=self._run, name="delivery sender", daemon=True)

    @property
    def failed(self) -> BaseException | None:
        """What ended the thread, if anything unexpected did."""
        return self._failed

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        for channel in self._carriers:
            for answer in Answer:
                _count(channel, answer, 0)
        self._wake.set()
        self._thread.start()

    def wake(self) -> None:
        """There may be new deliveries."""
        self._wake.set()

    def idle(self) -> bool:
        """Whether there is nothing to attempt now: retries and receivers left alone wait for later."""
        now_ms = self._clock()
        return not self._turns and not self._deliveries.ready(now_ms, self._paused(now_ms), 1)

    def stop(self) -> None:
        """Finish the attempts in hand, then end. What is not delivered waits in the store."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        self._quick_pool.shutdown()
        self._slow_pool.shutdown()
        for carrier in self._carriers.values():
            carrier.close()

    def _run(self) -> None:
        backoff = Backoff()
        try:
            while not self._stopping.is_set():
                try:
                    # One process at a time: two would send the same messages.
                    with self._store.lease("quzhong.deliveries") as mine:
                        if mine:
                            self._serve(backoff)
                except RetryableError as error:
                    logger.warning("delivery sender: %s; deliveries wait", error)
                    backoff.wait(self._stopping)
                self._wake.wait(LOOK_S)
        except BaseException as error:
            self._failed = error
            logger.exception("delivery sender ended")

    def _serve(self, backoff: Backoff) -> None:
        """Start turns until stopped; raise what went wrong in one, once all have ended."""
        try:
            while not self._stopping.is_set():
                # Cleared before looking, so that what is committed while looking is looked for again.
                self._wake.clear()
                self._end_turns()
                self._start_turns()
                backoff.reset()
                self._wake.wait(LOOK_S)
        finally:
            wait(self._turns.values())
        self._end_turns()

    def _end_turns(self) -> None:
        for name, turn in list(self._turns.items()):
            if turn.done():
                del self._turns[name]
                turn.result()

    def _start_turns(self) -> None:
        now_ms = self._clock()
        self._deliveries.gather_digests(now_ms)
        paused = self._paused(now_ms)
        busy_slow = sum(name in self._slow for name in self._turns)
        free = {True: AT_ONCE_SLOW - busy_slow, False: AT_ONCE - (len(self._turns) - busy_slow)}
        # Enough to fill the quick pool though all the slow ones wait longest.
        wanted = AT_ONCE + AT_ONCE_SLOW + len(self._slow)
        for subscription in self._deliveries.ready(now_ms, [*paused, *self._turns], wanted):
            name = subscription.subscription_id
            if subscription.failures:
                self._slow.add(name)
            slow = name in self._slow
            if free[slow] <= 0:
                continue
            free[slow] -= 1
            pool = self._slow_pool if slow else self._quick_pool
            self._turns[name] = pool.submit(self._turn, subscription)

    def _paused(self, now_ms: int) -> list[str]:
        for name, until_ms in list(self._paused_until_ms.items()):
            if until_ms <= now_ms:
                self._paused_until_ms.pop(name, None)
        return list(self._paused_until_ms)

    def _turn(self, subscription: Subscription) -> None:
        name = subscription.subscription_id
        began_s, sent = time.monotonic(), 0
        try:
            caller = self._callers(subscription.party_id)
            if caller is None:
                self._deliveries.withhold(name, self._clock())
                return
            carrier = self._carriers[subscription.channel]
            for due in self._deliveries.due(name, self._clock(), TURN_MESSAGES):
                if self._stopping.is_set() or time.monotonic() - began_s > TURN_S:
                    return
                outcome = self._carry(carrier, due, caller)
                if outcome is None:
                    return
                sent += 1
                if not self._record(due, outcome):
                    self._slow.add(name)
                    return
        finally:
            took_s = (time.monotonic() - began_s) / max(sent, 1)
            if sent and took_s > SLOW_S:
                self._slow.add(name)
            elif sent and name not in self._paused_until_ms:
                self._slow.discard(name)
            self._wake.set()

    def _carry(self, carrier: Carrier, due: DueDelivery, caller: Caller) -> Outcome | None:
        """None: something of ours is away that the message needs, such as a name from the log; it waits."""
        try:
            return carrier.carry(due, caller)
        except RetryableError as error:
            logger.warning("message %s waits: %s", due.message_id, error)
            pause_ms = round(error.retry_after_s * 1000)
            self._paused_until_ms[due.subscription.subscription_id] = self._clock() + pause_ms
            return None
        except Exception as error:
            # A boundary: one message that cannot be made must not end everybody else's.
            logger.exception("message %s could not be made", due.message_id)
            return Outcome(Answer.FAILED, 0, f"not sent: {type(error).__name__}")

    def _record(self, due: DueDelivery, outcome: Outcome) -> bool:
        """Whether it was delivered."""
        now_ms = self._clock()
        tries = (due.attempts if outcome.answer is Answer.NO_RELAY else due.tries) + 1
        verdict, delay_s = judge(
            outcome.answer, tries, self._retry_after_s, age_ms=now_ms - due.create_time_ms
        )
        _count(due.subscription.channel, outcome.answer, 1)
        self._deliveries.record(due, outcome, verdict, now_ms=now_ms, next_ms=now_ms + round(delay_s * 1000))
        if verdict is Verdict.DELIVERED:
            return True
        name = due.subscription.subscription_id
        logger.warning(
            "subscription %s: message %s, attempt %d: %s",
            name, due.message_id, due.attempts + 1, outcome.error,
        )  # fmt: skip
        pause_s = min(delay_s, LONGEST_PAUSE_S) if verdict is Verdict.LATER else LONGEST_PAUSE_S
        # REFUSED is said of this message; after GONE nothing is due, until its owner enables it again.
        if outcome.answer not in (Answer.REFUSED, Answer.GONE):
            self._paused_until_ms[name] = now_ms + round(pause_s * 1000)
        return False


def _count(channel: Channel, answer: Answer, attempts: int) -> None:
    told = {metrics.CHANNEL: channel.name.lower(), metrics.OUTCOME: answer.value}
    metrics.count(metrics.DELIVERIES, attempts, told)
