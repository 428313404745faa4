"""Answers, and what is remembered of accepted events, in the service's own store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields, replace

import numpy as np
import sqlalchemy as sa

from kit.errors import StorageUnavailableError
from kit.storage.store import Store
from services.intake.core.accepted import Statements
from services.intake.core.checks import WORKER_ERASED
from services.intake.core.integration import AnsweredBatch
from services.intake.core.rows import Fault
from services.intake.lot import Verdict
from services.intake.ports import Answer, KeptAnswer

METADATA = sa.MetaData()

TELLING_FIELDS = frozenset({"event_id", "worker_id", "order_id", "event_time"})
"""What is wrong with these may be told by a value that says of whom or when."""

WITHHELD_AT_ONCE = 200
"""Answers in a transaction: of batches of 5,000 rejected rows some 200 MB in the worst case."""

LOADED_AT_ONCE = 200
"""Commit groups' statements in a query: of the largest, 15,000 rows, 96 MB, which libpq has twice over."""

_COLUMNS = tuple(field.name for field in fields(Statements))
"""Arrays of one length each; ``keys`` is left empty where no row is a correction: they are the events' own
then."""

_ANSWER = sa.Table(
    "answer",
    METADATA,
    sa.Column("platform_id", sa.String, primary_key=True),
    sa.Column("request_id", sa.String, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False, doc="64-bit digest of the request, little-endian."),
    sa.Column("verdicts", sa.LargeBinary, nullable=False, doc="One byte a row."),
    sa.Column("faults", sa.String, nullable=False, doc="JSON list of (row, field, reason, message, zh)."),
    sa.Column("answer_time_ms", sa.BigInteger, nullable=False, index=True),
    sa.Column("newest_event_ms", sa.BigInteger, doc="Of the accepted rows; null if there are none."),
    sa.Index("answer_of_platform", "platform_id", "answer_time_ms"),
)
_ACCEPTED = sa.Table(
    "statement",
    METADATA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    *(
        sa.Column(name, sa.LargeBinary, nullable=False, doc=f"{name} of ``Statements``, u8 little-endian.")
        for name in _COLUMNS
    ),
    sa.Column("accept_time_ms", sa.BigInteger, nullable=False, index=True),
)


