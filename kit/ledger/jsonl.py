"""A ledger as a file that an auditor reads without our database: JSON Lines, each line canonical (RFC 8785).

    {"ledger":{"format":1,"id":"registry"}}
    {"entry":{"action":"ledger.opened","actor":"registry","details":{…},"hash":"…",…,"sequence":1,"time_ms":…}}
    {"checkpoint":{"note":"quzhong/registry\\n1\\n…","number":1,"size":1}}
    …
    {"end":{"checkpoints":17,"entries":1024}}

Hashes are hexadecimal. A checkpoint stands behind the last entry it covers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from kit.errors import InvalidArgumentError
from kit.ledger.canonical import as_is
from kit.ledger.entry import Entry
from kit.ledger.stored import Footer, Source, StoredCheckpoint, Unreadable, entry_of, whole

FORMAT = 1
"""Of the file: a reader refuses what it does not know."""

LONGEST_LINE = 256 * 1024
"""Bytes; an entry's details are 64 KiB at most, six times as much escaped is not reached by any."""

_CHECKPOINT = b'{"checkpoint"'
_END = b'{"end"'
_MEMBERS = frozenset(Entry._fields)


class JsonlSource:
    """An exported file."""

    def __init__(self, path: Path) -> None:
        """Raises OSError if it cannot be read."""
        self._path = path
        with path.open("rb") as file:
            self._header = file.readline(LONGEST_LINE)
        self._footer: Footer | Unreadable | None = None

    def ledger_id(self) -> str | Unreadable:
        """See ``Source``."""
        match _canonical(self._header):
            case {"ledger": {"format": int(number), "id": str(name), **rest}, **others} if not rest | others:
                if number == FORMAT:
                    return name
                return Unreadable(None, "format", f"format {number} is not known, {FORMAT} is", 1)
        return Unreadable(None, "ledger", "the first line names no ledger", 1)

    def entries(self) -> Iterator[Entry | Unreadable]:
        """See ``Source``."""
        self._footer = Unreadable(None, "end", "the last line is missing, which tells how much there is")
        for number, line in self._lines():
            if number == 1 or line.startswith(_CHECKPOINT):
                continue
            if line.startswith(_END):
                self._footer = _footer_of(line, number)
            else:
                yield _entry_of(line, number)
                if isinstance(self._footer, Footer):  # something behind the end
                    self._footer = Unreadable(None, "end", "it is not the last line", number)

    def checkpoints(self) -> Iterator[StoredCheckpoint | Unreadable]:
        """See ``Source``."""
        for number, line in self._lines():
            if number > 1 and line.startswith(_CHECKPOINT):
                yield _checkpoint_of(line, number)

    def footer(self) -> Footer | Unreadable | None:
        """See ``Source``."""
        return self._footer

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        with self._path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST_LINE):
                number += 1
                yield number, line


def write(source: Source, file: BinaryIO) -> Footer:
    """Export a ledger; answers how much it was.

    Raises:
        InvalidArgumentError: LEDGER_UNREADABLE, at what is not of the form of an entry or a checkpoint.
    """
    checkpoints = source.checkpoints()
    waiting = next(checkpoints, None)
    entries = written = 0

    def put(document: dict[str, Any]) -> None:
        file.write(as_is(document).encode() + b"\n")

    def put_checkpoints(up_to: int | None) -> None:
        nonlocal waiting, written
        while waiting is not None and (
            up_to is None or isinstance(waiting, Unreadable) or waiting.size <= up_to
        ):
            found = _readable(waiting, "checkpoint")
            put({"checkpoint": {"number": found.number, "size": found.size, "note": found.note}})
            written += 1
            waiting = next(checkpoints, None)

    put({"ledger": {"format": FORMAT, "id": source.ledger_id()}})
    for each in source.entries():
        entry = _readable(each, "entry")
        try:
            put({"entry": document_of(entry)})
        except ValueError as error:
            _readable(Unreadable(entry.sequence, "details", str(error)), "entry")
        entries += 1
        put_checkpoints(entry.sequence)
    put_checkpoints(None)
    footer = Footer(entries, written)
    put({"end": footer._asdict()})
    return footer


def document_of(entry: Entry) -> dict[str, Any]:
    """An entry for programs."""
    return {
        **entry._asdict(),
        "details": json.loads(entry.details),
        "previous_hash": entry.previous_hash.hex(),
        "hash": entry.hash.hex(),
    }


def _readable(found: Any, what: str) -> Any:
    if isinstance(found, Unreadable):
        place = "?" if found.number is None else str(found.number)
        raise InvalidArgumentError(
            f"{what} {place}: {found.field or 'all of it'} cannot be read: {found.why}; "
            "quzhong ledger verify tells more",
            zh=f"{what} {place}：{found.field or '整条'} 无法读取；请运行 quzhong ledger verify",
            field=found.field,
            reason="LEDGER_UNREADABLE",
        )
    return found


def _canonical(line: bytes) -> Any:
    """What a line says; None if it is not one line of canonical JSON."""
    try:
        document = json.loads(line)
        return document if as_is(document).encode() + b"\n" == line else None
    except (ValueError, RecursionError, TypeError):  # the last: keys that cannot be sorted
        return None


def _entry_of(line: bytes, number: int) -> Entry | Unreadable:
    match _canonical(line):
        case {"entry": dict(members), **others} if not others and members.keys() == _MEMBERS:
            row = dict(members)
            for name in ("previous_hash", "hash"):
                row[name] = _unhex(row[name])
            row["details"] = as_is(row["details"])
            return entry_of(row, number)
    return Unreadable(None, "", "not one line of canonical JSON with the members of an entry", number)


def _unhex(value: Any) -> bytes | None:
    try:
        raw = bytes.fromhex(value)
    except (ValueError, TypeError):
        return None
    return raw if raw.hex() == value else None  # one hash has one text: no capitals, no blanks


def _checkpoint_of(line: bytes, number: int) -> StoredCheckpoint | Unreadable:
    match _canonical(line):
        case {"checkpoint": {"number": int(which), "size": int(size), "note": str(note), **rest}, **others}:
            if not rest | others and whole(which) is not None and whole(size) is not None:
                return StoredCheckpoint(which, size, note, number)
    return Unreadable(None, "", "not one line of canonical JSON with the members of a checkpoint", number)


def _footer_of(line: bytes, number: int) -> Footer | Unreadable:
    match _canonical(line):
        case {"end": {"entries": int(entries), "checkpoints": int(checkpoints), **rest}, **others}:
            if not rest | others:
                return Footer(entries, checkpoints)
    return Unreadable(None, "end", "not one line of canonical JSON with the members of the end", number)
