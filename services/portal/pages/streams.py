"""Server-Sent Events of any page: items of a service, heartbeats and the end of the server in one stream."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, TypeVar

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from kit.errors import PermanentError
from services.portal.handlers import Connection
from services.portal.problems import problem
from services.portal.web import Portal, Reader

_log = logging.getLogger(__name__)

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""nginx would otherwise hold events back until its buffer is full."""

_WAITING = 256
"""Items held for a browser that reads slowly; beyond that the service is read more slowly."""
_RETRY_MS = 1000

Item = TypeVar("Item")


async def relayed(
    portal: Portal,
    reader: Reader,
    first: Item | Connection,
    items: AsyncGenerator[Item | Connection, None],
    encode: Callable[[Item], bytes],
) -> AsyncIterator[bytes]:
    """Items, heartbeats and the end of the server, in the order they come: three writers, one queue.

    ``first``: already taken of ``items``, so that a refusal was an HTTP status.
    """
    queue: asyncio.Queue[bytes | None] = asyncio.Queue(_WAITING)

    def encoded(item: Item | Connection) -> bytes:
        return event("connection", {"state": item.value}) if isinstance(item, Connection) else encode(item)

    async def follow() -> None:
        try:
            async with aclosing(items):
                await queue.put(encoded(first))
                async for item in items:
                    await queue.put(encoded(item))
        except PermanentError as error:
            await queue.put(event("problem", problem(error, reader.language)))
        except Exception:  # noqa: BLE001 a boundary: logged here, and the browser takes the stream up again
            _log.exception("a stream ends early; the browser will come back")
        await queue.put(None)

    async def heartbeats() -> None:
        while True:
            await asyncio.sleep(portal.settings.portal_heartbeat_s)
            if queue.empty():
                await queue.put(KEEPALIVE_COMMENT)

    async def end_of_server() -> None:
        await portal.closing.wait()
        await queue.put(None)

    writers = [asyncio.create_task(writer()) for writer in (follow, heartbeats, end_of_server)]
    try:
        yield format_sse_event(retry=_RETRY_MS)
        while (chunk := await queue.get()) is not None:
            yield chunk
    finally:
        for writer in writers:
            writer.cancel()


def event(name: str, data: dict[str, Any], resume_token: str | None = None) -> bytes:
    """One event; ``resume_token``: what a browser that comes back sends as Last-Event-ID."""
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False), id=resume_token)
