"""When a store is scrubbed after something was deleted from it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kit.storage.measured import owed_s
from kit.storage.scrubbing import AGAIN_S, Scrubbing


class Files:
    """A store's files, and the seconds since something."""

    def __init__(self) -> None:
        self.answers: list[bool] = []
        self.scrubbed = 0
        self.now_s = 1_000.0

    def scrub(self) -> bool:
        self.scrubbed += 1
        return self.answers.pop(0) if self.answers else True


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    files = Files()
    monkeypatch.setattr("kit.storage.scrubbing.time.monotonic", lambda: files.now_s)
    return files


def test_who_is_erased_within_a_minute_is_scrubbed_once(files: Files) -> None:
    scrubbing = Scrubbing(files.scrub)
    scrubbing.committed()
    assert files.scrubbed == 0
    for seconds in (0, 1, 30):
        files.now_s = 1_000.0 + seconds
        scrubbing.deleted()
        scrubbing.committed()
    assert files.scrubbed == 1
    files.now_s = 1_000.0 + AGAIN_S
    scrubbing.committed()
    scrubbing.committed()
    assert files.scrubbed == 2


def test_a_process_that_ended_before_scrubbing_leaves_it_to_the_next(files: Files, tmp_path: Path) -> None:
    owed = tmp_path / "notes.db-unscrubbed"
    first = Scrubbing(files.scrub, owed)
    first.deleted()  # and it is killed
    files.answers = [False]
    second = Scrubbing(files.scrub, owed)
    second.committed()
    assert files.scrubbed == 1
    assert owed.exists(), "somebody was reading"
    files.now_s += AGAIN_S
    second.committed()
    assert files.scrubbed == 2
    assert not owed.exists()
    Scrubbing(files.scrub, owed).committed()
    assert files.scrubbed == 2


def test_a_folder_that_takes_no_file_does_not_stop_an_erasure(files: Files, tmp_path: Path) -> None:
    scrubbing = Scrubbing(files.scrub, tmp_path / "missing" / "notes.db-unscrubbed")
    scrubbing.deleted()
    scrubbing.committed()
    assert files.scrubbed == 1


def test_what_is_deleted_while_files_are_written_anew_waits_for_the_next_time(
    files: Files, tmp_path: Path
) -> None:
    owed = tmp_path / "notes.db-unscrubbed"
    busy: list[Scrubbing] = []

    def scrub() -> bool:
        while busy:
            busy.pop().deleted()
        return files.scrub()

    scrubbing = Scrubbing(scrub, owed)
    busy.append(scrubbing)
    scrubbing.deleted()
    scrubbing.committed()
    assert owed.exists()
    files.now_s += AGAIN_S
    scrubbing.committed()
    assert files.scrubbed == 2
    assert not owed.exists()


def test_a_gauge_tells_for_how_long_files_hold_what_was_deleted(tmp_path: Path) -> None:
    owed = tmp_path / "notes.db-unscrubbed"
    assert owed_s(None, 5_000_000) == owed_s(owed, 5_000_000) == 0.0
    owed.touch()
    os.utime(owed, (4_000.0, 4_000.0))
    assert owed_s(owed, 5_000_000) == 1_000.0
    assert owed_s(owed, 3_000_000) == 0.0  # the clock was set back


def test_a_store_that_cannot_be_written_anew_is_tried_again(files: Files) -> None:
    broken = [True]

    def scrub() -> bool:
        if broken:
            broken.clear()
            raise OSError("the disk has gone")
        return files.scrub()

    scrubbing = Scrubbing(scrub)
    scrubbing.deleted()
    with pytest.raises(OSError, match="gone"):
        scrubbing.committed()
    files.now_s += AGAIN_S
    scrubbing.committed()
    assert files.scrubbed == 1
