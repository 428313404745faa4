"""Canonical JSON (RFC 8785): one text for one value, so that a hash of it means something.

Python's own writer gives exactly that text once values are restricted to those on which the two agree:
keys of lower-case ASCII (sorted by code point = by UTF-16), whole numbers that a double holds, no floats.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from kit.errors import InvalidArgumentError

Json: TypeAlias = "str | int | bool | Mapping[str, Json] | Sequence[Json] | None"

GREATEST = 2**53 - 1
"""Of whole numbers: the last below which every JSON reader keeps them apart (RFC 8785, section 3.2.2.3)."""

DEEPEST = 16
"""Levels; what is told of an act has two or three."""

_KEY = re.compile(r"[a-z][a-z0-9_]*")

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(value: Json) -> str:
    """The value's one text.

    Raises:
        InvalidArgumentError: LEDGER_DETAILS, naming the place, for a float, a number beyond 2^53 − 1, a key
            that is not of ``a–z 0–9 _``, half a surrogate pair, or more than 16 levels.
    """
    _check(value, "details", 0)
    return _ENCODER.encode(value)


def as_is(value: Any) -> str:
    """The same for what was just read from JSON, unchecked: a text that differs from it is not canonical."""
    return _ENCODER.encode(value)


def _check(value: Json, where: str, depth: int) -> None:
    if depth > DEEPEST:
        raise _wrong(where, f"more than {DEEPEST} levels", f"超过 {DEEPEST} 层")
    match value:
        case None | bool():
            return
        case str():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise _wrong(where, "half a surrogate pair", "含不成对的代理字符") from None
        case int():
            if abs(value) > GREATEST:
                raise _wrong(
                    where, f"{value} is beyond 2^53 - 1; write it as text", f"{value} 过大，请写作文本"
                )
        case Mapping():
            for key, each in value.items():
                if not isinstance(key, str) or _KEY.fullmatch(key) is None:
                    raise _wrong(
                        where, f"key {key!r} is not of a-z, 0-9 and _", f"键 {key!r} 只能由 a-z、0-9、_ 组成"
                    )
                _check(each, f"{where}.{key}", depth + 1)
        case list() | tuple():
            for place, each in enumerate(value):
                _check(each, f"{where}[{place}]", depth + 1)
        case _:
            kind = type(value).__name__
            raise _wrong(where, f"a {kind} has no canonical text", f"{kind} 没有唯一的文本形式")


def _wrong(where: str, en: str, zh: str) -> InvalidArgumentError:
    return InvalidArgumentError(f"{where}: {en}", zh=f"{where}：{zh}", field=where, reason="LEDGER_DETAILS")
