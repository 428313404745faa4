"""Mutations that keep an input's form, so that what lies behind the first check is reached too.

Each takes an input, a generator, libFuzzer's own mutation for the leaves, and how long the result may be; an
input that has lost its form is left to libFuzzer.
"""

from __future__ import annotations

import copy
import io
import json
import zipfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import yaml
from google.protobuf.message import DecodeError, Message

from tests.fuzz.target import Mutate, Raw

_RAW_SHARE: Final = 0.25
"""How often an input is mutated as bytes alone."""

_ODD: Final[tuple[Any, ...]] = (
    None, True, 0, -1, 1, 2**31, 2**53, -(2**63), 2**64, 10**400, 1e308, -0.0, float("inf"), float("nan"),
    "", " ", "\x00", "\ud800", "𝟗", "٣", "=1+1", "a" * 300, "1e999", "{limit}", "{0.__class__}",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999-14:00", "2026-02-30", "24:00", "P1D",
    "-5 min", "9" * 40 + " h", "1e9 days", "Asia/Shanghai", "../../etc/passwd", "local",
    [], {}, [[]], {"": {}},
)  # fmt: skip


def of_json(data: bytes, rng: np.random.Generator, raw: Raw, longest: int) -> bytes:
    """A JSON document."""
    return _tree(json.loads, lambda tree: json.dumps(tree).encode())(data, rng, raw, longest)


def of_json_lines(data: bytes, rng: np.random.Generator, raw: Raw, longest: int) -> bytes:
    """JSON Lines in canonical form."""
    lines = data.split(b"\n")
    at = int(rng.integers(len(lines)))
    choice = rng.random()
    if choice < 0.1:
        lines.insert(at, lines[int(rng.integers(len(lines)))])
    elif choice < 0.2:
        del lines[at]
    else:
        lines[at] = _tree(json.loads, _canonical)(lines[at], rng, raw, longest)
    return b"\n".join(lines)[:longest]


def of_yaml(data: bytes, rng: np.random.Generator, raw: Raw, longest: int) -> bytes:
    """A YAML document; dates stay dates."""
    return _tree(lambda text: yaml.load(text, yaml.CSafeLoader), _yaml)(data, rng, raw, longest)


def of_jwt(data: bytes, rng: np.random.Generator, raw: Raw, longest: int) -> bytes:
    """Segments of base64url between dots: one is mutated beneath its encoding."""
    parts = data.split(b".")
    at = int(rng.integers(len(parts)))
    if rng.random() < _RAW_SHARE:
        return raw(data, longest)
    try:
        inner = urlsafe_b64decode(parts[at] + b"=" * (-len(parts[at]) % 4))
    except ValueError:
        return raw(data, longest)
    parts[at] = urlsafe_b64encode(of_json(inner, rng, raw, longest)).rstrip(b"=")
    return b".".join(parts)[:longest]


def of_zip(data: bytes, rng: np.random.Generator, raw: Raw, longest: int) -> bytes:
    """An archive: one member is mutated beneath its compression."""
    if rng.random() < _RAW_SHARE:
        return raw(data, longest)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 - an archive that is broken in whatever way
        return raw(data, longest)
    if not members:
        return raw(data, longest)
    name = sorted(members)[int(rng.integers(len(members)))]
    members[name] = raw(members[name], 4 * longest)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in members.items():
            archive.writestr(each, content)
    return packed.getvalue()[:longest]


def of_message(kind: type[Message]) -> Mutate:
    """An encoded message of this type: one of its fields is mutated."""

    def mutate(data: bytes, rng: np.random.Generator, raw: Raw, longest: int) -> bytes:
        if rng.random() < _RAW_SHARE:
            return raw(data, longest)
        message: Any = kind()
        try:
            message.ParseFromString(data)
        except DecodeError:
            return raw(data, longest)
        _mutate_field(message, rng, raw)
        encoded: bytes = message.SerializeToString()
        return encoded[:longest]

    return mutate


