"""What people write in an act: a text, a reason, a day."""

from __future__ import annotations

from datetime import date

from kit.errors import InvalidArgumentError
from services.notify.core.text import Text

MAX_TEXT = 4_000
"""Characters of a reply, a reason, measures: two pages, as the contract says."""


def spoken(
    field: str, text: str, *, required: bool = True, most: int = MAX_TEXT, with_files: bool = False
) -> str:
    """A text that somebody wrote, without the blanks around it. ``with_files``: files may go with it.

    Raises:
        InvalidArgumentError: TEXT_MISSING, TEXT_TOO_LONG or TEXT_HAS_NUL.
    """
    text = text.strip()
    if required and not text:
        raise InvalidArgumentError(
            f"{field}: missing; say it in a sentence, it goes on record",
            zh=f"{field}：缺失；请填写说明，将记录在案",
            field=field,
            reason="TEXT_MISSING",
        )
    if "\0" in text:  # PostgreSQL keeps no such text
        raise InvalidArgumentError(
            f"{field}: has a NUL character; take it out",
            zh=f"{field}：含有空字符（NUL）；请删除",
            field=field,
            reason="TEXT_HAS_NUL",
        )
    if len(text) > most:
        raise InvalidArgumentError(
            f"{field}: {len(text)} characters; {most} at most, "
            + ("enclose the rest as a file" if with_files else "say it more briefly"),
            zh=f"{field}：共 {len(text)} 个字符；最多 {most} 个，"
            + ("其余请以附件提交" if with_files else "请精简"),
            field=field,
            reason="TEXT_TOO_LONG",
        )
    return text


def reason_of(field: str, text: str) -> Text:
    """A reason in somebody's own words, in whatever language; raises as ``spoken``."""
    words = spoken(field, text)
    return Text(words, words)


def day_of(field: str, text: str) -> date:
    """A day as ISO 8601 writes it.

    Raises:
        InvalidArgumentError: DAY_INVALID.
    """
    try:
        if len(text) != 10:
            raise ValueError(text)
        day = date.fromisoformat(text)
        if not 2000 <= day.year < 2100:
            raise ValueError(text)
    except ValueError as error:
        raise InvalidArgumentError(
            f"{field}: {text[:40]!r} is no day of this century; write it as 2026-03-16",
            zh=f"{field}：{text[:40]!r} 不是本世纪的日期；请写作 2026-03-16",
            field=field,
            reason="DAY_INVALID",
        ) from error
    return day