class SqlAnswers:
    """``Answers`` over SQL: a row an answer, a row a commit group's statements."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def earlier(self, requests: Iterable[tuple[str, str]]) -> dict[tuple[str, str], KeptAnswer]:
        wanted = sa.tuple_(_ANSWER.c.platform_id, _ANSWER.c.request_id).in_(list(requests))
        with self._store.read() as connection:
            rows = connection.execute(sa.select(_ANSWER).where(wanted)).all()
        return {(row.platform_id, row.request_id): _kept(row) for row in rows}

    def of_platform(self, platform_id: str, since_ms: int, most: int) -> list[AnsweredBatch]:
        statement = (
            sa.select(_ANSWER)
            .where(_ANSWER.c.platform_id == platform_id, _ANSWER.c.answer_time_ms >= since_ms)
            .order_by(_ANSWER.c.answer_time_ms.desc(), _ANSWER.c.request_id)
            .limit(most)
        )
        with self._store.read() as connection:
            return [_answered(row) for row in connection.execute(statement)]

    def keep(self, answers: Sequence[KeptAnswer], accepted: Statements, now_ms: int) -> None:
        rows = [
            {
                "platform_id": kept.platform_id,
                "request_id": kept.request_id,
                "content": kept.content.to_bytes(8, "little"),
                "verdicts": kept.answer.verdicts.tobytes(),
                "faults": _json(kept.answer.faults),
                "answer_time_ms": now_ms,
                "newest_event_ms": kept.newest_event_ms,
            }
            for kept in answers
        ]
        statements = {name: getattr(accepted, name).tobytes() for name in _COLUMNS}
        if statements["keys"] == statements["event_keys"]:
            statements["keys"] = b""
        try:
            with self._store.transaction() as connection:
                connection.execute(sa.insert(_ANSWER), rows)
                if len(accepted):
                    connection.execute(sa.insert(_ACCEPTED), {**statements, "accept_time_ms": now_ms})
        except sa.exc.IntegrityError as error:
            raise StorageUnavailableError(
                "another process is answering one of these requests at this moment; send again",
                zh="另一进程正在处理其中一个请求；请稍后重发",
            ) from error

    def accepted(self) -> Iterator[tuple[int, Statements]]:
        some, after = sa.select(_ACCEPTED).order_by(_ACCEPTED.c.id).limit(LOADED_AT_ONCE), 0
        while True:
            with self._store.read() as connection:
                rows = connection.execute(some.where(_ACCEPTED.c.id > after)).all()
            for row in rows:
                kept = {name: np.frombuffer(getattr(row, name), "<u8") for name in _COLUMNS}
                if not len(kept["keys"]):
                    kept["keys"] = kept["event_keys"]
                yield row.accept_time_ms, Statements(**kept)
            if not rows:
                return
            after = rows[-1].id

    def expire(self, before_ms: int) -> None:
        with self._store.transaction() as connection:
            connection.execute(sa.delete(_ANSWER).where(_ANSWER.c.answer_time_ms < before_ms))
            connection.execute(sa.delete(_ACCEPTED).where(_ACCEPTED.c.accept_time_ms < before_ms))

    def withhold(self, before_ms: int) -> int:
        changed, after = 0, ("", "")
        key = (_ANSWER.c.platform_id, _ANSWER.c.request_id)
        some = (
            sa.select(*key, _ANSWER.c.faults)
            .where(_ANSWER.c.faults != "[]", _ANSWER.c.answer_time_ms < before_ms)
            .order_by(*key)
            .limit(WITHHELD_AT_ONCE)
        )
        while True:
            with self._store.transaction() as connection:
                rows = connection.execute(some.where(sa.tuple_(*key) > sa.tuple_(*after))).all()
                for row in rows:
                    before = _faults(row.faults)
                    kept = [_withheld(fault) for fault in before]
                    if kept != before:
                        this = sa.tuple_(*key) == sa.tuple_(row.platform_id, row.request_id)
                        connection.execute(sa.update(_ANSWER).where(this).values(faults=_json(kept)))
                        changed += 1
            if not rows:
                return changed
            after = (rows[-1].platform_id, rows[-1].request_id)


def _withheld(fault: Fault) -> Fault:
    if fault.field not in TELLING_FIELDS or fault.reason == WORKER_ERASED:
        return fault
    return replace(
        fault,
        message=f"{fault.field}: {fault.reason}; the value is not kept, as a worker's data were erased since",
        zh=f"{fault.field}：{fault.reason}；因其后有劳动者的数据被删除，不再保留原值",
    )


def _json(faults: Iterable[Fault]) -> str:
    return json.dumps([astuple(fault) for fault in faults], ensure_ascii=False)


def _answered(row: sa.Row[tuple[object, ...]]) -> AnsweredBatch:
    rows = np.bincount(np.frombuffer(row.verdicts, dtype=np.uint8), minlength=len(Verdict) + 1).tolist()
    return AnsweredBatch(
        row.request_id,
        row.answer_time_ms,
        rows[Verdict.ACCEPTED],
        rows[Verdict.DUPLICATE],
        rows[Verdict.REJECTED],
        row.newest_event_ms,
        _faults(row.faults),
    )


def _faults(kept: str) -> list[Fault]:
    return [Fault(*fault) for fault in json.loads(kept)]


def _kept(row: sa.Row[tuple[object, ...]]) -> KeptAnswer:
    verdicts = np.frombuffer(row.verdicts, dtype=np.uint8)
    return KeptAnswer(
        row.platform_id,
        row.request_id,
        int.from_bytes(row.content, "little"),
        Answer(verdicts, _faults(row.faults)),
    )
