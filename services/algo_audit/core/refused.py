"""What a consultation or an appeal refuses, as the core says it; use cases turn it into errors of the kit."""

from enum import Enum


class Because(Enum):
    """What stands in the way."""

    FIELD = "a field makes no sense"
    STATE = "not in this state"
    PARTY = "not by this party"


class RefusedError(ValueError):
    """A step that is not taken."""

    def __init__(self, because: Because, field: str, reason: str, message: str, zh: str) -> None:
        """``message`` and ``zh`` give the value and the way out; the field's name is put in front of both."""
        super().__init__(f"{field}: {message}")
        self.because = because
        self.field = field
        self.reason = reason
        self.message = f"{field}: {message}"
        self.zh = f"{field}：{zh}"


def wrong_field(field: str, reason: str, message: str, zh: str) -> RefusedError:
    """The refusal of a field."""
    return RefusedError(Because.FIELD, field, reason, message, zh)
