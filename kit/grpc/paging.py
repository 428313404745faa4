"""Lists by the page, streams by the resume token: the same rules for every service's ``api.py``.

A page token says after which item the next page begins, never how many items came before it: what is added
meanwhile shifts nothing. It is opaque to callers, who pass it on as they got it.
"""

from __future__ import annotations

import base64
import binascii
import json

from kit.errors import InvalidArgumentError

PAGE_SIZE = 100
MAX_PAGE_SIZE = 1_000
"""A larger ``page_size`` is taken as this: 2 MB of findings of 2 kB, a quarter of what a message holds."""

MAX_SEQUENCE = 2**63 - 1
"""Sequence numbers are 64-bit columns of a store."""


def page_size(asked: int, *, field: str = "page_size") -> int:
    """``PAGE_SIZE`` if nothing was asked for, never more than ``MAX_PAGE_SIZE``.

    Raises:
        InvalidArgumentError: if it is negative.
    """
    if asked < 0:
        raise InvalidArgumentError(
            f"{field}: {asked} is negative; send 1–{MAX_PAGE_SIZE}, or nothing for {PAGE_SIZE}",
            zh=f"{field}：{asked} 为负数；请填写 1–{MAX_PAGE_SIZE}，不填则为 {PAGE_SIZE}",
            field=field,
        )
    return min(asked or PAGE_SIZE, MAX_PAGE_SIZE)


def page_token(*key: int | str) -> str:
    """The token of the page that begins after the item with this key."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def page_key(token: str, *kinds: type[int] | type[str]) -> tuple[int | str, ...] | None:
    """The key a token was made of; None for the first page. ``kinds``: the types of its parts.

    Raises:
        InvalidArgumentError: if no list with such keys gave the token.
    """
    if not token:
        return None
    try:
        key = json.loads(base64.b64decode(token.encode(), altchars=b"-_", validate=True))
        if [type(part) for part in key] != list(kinds):
            raise ValueError(key)
    except (binascii.Error, UnicodeError, ValueError, TypeError, RecursionError):
        raise InvalidArgumentError(
            f"page_token: {token[:80]!r} is no token of this list; send next_page_token as it came, or none",
            zh=f"page_token：{token[:80]!r} 不是本列表给出的翻页标记；请原样填写 next_page_token，首页不填",
            field="page_token",
        ) from None
    return tuple(key)


def resume_token(sequence: int) -> str:
    """The token of a stream's message with this sequence number."""
    return str(sequence)


def resume_after(token: str, newest: int) -> int:
    """The sequence number a stream goes on after; 0 without a token.

    Raises:
        InvalidArgumentError: if the token has not been given out; ``newest`` is the last number that was.
    """
    if not token:
        return 0
    sequence = int(token) if token.isascii() and token.isdigit() and len(token) < 20 else MAX_SEQUENCE
    if sequence > newest:
        raise InvalidArgumentError(
            f"resume_token: {token[:80]!r} was not given out by this stream; send the last you got, or none",
            zh=f"resume_token：{token[:80]!r} 不是本数据流发出的；请原样传回最近收到的值，或不填",
            field="resume_token",
            reason="RESUME_TOKEN_UNKNOWN",
        )
    return sequence
