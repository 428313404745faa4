"""By what a request is recognised when it comes again."""

from __future__ import annotations

import re

from services.registry.core.field_error import FieldError

REQUEST_ID_FORM = re.compile(r"[!-~]{1,64}")


def check_request_id(request_id: str) -> None:
    """Raise FieldError unless the id is 1–64 printable characters of ASCII, blanks excluded."""
    if not REQUEST_ID_FORM.fullmatch(request_id):
        raise FieldError(
            "request_id",
            "REQUEST_ID_FORM",
            f"{request_id[:64]!r} is not 1–64 printable characters; choose one for each request, e.g. a UUID",
            f"{request_id[:64]!r} 应为 1–64 个可见字符;请为每个请求生成一个,例如 UUID",
        )
