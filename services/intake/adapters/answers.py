"""Answers and accepted keys in the service's own store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple

import numpy as np
import sqlalchemy as sa

from kit.errors import StorageUnavailableError
from kit.storage.store import Store
from services.intake.core.event_index import Keys
from services.intake.core.rows import Fault
from services.intake.ports import Answer, KeptAnswer

METADATA = sa.MetaData()

_ANSWER = sa.Table(
    "answer",
    METADATA,
    sa.Column("platform_id", sa.String, primary_key=True),
    sa.Column("request_id", sa.String, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False, doc="64-bit digest of the request, little-endian."),
    sa.Column("verdicts", sa.LargeBinary, nullable=False, doc="One byte a row."),
    sa.Column("faults", sa.String, nullable=False, doc="JSON list of (row, field, reason, message, zh)."),
    sa.Column("answer_time_ms", sa.BigInteger, nullable=False, index=True),
)
_ACCEPTED = sa.Table(
    "accepted",
    METADATA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("event_keys", sa.LargeBinary, nullable=False, doc="Event keys, u8 little-endian."),
    sa.Column("content_digests", sa.LargeBinary, nullable=False, doc="Their digests, u8 little-endian."),
    sa.Column("accept_time_ms", sa.BigInteger, nullable=False, index=True),
)


class SqlAnswers:
    """``Answers`` over SQL: a row an answer, a row a commit group's keys."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def earlier(self, requests: Iterable[tuple[str, str]]) -> dict[tuple[str, str], KeptAnswer]:
        wanted = sa.tuple_(_ANSWER.c.platform_id, _ANSWER.c.request_id).in_(list(requests))
        with self._store.read() as connection:
            rows = connection.execute(sa.select(_ANSWER).where(wanted)).all()
        return {(row.platform_id, row.request_id): _kept(row) for row in rows}

    def keep(self, answers: Sequence[KeptAnswer], keys: Keys, digests: Keys, now_ms: int) -> None:
        rows = [
            {
                "platform_id": kept.platform_id,
                "request_id": kept.request_id,
                "content": kept.content.to_bytes(8, "little"),
                "verdicts": kept.answer.verdicts.tobytes(),
                "faults": json.dumps([astuple(fault) for fault in kept.answer.faults], ensure_ascii=False),
                "answer_time_ms": now_ms,
            }
            for kept in answers
        ]
        accepted = {
            "event_keys": keys.tobytes(),
            "content_digests": digests.tobytes(),
            "accept_time_ms": now_ms,
        }
        try:
            with self._store.transaction() as connection:
                connection.execute(sa.insert(_ANSWER), rows)
                if len(keys):
                    connection.execute(sa.insert(_ACCEPTED), accepted)
        except sa.exc.IntegrityError as error:
            raise StorageUnavailableError(
                "another process is answering one of these requests at this moment; send again",
                zh="另一进程正在处理其中一个请求;请重发",
            ) from error

    def accepted_keys(self) -> Iterator[tuple[int, Keys, Keys]]:
        columns = _ACCEPTED.c.accept_time_ms, _ACCEPTED.c.event_keys, _ACCEPTED.c.content_digests
        with self._store.read() as connection:
            for accept_time_ms, keys, digests in connection.execute(sa.select(*columns)):
                yield accept_time_ms, np.frombuffer(keys, "<u8"), np.frombuffer(digests, "<u8")

    def expire(self, before_ms: int) -> None:
        with self._store.transaction() as connection:
            connection.execute(sa.delete(_ANSWER).where(_ANSWER.c.answer_time_ms < before_ms))
            connection.execute(sa.delete(_ACCEPTED).where(_ACCEPTED.c.accept_time_ms < before_ms))


def _kept(row: sa.Row[tuple[object, ...]]) -> KeptAnswer:
    verdicts = np.frombuffer(row.verdicts, dtype=np.uint8)
    faults = [Fault(*fault) for fault in json.loads(row.faults)]
    return KeptAnswer(
        row.platform_id, row.request_id, int.from_bytes(row.content, "little"), Answer(verdicts, faults)
    )
