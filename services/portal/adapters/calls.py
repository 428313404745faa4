"""Calls with the reader's own token."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

import grpc

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
