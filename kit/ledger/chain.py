"""The chain, walked entry by entry: which does not follow on the one before, or is not what was hashed."""

from __future__ import annotations

from collections.abc import Callable

from kit.ledger.entry import FIRST_PREVIOUS, OPENED, Entry, hash_of
from kit.ledger.one_byte import changed_byte
from kit.ledger.problems import Kind, Problem
from kit.ledger.stored import Unreadable

GAPS_KEPT = 32
"""Missing numbers remembered, so that an entry whose number was changed is known again."""

SEARCHES = 3
"""Altered entries whose changed byte is searched for; each search may take half a second."""


class Chain:
    """What is known up to the entry in hand."""

    def __init__(self, ledger_id: str, tell: Callable[[Problem], None]) -> None:
        self._ledger_id = ledger_id
        self._tell = tell
        self.last = 0
        """Number of the last entry that stood where it belongs."""
        self.head = FIRST_PREVIOUS
        """The hash it states."""
        self.hashes: tuple[bytes, ...] | None = (FIRST_PREVIOUS,)
        """What the next entry may name as its previous hash: stated and computed; None: anything."""
        self._gaps: list[int] = []
        self._unread: list[Unreadable] = []
        self._searches = 0

    def skip(self, found: Unreadable) -> None:
        """Something stands here that is no entry; what it was shows with the next one."""
        self._unread.append(found)

    def take(self, entry: Entry) -> bool:
        """The next entry as it stands; whether it is in the place its number says."""
        computed = hash_of(entry)
        expected = self.last + 1
        if entry.sequence != expected:
            original = self._original_number(entry, expected)
            if original is not None:
                self._tell_number(entry, original)
                if original != expected:
                    return False
                entry = entry._replace(sequence=original)
                computed = entry.hash
        self._settle_unread(entry.sequence)
        expected = self.last + 1
        if entry.sequence < expected:
            self._tell(
                Problem(
                    Kind.MISPLACED,
                    f"entry {entry.sequence} stands behind entry {self.last}: it was moved or put in",
                    f"第 {entry.sequence} 条出现在第 {self.last} 条之后：被移动或插入",
                    entry=entry.sequence,
                    field="sequence",
                )
            )
            return False
        if entry.sequence > expected:
            self._tell_gap(expected, entry.sequence - 1)
            self.hashes = None
        linked = self.hashes is None or entry.previous_hash in self.hashes
        if computed != entry.hash:
            self._tell_altered(entry, computed, linked)
        elif not linked:
            self._tell(
                Problem(
                    Kind.UNLINKED,
                    f"entry {entry.sequence} does not follow on entry {self.last}: its previous hash differs",
                    f"第 {entry.sequence} 条与第 {self.last} 条不相衔接：所记前一条的哈希不符",
                    entry=entry.sequence,
                    field="previous_hash",
                )
            )
        self._check_opening(entry)
        self.last, self.head = entry.sequence, entry.hash
        self.hashes = (entry.hash,) if computed == entry.hash else (entry.hash, computed)
        return True

    def end(self) -> None:
        """There is no further entry."""
        self._settle_unread(None)

    def _original_number(self, entry: Entry, expected: int) -> int | None:
        """The number with which the entry has its hash, if it has not with the one it bears."""
        if hash_of(entry) == entry.hash:
            return None
        for number in (expected, *self._gaps):
            if hash_of(entry._replace(sequence=number)) == entry.hash:
                return number
        return None

    def _settle_unread(self, upcoming: int | None) -> None:
        for found in self._unread:
            number = self.last + 1 if found.number is None else found.number
            where = f"line {found.line}: " if found.line else ""
            where_zh = f"第 {found.line} 行：" if found.line else ""
            belongs = upcoming is None or number < upcoming or found.number is not None
            what = f"entry {number}" if belongs else f"something before entry {upcoming}"
            what_zh = f"第 {number} 条" if belongs else f"第 {upcoming} 条之前的内容"
            self._tell(
                Problem(
                    Kind.UNREADABLE,
                    f"{where}{what}: {found.field or 'the whole'}: {found.why}",
                    f"{where_zh}{what_zh}（{found.field or '整条'}）无法读取：{found.why}",
                    entry=number,
                    field=found.field,
                    line=found.line,
                )
            )
            if belongs and number == self.last + 1:
                self.last, self.hashes = number, None
        self._unread.clear()

    def _tell_gap(self, first: int, last: int) -> None:
        room = GAPS_KEPT - len(self._gaps)
        self._gaps += range(first, min(last, first + room - 1) + 1)
        several = last > first
        self._tell(
            Problem(
                Kind.MISSING,
                f"entries {first} to {last} are missing" if several else f"entry {first} is missing",
                f"缺少第 {first} 至 {last} 条" if several else f"缺少第 {first} 条",
                entry=first,
                last_entry=last,
            )
        )

    def _tell_number(self, entry: Entry, original: int) -> None:
        self._tell(
            Problem(
                Kind.ALTERED,
                f"entry {original}: its number was changed to {entry.sequence}",
                f"第 {original} 条：编号被改为 {entry.sequence}",
                entry=original,
                field="sequence",
            )
        )

    def _tell_altered(self, entry: Entry, computed: bytes, linked: bool) -> None:
        number, name, en, zh = entry.sequence, "", "what it says is not what was hashed", "内容与哈希不符"
        if not linked and self.hashes is not None:
            for before in self.hashes:
                if hash_of(entry._replace(previous_hash=before)) == entry.hash:
                    name, en, zh = "previous_hash", "its previous hash was changed", "所记前一条的哈希被改动"
        if not name and self._searches < SEARCHES:
            self._searches += 1
            byte = changed_byte(entry)
            if byte is not None:
                name = byte.field
                en = f"byte {byte.place} of {name} was changed from 0x{byte.was:02x} to 0x{byte.now:02x}"
                zh = f"{name} 的第 {byte.place} 字节由 0x{byte.was:02x} 改为 0x{byte.now:02x}"
        self._tell(
            Problem(Kind.ALTERED, f"entry {number}: {en}", f"第 {number} 条：{zh}", entry=number, field=name)
        )

    def _check_opening(self, entry: Entry) -> None:
        if entry.sequence != 1 or (entry.action, entry.subject) == (OPENED, self._ledger_id):
            return
        self._tell(
            Problem(
                Kind.OTHER_LEDGER,
                f"entry 1 opens ledger {entry.subject[:40]!r}, not {self._ledger_id[:40]!r}",
                f"第 1 条所开立的账本是 {entry.subject[:40]!r}，而非 {self._ledger_id[:40]!r}",
                entry=1,
                field="ledger",
            )
        )
