"""Calls with the reader's own token."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

import grpc
from google.protobuf.message import Message

from kit.errors import UnauthenticatedError
from services.portal.adapters.statuses import to_error

ANSWER_S = 10
"""A page that takes longer is of no use to who waits for it."""
MOST = 1000
"""The contract's largest page."""

_Answer = TypeVar("_Answer")


async def answered(call: Awaitable[_Answer]) -> _Answer:
    """The answer of a unary call, its failure as one of our errors."""
    try:
        return await call
    except grpc.aio.AioRpcError as failure:
        raise to_error(failure) from failure


async def asked(method: Callable[..., Awaitable[_Answer]], request: Message, token: str) -> _Answer:
    """The answer of a unary method to who holds the token."""
    return await answered(method(request, metadata=bearer(token), timeout=ANSWER_S))


_Request = TypeVar("_Request", bound=Message)
_PAGES = 10
"""10,000 of anything: a city has some hundreds. What lies beyond is for the filter."""


async def pages(
    method: Callable[..., Awaitable[_Answer]], request: _Request, token: str
) -> AsyncIterator[_Answer]:
    """The answers of a List, page after page; ``request`` asks for the first and is moved on."""
    for _ in range(_PAGES):
        answer: Any = await asked(method, request, token)
        yield answer
        request.page_token = answer.next_page_token  # type: ignore[attr-defined]
        if not answer.next_page_token:
            return


def bearer(token: str) -> tuple[tuple[str, str], ...]:
    """The metadata of a call.

    Raises UnauthenticatedError for what no token of this registry looks like.
    """
    if not token.isascii() or not token.isprintable():
        raise UnauthenticatedError(
            "authorization: the token has characters that no token of this registry has",
            zh="令牌含有本系统令牌中不会出现的字符",
            reason="CREDENTIAL_MALFORMED",
        )
    return (("authorization", f"Bearer {token}"),)
