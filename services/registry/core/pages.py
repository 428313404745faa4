"""Lists by the page. A token names the last item given, so that what comes meanwhile shifts nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from services.registry.core.field_error import FieldError

DEFAULT_SIZE = 100
LARGEST_SIZE = 1_000
"""A larger ``page_size`` is taken as this: some 200 kB an answer."""

Item = TypeVar("Item")


class Page(NamedTuple):
    """Which part of a list is asked for."""

    size: int
    token: str


def page_of(
    items: Sequence[Item], key: Callable[[Item], str], page_size: int, page_token: str
) -> tuple[Sequence[Item], str]:
    """The items after the token's, ``page_size`` at most (0: ``DEFAULT_SIZE``), and the next token, or "".

    Args:
        items: in any order.
        key: by which they are given; unique.

    Raises:
        FieldError: for a negative size, or a token that no answer gave.
    """
    if page_size < 0:
        raise FieldError(
            "page_size",
            "PAGE_SIZE_NEGATIVE",
            f"{page_size} is negative; send 1–{LARGEST_SIZE}, or nothing",
            f"{page_size} 为负数；请填写 1–{LARGEST_SIZE} 或不填",
        )
    size = min(page_size or DEFAULT_SIZE, LARGEST_SIZE)
    after = _read(page_token)
    following = sorted((item for item in items if key(item) > after), key=key)
    page = following[:size]
    return page, _written(key(page[-1])) if len(following) > size else ""


def _written(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode()


def _read(token: str) -> str:
    try:
        return base64.b64decode(token.encode(), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError):
        raise FieldError(
            "page_token",
            "PAGE_TOKEN_UNKNOWN",
            f"{token!r} is no token of this list; send next_page_token as it came, or nothing at first",
            f"{token!r} 不是本接口给出的翻页标记；请原样填写 next_page_token，首页不填",
        ) from None