def _mutate_field(message: Any, rng: np.random.Generator, raw: Raw) -> None:
    fields = message.DESCRIPTOR.fields
    field = fields[int(rng.integers(len(fields)))]
    if field.is_repeated:
        repeated = getattr(message, field.name)
        if len(repeated) and rng.random() < 0.5:
            del repeated[int(rng.integers(len(repeated)))]
        elif field.cpp_type == field.CPPTYPE_STRING and field.type == field.TYPE_STRING:
            repeated.append(raw(b"word", 64).decode(errors="replace"))
        elif field.cpp_type == field.CPPTYPE_MESSAGE and len(repeated):
            _mutate_field(repeated[int(rng.integers(len(repeated)))], rng, raw)
    elif field.cpp_type == field.CPPTYPE_MESSAGE:
        if rng.random() < 0.1:
            message.ClearField(field.name)
        else:
            getattr(message, field.name).SetInParent()
            _mutate_field(getattr(message, field.name), rng, raw)
    elif field.type == field.TYPE_BYTES:
        setattr(message, field.name, _resized(getattr(message, field.name), rng, raw))
    elif field.type == field.TYPE_STRING:
        text = getattr(message, field.name).encode()
        setattr(message, field.name, _resized(text, rng, raw).decode(errors="replace"))
    else:
        _set_number(message, field, rng)


def _resized(value: bytes, rng: np.random.Generator, raw: Raw) -> bytes:
    """A column of another length, or of the same with other values."""
    choice = rng.random()
    if choice < 0.2:
        return value[: int(rng.integers(len(value) + 1))]
    if choice < 0.4:
        return value + value[: int(rng.integers(len(value) + 1))]
    if choice < 0.7 and value:
        at = int(rng.integers(len(value)))
        return value[:at] + bytes([int(rng.integers(256))]) + value[at + 1 :]
    return raw(value, 4_096)


def _set_number(message: Any, field: Any, rng: np.random.Generator) -> None:
    for odd in (2**63 - 1, -(2**63), 2**31 - 1, -1, 0, 1, float("nan"), 1e308):
        if rng.random() < 0.4:
            try:
                setattr(message, field.name, odd)
            except (ValueError, TypeError):
                continue
            return


def _tree(load: Callable[[bytes], Any], dump: Callable[[Any], bytes]) -> Mutate:
    def mutate(data: bytes, rng: np.random.Generator, raw: Raw, longest: int) -> bytes:
        if rng.random() < _RAW_SHARE:
            return raw(data, longest)
        try:
            return dump(_mutated(load(data), rng, raw))[:longest]
        except (ValueError, TypeError, OverflowError, RecursionError, yaml.YAMLError):
            return raw(data, longest)

    return mutate


def _mutated(tree: Any, rng: np.random.Generator, raw: Raw) -> Any:
    """The tree with one node changed."""
    tree = copy.deepcopy(tree)
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            places.append((node, key))
            walk(node[key])

    walk(tree)
    if not places:
        return _odd(rng)
    holder, key = places[int(rng.integers(len(places)))]
    match int(rng.integers(6)):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[raw(str(key).encode(), 40).decode(errors="replace")] = holder.pop(key)
        case 1 | 2:
            other, there = places[int(rng.integers(len(places)))]
            holder[key] = copy.deepcopy(other.get(there) if isinstance(other, dict) else other[there])
        case 3 if isinstance(holder[key], str):
            holder[key] = raw(holder[key].encode(errors="replace"), 400).decode(errors="replace")
        case _:
            holder[key] = _odd(rng)
    return tree


def _odd(rng: np.random.Generator) -> Any:
    return copy.deepcopy(_ODD[int(rng.integers(len(_ODD)))])


def _canonical(tree: Any) -> bytes:
    return json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _yaml(tree: Any) -> bytes:
    text: str = yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    return text.encode()
