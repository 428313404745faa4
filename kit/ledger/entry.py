"""One entry of a ledger: who did what to whom, when and why; and the hash that ties it to the one before."""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kit.errors import InvalidArgumentError
from kit.ledger.canonical import Json, canonical

DOMAIN = b"quzhong ledger entry v1\n"
"""Starts what is hashed, so that no other text of this project can ever have an entry's hash."""

FIRST_PREVIOUS = bytes(32)
"""The previous hash of entry 1."""

CHECKPOINT_ENTRIES = 64
"""There is a checkpoint for every 64 entries at least: fewer, at the end, could be rewritten by who can write
the store but has no key. A signature takes 50 µs, so that this costs an entry less than 1 µs."""

OPENED, KEY_ROTATED = "ledger.opened", "ledger.key_rotated"
"""Actions of the ledger itself: entry 1 names the ledger; both tell a key in ``details.key``."""

NOT_STATED = "not stated"
"""The reason of who gave none."""

ID_LENGTH, REASON_LENGTH = 200, 500
"""Longest actor and subject, and reason, in characters: enough for any id, and for two sentences."""

DETAILS_BYTES = 64 * 1024
"""Longest details: an entry tells of an act, it does not hold documents (it has their hash)."""

_ACTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_LEDGER_ID = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_NUMBERS = struct.Struct(">QQ")
_LENGTH = struct.Struct(">I")


class Entry(NamedTuple):
    """An entry as it stands in the ledger."""

    sequence: int
    """From 1, without a gap."""
    time_ms: int
    """Epoch milliseconds."""
    actor: str
    """The party that acted; a service's name if it acted by itself."""
    action: str
    """Dotted: what was done, e.g. ``case.warned``."""
    subject: str
    """To whom or what."""
    reason: str
    details: str
    """Canonical JSON."""
    previous_hash: bytes
    hash: bytes


TEXTS = ("actor", "action", "subject", "reason", "details")
"""The fields that are text, in the order in which they are hashed."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be entered."""

    action: str
    subject: str
    actor: str
    reason: str = NOT_STATED
    details: Mapping[str, Json] = field(default_factory=dict)


def encode(entry: Entry) -> bytes:
    """What is hashed: the domain, two numbers of 8 bytes, the texts with their length before them (4 bytes),
    the previous hash. Lengths keep neighbours apart: "ab"+"c" is not "a"+"bc"."""
    parts = [DOMAIN, _NUMBERS.pack(entry.sequence, entry.time_ms)]
    for text in (entry.actor, entry.action, entry.subject, entry.reason, entry.details):
        value = text.encode()
        parts += (_LENGTH.pack(len(value)), value)
    parts.append(entry.previous_hash)
    return b"".join(parts)


def hash_of(entry: Entry) -> bytes:
    """SHA-256 of what ``encode`` gives; the entry's own ``hash`` does not matter."""
    return hashlib.sha256(encode(entry)).digest()


def next_entry(previous: Entry | tuple[int, bytes], act: Act, time_ms: int) -> Entry:
    """The entry of an act, after another one or after (sequence, hash).

    Raises:
        InvalidArgumentError: if the act cannot be entered.
    """
    sequence, tail = (
        (previous.sequence, previous.hash) if isinstance(previous, Entry) else (previous[0], previous[1])
    )
    if _ACTION.fullmatch(act.action) is None:
        raise InvalidArgumentError(
            f"action: {act.action!r} is no dotted name of a-z, 0-9 and _",
            zh=f"action：{act.action!r} 不是由点分隔的小写名称",
            field="action",
            reason="LEDGER_ACTION",
        )
    details = canonical(act.details)
    if len(details.encode()) > DETAILS_BYTES:
        raise InvalidArgumentError(
            f"details: more than {DETAILS_BYTES} bytes; enter the hash of what is so long",
            zh=f"details：超过 {DETAILS_BYTES} 字节；请改记其哈希",
            field="details",
            reason="LEDGER_DETAILS",
        )
    entry = Entry(
        sequence + 1,
        time_ms,
        printable(act.actor, ID_LENGTH),
        act.action,
        printable(act.subject, ID_LENGTH),
        printable(act.reason, REASON_LENGTH) or NOT_STATED,
        details,
        tail,
        b"",
    )
    return entry._replace(hash=hash_of(entry))


def printable(text: str, longest: int) -> str:
    """The text without control characters (callers send ids and reasons), cut to a length."""
    kept = (
        " " if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") else each for each in text[:longest]
    )
    return "".join(kept).strip()


def check_ledger_id(ledger_id: str) -> str:
    """Raises InvalidArgumentError if it cannot name a ledger."""
    if _LEDGER_ID.fullmatch(ledger_id) is None:
        raise InvalidArgumentError(
            f"ledger: {ledger_id[:80]!r} is no name of a ledger (a-z, 0-9, _ and -, at most 32)",
            zh=f"ledger：{ledger_id[:80]!r} 不是账本名称（a-z、0-9、_、-，至多 32 个字符）",
            field="ledger",
            reason="LEDGER_ID",
        )
    return ledger_id
