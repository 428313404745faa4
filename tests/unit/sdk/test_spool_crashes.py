"""The spool when its process ends at any step it takes on the disk: nothing that was kept is lost, and what
goes out again has its old request_id."""

from __future__ import annotations

import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quzhong.batching import Batch, RequestIds, RowKind
from quzhong.errors import Undelivered
from quzhong.spool import Spool
from tests.unit.sdk.scripted_intake import dispatch, work_session


class Ended(BaseException):
    """The process is no more: nobody cleans up after it."""


class _Disk:
    """Ends a process at one of its steps on the disk, and every later one: before files are made, opened,
    renamed, removed, listed. Python tells each beforehand to ``sys.addaudithook``."""

    def __init__(self) -> None:
        self._steps_left: int | None = None
        self._thread = 0

    def __call__(self, event: str, _: object) -> None:
        if self._steps_left is None or threading.get_ident() != self._thread:
            return
        if event in ("open", "os.mkdir", "os.rename", "os.remove", "os.listdir", "os.scandir"):
            if self._steps_left == 0:
                raise Ended
            self._steps_left -= 1

    @contextmanager
    def ends_after(self, steps: int) -> Iterator[None]:
        self._thread, self._steps_left = threading.get_ident(), steps
        try:
            yield
        finally:
            self._steps_left = None


_disk = _Disk()
sys.addaudithook(_disk)  # there is no way to take it off again; it does nothing unless told

FOR_EVER = 1_000_000


@dataclass(frozen=True)
class Life:
    """A process: what is added to it, which of its batches are answered in turn, and after how many steps it
    ends."""

    added: list[tuple[RowKind, int]]
    answered: list[bool]
    steps: int


lives = st.builds(
    Life,
    added=st.lists(st.tuples(st.sampled_from(RowKind), st.integers(0, 3)), max_size=3),
    answered=st.lists(st.booleans(), max_size=6),
    steps=st.one_of(st.integers(0, 30), st.just(FOR_EVER)),
)


@dataclass
class World:
    """The folder, and what the service was sent."""

    folder: Path
    arrived: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    safe: dict[str, bytes] = field(default_factory=dict)
    """What must arrive: it was kept by a ``close`` that came to its end."""

    def live(self, number: int, life: Life) -> None:
        """As the clients do it: read, send, forget each that is answered, keep the others."""
        ids = RequestIds(f"life {number}")
        added = [_batch(ids, kind, rows) for kind, rows in life.added]
        undelivered = []
        try:
            with _disk.ends_after(life.steps):
                spool = Spool(self.folder, "platform-a")
                batches = spool.batches(ids) + added
                answers = life.answered + [False] * len(batches)
                for batch, answered in zip(batches, answers, strict=False):
                    if answered:
                        self.arrived[batch.request_id].add(_bytes(batch))
                        spool.forget(batch)
                    else:
                        undelivered.append(batch)
                assert spool.keep([Undelivered(batch, None) for batch in undelivered]) is None
        except Ended:
            return
        self.safe |= {batch.request_id: _bytes(batch) for batch in undelivered}


def _batch(ids: RequestIds, kind: RowKind, rows: int) -> Batch:
    number, request_id = ids.next()
    make = dispatch if kind is RowKind.DISPATCH else work_session
    return Batch.of(kind, number, request_id, [make(f"{request_id}, {row}") for row in range(rows)])


def _bytes(batch: Batch) -> bytes:
    return batch.to_request("platform-a").SerializeToString(deterministic=True)


@given(st.lists(lives, min_size=1, max_size=5))
def test_nothing_kept_is_lost_and_all_goes_out_under_its_old_id_wherever_processes_end(
    processes: list[Life],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "spool")
        for number, life in enumerate(processes):
            world.live(number, life)
        world.live(len(processes), Life([], [True] * 50, FOR_EVER))
        for request_id, content in world.safe.items():
            assert world.arrived[request_id] == {content}
        assert all(len(contents) == 1 for contents in world.arrived.values())
        assert not list(world.folder.glob("*.pb"))


@pytest.mark.parametrize("steps", range(12))
def test_a_batch_is_kept_whole_or_not_at_all(tmp_path: Path, steps: int) -> None:
    batch = _batch(RequestIds("r"), RowKind.DISPATCH, 2)
    spool = Spool(tmp_path, "platform-a")
    ended = False
    try:
        with _disk.ends_after(steps):
            spool.keep([Undelivered(batch, None)])
    except Ended:
        ended = True
    there = [_bytes(each) for each in spool.batches(RequestIds())]
    assert there == ([] if ended else [_bytes(batch)])
    assert ended or steps > 2  # at the least: made, opened, renamed
