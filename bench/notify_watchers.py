"""Watchers of alerts on one event loop, and such as do not read: for ``bench.notify`` and the tests.

``python -m bench.notify_watchers ADDRESS TOKEN STREAMS`` opens streams and reads nothing from them: slow
subscribers. Stopped by a signal (SIGSTOP), it is as a peer whose network has gone: dead ones.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import grpc

from kit.clock import system_clock
from quzhong.api.notify.v1 import notify_pb2, notify_pb2_grpc

STREAMS_A_CHANNEL = 25
OWN_CONNECTION = [("grpc.use_local_subchannel_pool", 1)]
"""Channels to one address share a connection unless they are told not to."""

Metadata = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Heard:
    """What one watcher heard."""

    finding_ids: list[str] = field(default_factory=list)
    made_ms: list[int] = field(default_factory=list)
    """When notify made the alert, epoch milliseconds."""
    at_ms: list[int] = field(default_factory=list)
    """When it was here, likewise."""


def bearer(token: str) -> Metadata:
    return (("authorization", f"Bearer {token}"),)


async def watch(
    stub: notify_pb2_grpc.NotifyServiceStub,
    token: str,
    resume_token: str,
    area_code: str,
    heard: Heard,
    opened: asyncio.Semaphore,
) -> None:
    """Follow an area's alerts until cancelled."""
    request = notify_pb2.WatchAlertsRequest(
        filter=notify_pb2.AlertFilter(area_code=area_code), resume_token=resume_token
    )
    call = stub.WatchAlerts(request, metadata=bearer(token))
    opened.release()
    async for said in call:  # type: ignore[attr-defined]
        heard.at_ms.append(system_clock())
        heard.finding_ids.append(said.alert.finding_id)
        heard.made_ms.append(said.alert.create_time.ToMilliseconds())


class Watchers:
    """Any number of them, spread over tokens, areas and channels."""

    def __init__(self, address: str, tokens: Sequence[str], areas: Sequence[str], number: int) -> None:
        self.heard = [Heard() for _ in range(number)]
        self._address, self._tokens, self._areas = address, tokens, areas
        self._tasks: list[asyncio.Task[None]] = []
        self._channels: list[grpc.aio.Channel] = []

    async def open(self, resume_token: str) -> None:
        """Open the streams: what comes from now on is heard."""
        opened = asyncio.Semaphore(0)
        for number, heard in enumerate(self.heard):
            if number % STREAMS_A_CHANNEL == 0:
                self._channels.append(grpc.aio.insecure_channel(self._address, options=OWN_CONNECTION))
            stub = notify_pb2_grpc.NotifyServiceStub(self._channels[-1])
            token = self._tokens[(number // STREAMS_A_CHANNEL) % len(self._tokens)]
            area = self._areas[number % len(self._areas)]
            self._tasks.append(asyncio.create_task(watch(stub, token, resume_token, area, heard, opened)))
        for _ in self.heard:
            await opened.acquire()

    @property
    def refused(self) -> int:
        """Streams that ended by themselves."""
        return sum(task.done() for task in self._tasks)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for channel in self._channels:
            await channel.close()


def main(address: str, token: str, streams: int) -> None:
    """Open, tell, and sleep."""
    channel = grpc.insecure_channel(address)
    stub = notify_pb2_grpc.NotifyServiceStub(channel)
    calls = [
        stub.WatchAlerts(notify_pb2.WatchAlertsRequest(), metadata=bearer(token)) for _ in range(streams)
    ]
    print(len(calls), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
