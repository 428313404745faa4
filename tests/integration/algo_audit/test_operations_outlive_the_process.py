"""Audits that nobody waits for, over both databases and across restarts of what runs them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from google.longrunning import operations_pb2
from google.rpc import code_pb2, status_pb2

from kit.errors import AlreadyExistsError, InvalidArgumentError, NotFoundError, OverloadedError
from kit.grpc.paging import page_key
from kit.requests import KEEP_MS
from kit.storage.store import Store
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from services.algo_audit.adapters.operations import SqlOperationBook
from services.algo_audit.adapters.tables import METADATA, OPERATION
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.operation_ports import Operation, Stage
from services.algo_audit.operations import MOST_STARTS, Operations
from services.algo_audit.ports import Request, Scope
from tests.integration.algo_audit.conftest import declare, deliveries
from tests.integration.algo_audit.conftest import start as life
from tests.support.suite import CITY, Suite, refusal

pytestmark = pytest.mark.on_one_database

SCOPE = Scope("delivery_time", "130200", 57_600_000, None, Detail.AREA)
KEPT_MS = 30 * 86_400_000
FILTERED = operations_pb2.ListOperationsRequest(filter="done=true")
ME, OTHER = "tangshan", "lubei"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty one."""
    opened = Store.open(database_url, METADATA)
    yield opened
    opened.close()


class Runner:
    """``Runs``: waits at each stage until it may go on, then does as it is told."""

    def __init__(self, outcome: Callable[[], str] = lambda: "audit-1") -> None:
        self.outcome = outcome
        self.asked: list[tuple[Scope, Request, bool]] = []
        self.begun = threading.Event()
        self.go_on = threading.Event()

    def run(self, scope: Scope, request: Request, *, publish: bool, progress: Callable[[Stage], None]) -> str:
        """See the port."""
        self.asked.append((scope, request, publish))
        self.begun.set()
        assert self.go_on.wait(10)
        progress(Stage.JUDGING)
        audit_id = self.outcome()
        progress(Stage.KEEPING)
        return audit_id


class Killed(BaseException):
    """The end of a process that nobody asked to end."""


class Process:
    """One life of what runs operations."""

    def __init__(self, store: Store, runner: Runner | None = None, now_ms: int = 5) -> None:
        self.now_ms = now_ms
        self.runner = runner or Runner()
        self._names = iter(range(1_000))
        self.operations = Operations(
            self.runner,
            SqlOperationBook(store),
            lambda: self.now_ms,
            lambda: f"{now_ms}-{next(self._names)}",
            KEPT_MS,
        )

    def start(self, request_id: str = "", scope: Scope = SCOPE, party: str = ME) -> Operation:
        return self.operations.start(scope, Request(party, request_id), publish=True)

    def ended(self, name: str) -> Operation:
        self.runner.go_on.set()
        operation = self.operations.wait(name, ME, 10)
        assert operation.done
        return operation

    def die(self) -> None:
        """Without a word, once an audit is run."""
        self.runner.go_on.set()
        self.operations._worker.shutdown()
        assert self.runner.begun.is_set()

    def leave_in_hand(self) -> None:
        """Stop in order while an audit is run."""
        assert self.runner.begun.wait(10)
        stopping = threading.Thread(target=self.operations.stop)
        stopping.start()
        while not self.operations._stopping.is_set():
            pass
        self.runner.go_on.set()
        stopping.join(10)


def killed() -> str:
    """The process ends here."""
    raise Killed


def failing(*errors: Exception) -> Callable[[], str]:
    """What raises each once, then succeeds."""
    left = list(errors)

    def outcome() -> str:
        if left:
            raise left.pop(0)
        return "audit-1"

    return outcome


def test_an_operation_that_has_ended_can_be_asked_for_after_a_restart(store: Store) -> None:
    first = Process(store)
    name = first.start("once").name
    first.ended(name)
    first.operations.stop()

    second = Process(store, now_ms=99)
    known = second.operations.get(name, ME)
    assert (known.audit_id, known.end_time_ms, known.scope) == ("audit-1", 5, SCOPE)
    assert second.start("once").name == name, "the same request is still the same operation"
    second.operations.resume()
    second.operations.stop()
    assert not second.runner.asked, "nothing was left to do"


