"""By what a mutation is recognised when it comes again: the same rules for every service.

A caller's ``request_id`` with the same content gets its earlier answer for ``KEEP_MS``; with other content it
is refused. Two callers may choose the same id.
"""

from __future__ import annotations

import hashlib
import re

from google.protobuf.message import Message

from kit.errors import AlreadyExistsError, InvalidArgumentError

KEEP_MS = 7 * 86_400_000
"""Seven days: longer than any client goes on resending."""

_FORM = re.compile(r"[!-~]{1,64}")


def check_request_id(request_id: str) -> None:
    """Raise InvalidArgumentError unless the id is 1–64 printable characters of ASCII, blanks excluded."""
    if not _FORM.fullmatch(request_id):
        shown = repr(request_id[:64])
        raise InvalidArgumentError(
            f"request_id: {shown} is not 1–64 printable characters of ASCII, blanks excluded; choose one for "
            "each request, e.g. a UUID",
            zh=f"request_id：{shown} 应为 1–64 个可见 ASCII 字符，不含空格；请为每个请求生成一个，例如 UUID",
            field="request_id",
            reason="REQUEST_ID_FORM",
        )


def content_sha256(request: Message) -> bytes:
    """What a request says, 32 bytes: equal for equal messages of one kind, and for no others."""
    # The type's name is hashed too: two kinds of request may have the same bytes.
    content = request.DESCRIPTOR.full_name.encode() + b"\0" + request.SerializeToString(deterministic=True)
    return hashlib.sha256(content).digest()


def request_id_reused(request_id: str) -> AlreadyExistsError:
    """The refusal of an id under which something else was asked before."""
    shown = repr(request_id[:64])
    return AlreadyExistsError(
        f"request_id: {shown} was used for another request; choose a new one for each",
        zh=f"request_id：{shown} 已用于另一请求；请为每个请求使用新的编号",
        field="request_id",
        reason="REQUEST_ID_REUSED",
    )
