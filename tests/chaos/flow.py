"""Platforms that hand in a city's events, come what may; and a look at how far everything is."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import grpc
import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from cli.city_rows import CityRows
from cli.connection import Connection
from cli.parties import REGULATOR, REGULATOR_ID, Name, declare_limits, platform_token, supervisor_token
from kit.errors import RetryableError
from kit.eventlog.kafka import KafkaEventLog
from kit.eventlog.port import EventLog, TopicPartition
from kit.storage import positions
from kit.storage.store import Store
from quzhong import LocalPseudonymiser, bearer
from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from quzhong.api.registry.v1 import registry_pb2
from quzhong.channel import channel_to
from services.algo_audit.consumer import CONSUMED as AUDITED
from services.intake.consumer import ARCHIVED, LINKED
from services.notify.adapters.tables import CASES
from services.notify.consumer import CONSUMED as NOTIFIED
from services.registry.consumer import CONSUMED as REGISTERED
from services.workhours.consumer import CONSUMED as JUDGED
from simulator import CITY_CODE, City, CityParameters, simulate

BATCH_ROWS = 500
CALL_S = 10.0
RETRY_S = 0.1
ROWS_A_WORKER = 107
"""Of a simulated day, about."""

Request = intake_pb2.SubmitDispatchesRequest | intake_pb2.SubmitWorkSessionsRequest

STAGES: tuple[tuple[str, dict[str, tuple[str, ...]]], ...] = (
    ("intake", {}),
    ("archive", {"intake-archive": ARCHIVED, "intake-links": LINKED}),
    ("workhours", {"workhours": JUDGED}),
    ("algo_audit", {"algo_audit": AUDITED}),
    ("registry", {"registry": REGISTERED}),
    ("notify", {"notify": NOTIFIED}),
)
"""Databases in the order of the flow, each with its groups and what they read."""


@dataclass(frozen=True, slots=True)
class Day:
    """What each platform hands in, in requests that are the same in every run."""

    city: City
    requests: tuple[tuple[Request, ...], ...]
    """By platform, in order."""
    rows: int


def day_of(events: int, seed: int) -> Day:
    """A city's day of about so many events: late, twice, wrong at first and put right among them."""
    city = simulate(
        CityParameters(seed=seed, workers=max(150, events // ROWS_A_WORKER), corrected_event_share=0.01)
    )
    rows: list[list[events_pb2.Dispatch | events_pb2.WorkSession]] = [[] for _ in city.platforms]
    for number, row in CityRows(city, LocalPseudonymiser(b"key of the tests")).rows():
        rows[number].append(row)
    requests = tuple(
        tuple(_requests(platform.id, of_platform))
        for platform, of_platform in zip(city.platforms, rows, strict=True)
    )
    return Day(city, requests, sum(map(len, rows)))


def _requests(
    platform_id: str, rows: Sequence[events_pb2.Dispatch | events_pb2.WorkSession]
) -> Iterator[Request]:
    numbers = itertools.count()
    for start in range(0, len(rows), BATCH_ROWS):
        batch = rows[start : start + BATCH_ROWS]
        dispatches = [row for row in batch if isinstance(row, events_pb2.Dispatch)]
        sessions = [row for row in batch if isinstance(row, events_pb2.WorkSession)]
        if dispatches:
            yield intake_pb2.SubmitDispatchesRequest(
                request_id=f"{platform_id}-{next(numbers)}", platform_id=platform_id, dispatches=dispatches
            )
        if sessions:
            yield intake_pb2.SubmitWorkSessionsRequest(
                request_id=f"{platform_id}-{next(numbers)}", platform_id=platform_id, work_sessions=sessions
            )


def admit(registry_address: str, admin_token: str, city: City) -> tuple[list[str], str]:
    """Register the platforms with their limits, and a regulator; their tokens."""
    area = [str(CITY_CODE)]
    tokens = []
    with Connection(registry_address, admin_token) as admin:
        for platform in city.platforms:
            name = Name(platform.name_zh, platform.name_en)
            tokens.append(platform_token(admin, platform.id, name, area))
            with Connection(registry_address, tokens[-1]) as own:
                declare_limits(own, platform, city)
        return tokens, supervisor_token(
            admin, REGULATOR_ID, registry_pb2.ROLE_REGULATOR, REGULATOR, area, unit_id="human-resources"
        )


class Platforms:
    """A thread for each. It sends a request until it is answered, and then the next one."""

    def __init__(self, address: str, tokens: Sequence[str], requests: Sequence[Sequence[Request]]) -> None:
        self.accepted = self.duplicate = self.rejected = self.resent = 0
        self._requests = requests
        self._may = [0] * len(requests)
        self._answered = [0] * len(requests)
        self._changed = threading.Condition()
        self._ended = False
        self._failed: BaseException | None = None
        self._threads = [
            threading.Thread(target=self._run, args=(number, address, token), daemon=True)
            for number, token in enumerate(tokens)
        ]
        for thread in self._threads:
            thread.start()

    def release(self, part: float) -> None:
        """Let every platform go on to this part of its day (0 to 1)."""
        with self._changed:
            self._may = [round(part * len(requests)) for requests in self._requests]
            self._changed.notify_all()

    @property
    def waiting(self) -> bool:
        """Whether something that may be sent has not been answered."""
        with self._changed:
            return self._answered != self._may

    def await_answers(self, timeout_s: float) -> None:
        """Wait until all that may be sent is answered."""
        with self._changed:
            done = self._changed.wait_for(
                lambda: self._failed is not None or self._answered == self._may, timeout_s
            )
        if self._failed is not None:
            raise RuntimeError("a platform gave up") from self._failed
        assert done, f"intake has not answered for {timeout_s:.0f} s: {self._answered} of {self._may}"

    def close(self) -> None:
        """End the threads."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _run(self, number: int, address: str, token: str) -> None:
        try:
            with channel_to(address, None) as channel:
                stub = intake_pb2_grpc.IntakeServiceStub(channel)
                for place, request in enumerate(self._requests[number]):
                    with self._changed:
                        self._changed.wait_for(lambda due=place: self._ended or self._may[number] > due)  # type: ignore[misc]
                        if self._ended:
                            return
                    answer = self._send(stub, request, token)
                    with self._changed:
                        self.accepted += answer.accepted
                        self.duplicate += answer.duplicate
                        self.rejected += answer.rejected
                        self._answered[number] = place + 1
                        self._changed.notify_all()
        except Exception as error:  # noqa: BLE001  # told by await_answers
            with self._changed:
                self._failed = error
                self._changed.notify_all()

    def _send(
        self, stub: intake_pb2_grpc.IntakeServiceStub, request: Request, token: str
    ) -> intake_pb2.BatchAnswer:
        metadata = bearer(token)
        while True:
            try:
                if isinstance(request, intake_pb2.SubmitDispatchesRequest):
                    return stub.SubmitDispatches(request, metadata=metadata, timeout=CALL_S).answer
                return stub.SubmitWorkSessions(request, metadata=metadata, timeout=CALL_S).answer
            except grpc.RpcError as error:
                if error.code() not in _AGAIN:
                    raise
                with self._changed:
                    self.resent += 1
                    if self._ended:
                        raise
                time.sleep(RETRY_S)


_AGAIN = (
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.RESOURCE_EXHAUSTED,
)
"""What the SDK sends again after."""


class Progress:
    """How far everything is, looked at past the links."""

    def __init__(self, log: KafkaEventLog, database_url: Callable[[], str]) -> None:
        self._log = log
        self._url = database_url
        self._connections: dict[str, psycopg.Connection[tuple[object, ...]]] = {}

    def await_effects(self, timeout_s: float) -> None:
        """Wait until all that is in the log has had all its effects, as far as they come without waiting.

        Raises:
            TimeoutError: saying where it stands.
        """
        deadline = time.monotonic() + timeout_s
        while (lacking := self._lacking()) is not None:
            if time.monotonic() > deadline:
                raise TimeoutError(f"not done after {timeout_s:.0f} s: {lacking}")
            time.sleep(0.05)

    def _lacking(self) -> str | None:
        try:
            for database, groups in STAGES:
                for group, topics in groups.items():
                    reached = self._positions(database, group)
                    for topic in topics:
                        for number, end in self._log.end_offsets(topic).items():
                            if reached.get(TopicPartition(topic, number), 0) < end:
                                return f"{group} has not read {topic}/{number} to {end}"
                if self._rows(database, "SELECT 1 FROM outbox LIMIT 1"):
                    return f"the outbox of {database} is not empty"
        except (RetryableError, psycopg.Error) as error:
            self.close()
            return str(error)
        return None

    def _positions(self, database: str, group: str) -> dict[TopicPartition, int]:
        rows = self._rows(
            database,
            'SELECT topic, partition, next_offset FROM consumer_position WHERE "group" = \'' + group + "'",
        )
        return {TopicPartition(str(topic), int(str(number))): int(str(at)) for topic, number, at in rows}

    def _rows(self, database: str, query: str) -> list[tuple[object, ...]]:
        if database not in self._connections:
            url = make_url(self._url()).set(database=f"quzhong_{database}")
            self._connections[database] = psycopg.connect(
                url.render_as_string(hide_password=False), autocommit=True, connect_timeout=5
            )
        return self._connections[database].execute(query.encode()).fetchall()

    def close(self) -> None:
        """Close the connections; the next look opens new ones."""
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()


def no_letter_waits(notify_url: str) -> None:
    """Let the quiet be over that a judgement waits for: past days are judged once they are whole."""
    with closing(Store.open(notify_url)) as store, store.transaction() as connection:
        waiting = CASES.c.judge_after_ms.is_not(None)
        connection.execute(sa.update(CASES).where(waiting).values(judge_after_ms=0))


def letters_wait(notify_url: str) -> int:
    """Cases that are still to be judged."""
    with closing(Store.open(notify_url)) as store, store.read() as connection:
        waiting = sa.select(sa.func.count()).where(CASES.c.judge_after_ms.is_not(None))
        return connection.scalar(waiting) or 0


def notify_has_read(log: EventLog, notify_url: str) -> bool:
    """Whether all findings and counts of the log are in notify's store."""
    with closing(Store.open(notify_url)) as store, store.read() as connection:
        reached = positions.load(connection, "notify", NOTIFIED)
    return all(
        TopicPartition(topic, number) in reached and reached[TopicPartition(topic, number)].next_offset >= end
        for topic in NOTIFIED
        for number, end in log.end_offsets(topic).items()
        if end
    )
