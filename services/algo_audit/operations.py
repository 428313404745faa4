"""Audits that nobody waits for: started, followed, cancelled. They outlive the process.

What was asked for is in the store before ``start`` answers. An audit is a pure function of the data, so one
that the process left unfinished is begun again by the next, from its start; if the last process had kept the
result and not yet said so, the request is recognised and gets that result.

An operation waits for what passes by itself (the service is behind the log after a restart, the database is
away), as its party does not; for ``PATIENCE_S``, then that is its error. One that ``MOST_STARTS`` processes
did not survive is not begun again: it would keep the service from running.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from kit.clock import Clock
from kit.errors import FailedPreconditionError, NotFoundError, QuzhongError, RetryableError
from kit.requests import KEEP_MS, check_request_id, request_id_reused
from services.algo_audit.mutations import unknown_page
from services.algo_audit.operation_ports import Operation, OperationBook, Runs, Stage
from services.algo_audit.ports import Request, Scope

PATIENCE_S = 600.0
"""How long an operation waits for what passes by itself: enough to read a thousand million events again."""

MOST_STARTS = 3
"""Processes that may end, other than in order, while they run one operation."""

_LOOK_S = 1.0
"""How often a waiter looks for what another process may have done."""

_Had = TypeVar("_Had")
_log = logging.getLogger(__name__)


class _Cancelled(Exception):  # noqa: N818
    """Ends the work of an operation between two stages."""


class _Left(Exception):  # noqa: N818
    """The same, for the next process to begin again."""


class Operations:
    """Runs one audit after the other. Threads may share it."""

    def __init__(
        self, auditor: Runs, book: OperationBook, clock: Clock, new_id: Callable[[], str], keep_ms: int
    ) -> None:
        """``keep_ms``: how long an operation can be asked for after its end."""
        self._auditor = auditor
        self._book = book
        self._clock = clock
        self._new_id = new_id
        self.keep_ms = keep_ms
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="audit")

    def resume(self) -> None:
        """Begin again what an earlier process left unfinished."""
        with self._book.reading() as connection:
            left = self._book.unfinished(connection)
        for operation in left:
            _log.info("audit %s was left unfinished and is run again", operation.name)
            self._worker.submit(self._work, operation.name)

    def start(self, scope: Scope, request: Request, *, publish: bool) -> Operation:
        """Begin an audit; the same request again is the same operation.

        Raises:
            InvalidArgumentError: REQUEST_ID_FORM.
            AlreadyExistsError: REQUEST_ID_REUSED, if the id was used for another scope.
        """
        if request.request_id:
            check_request_id(request.request_id)
        with self._book.transaction() as connection:
            now_ms = self._clock()
            known = self._book.asked_since(connection, request, now_ms - KEEP_MS)
            if known is not None:
                if known.scope != scope:
                    raise request_id_reused(request.request_id)
                return known
            operation = Operation(f"operations/{self._new_id()}", request, scope, publish, now_ms)
            self._book.forget(connection, now_ms - self.keep_ms)
            self._book.add(connection, operation)
        self._worker.submit(self._work, operation.name)
        return operation

    def get(self, name: str, party_id: str | None) -> Operation:
        """An operation as it stands. ``party_id``: who may see it; None: whoever.

        Raises:
            NotFoundError: OPERATION_NOT_FOUND, if the party has none of that name.
        """
        with self._book.reading() as connection:
            found = self._book.find(connection, name)
        return self._seen(found, name, party_id)

    def page(self, party_id: str | None, after: str | None, limit: int) -> Sequence[Operation]:
        """Those a party may see, the last begun first; ``after``: the name of the one they follow.

        Raises:
            InvalidArgumentError: for one that is none of theirs, or was deleted since.
        """
        with self._book.reading() as connection:
            before = None
            if after is not None:
                found = self._book.find(connection, after)
                if found is None or party_id not in (None, found.request.party_id):
                    raise unknown_page(after)
                before = found.number
            return self._book.page(connection, party_id, before, limit)

    def wait(self, name: str, party_id: str | None, timeout_s: float) -> Operation:
        """An operation once it is done, or as it stands when the time is over. Raises as ``get``."""
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while not (known := self.get(name, party_id)).done:
                left_s = deadline - time.monotonic()
                if left_s <= 0 or self._stopping.is_set():
                    break
                self._changed.wait(min(left_s, _LOOK_S))
        return known

    def cancel(self, name: str, party_id: str | None) -> None:
        """End it before its next stage; one that is done stays as it is. Raises as ``get``."""
        with self._book.transaction() as connection:
            known = self._seen(self._book.find(connection, name), name, party_id)
            if not known.done:
                self._book.put(connection, replace(known, cancelled=True))

    def forget(self, name: str, party_id: str | None) -> None:
        """Nobody asks for it any more. That ends nothing: an audit in hand goes on. Raises as ``get``."""
        with self._book.transaction() as connection:
            self._seen(self._book.find(connection, name), name, party_id)
            self._book.remove(connection, name)
        self._tell()

    def stop(self) -> None:
        """Leave the audit in hand at its next stage, and those that wait, to the next process."""
        self._stopping.set()
        self._tell()
        self._worker.shutdown(cancel_futures=True)

    def _seen(self, found: Operation | None, name: str, party_id: str | None) -> Operation:
        # One that is not the caller's to see is answered as if it did not exist.
        if found is None or party_id not in (None, found.request.party_id):
            days = self.keep_ms // 86_400_000
            raise NotFoundError(
                f"name: no operation {name[:80]!r} of yours; ListOperations names them, and one is kept for "
                f"{days} days after its end",
                zh=f"name：没有您的操作 {name[:80]!r}；可用 ListOperations 查询，操作结束后保留 {days} 天",
                field="name",
                reason="OPERATION_NOT_FOUND",
            )
        return found

    def _work(self, name: str) -> None:
        try:
            self._run(name)
        except _Left:
            return
        except Exception:  # noqa: BLE001  # logged; a thread's error is nobody's otherwise
            # Whatever it was, it is in the store as unfinished: the next process takes it up.
            _log.exception("audit %s could not be run to its end", name)
        finally:
            self._tell()

    def _run(self, name: str) -> None:
        operation = self._begin(name)
        if operation is None:
            return
        audit_id, error = "", None
        try:
            audit_id = self._audited(operation)
        except _Cancelled:
            pass
        except _Left:
            # A stop in order is nothing to be held against it.
            self._step(name, lambda known: replace(known, starts=known.starts - 1))
            raise
        except QuzhongError as failed:
            error = failed
        except Exception:  # noqa: BLE001  # it becomes the operation's error
            _log.exception("audit %s failed by a mistake", name)
            error = QuzhongError(
                "the audit failed by a mistake of the service, which its log describes; tell the operator",
                zh="服务内部错误导致审计失败，详见服务日志；请联系运维人员",
            )
        self._end(name, audit_id, error)

    def _begin(self, name: str) -> Operation | None:
        """The operation, if it is still to be run."""
        operation = self._patiently(
            lambda: self._step(name, lambda known: replace(known, starts=known.starts + 1))
        )
        if operation is None or operation.done:
            return None
        if operation.starts > MOST_STARTS:
            self._end(name, "", _aborted(operation))
            return None
        return operation

    def _audited(self, operation: Operation) -> str:
        """The id of the audit, once it can be had."""

        def progress(stage: Stage) -> None:
            if self._stopping.is_set():
                raise _Left
            known = self._step(operation.name, lambda known: replace(known, stage=stage))
            if known is not None and known.cancelled:
                raise _Cancelled

        def run() -> str:
            progress(Stage.READING_ORDERS)
            return self._auditor.run(
                operation.scope, operation.request, publish=operation.publish, progress=progress
            )

        return self._patiently(run)

    def _end(self, name: str, audit_id: str, error: QuzhongError | None) -> None:
        def ended(known: Operation) -> Operation:
            # What was finished all the same was not cancelled.
            cancelled = known.cancelled and not audit_id
            return replace(known, end_time_ms=self._clock(), audit_id=audit_id, cancelled=cancelled)

        self._patiently(lambda: self._step(name, ended, error))

    def _patiently(self, get: Callable[[], _Had]) -> _Had:
        """What ``get`` gives, tried again for ``PATIENCE_S`` while its error is one that passes."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                return get()
            except RetryableError as error:
                if time.monotonic() > deadline:
                    raise
                if self._stopping.wait(error.retry_after_s):
                    raise _Left from error

    def _step(
        self, name: str, change: Callable[[Operation], Operation], error: QuzhongError | None = None
    ) -> Operation | None:
        """The operation after a change, if it is there; one that is done does not change."""
        with self._book.transaction() as connection:
            known = self._book.find(connection, name)
            if known is None or known.done:
                return known
            known = change(known)
            self._book.put(connection, known, error)
        return known

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()


def _aborted(operation: Operation) -> FailedPreconditionError:
    return FailedPreconditionError(
        f"the service ended {MOST_STARTS} times while it ran this audit; start it again, over a shorter "
        "period or with a coarser detail",
        zh=f"服务在执行该审计时 {MOST_STARTS} 次中断；请缩短时段或选择更粗的分组后重新启动",
        reason="AUDIT_ABORTED",
        metadata={"metric_id": operation.scope.metric_id, "area_code": operation.scope.area_code},
    )
