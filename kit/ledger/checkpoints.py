"""What was signed of a ledger, compared with what it says now; and which keys may be believed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from kit.errors import InvalidArgumentError
from kit.ledger.entry import CHECKPOINT_ENTRIES, KEY_ROTATED, OPENED, Entry
from kit.ledger.notes import Checkpoint, VerifyingKey, origin_of, parse, parse_vkey, signers
from kit.ledger.problems import Kind, Problem
from kit.ledger.stored import StoredCheckpoint, Unreadable

READ_AHEAD = 1_000
"""Checkpoints held at most that wait for their entry: some 300 KB."""


class _Waiting(NamedTuple):
    number: int
    """0: one that the reader kept."""
    checkpoint: Checkpoint


class _Declared(NamedTuple):
    key: VerifyingKey
    entry: int


class Checkpoints:
    """Walks beside the chain."""

    def __init__(
        self,
        ledger_id: str,
        trusted: Sequence[VerifyingKey],
        kept: Sequence[str],
        stored: Iterator[StoredCheckpoint | Unreadable],
        tell: Callable[[Problem], None],
    ) -> None:
        self._origin = origin_of(ledger_id)
        # A key is trusted whatever ledger of the same owner it was told under.
        self._given = [VerifyingKey(self._origin, key.raw) for key in trusted]
        self._declared: list[_Declared] = []
        self._stored = stored
        self._tell = tell
        self._waiting: dict[int, list[_Waiting]] = {}
        self._waiting_count = 0
        self._number = 0
        self._reached = 0
        self._vouched: dict[bytes, int] = {}
        """By key: the greatest size it signed."""
        self._signed_by: dict[frozenset[bytes], _Waiting] = {}
        """By set of signers: the first checkpoint they signed."""
        self.covered = 0
        self.last_note = ""
        for note in kept:
            try:
                self._wait(_Waiting(0, parse(note)))
            except ValueError as error:
                self._tell(
                    Problem(Kind.UNREADABLE, f"the kept checkpoint: {error}", f"所留存的检查点：{error}")
                )

    def read_ahead(self) -> None:
        """Read checkpoints before the walk comes to where they end."""
        while self._waiting_count < READ_AHEAD and (found := next(self._stored, None)) is not None:
            self._read(found)

    def reach(self, entry: Entry, hashes: tuple[bytes, ...] | None) -> None:
        """The walk has come to an entry; ``hashes`` are those it may be signed with, None: any."""
        if entry.action in (OPENED, KEY_ROTATED):
            self._declare(entry)
        self._reached = entry.sequence
        for waiting in self._waiting.pop(entry.sequence, ()):
            self._waiting_count -= 1
            self._compare(waiting, hashes)

    def end(self, last: int) -> None:
        """The walk is over, with this entry."""
        while (found := next(self._stored, None)) is not None:
            self._read(found)
        for size, each in sorted(self._waiting.items()):
            for waiting in each:
                # Below the last entry the chain has told already that the one it ends with is not there.
                if self._well_signed(waiting) and size > last:
                    self._tell_truncated(waiting, size, last)
        self._check_keys()
        if last - self.covered >= CHECKPOINT_ENTRIES or (last and not self.covered):
            self._tell(
                Problem(
                    Kind.CHECKPOINTS,
                    f"no good checkpoint covers entries {self.covered + 1} to {last}; there is one for every "
                    f"{CHECKPOINT_ENTRIES} at least",
                    f"第 {self.covered + 1} 至 {last} 条未被有效检查点涵盖；"
                    f"每 {CHECKPOINT_ENTRIES} 条至少应有一个",
                    entry=self.covered + 1,
                    last_entry=last,
                )
            )

    def declared(self) -> list[tuple[str, int, bool]]:
        """Keys the ledger names: vkey, entry, whether it can be trusted."""
        trusted = self._trusted()
        return [(each.key.vkey, each.entry, each.key.raw in trusted) for each in self._declared]

    def _read(self, found: StoredCheckpoint | Unreadable) -> None:
        number = self._number + 1
        line = found.line
        if isinstance(found, Unreadable):
            self._number = number if found.number is None else found.number
            self._tell_bad(Kind.UNREADABLE, self._number, found.field, found.why, found.why, line)
            return
        if found.number != number:
            self._tell_bad(
                Kind.CHECKPOINTS, number, "number",
                f"checkpoint {found.number} stands in its place", f"此处为检查点 {found.number}", line,
            )  # fmt: skip
        self._number = found.number
        try:
            checkpoint = parse(found.note)
        except ValueError as error:
            self._tell_bad(Kind.UNREADABLE, found.number, "note", str(error), str(error), line)
            return
        if checkpoint.number == number:
            self._number = number  # it is the one that belongs here, whatever it stands as
        for name, stands, says in (
            ("number", found.number, checkpoint.number),
            ("size", found.size, checkpoint.size),
        ):
            if stands != says:
                self._tell_bad(
                    Kind.CHECKPOINTS, number, name,
                    f"it stands as {name} {stands}, but was signed as {says}",
                    f"{name} 记为 {stands}，签名内容为 {says}", line,
                )  # fmt: skip
        self._wait(_Waiting(found.number, checkpoint))

    def _wait(self, waiting: _Waiting) -> None:
        if waiting.checkpoint.size <= self._reached:
            if self._well_signed(waiting):
                self._tell_bad(
                    Kind.CHECKPOINTS, waiting.number, "size",
                    f"it covers {waiting.checkpoint.size} entries, but stands behind entry {self._reached}",
                    f"它涵盖 {waiting.checkpoint.size} 条，却出现在第 {self._reached} 条之后",
                )  # fmt: skip
            return
        self._waiting.setdefault(waiting.checkpoint.size, []).append(waiting)
        self._waiting_count += 1

    def _declare(self, entry: Entry) -> None:
        try:
            key = parse_vkey(str(_member(entry.details, "key")))
        except (InvalidArgumentError, ValueError) as error:
            self._tell(
                Problem(
                    Kind.UNREADABLE,
                    f"entry {entry.sequence} names no key: {error}",
                    f"第 {entry.sequence} 条未写明公钥：{error}",
                    entry=entry.sequence,
                    field="details",
                )
            )
            return
        if all(key.raw != each.key.raw for each in self._declared):
            self._declared.append(_Declared(VerifyingKey(self._origin, key.raw), entry.sequence))

    def _well_signed(self, waiting: _Waiting) -> bool:
        """Whether a known key signed it and no known key's signature is false; tells what is wrong."""
        number, checkpoint = waiting.number, waiting.checkpoint
        if checkpoint.origin != self._origin:
            self._tell_bad(
                Kind.OTHER_LEDGER, number, "note",
                f"it is one of {checkpoint.origin[:60]!r}", f"它属于 {checkpoint.origin[:60]!r}",
            )  # fmt: skip
            return False
        known = {key.raw: key for key in (*self._given, *(each.key for each in self._declared))}
        good, false = signers(checkpoint, list(known.values()))
        if false:
            self._tell_bad(Kind.FORGED, number, "note", "its signature is false", "签名不实")
            return False
        if not good:
            names = ", ".join(f"{each.name[:60]}+{each.key_id.hex()}" for each in checkpoint.signatures)
            self._tell_bad(
                Kind.UNKNOWN_KEY, number, "note", f"no known key signed it: {names}", f"签名者未知：{names}"
            )
            return False
        for key in good:
            self._vouched[key.raw] = max(self._vouched.get(key.raw, 0), checkpoint.size)
        self._signed_by.setdefault(frozenset(key.raw for key in good), waiting)
        return True

    def _compare(self, waiting: _Waiting, hashes: tuple[bytes, ...] | None) -> None:
        if not self._well_signed(waiting):
            return
        checkpoint = waiting.checkpoint
        if hashes is None or checkpoint.head in hashes:
            self.covered = checkpoint.size
            self.last_note = checkpoint.note
            return
        first = self.covered + 1
        self._tell(
            Problem(
                Kind.REWRITTEN,
                f"entries {first} to {checkpoint.size} were rewritten, one of them at least: "
                f"{_called(waiting.number)[0]} was signed over others",
                f"第 {first} 至 {checkpoint.size} 条中至少一条被改写："
                f"{_called(waiting.number)[1]}签署的是另外的内容",
                entry=first,
                last_entry=checkpoint.size,
                checkpoint=waiting.number or None,
                field="hash",
            )
        )

    def _tell_truncated(self, waiting: _Waiting, size: int, last: int) -> None:
        self._tell(
            Problem(
                Kind.TRUNCATED,
                f"entries {last + 1} to {size} are missing: {_called(waiting.number)[0]} covers them",
                f"缺少第 {last + 1} 至 {size} 条：{_called(waiting.number)[1]}涵盖这些记录",
                entry=last + 1,
                last_entry=size,
                checkpoint=waiting.number or None,
            )
        )

    def _trusted(self) -> set[bytes]:
        """Given keys, else the first one; and those declared below a checkpoint that a trusted key signed."""
        trusted = {key.raw for key in self._given} or {each.key.raw for each in self._declared[:1]}
        while True:
            reach = max((self._vouched.get(raw, 0) for raw in trusted), default=0)
            more = {each.key.raw for each in self._declared if each.entry <= reach} - trusted
            if not more:
                return trusted
            trusted |= more

    def _check_keys(self) -> None:
        trusted = self._trusted()
        for raws, first in self._signed_by.items():
            if raws & trusted:
                continue
            named = ", ".join(VerifyingKey(self._origin, raw).vkey for raw in sorted(raws))
            declared = [each.entry for each in self._declared if each.key.raw in raws]
            self._tell(
                Problem(
                    Kind.UNKNOWN_KEY,
                    f"{_called(first.number)[0]} and later ones are signed by a key that no trusted key "
                    f"vouches for: {named}; if it is genuine, name it with --public-key",
                    f"{_called(first.number)[1]}及其后由未经可信密钥担保的密钥签署：{named}；"
                    f"如确属真实，请以 --public-key 指明",
                    entry=declared[0] if declared else None,
                    checkpoint=first.number or None,
                    field="details" if declared else "note",
                )
            )

    def _tell_bad(self, kind: Kind, number: int, name: str, en: str, zh: str, line: int = 0) -> None:
        called_en, called_zh = _called(number)
        self._tell(
            Problem(
                kind,
                f"{called_en}: {en}",
                f"{called_zh}：{zh}",
                checkpoint=number or None,
                field=name,
                line=line,
            )
        )


def _called(number: int) -> tuple[str, str]:
    return (
        (f"checkpoint {number}", f"检查点 {number}") if number else ("the kept checkpoint", "所留存的检查点")
    )


def _member(details: str, name: str) -> Any:
    document = json.loads(details)
    return document.get(name) if isinstance(document, dict) else None
