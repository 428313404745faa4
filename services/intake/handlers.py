"""What intake does with a call: commit its rows together with its neighbours', or read the archive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from kit.clock import Clock
from kit.erasure import Erased
from kit.errors import BatchTooLargeError, FailedPreconditionError, NotFoundError
from kit.requests import check_request_id
from services.intake.core.checks import Limits, check
from services.intake.core.integration import AnsweredBatch, Integration, summed
from services.intake.core.rows import Fault, Rows
from services.intake.group_commit import GroupCommitter
from services.intake.lot import Check, EventKind, Submission
from services.intake.ports import Answer, Answers, Archive, PastEvent
from services.intake.quota import RowQuota

MAX_BATCHES = 20_000
"""Batches whose answers are added up at once, in a second or two: a day of ten million events."""

MAX_ROWS = 5_000
"""Rows of a batch: some 700 kB, read and checked in some 5 ms, so that no call starves the others."""


class Directory(Protocol):
    """What intake asks the directory."""

    def platform(self, platform_id: str) -> object | None: ...

    def is_admitted(self, platform_id: str) -> bool: ...

    def knows_area(self, area_code: str) -> bool: ...


def row_check(directory: Directory, clock: Clock, max_skew_ms: int, erased: Erased) -> Check:
    """The check of rows against the present, the directory, the contract and whose data are gone."""

    def faults(kind: EventKind, rows: Rows) -> list[Fault]:
        old = np.flatnonzero(rows.event_time_ms < erased.before_ms())
        found = erased.among({rows.worker_ids[row] for row in old.tolist()})
        erased_ms = {worker: entry.erase_ms for worker, entry in found.items()}
        return check(rows, Limits(clock(), max_skew_ms, directory.knows_area, kind.most_choices, erased_ms))

    return faults


@dataclass(frozen=True, slots=True)
class Status:
    """How an integration stands."""

    start_ms: int
    """What is counted was answered from here on, epoch milliseconds."""
    counted: Integration
    last: AnsweredBatch | None
    """Also one from before; None if no answer is kept."""
    truncated: bool
    """There were more batches than are counted."""


class Intake:
    """The use cases of ``IntakeService``."""

    def __init__(
        self,
        committer: GroupCommitter,
        directory: Directory,
        archive: Archive,
        answers: Answers,
        clock: Clock,
        quota: RowQuota,
        *,
        await_archived: Callable[[], None],
    ) -> None:
        """``await_archived`` returns once what was accepted before the call can be read from ``archive``."""
        self._committer = committer
        self._directory = directory
        self._archive = archive
        self._answers = answers
        self._clock = clock
        self._quota = quota
        self._await_archived = await_archived

    def submit(
        self,
        submission: Submission,
        *,
        patience_s: float = 0.0,
        still_there: Callable[[], bool] = lambda: True,
    ) -> Future[Answer]:
        """Hand a batch to the next commit group; the answer comes once its good rows are durable.

        ``patience_s``, ``still_there``: as ``RowQuota.take`` has them.

        Raises:
            InvalidArgumentError: if the request_id is malformed.
            BatchTooLargeError: if it has more than ``MAX_ROWS`` rows.
            NotFoundError: PLATFORM_NOT_REGISTERED, where an administrator sends for a platform nobody knows.
            FailedPreconditionError: PLATFORM_NOT_ADMITTED, of a platform that is still in the sandbox.
            OverloadedError: ROWS_QUOTA, where the platform brings more rows than it may.
        The future fails with a RetryableError if nothing of the batch is sure to be kept (resend it), and
        with AlreadyExistsError if its request_id was used for another batch.
        """
        self._check_call(submission)
        self._quota.take(
            submission.platform_id, len(submission.rows), patience_s=patience_s, still_there=still_there
        )
        return self._committer.submit(submission)

    def check(self, submissions: Sequence[Submission]) -> list[Answer]:
        """What batches would be answered now, each by itself; nothing is taken in, kept or counted, but
        towards the platform's limit.

        A platform that is not admitted yet may ask: that is what a sandbox is for.

        Raises:
            BatchTooLargeError: if they have more than ``MAX_ROWS`` rows together.
            NotFoundError: PLATFORM_NOT_REGISTERED.
            OverloadedError: ROWS_QUOTA.
        """
        self._require_room(sum(len(each.rows) for each in submissions))
        for each in submissions:
            self._require_registered(each.platform_id)
        for platform_id in {each.platform_id for each in submissions}:
            rows = sum(len(each.rows) for each in submissions if each.platform_id == platform_id)
            self._quota.take(platform_id, rows)
        return [self._committer.would_answer(each) for each in submissions]

    def integration(self, platform_id: str, window_ms: int) -> Status:
        """How a platform's integration stands, by its batches of the window.

        Raises:
            NotFoundError: PLATFORM_NOT_REGISTERED.
        """
        self._require_registered(platform_id)
        since_ms = self._clock() - window_ms
        batches = self._answers.of_platform(platform_id, since_ms, MAX_BATCHES + 1)
        last = batches[:1] or self._answers.of_platform(platform_id, 0, 1)
        truncated = len(batches) > MAX_BATCHES
        counted = batches[:MAX_BATCHES]
        return Status(
            counted[-1].answer_ms if truncated else since_ms,
            summed(counted),
            last[0] if last else None,
            truncated,
        )

    def worker_events(self, worker_id: str, start_ms: int, end_ms: int) -> list[PastEvent]:
        """What was said about a worker, up to the moment of the call."""
        self._await_archived()
        return self._archive.worker_events(worker_id, start_ms, end_ms)

    def _check_call(self, submission: Submission) -> None:
        check_request_id(submission.request_id)
        self._require_room(len(submission.rows))
        self._require_registered(submission.platform_id)
        if not self._directory.is_admitted(submission.platform_id):
            raise FailedPreconditionError(
                f"platform_id: {submission.platform_id!r} is registered, but not admitted to live intake; "
                "pass the conformance kit (quzhong conformance) and hand its report in "
                "(SubmitConformanceReport), or ask an official of your area to admit it (AdmitPlatform)",
                zh=f"platform_id：平台 {submission.platform_id!r} 已登记，但尚未准入正式上报；请通过对接检测"
                "（quzhong conformance）并提交报告（SubmitConformanceReport），"
                "或请当地主管部门工作人员决定准入（AdmitPlatform）",
                field="platform_id",
                reason="PLATFORM_NOT_ADMITTED",
            )

    def _require_room(self, rows: int) -> None:
        if rows > MAX_ROWS:
            raise BatchTooLargeError(
                f"{rows} rows; a batch takes {MAX_ROWS}: split it, or use the Upload call",
                zh=f"本批 {rows} 行，超过上限 {MAX_ROWS} 行；请拆分，或改用 Upload 流式接口",
            )

    def _require_registered(self, platform_id: str) -> None:
        if self._directory.platform(platform_id) is None:
            raise NotFoundError(
                f"platform_id: {platform_id[:40]!r} is not registered; "
                "ask the registry's administrator (RegisterPlatform)",
                zh=f"platform_id：平台 {platform_id[:40]!r} 未登记；请联系登记处（RegisterPlatform）",
                field="platform_id",
                reason="PLATFORM_NOT_REGISTERED",
            )
