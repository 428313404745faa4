"""Consultations in the service's store; agreements leave through the outbox."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.eventlog import outbox
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import AGREEMENTS
from kit.security.caller import Caller, Role, significant
from kit.security.sight import containing, own_areas
from quzhong.api.algo_audit.v1 import consultation_pb2 as pb
from services.algo_audit.adapters.answers import SqlBook
from services.algo_audit.adapters.consultation_tables import (
    CONSULTATION,
    CONSULTATION_OFFER,
    CONSULTATION_PACK,
)
from services.algo_audit.consultation_ports import Course, FrozenPack, KeptConsultation, OfferEffect
from services.algo_audit.core.consultation import Consultation, State
from services.algo_audit.wire_consultation import (
    agreement_to_proto,
    consultation_from_proto,
    consultation_to_proto,
)


class SqlConsultations(SqlBook):
    """``Consultations`` over SQL. Threads may share it."""

    def find(self, connection: Connection, consultation_id: str) -> Consultation | None:
        """See the port."""
        return _first(connection, CONSULTATION.c.consultation_id == consultation_id)

    def place(self, connection: Connection, consultation_id: str) -> int | None:
        """See the port."""
        of_this = CONSULTATION.c.consultation_id == consultation_id
        number: int | None = connection.scalar(sa.select(CONSULTATION.c.number).where(of_this))
        return number

    def open_on(
        self, connection: Connection, platform_id: str, metric_id: str, area_code: str
    ) -> Consultation | None:
        """See the port."""
        return _first(
            connection,
            CONSULTATION.c.platform_id == platform_id,
            CONSULTATION.c.metric_id == metric_id,
            CONSULTATION.c.area_code == area_code,
            CONSULTATION.c.state == int(State.OPEN),
        )

    def frozen(self, connection: Connection, consultation_id: str) -> FrozenPack | None:
        """See the port."""
        row = connection.execute(
            sa.select(CONSULTATION_PACK.c.value, CONSULTATION_PACK.c.data).where(
                CONSULTATION_PACK.c.consultation_id == consultation_id
            )
        ).first()
        consultation = self.find(connection, consultation_id)
        if row is None or consultation is None:
            return None
        frozen = consultation.frozen
        return FrozenPack(
            frozen.audit_id,
            frozen.data_version,
            frozen.period_start_ms,
            frozen.period_end_ms,
            bytes(row.value),
            bytes(row.data),
        )

    def effects(self, connection: Connection, consultation_id: str) -> Mapping[int, Sequence[bytes]]:
        """See the port."""
        rows = connection.execute(
            sa.select(CONSULTATION_OFFER.c.number, CONSULTATION_OFFER.c.value).where(
                CONSULTATION_OFFER.c.consultation_id == consultation_id
            )
        )
        return {
            row.number: [effect.SerializeToString() for effect in pb.Offer.FromString(row.value).effects]
            for row in rows
        }

    def add(self, connection: Connection, consultation: Consultation, frozen: FrozenPack) -> None:
        """See the port."""
        subject = consultation.subject
        number = (connection.scalar(sa.select(sa.func.max(CONSULTATION.c.number))) or 0) + 1
        row = {
            "consultation_id": consultation.consultation_id,
            "number": number,
            "platform_id": subject.platform_id,
            "union_id": subject.union_id,
            "metric_id": subject.metric_id,
            "area_code": subject.area_code,
            **_standing(consultation),
        }
        connection.execute(sa.insert(CONSULTATION), row)
        pack = {
            "consultation_id": consultation.consultation_id,
            "value": frozen.value,
            "data": frozen.data,
        }
        connection.execute(sa.insert(CONSULTATION_PACK), pack)

    def put(self, connection: Connection, consultation: Consultation) -> None:
        """See the port."""
        connection.execute(
            sa.update(CONSULTATION)
            .where(CONSULTATION.c.consultation_id == consultation.consultation_id)
            .values(**_standing(consultation))
        )
        if consultation.state is State.AGREED:
            agreement = agreement_to_proto(consultation)
            record = NewRecord(
                AGREEMENTS.name, agreement.SerializeToString(), key=agreement.platform_id.encode()
            )
            outbox.add(connection, [record], agreement.create_time.ToMilliseconds())

    def add_effects(
        self, connection: Connection, consultation_id: str, number: int, effects: Sequence[OfferEffect]
    ) -> None:
        """See the port."""
        offer = pb.Offer()
        for effect in effects:
            message = offer.effects.add()
            message.MergeFromString(effect.value)
            message.threshold_index = effect.threshold_index
        row = {"consultation_id": consultation_id, "number": number, "value": offer.SerializeToString()}
        connection.execute(sa.insert(CONSULTATION_OFFER), row)

    def page(
        self,
        connection: Connection,
        caller: Caller,
        platform_id: str,
        state: State | None,
        before: int | None,
        limit: int,
    ) -> list[KeptConsultation]:
        """See the port."""
        statement = sa.select(CONSULTATION.c.value, CONSULTATION.c.number).where(_seen_by(caller))
        if platform_id:
            statement = statement.where(CONSULTATION.c.platform_id == platform_id)
        if state is not None:
            statement = statement.where(CONSULTATION.c.state == int(state))
        if before is not None:
            statement = statement.where(CONSULTATION.c.number < before)
        rows = connection.execute(statement.order_by(CONSULTATION.c.number.desc()).limit(limit))
        return [KeptConsultation(_consultation(row.value), row.number) for row in rows]

    def courses(self, connection: Connection, platform_ids: Sequence[str]) -> Mapping[str, Course]:
        """See the port."""
        of_these = CONSULTATION.c.platform_id.in_(platform_ids)
        ends = connection.execute(
            sa.select(CONSULTATION.c.platform_id, sa.func.max(CONSULTATION.c.end_time_ms).label("last"))
            .where(of_these)
            .group_by(CONSULTATION.c.platform_id)
        ).all()
        open_now: defaultdict[str, list[Consultation]] = defaultdict(list)
        for row in connection.execute(
            sa.select(CONSULTATION.c.platform_id, CONSULTATION.c.value)
            .where(of_these, CONSULTATION.c.state == int(State.OPEN))
            .order_by(CONSULTATION.c.number)
        ):
            open_now[row.platform_id].append(_consultation(row.value))
        return {row.platform_id: Course(row.last, open_now[row.platform_id]) for row in ends}


def _first(connection: Connection, *where: sa.ColumnElement[bool]) -> Consultation | None:
    value = connection.scalar(sa.select(CONSULTATION.c.value).where(*where))
    return None if value is None else _consultation(value)


def _consultation(value: bytes) -> Consultation:
    return consultation_from_proto(pb.Consultation.FromString(value))


def _standing(consultation: Consultation) -> dict[str, Any]:
    """What a step changes."""
    return {
        "state": int(consultation.state),
        "end_time_ms": consultation.end_ms,
        "value": consultation_to_proto(consultation).SerializeToString(),
    }


def _seen_by(caller: Caller) -> sa.ColumnElement[bool]:
    """``consultation_reading.sees`` as SQL: a side, or whoever may see the aggregates of the area."""
    sides = (CONSULTATION.c.platform_id == caller.party_id, CONSULTATION.c.union_id == caller.party_id)
    areas = own_areas(caller)
    if areas is None:
        return sa.true()
    if caller.role is Role.PLATFORM:
        return sa.or_(*sides)
    area = CONSULTATION.c.area_code
    inner = (area.startswith(significant(code), autoescape=True) for code in areas)
    around = {outer for code in areas for outer in containing(code)}
    placed = sa.or_(area.in_(around), *inner)
    if caller.platforms is not None:
        placed = sa.and_(placed, CONSULTATION.c.platform_id.in_(caller.platforms))
    return sa.or_(*sides, placed)
