"""How large a request may be: whoever sends more is refused before it is kept anywhere."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 4 * 1024 * 1024
"""The largest file a report may come in (``pages/report_form.py``), and room for the form around it."""


class RequestLimit:
    """ASGI middleware. Counts what arrives, for a length that is told may be a lie, or missing."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > MOST_BYTES:
                # Raised where the route reads the form, so that it is answered as every other error is.
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "more than 4 MiB")
            return message

        await self._app(scope, counted if scope["type"] == "http" else receive, send)
