"""Refusals that every part of the registry gives in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kit.errors import InvalidArgumentError, NotFoundError
from services.registry.core.field_error import FieldError


@contextmanager
def field_errors() -> Iterator[None]:
    """What the core finds wrong with a field, as the caller is told."""
    try:
        yield
    except FieldError as error:
        raise InvalidArgumentError(
            error.message, zh=error.zh, field=error.field, reason=error.reason
        ) from error


def unknown_party(party_id: str) -> NotFoundError:
    """The refusal of a name that is nobody's, or nobody's the caller sees."""
    return NotFoundError(
        f"party_id: nobody is registered as {party_id!r}; ListParties tells who is",
        zh=f"party_id：未登记 {party_id!r}；可用 ListParties 查询",
        field="party_id",
        reason="PARTY_UNKNOWN",
    )
