"""WatchFindings: what stands, then what changes; resumed anywhere without a gap or a repeat."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest

from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from tests.integration.workhours.conftest import NOW_MS
from tests.support.dispatches import at, order, shift, time_passes
from tests.support.suite import PARTITIONS, Party, Suite, intake, refusal, running_suite, workhours

Told = tuple[str, int, str]
"""Last digit of the worker, revision, state."""


class Watcher:
    """One stream, read by a thread as it comes."""

    def __init__(self, party: Party, resume_token: str = "", **wanted: Any) -> None:
        request = pb.WatchFindingsRequest(filter=pb.FindingFilter(**wanted), resume_token=resume_token)
        self._stream = party.workhours.WatchFindings(request, timeout=60)
        self._messages: queue.Queue[pb.WatchFindingsResponse] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            for message in self._stream:
                self._messages.put(message)
        except grpc.RpcError:
            pass  # cancelled, or its server went away

    def next(self, count: int) -> list[pb.WatchFindingsResponse]:
        return [self._messages.get(timeout=10) for _ in range(count)]

    def is_quiet(self) -> bool:
        """Whether nothing more comes: a second is many times what a revision needs."""
        try:
            self._messages.get(timeout=1)
        except queue.Empty:
            return True
        return False

    def close(self) -> None:
        self._stream.cancel()


@contextmanager
def watching(party: Party, resume_token: str = "", **wanted: Any) -> Iterator[Watcher]:
    watcher = Watcher(party, resume_token, **wanted)
    yield watcher
    watcher.close()


def told(messages: list[pb.WatchFindingsResponse]) -> list[Told]:
    return [
        (m.finding.worker_id[-1], m.finding.revision, events.FindingState.Name(m.finding.state)[14:])
        for m in messages
    ]


def breach(suite: Suite, worker: int, platform: str = "swift") -> None:
    suite.submit(platform, shift(f"w{worker}", at("08:00"), orders=6, worker=worker))


def test_a_watcher_hears_what_stands_and_then_what_comes(suite: Suite) -> None:
    breach(suite, 1)
    breach(suite, 2)
    with watching(suite.as_("tangshan")) as watcher:
        assert told(watcher.next(2)) == [("1", 1, "STANDS"), ("2", 1, "STANDS")]
        breach(suite, 3)
        assert told(watcher.next(1)) == [("3", 1, "STANDS")]
        suite.submit("swift", order("early", at("07:30"), at("07:50"), worker=3))
        assert sorted(told(watcher.next(2))) == [("3", 1, "STANDS"), ("3", 2, "WITHDRAWN")]
        assert watcher.is_quiet()


def test_every_token_is_a_place_to_go_on_from(suite: Suite) -> None:
    for worker in range(1, 5):
        breach(suite, worker)
    with watching(suite.as_("tangshan")) as watcher:
        whole = watcher.next(4)
        suite.submit("swift", order("early", at("07:30"), at("07:50"), worker=2))
        whole += watcher.next(2)
        breach(suite, 5)
        whole += watcher.next(1)
    for heard, message in enumerate(whole, 1):
        with watching(suite.as_("tangshan"), message.resume_token) as again:
            assert again.next(len(whole) - heard) == whole[heard:]


def test_a_snapshot_passes_over_what_is_out_of_date(suite: Suite) -> None:
    breach(suite, 1)
    breach(suite, 2)
    suite.submit("swift", order("early", at("07:30"), at("07:50"), worker=1))
    with watching(suite.as_("tangshan")) as watcher:
        assert told(watcher.next(2)) == [("2", 1, "STANDS"), ("1", 1, "STANDS")]
        assert watcher.is_quiet()


def test_a_stream_goes_on_over_a_restart(tmp_path: Path) -> None:
    heard: list[pb.WatchFindingsResponse] = []
    token = ""
    for life in range(3):
        with running_suite(tmp_path, intake, workhours, clock=lambda: NOW_MS) as suite:
            if not life:
                suite.platform("swift")
                suite.regulator("tangshan")
            breach(suite, 2 * life + 1)
            with watching(suite.as_("tangshan"), token) as watcher:
                heard += watcher.next(1 if not life else 2)
            token = heard[-1].resume_token
            breach(suite, 2 * life + 2)  # while nobody watches
    assert [worker for worker, _, _ in told(heard)] == ["1", "2", "3", "4", "5"]


def test_what_was_missed_between_two_streams_comes_first(suite: Suite) -> None:
    breach(suite, 1)
    with watching(suite.as_("tangshan")) as watcher:
        (last,) = watcher.next(1)
    suite.submit("swift", order("early", at("07:30"), at("07:50"), worker=1))
    breach(suite, 2)
    with watching(suite.as_("tangshan"), last.resume_token) as watcher:
        missed = told(watcher.next(3))
        assert sorted(missed[:2]) == [("1", 1, "STANDS"), ("1", 2, "WITHDRAWN")]
        assert missed[2] == ("2", 1, "STANDS")


def test_a_watcher_of_breaches_hears_when_one_is_none_any_more(suite: Suite) -> None:
    rows = shift("a", at("08:00"), orders=6, worker=1)
    suite.submit("swift", rows[:-1], settle=False)
    suite.submit("swift", time_passes(at("13:00"), PARTITIONS))
    with watching(suite.as_("tangshan"), least_severity=events.SEVERITY_BREACH) as watcher:
        (message,) = watcher.next(1)
        assert message.finding.severity == events.SEVERITY_BREACH
        suite.submit("swift", order("a-5", at("11:50"), at("11:55"), worker=1)[1:])
        (message,) = watcher.next(1)
        assert message.finding.severity == events.SEVERITY_PROMPT
        assert "severity: BREACH → PROMPT" in message.finding.changes


def test_a_finding_that_moves_to_another_platform_is_withdrawn_from_the_first(suite: Suite) -> None:
    suite.submit("swift", shift("a", at("08:00"), orders=6, worker=1))
    with watching(suite.as_("swift")) as first, watching(suite.as_("steady")) as second:
        (mine,) = first.next(1)
        # Another order in hand when the 4 h were over, accepted later: it was added when most was known.
        suite.submit("steady", order("b", at("12:00"), at("12:20"), worker=1))
        (gone,) = first.next(1)
        assert gone.finding.finding_id == mine.finding.finding_id
        assert (gone.finding.revision, gone.finding.state) == (2, events.FINDING_STATE_WITHDRAWN)
        assert gone.finding.platform_id == "swift"
        assert "steady" not in str(gone)
        (theirs,) = second.next(1)
        assert (theirs.finding.revision, theirs.finding.platform_id) == (2, "steady")
        assert "swift" not in str(theirs)


@pytest.mark.parametrize("token", ["abc", "999999", "-1", "9" * 30])
def test_a_token_nobody_gave_out_is_refused(suite: Suite, token: str) -> None:
    breach(suite, 1)
    request = pb.WatchFindingsRequest(resume_token=token)
    refused = refusal(lambda: next(suite.as_("tangshan").workhours.WatchFindings(request)))
    assert (refused.code, refused.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "RESUME_TOKEN_UNKNOWN")
