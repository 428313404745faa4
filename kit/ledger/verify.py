"""Whether a ledger holds, and if not, where not.

One walk over the entries, in constant memory:

1. each entry has the number after the one before, names its hash, and has the hash of what it says;
2. where a checkpoint ends, the hash of the entry there is the one that was signed, by a known key;
3. at the end: checkpoints that cover more than there is, keys that nobody trusted vouches for.

Who can write the store but has no key cannot change, remove, insert or reorder what a checkpoint covers
without being found. What he can do, and how a checkpoint kept elsewhere stops it, is in ADR 19.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kit.errors import StorageUnavailableError
from kit.ledger.chain import Chain
from kit.ledger.checkpoints import Checkpoints
from kit.ledger.entry import Entry
from kit.ledger.notes import VerifyingKey
from kit.ledger.problems import Kind, Problem
from kit.ledger.stored import Footer, Source, StoredCheckpoint, Unreadable

PROBLEMS_TOLD = 50
"""Problems told one by one; of more there is the count."""

PROGRESS_EVERY = 5_000
"""Entries between two calls of ``progress``."""


@dataclass(frozen=True, slots=True)
class DeclaredKey:
    """A key that the ledger names."""

    vkey: str
    entry: int
    trusted: bool


@dataclass(slots=True)
class Report:
    """What came of it."""

    ledger_id: str
    entries: int = 0
    head: bytes = b""
    """Hash of the last entry."""
    checkpoints: int = 0
    covered: int = 0
    """Entries that the last good checkpoint covers; those behind it are held by the chain alone."""
    last_note: str = ""
    """That checkpoint: keep it elsewhere, and a ledger that was cut off or rewritten no longer fits it."""
    keys: list[DeclaredKey] = field(default_factory=list)
    keys_given: bool = False
    """Whether the reader said whom to trust; else the ledger's first key was believed."""
    problems: list[Problem] = field(default_factory=list)
    """The first ``PROBLEMS_TOLD``, in the order of finding."""
    problems_total: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems_total

    def add(self, problem: Problem) -> None:
        """Note what is wrong."""
        self.problems_total += 1
        if len(self.problems) < PROBLEMS_TOLD:
            self.problems.append(problem)


def verify(
    source: Source,
    *,
    trusted: Sequence[VerifyingKey] = (),
    kept: Sequence[str] = (),
    progress: Callable[[int], None] = lambda entries: None,
) -> Report:
    """Walk a ledger.

    Args:
        source: Where it stands.
        trusted: Keys the reader trusts; without any, the one that entry 1 names.
        kept: Notes of this ledger that the reader kept; it must still fit them.
        progress: Called with the number of entries walked so far.
    """
    ledger_id = source.ledger_id()
    report = Report("" if isinstance(ledger_id, Unreadable) else ledger_id, keys_given=bool(trusted))
    if isinstance(ledger_id, Unreadable):
        report.add(_unreadable_part(ledger_id))
    chain = Chain(report.ledger_id, report.add)
    checkpoints = Checkpoints(
        report.ledger_id, trusted, kept, _counted(source.checkpoints(), report), report.add
    )
    for found in _as_far_as_readable(source, chain, report):
        if isinstance(found, Unreadable):
            chain.skip(found)
            continue
        checkpoints.read_ahead()
        if chain.take(found):
            checkpoints.reach(found, chain.hashes)
            report.entries += 1
            if report.entries % PROGRESS_EVERY == 0:
                progress(report.entries)
    chain.end()
    checkpoints.end(chain.last)
    report.head = chain.head
    report.covered, report.last_note = checkpoints.covered, checkpoints.last_note
    report.keys = [DeclaredKey(*key) for key in checkpoints.declared()]
    _check_footer(source.footer(), report)
    progress(report.entries)
    return report


def _as_far_as_readable(source: Source, chain: Chain, report: Report) -> Iterator[Entry | Unreadable]:
    """A store whose file is damaged gives what stands before the damage."""
    try:
        yield from source.entries()
    except StorageUnavailableError as error:
        first = chain.last + 1
        report.add(
            Problem(
                Kind.UNREADABLE,
                f"from entry {first} on the store cannot be read: {error.message}",
                f"自第 {first} 条起数据库无法读取：{error.zh}",
                entry=first,
            )
        )


def _counted(
    checkpoints: Iterator[StoredCheckpoint | Unreadable], report: Report
) -> Iterator[StoredCheckpoint | Unreadable]:
    for each in checkpoints:
        report.checkpoints += not isinstance(each, Unreadable)
        yield each


def _check_footer(footer: Footer | Unreadable | None, report: Report) -> None:
    if isinstance(footer, Unreadable):
        report.add(_unreadable_part(footer))
    elif footer is not None and footer != (report.entries, report.checkpoints) and report.holds:
        report.add(
            Problem(
                Kind.TRUNCATED,
                f"the file's end tells of {footer.entries} entries and {footer.checkpoints} checkpoints, "
                f"but holds {report.entries} and {report.checkpoints}",
                f"文件末行记载 {footer.entries} 条记录、{footer.checkpoints} 个检查点，"
                f"实有 {report.entries} 条、{report.checkpoints} 个",
                field="end",
            )
        )


def _unreadable_part(part: Unreadable) -> Problem:
    return Problem(
        Kind.UNREADABLE,
        f"line {part.line}: {part.why}" if part.line else part.why,
        f"第 {part.line} 行（{part.field}）无法读取：{part.why}"
        if part.line
        else f"{part.field}：{part.why}",
        field=part.field,
        line=part.line,
    )