def test_what_a_stop_left_unfinished_is_run_again_as_it_was_asked_for(store: Store) -> None:
    first = Process(store)
    running, waiting = first.start("running").name, first.start("waiting", party=OTHER).name
    first.leave_in_hand()
    assert not first.operations.get(running, ME).done

    second = Process(store)
    second.operations.resume()
    done = second.ended(running)
    assert (done.audit_id, done.starts) == ("audit-1", 1), "a stop in order is not held against it"
    assert second.operations.wait(waiting, OTHER, 10).audit_id == "audit-1"
    assert second.runner.asked == [
        (SCOPE, Request(ME, "running"), True),
        (SCOPE, Request(OTHER, "waiting"), True),
    ]
    second.operations.stop()


def test_one_that_processes_keep_dying_of_is_given_up_with_the_way_out(store: Store) -> None:
    first = Process(store, Runner(killed))
    name = first.start("fatal").name
    first.die()
    for _ in range(MOST_STARTS - 1):
        again = Process(store, Runner(killed))
        again.operations.resume()
        again.die()
    last = Process(store)
    last.operations.resume()
    operation = last.ended(name)
    assert not last.runner.asked
    error = status_pb2.Status.FromString(operation.error)
    assert error.code == code_pb2.FAILED_PRECONDITION
    assert "start it again" in error.message
    last.operations.stop()


def test_what_passes_by_itself_is_waited_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OverloadedError, "retry_after_s", 0.01)
    behind = OverloadedError("behind the log", reason="ORDERS_INCOMPLETE")
    process = Process(store, Runner(failing(behind, behind)))
    assert process.ended(process.start().name).audit_id == "audit-1"
    assert len(process.runner.asked) == 3
    process.operations.stop()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidArgumentError("no orders", reason="NO_ORDERS"), code_pb2.INVALID_ARGUMENT),
        (ZeroDivisionError("a mistake"), code_pb2.INTERNAL),
    ],
)
def test_an_error_ends_the_operation_and_not_what_runs_it(store: Store, error: Exception, code: int) -> None:
    process = Process(store, Runner(failing(error)))
    first = process.ended(process.start().name)
    assert status_pb2.Status.FromString(first.error).code == code
    assert process.ended(process.start().name).audit_id == "audit-1"
    process.operations.stop()


def test_a_cancelled_one_ends_before_its_next_stage(store: Store) -> None:
    process = Process(store)
    name = process.start().name
    assert process.runner.begun.wait(10)
    process.operations.cancel(name, ME)
    ended = process.ended(name)
    assert (ended.cancelled, ended.audit_id, ended.stage) == (True, "", Stage.JUDGING)
    process.operations.cancel(name, ME)
    assert process.operations.get(name, ME) == ended, "one that is done stays as it is"
    process.operations.stop()


def test_one_that_was_cancelled_before_the_end_of_the_process_is_not_run(store: Store) -> None:
    first = Process(store)
    name = first.start().name
    assert first.runner.begun.wait(10)
    first.operations.cancel(name, ME)
    second = Process(store)
    second.operations.resume()
    assert second.ended(name).cancelled
    assert not second.runner.asked
    first.runner.go_on.set()
    first.operations.stop()
    second.operations.stop()


def test_a_deleted_one_is_gone_and_is_not_begun(store: Store) -> None:
    process = Process(store)
    running, waiting = process.start().name, process.start().name
    assert process.runner.begun.wait(10)
    process.operations.forget(waiting, ME)
    process.ended(running)
    process.operations.stop()
    assert len(process.runner.asked) == 1
    with pytest.raises(NotFoundError):
        process.operations.get(waiting, ME)


