"""Messages over HTTP, signed as Standard Webhooks says (https://www.standardwebhooks.com).

``webhook-id`` is the message's, the same at every attempt; ``webhook-timestamp`` the attempt's, so that a
receiver can refuse a request that somebody kept and sends again; ``webhook-signature`` has a signature for
each secret that holds, the old one's for a day beside the new one's.
"""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime

import httpx
from standardwebhooks import Webhook as Signer

from kit.clock import Clock
from kit.security.caller import Caller
from services.notify.core.deliveries import Answer, Outcome, answer_of_http
from services.notify.delivery.cloud_events import CONTENT_TYPE, event_bytes
from services.notify.delivery.ports import DueDelivery

TIMEOUT_S = 15.0
"""Longest wait for a receiver's connection, or for its answer: Standard Webhooks recommends 15 to 30 s."""

LONGEST_S = 20.0
"""In all, however busy a receiver keeps the connection: one that sends a byte now and then is cut off too."""

MAX_ERROR_LENGTH = 500


class WebhookCarrier:
    """Threads may share it: each waits for its own request, all of which one event loop makes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._loop = asyncio.new_event_loop()
        # No proxies from the environment: http to this machine must not leave it.
        # No redirects: nobody has checked where they lead.
        self._http = httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False, follow_redirects=False)
        self._thread = threading.Thread(target=self._loop.run_forever, name="webhooks", daemon=True)
        self._thread.start()

    def carry(self, due: DueDelivery, caller: Caller) -> Outcome:
        """See the port."""
        body = event_bytes(
            due.body, due.message_id, due.create_time_ms, aggregates_only=not caller.sees_workers
        )
        now_ms = self._clock()
        sent = datetime.fromtimestamp(now_ms // 1000, tz=UTC)
        signatures = (
            Signer(secret).sign(due.message_id, sent, body.decode())
            for secret in due.subscription.secrets_at(now_ms)
        )
        headers = {
            "content-type": CONTENT_TYPE,
            "user-agent": "quzhong-notify",
            "webhook-id": due.message_id,
            "webhook-timestamp": str(int(sent.timestamp())),
            "webhook-signature": " ".join(signatures),
        }
        posting = self._post(due.subscription.address, body, headers)
        try:
            status = asyncio.run_coroutine_threadsafe(posting, self._loop).result()
        except TimeoutError:
            return Outcome(Answer.FAILED, 0, f"no answer within {LONGEST_S:g} s")
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            return Outcome(Answer.FAILED, 0, f"{type(error).__name__}: {error}"[:MAX_ERROR_LENGTH])
        answer = answer_of_http(status)
        return Outcome(answer, status, "" if answer is Answer.TAKEN else f"HTTP {status}")

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """The answer's status."""
        # Streamed and not read: nothing but the status matters, and a receiver could answer without end.
        async with (
            asyncio.timeout(LONGEST_S),
            self._http.stream("POST", url, content=body, headers=headers) as answer,
        ):
            return answer.status_code

    def close(self) -> None:
        """See the port."""
        asyncio.run_coroutine_threadsafe(self._http.aclose(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
