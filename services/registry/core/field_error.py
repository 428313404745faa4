"""What is wrong with a field, as the core says it; handlers turn it into ``InvalidArgumentError``."""

from __future__ import annotations


class FieldError(ValueError):
    """A field that cannot be accepted."""

    def __init__(self, field: str, reason: str, message: str, zh: str) -> None:
        """``message`` and ``zh`` give the value and the way out; the field's name is put in front of both."""
        super().__init__(f"{field}: {message}")
        self.field = field
        self.reason = reason
        self.message = f"{field}: {message}"
        self.zh = f"{field}：{zh}"