def test_each_party_sees_its_own_and_pages_through_them(store: Store) -> None:
    process = Process(store)
    names = [process.start(f"r{number}").name for number in range(5)]
    theirs = process.start(party=OTHER).name
    first = process.operations.page(ME, None, 3)
    rest = process.operations.page(ME, first[-1].name, 3)
    assert [each.name for each in (*first, *rest)] == names[::-1]
    assert [each.name for each in process.operations.page(None, None, 1)] == [theirs]
    for unknown in (theirs, "operations/none"):
        with pytest.raises(InvalidArgumentError, match="page_token"):
            process.operations.page(ME, unknown, 1)
    with pytest.raises(NotFoundError):
        process.operations.get(theirs, ME)
    process.runner.go_on.set()
    process.operations.stop()


def test_an_id_asks_for_one_thing_for_seven_days(store: Store) -> None:
    process = Process(store)
    name = process.start("monthly").name
    with pytest.raises(AlreadyExistsError, match="monthly"):
        process.start("monthly", Scope("delivery_time", "130203", None, None))
    with pytest.raises(InvalidArgumentError, match="request_id"):
        process.start("with blank")
    process.ended(name)
    process.now_ms += KEEP_MS
    assert process.start("monthly").name == name
    process.now_ms += 1
    assert process.start("monthly").name != name
    process.operations.stop()


def test_what_ended_is_kept_for_as_long_as_is_declared(store: Store) -> None:
    process = Process(store)
    old = process.start().name
    process.ended(old)
    process.now_ms += KEPT_MS
    process.start()
    assert process.operations.get(old, ME).done
    process.now_ms += 1
    process.start()
    with pytest.raises(NotFoundError, match="30 days"):
        process.operations.get(old, ME)
    process.operations.stop()


def test_over_the_wire_operations_answer_after_a_restart(tmp_path: Path) -> None:
    lives = life(tmp_path), life(tmp_path)
    for suite in lives[0]:
        suite.platform("swift")
        suite.regulator("tangshan")
        suite.regulator("lubei", "130203")
        suite.submit("swift", deliveries("swift"))
        nothing = begin(suite, "nothing-declared")
        failed = ended(suite, nothing)
        assert failed.error.code == code_pb2.FAILED_PRECONDITION
        declare(suite, "swift", 9)
        found = ended(suite, begin(suite, "judged"))
        assert found.response.Is(algo_audit_pb2.RunAuditResponse.DESCRIPTOR)
    # What a kill leaves: an operation that has begun and not ended.
    left = Store.open(f"sqlite:///{tmp_path / 'algo_audit.db'}", METADATA)
    with left.transaction() as connection:
        unended = sa.update(OPERATION).where(OPERATION.c.name == found.name)
        connection.execute(unended.values(end_time_ms=None, audit_id=""))
    left.close()
    for suite in lives[1]:
        assert ended(suite, nothing) == failed
        again = ended(suite, found.name)
        assert again.response == found.response, "an audit is a function of the data"
        assert begin(suite, "judged") == found.name
        operations = suite.as_("tangshan").operations
        first = operations.ListOperations(operations_pb2.ListOperationsRequest(page_size=1))
        rest = operations.ListOperations(
            operations_pb2.ListOperationsRequest(page_token=first.next_page_token)
        )
        assert [each.name for each in (*first.operations, *rest.operations)] == [found.name, nothing]
        following = operations_pb2.ListOperationsRequest(page_token=first.next_page_token)
        assert page_key(first.next_page_token, str) == (found.name,), "names the last shown, counts nothing"
        lubei = suite.as_("lubei").operations
        assert refusal(partial(lubei.ListOperations, following)).field == "page_token", "another's"
        assert refusal(partial(operations.ListOperations, FILTERED)).reason == "FILTER_UNSUPPORTED"


def begin(suite: Suite, request_id: str) -> str:
    asked = algo_audit_pb2.StartAuditRequest(area_code=CITY, request_id=request_id)
    name: str = suite.as_("tangshan").algo_audit.StartAudit(asked).name
    return name


def ended(suite: Suite, name: str) -> operations_pb2.Operation:
    asked = operations_pb2.WaitOperationRequest(name=name)
    operation: operations_pb2.Operation = suite.as_("tangshan").operations.WaitOperation(asked)
    assert operation.done
    return operation
