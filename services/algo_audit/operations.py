"""Audits that nobody waits for: started, followed, cancelled. They live as long as the process; what an audit
found is kept all the same, and a start with the same request_id after a restart finds it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from kit.clock import Clock
from kit.errors import NotFoundError, QuzhongError
from services.algo_audit.handlers import Auditor, Stage, reused
from services.algo_audit.ports import Request, Scope

KEPT = 1_000
"""Operations that can still be asked for; a month of hourly audits."""


class _Cancelled(Exception):  # noqa: N818
    """Ends the work of an operation between two stages."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One audit on its way."""

    name: str
    party_id: str
    request_id: str
    scope: Scope
    create_time_ms: int
    stage: Stage = Stage.READING_ORDERS
    done: bool = False
    audit_id: str = ""
    error: QuzhongError | None = None
    cancelled: bool = False


class Operations:
    """Runs one audit after the other. Threads may share it."""

    def __init__(self, auditor: Auditor, clock: Clock, new_id: Callable[[], str]) -> None:
        self._auditor = auditor
        self._clock = clock
        self._new_id = new_id
        self._known: OrderedDict[str, Operation] = OrderedDict()
        self._changed = threading.Condition()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="audit")

    def start(self, scope: Scope, request: Request, *, publish: bool) -> Operation:
        """Begin an audit; the same request again is the same operation.

        Raises:
            InvalidArgumentError: if the request id was used for another scope.
        """
        with self._changed:
            for known in self._known.values():
                if request.request_id and (known.party_id, known.request_id) == tuple(request):
                    if known.scope != scope:
                        raise reused(request)
                    return known
            operation = Operation(
                name=f"operations/{self._new_id()}",
                party_id=request.party_id,
                request_id=request.request_id,
                scope=scope,
                create_time_ms=self._clock(),
            )
            self._known[operation.name] = operation
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        self._worker.submit(self._work, operation, request, publish)
        return operation

    def get(self, name: str, party_id: str | None) -> Operation:
        """An operation as it stands. ``party_id``: who may see it; None: whoever.

        Raises:
            NotFoundError: if the party started none of that name in this process.
        """
        with self._changed:
            found = self._known.get(name)
        if found is None or party_id not in (None, found.party_id):
            raise NotFoundError(
                f"name: no operation {name[:80]!r} of yours; a restart forgets operations, so start "
                "the audit again",
                zh=f"name：没有您的操作 {name[:80]!r}；服务重启后操作不再保留，请重新启动审计",
                field="name",
                reason="OPERATION_NOT_FOUND",
            )
        return found

    def all(self, party_id: str | None) -> list[Operation]:
        """Those a party may see, the latest first."""
        with self._changed:
            known = list(self._known.values())
        return [each for each in reversed(known) if party_id in (None, each.party_id)]

    def wait(self, name: str, party_id: str | None, timeout_s: float) -> Operation:
        """An operation once it is done, or as it stands when the time is over. Raises as ``get``."""
        self.get(name, party_id)
        with self._changed:
            self._changed.wait_for(lambda: name not in self._known or self._known[name].done, timeout_s)
        return self.get(name, party_id)

    def cancel(self, name: str, party_id: str | None) -> None:
        """End it before its next stage; one that is done stays as it is. Raises as ``get``."""
        self.get(name, party_id)
        self._change(name, cancelled=True)

    def forget(self, name: str, party_id: str | None) -> None:
        """Nobody asks for it any more. Raises as ``get``."""
        self.get(name, party_id)
        with self._changed:
            self._known.pop(name, None)

    def stop(self) -> None:
        """Finish the audit in hand."""
        self._worker.shutdown(cancel_futures=True)

    def _work(self, operation: Operation, request: Request, publish: bool) -> None:
        def progress(stage: Stage) -> None:
            self._change(operation.name, stage=stage)
            with self._changed:
                if (now := self._known.get(operation.name)) is not None and now.cancelled:
                    raise _Cancelled

        try:
            audit_id = self._auditor.run(operation.scope, request, publish=publish, progress=progress)
        except _Cancelled:
            self._change(operation.name, done=True)
        except QuzhongError as error:
            self._change(operation.name, done=True, error=error)
        else:
            self._change(operation.name, done=True, audit_id=audit_id, cancelled=False)

    def _change(self, name: str, **what: object) -> None:
        with self._changed:
            known = self._known.get(name)
            if known is not None and not known.done:
                self._known[name] = replace(known, **what)  # type: ignore[arg-type]
            self._changed.notify_all()
