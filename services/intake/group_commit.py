"""Many requests, one commit: the requests of a few milliseconds share one append and one transaction.

One thread commits, so what counts as a duplicate has one order. The steps of a commit, in this order because
a crash between any two must lose nothing that was answered:

1. answer what was answered before (``request_id``);
2. make one table of the rows of each kind, and check it;
3. mark what is new: against all accepted versions of events, and within the group;
4. cut the new rows by partition into one record each, under their workers' present pseudonyms, and the
   rejected rows into dead letters;
5. append them to the log, durably;
6. keep the answers and what is remembered of the new rows, in one transaction;
7. answer.

A crash after 5 leaves rows in the log that nobody was answered: the platform resends, they are appended once
more, and downstream they change nothing, since verdicts are functions of the set of events.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from kit.clock import Clock
from kit.errors import OverloadedError, QuzhongError, RetryableError
from kit.eventlog import traced
from kit.eventlog.port import EventLog, NewRecord
from kit.requests import KEEP_MS, request_id_reused
from kit.telemetry import metrics, tracing
from services.intake.core.accepted import AcceptedEvents, Standing, Statements
from services.intake.core.event_index import Keys
from services.intake.counted import count_rows
from services.intake.lot import Aliases, Check, EventKind, Lot, Submission, Verdict
from services.intake.ports import Answer, Answers, KeptAnswer
from services.intake.restating import worker_digests
from services.intake.succession import SharedSuccessions, Successions

_log = logging.getLogger(__name__)

MAX_GROUP_ROWS = 10_000
"""With the batch that fills it a group has less than 15,000 rows of at most 335 bytes: 5.03 MB, which a
record may have (``MAX_RECORD_BYTES``, 5.24 MB) even if one partition takes all."""

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """A batch on its way into a commit group."""

    submission: Submission
    answered: Future[Answer] = field(default_factory=Future)
    source: tracing.SpanContext | None = field(default_factory=tracing.current)
    """The call it came with, where calls are traced."""

    @property
    def request(self) -> tuple[str, str]:
        """What the answer is kept under."""
        return self.submission.platform_id, self.submission.request_id


class GroupCommitter:
    """The committing thread."""

    def __init__(
        self,
        log: EventLog,
        answers: Answers,
        accepted: AcceptedEvents,
        check: Check,
        successions: SharedSuccessions,
        clock: Clock,
        *,
        linger_ms: float,
    ) -> None:
        """``accepted``: empty; filled from ``answers`` at the start. ``linger_ms``: how long a group waits
        for company after its first request."""
        self._log = log
        self._answers = answers
        self._check = check
        self._successions = successions
        self._clock = clock
        self._linger_s = linger_ms / 1000
        self._queue: queue.SimpleQueue[Pending | None] = queue.SimpleQueue()
        self._accepted = accepted
        self._accepted_lock = threading.Lock()
        self._loaded = threading.Event()
        self._expired_ms = 0
        self._thread = threading.Thread(target=self._run, name="intake-commit", daemon=True)

    def start(self) -> None:
        """Load what is remembered of accepted events, then begin to commit."""
        for accept_time_ms, accepted in self._answers.accepted():
            self._accepted.add(accept_time_ms // DAY_MS, accepted)
        self._loaded.set()
        self._thread.start()

    def on_record(self, event_keys: Keys) -> Keys:
        """The subjects that events were accepted with of late, 0 where none was; for other threads.

        Raises:
            OverloadedError: (retryable) while they are being loaded.
        """
        self._require_loaded()
        with self._accepted_lock:
            return self._accepted.subjects_of(event_keys)

    def would_answer(self, submission: Submission) -> Answer:
        """What a batch would be answered now, its id aside; nothing is taken in. For other threads.

        Raises:
            OverloadedError: (retryable) while accepted events are being loaded.
        """
        self._require_loaded()
        lot = Lot(submission.kind, [submission], self._check)
        with self._successions.held() as successions, self._accepted_lock:
            standing = self._accepted.judge(lot.statements(self._aliases(successions)))
        (answer,) = lot.answers(standing)
        return answer

    def stop(self) -> None:
        """Commit what is in hand, then end."""
        self._queue.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    def submit(self, submission: Submission) -> Future[Answer]:
        """Queue a batch."""
        pending = Pending(submission)
        self._queue.put(pending)
        return pending.answered

    def _require_loaded(self) -> None:
        if not self._loaded.is_set():
            raise OverloadedError("accepted events are being loaded", zh="正在加载已受理的事件记录")

    def _aliases(self, successions: Successions) -> Aliases | None:
        """Whom rows are remembered as statements about; None where there are no links."""
        if not successions:
            return None
        return partial(worker_digests, successions=successions, on_record=self._accepted.subjects_of)

    def _run(self) -> None:
        for group in self._groups():
            self._commit_or_fail(group)

    def _commit_or_fail(self, group: list[Pending]) -> None:
        """The thread must live on, and every caller must hear."""
        try:
            with tracing.span("intake commit", sources=[pending.source for pending in group]):
                self._commit(group)
        except RetryableError as error:
            _fail(group, error)
        except Exception as error:  # noqa: BLE001 - see above
            if len(group) > 1:  # what one batch brings about must not fall upon its neighbours
                for pending in group:
                    self._commit_or_fail([pending])
                return
            if not isinstance(error, QuzhongError):
                _log.exception("a mistake of the program: a batch was not committed")
                error = QuzhongError(
                    "intake failed on this batch by a fault of its own; nothing of it is sure to be kept",
                    zh="本批数据处理出错（系统自身故障），不能保证已保存",
                )
            _fail(group, error)

    def _groups(self) -> Iterator[list[Pending]]:
        while (first := self._queue.get()) is not None:
            group, rows = [first], len(first.submission.rows)
            deadline = time.monotonic() + self._linger_s
            while rows < MAX_GROUP_ROWS:
                try:
                    item = self._queue.get(timeout=max(0.0, deadline - time.monotonic()))
                except queue.Empty:
                    break
                if item is None:
                    yield group
                    return
                group.append(item)
                rows += len(item.submission.rows)
            yield group

    def _commit(self, group: list[Pending]) -> None:
        now_ms = self._clock()
        self._expire(now_ms)
        # 1. What was answered before, and repeats within the group.
        fresh = self._answer_earlier(group)
        first = {pending.request: pending.submission for pending in reversed(fresh)}
        if not first:
            return
        # 2. One table a kind, checked.
        of_kind: dict[str, list[Submission]] = {}
        for submission in first.values():
            of_kind.setdefault(submission.kind.topic.name, []).append(submission)
        lots = [Lot(batches[0].kind, batches, self._check) for batches in of_kind.values()]
        with metrics.timed(metrics.INTAKE_COMMIT), self._successions.held() as successions:
            kept, accepted = self._append(lots, successions)
            # 6. Answers, and what is remembered: under whom events were said is known before links change.
            self._answers.keep(kept, accepted, now_ms)
            with self._accepted_lock:
                self._accepted.add(now_ms // DAY_MS, accepted)
        # 7. Everybody hears.
        by_request = {(answer.platform_id, answer.request_id): answer for answer in kept}
        for pending in fresh:
            _answer(pending, by_request[pending.request])

    def _append(self, lots: Sequence[Lot], successions: Successions) -> tuple[list[KeptAnswer], Statements]:
        """Steps 3 to 5: what to answer, and what to remember."""
        # 3. New, duplicate or in conflict: per row without fault.
        aliases = self._aliases(successions)
        statements = Statements.joined([lot.statements(aliases) for lot in lots])
        with self._accepted_lock:
            standing = self._accepted.judge(statements)
        new = standing == Standing.NEW
        # 4. Records and dead letters.
        kept: list[KeptAnswer] = []
        answered: list[tuple[EventKind, Answer]] = []
        records: list[NewRecord] = []
        ends = np.cumsum([len(lot) for lot in lots])
        for lot, here in zip(lots, np.split(standing, ends[:-1]), strict=True):
            partitions = self._log.partition_count(lot.kind.topic.name)
            records += lot.records(here == Standing.NEW, partitions, successions)
            for submission, answer in zip(lot.submissions, lot.answers(here), strict=True):
                records += map(submission.dead_letter, answer.faults)
                answered.append((lot.kind, answer))
                kept.append(_kept(submission, answer))
        # 5. Durable in the log.
        traced.append(self._log, records)
        count_rows(answered)
        return kept, statements.take(new)

    def _answer_earlier(self, group: list[Pending]) -> list[Pending]:
        """Answer resent requests; the others are returned."""
        earlier = self._answers.earlier([pending.request for pending in group])
        for pending in group:
            if kept := earlier.get(pending.request):
                _answer(pending, kept)
        return [pending for pending in group if pending.request not in earlier]

    def _expire(self, now_ms: int) -> None:
        """Once a day, from the first commit on."""
        if now_ms - self._expired_ms >= DAY_MS:
            self._answers.expire(now_ms - KEEP_MS)
            with self._accepted_lock:
                self._accepted.forget_before((now_ms - KEEP_MS) // DAY_MS)
            self._expired_ms = now_ms


def _kept(submission: Submission, answer: Answer) -> KeptAnswer:
    accepted = submission.rows.event_time_ms[answer.verdicts == Verdict.ACCEPTED]
    return KeptAnswer(
        submission.platform_id,
        submission.request_id,
        submission.digest,
        answer,
        int(accepted.max()) if len(accepted) else None,
    )


def _answer(pending: Pending, kept: KeptAnswer) -> None:
    if pending.answered.done():
        return
    if kept.content == pending.submission.digest:
        pending.answered.set_result(kept.answer)
        return
    pending.answered.set_exception(request_id_reused(kept.request_id))


def _fail(group: list[Pending], error: QuzhongError) -> None:
    for pending in group:
        if not pending.answered.done():
            pending.answered.set_exception(error)
