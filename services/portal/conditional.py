"""Answers that a reader may have already (RFC 9110, 13.1): their tag, and whether he has them as they are."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import parsedate_to_datetime

from fastapi import Request

READERS_OWN = {
    # Nobody else's to keep: what is in an answer depends on who asks.
    "Cache-Control": "private, no-cache",
    "Vary": "Authorization, Cookie",
}
"""Headers of what a reader may keep, if it asks each time whether it still holds."""


def etag(request: Request, content: bytes) -> str:
    """A strong tag: equal for equal bytes only, and so another for whom they are compressed."""
    coding = "-gzip" if "gzip" in request.headers.get("accept-encoding", "") else ""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}{coding}"'


def has_it(request: Request, tag: str, changed: datetime | None = None) -> bool:
    """Whether the reader has it as it is: the tag decides if it sent one. ``changed``: to the second."""
    if (tags := request.headers.get("if-none-match")) is not None:
        known = [each.strip().removeprefix("W/") for each in tags.split(",")]
        return "*" in known or tag in known
    if changed is None:
        return False
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (TypeError, ValueError):
        return False
    return since.tzinfo is not None and changed <= since
