"""What answers are made of: texts in both languages, moments, words of an enum, numbers JSON can hold."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticKnownError, core_schema


class Answer(BaseModel):
    """Made from a value of ``core/`` with ``model_validate``: a field takes the attribute of its name."""

    model_config = ConfigDict(
        from_attributes=True, frozen=True, json_schema_serialization_defaults_required=True
    )


class Text(Answer):
    """The same text in both languages; empty where there is none."""

    zh: str
    en: str


class Range(Answer):
    """From low to high, both included."""

    low: float
    high: float


def _moment(epoch_ms: Any) -> Any:
    return datetime.fromtimestamp(epoch_ms / 1000, tz=UTC) if isinstance(epoch_ms, int) else epoch_ms


Moment = Annotated[datetime, BeforeValidator(_moment)]
"""Epoch milliseconds, told as RFC 3339 in UTC."""


def _bounded(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value


Bounded = Annotated[float | None, BeforeValidator(_bounded)]
"""A number; null where it has no bound, for JSON knows no infinity."""

_Kind = TypeVar("_Kind", bound=IntEnum)


@dataclass(frozen=True, slots=True)
class _Word:
    """Annotates an enum whose members are told, and asked for, by their name in lower case."""

    takes_numbers: bool
    """As a value of ``core/`` may have them; of a request's body they are no words."""

    def __get_pydantic_core_schema__(self, kind: type[_Kind], _handler: GetCoreSchemaHandler) -> CoreSchema:
        members = {member.name.lower(): member for member in kind}

        def read(value: Any) -> _Kind:
            if isinstance(value, kind):
                return value
            if self.takes_numbers and isinstance(value, int):
                return kind(value) if value in kind._value2member_map_ else kind(0)
            if isinstance(value, str) and value in members:
                return members[value]
            raise PydanticKnownError("enum", {"expected": ", ".join(members)})

        return core_schema.no_info_plain_validator_function(
            read,
            json_schema_input_schema=core_schema.literal_schema(list(members)),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda member: member.name.lower(), return_schema=core_schema.literal_schema(list(members))
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        # Alike in what is asked and in what is answered.
        words: list[str] = schema["serialization"]["return_schema"]["expected"]
        return {"type": "string", "enum": words}


WORD = _Word(takes_numbers=True)
GIVEN_WORD = _Word(takes_numbers=False)
"""In a request's body."""
