"""The OpenAPI document as a page reads it: operations by subject, and what each takes and answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is: a word of JSON Schema, or the name of a shape that the page has further down."""

    word: str
    shape: str = ""
    """Empty: it is no shape."""
    many: bool = False
    values: tuple[str, ...] = ()
    """Of an enum."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a shape."""

    name: str
    where: str
    """``path``, ``query`` or ``header``; empty of a field."""
    required: bool
    kinds: tuple[Kind, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    operation_id: str
    method: str
    path: str
    summary: str
    parameters: tuple[Field, ...]
    body: Kind | None
    answer: Kind | None
    """None: a file."""
    media_types: tuple[str, ...]
    refusals: tuple[str, ...]
    """Status codes."""


@dataclass(frozen=True, slots=True)
class Subject:
    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    says: str
    fields: tuple[Field, ...]


def subjects(document: dict[str, Any]) -> list[Subject]:
    """The operations under their tags, both in the document's order."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            operation = _operation(path, method, told, document["components"]["schemas"])
            found.setdefault(told["tags"][0], []).append(operation)
    return [Subject(name, tuple(operations)) for name, operations in found.items()]


def shapes(document: dict[str, Any]) -> list[Shape]:
    """Every object of the document, by name."""
    schemas = document["components"]["schemas"]
    return [
        Shape(
            name,
            schema.get("description", ""),
            tuple(
                Field(
                    each,
                    "",
                    each in schema.get("required", ()),
                    _kinds(of, schemas),
                    of.get("description", ""),
                )
                for each, of in schema["properties"].items()
            ),
        )
        for name, schema in sorted(schemas.items())
        if "properties" in schema
    ]


def _operation(path: str, method: str, told: dict[str, Any], schemas: dict[str, Any]) -> Operation:
    responses = told["responses"]
    content = next(each for status, each in responses.items() if status.startswith("2")).get("content", {})
    answer, body = content.get("application/json"), told.get("requestBody")
    return Operation(
        operation_id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told.get("description", ""),
        parameters=tuple(
            Field(
                each["name"],
                each["in"],
                each.get("required", False),
                _kinds(each["schema"], schemas),
                each.get("description", ""),
            )
            for each in told.get("parameters", ())
        ),
        body=_kinds(body["content"]["application/json"]["schema"], schemas)[0] if body else None,
        answer=_kinds(answer["schema"], schemas)[0] if answer else None,
        media_types=tuple(content),
        refusals=tuple(sorted(status for status in responses if status.startswith(("4", "5")))),
    )


def _kinds(schema: dict[str, Any], schemas: dict[str, Any]) -> tuple[Kind, ...]:
    return tuple(_each_kind(schema, schemas))


def _each_kind(schema: dict[str, Any], schemas: dict[str, Any]) -> Iterator[Kind]:
    name = schema.get("$ref", "").removeprefix(_REF)
    if "anyOf" in schema:
        for each in schema["anyOf"]:
            yield from _each_kind(each, schemas)
    elif name and "properties" in schemas[name]:
        yield Kind(name, shape=name)
    elif name:
        yield from _each_kind(schemas[name], schemas)
    elif schema.get("type") == "array":
        for each in _each_kind(schema["items"], schemas):
            yield Kind(each.word, each.shape, many=True, values=each.values)
    elif "enum" in schema:
        yield Kind("enum", values=tuple(map(str, schema["enum"])))
    elif "const" in schema:
        yield Kind("enum", values=(str(schema["const"]),))
    else:
        yield Kind(schema.get("format") or schema.get("type", "any"))


def message_fields(schema: dict[str, Any]) -> list[tuple[str, str]]:
    """Of a message of a topic: the name of each field, and its type in a word."""
    return [(name, _word(field)) for name, field in schema["properties"].items()]


def _word(field: dict[str, Any]) -> str:
    if field.get("type") == "array":
        return f"{_word(field['items'])}[]"
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2].rpartition(".")[2]
    told = (field.get(name) for name in ("title", "format", "contentEncoding", "type"))
    return str(next(filter(None, told), "number"))
