"""Input that a command cannot take: exit status 2, with the field, its value and the way out (``Output``)."""

from __future__ import annotations


class BadInputError(ValueError):
    """An option or a file does not fit; both texts say what the reader does next."""

    def __init__(self, field: str, value: str, zh: str, en: str, *, reason: str) -> None:
        super().__init__(f"{field} {value!r}: {en}" if value else f"{field}: {en}")
        self.field = field
        self.value = value
        self.zh = zh
        self.en = en
        self.reason = reason
