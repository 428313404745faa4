"""Sends due deliveries over HTTP, signed as Standard Webhooks says (https://www.standardwebhooks.com).

Each attempt:

1. read the rows that are due (they were written in the transaction that made the alert);
2. POST the envelope with ``webhook-id`` (the alert's id, the same at every attempt), ``webhook-timestamp``
   and ``webhook-signature``;
3. record the attempt and the time of the next, in one transaction.

A crash between 2 and 3 sends the alert again: at least once, and the receiver knows it by its ``webhook-id``.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from itertools import groupby

import httpx
from standardwebhooks import Webhook as Signer

from kit.clock import Clock
from kit.errors import RetryableError
from kit.eventlog.backoff import Backoff
from kit.storage.store import Store
from services.notify.core.webhooks import Verdict, envelope, judge
from services.notify.ports import Deliveries, DueDelivery

TIMEOUT_S = 15.0
"""Longest wait for a receiver: Standard Webhooks recommends 15 to 30 s."""

LOOK_S = 0.5
"""How often due retries are looked for; new deliveries wake the sender at once."""

BATCH = 200
"""Deliveries looked at in one round."""

AT_ONCE = 4
"""Receivers served at the same time, so that a slow one does not hold up the others."""

ROUND_S = 10.0
"""After this a receiver's turn ends, for the same reason."""

LONGEST_PAUSE_S = 60.0
"""After a failure a receiver is left alone for the retry's delay, but no longer than this: one alert it
cannot take must not keep the next ones from it for hours."""

MAX_ERROR_LENGTH = 500

logger = logging.getLogger(__name__)


class WebhookSender:
    """A thread that empties the queue."""

    def __init__(
        self, deliveries: Deliveries, store: Store, clock: Clock, *, retry_after_s: Sequence[float]
    ) -> None:
        """``retry_after_s``: the wait after each failed attempt; as many retries as entries."""
        self._deliveries = deliveries
        self._store = store
        self._clock = clock
        self._retry_after_s = tuple(retry_after_s)
        self._paused_until_ms: dict[str, int] = {}
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._failed: BaseException | None = None
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook")
        # No proxies from the environment: http to this machine must not leave it.
        # No redirects: nobody has checked where they lead.
        self._http = httpx.Client(timeout=TIMEOUT_S, trust_env=False, follow_redirects=False)
        self._thread = threading.Thread(target=self._run, name="webhook sender", daemon=True)

    @property
    def failed(self) -> BaseException | None:
        """What ended the thread, if anything unexpected did."""
        return self._failed

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        self._wake.set()
        self._thread.start()

    def wake(self) -> None:
        """There may be new deliveries."""
        self._wake.set()

    def idle(self) -> bool:
        """Whether there is nothing to attempt now: retries and receivers left alone wait for later."""
        now_ms = self._clock()
        return not self._deliveries.due(now_ms, 1, self._paused(now_ms))

    def stop(self) -> None:
        """Finish the attempts in hand, then end. What is not delivered waits in the store."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        self._pool.shutdown()
        self._http.close()

    def _run(self) -> None:
        backoff = Backoff()
        try:
            while not self._stopping.is_set():
                # Cleared before looking, so that what is committed while looking is looked for again.
                self._wake.clear()
                try:
                    self._send_due()
                    backoff.reset()
                except RetryableError as error:
                    logger.warning("webhook sender: %s; deliveries wait", error)
                    backoff.wait(self._stopping)
                self._wake.wait(LOOK_S)
        except BaseException as error:
            self._failed = error
            logger.exception("webhook sender ended")

    def _send_due(self) -> None:
        with self._store.lease("quzhong.webhooks") as mine:
            if not mine:
                return
            now_ms = self._clock()
            due = self._deliveries.due(now_ms, BATCH, self._paused(now_ms))
            due.sort(key=lambda each: (each.webhook.webhook_id, each.delivery_id))
            receivers = [list(each) for _, each in groupby(due, key=lambda each: each.webhook.webhook_id)]
            turns = [self._pool.submit(self._send_to_one, receiver) for receiver in receivers]
            wait(turns)  # all of them, before any that failed: nothing is sent twice at the same time
            for turn in turns:
                turn.result()
            if len(due) == BATCH:
                self._wake.set()

    def _paused(self, now_ms: int) -> list[str]:
        return [webhook for webhook, until_ms in list(self._paused_until_ms.items()) if until_ms > now_ms]

    def _send_to_one(self, dues: Iterable[DueDelivery]) -> None:
        """In order, until one fails or the turn is over."""
        end_s = time.monotonic() + ROUND_S
        for due in dues:
            if self._stopping.is_set() or time.monotonic() > end_s:
                return
            status, error = self._post(due)
            verdict = judge(status, due.attempts + 1, self._retry_after_s)
            now_ms = self._clock()
            delay_s = self._retry_after_s[due.attempts] if verdict is Verdict.LATER else 0.0
            self._deliveries.record(
                due,
                verdict,
                status=status,
                error=error,
                now_ms=now_ms,
                next_ms=now_ms + round(delay_s * 1000),
            )
            if verdict is not Verdict.DELIVERED:
                logger.warning(
                    "webhook %s: alert %s, attempt %d: %s",
                    due.webhook.webhook_id, due.alert.alert_id, due.attempts + 1, error,
                )  # fmt: skip
                pause_s = min(delay_s, LONGEST_PAUSE_S) if verdict is Verdict.LATER else LONGEST_PAUSE_S
                self._paused_until_ms[due.webhook.webhook_id] = now_ms + round(pause_s * 1000)
                return

    def _post(self, due: DueDelivery) -> tuple[int, str]:
        """HTTP status (0: no answer), and what went wrong (empty: nothing)."""
        body = json.dumps(envelope(due.alert), ensure_ascii=False, separators=(",", ":"))
        sent = datetime.fromtimestamp(self._clock() // 1000, tz=UTC)
        headers = {
            "content-type": "application/json",
            "user-agent": "quzhong-notify",
            "webhook-id": due.alert.alert_id,
            "webhook-timestamp": str(int(sent.timestamp())),
            "webhook-signature": Signer(due.webhook.secret).sign(due.alert.alert_id, sent, body),
        }
        try:
            # Streamed and not read: nothing but the status matters, and a receiver could answer without end.
            with self._http.stream("POST", due.webhook.url, content=body.encode(), headers=headers) as answer:
                status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return 0, f"{type(error).__name__}: {error}"[:MAX_ERROR_LENGTH]
        return status, "" if 200 <= status < 300 else f"HTTP {status}"
