"""``ConsultationService`` and ``AppealService`` on a real socket, over packs that are made up: for tests.

A pack's data are the limit of feasibility and ten times; what an offer does is counted on those.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import grpc

from kit.clock import Clock
from kit.directory import Directory
from kit.eventlog import outbox
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import EventLog
from kit.storage.store import Store
from quzhong.api.algo_audit.v1 import (
    algo_audit_pb2,
    appeals_pb2,
    appeals_pb2_grpc,
    consultation_pb2,
    consultation_pb2_grpc,
)
from services.algo_audit.adapters.answers import SqlAnswers
from services.algo_audit.adapters.appeals import SqlAppealBook
from services.algo_audit.adapters.consultations import SqlConsultations
from services.algo_audit.adapters.tables import METADATA
from services.algo_audit.appeal_api import AppealServicer
from services.algo_audit.appeals import AppealDesk
from services.algo_audit.consultation_api import ConsultationServicer
from services.algo_audit.consultation_ports import FrozenPack, OfferEffect
from services.algo_audit.consultation_reading import ConsultationReader
from services.algo_audit.consultations import ConsultationDesk
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.pack_documents import Rendered
from services.algo_audit.ports import Scope
from services.algo_audit.wire_appeals import counts_to_proto

FLOOR_S = 600.0
TIMES_S = tuple(range(700, 1_700, 100))


class MadeUpPacks:
    """``Packs``: each differs from the last, as if orders came meanwhile."""

    def __init__(self) -> None:
        self.frozen = 0
        self.times_s: Sequence[float] = TIMES_S
        self.appeals: AppealDesk | None = None

    def freeze(
        self, scope: Scope, *, detail: int, platform_id: str, union_id: str, topic: int, now_ms: int
    ) -> FrozenPack:
        """See the port."""
        self.frozen += 1
        pack = consultation_pb2.Pack(
            title_zh=f"{platform_id}与{union_id}协商材料",
            title_en=f"Pack {self.frozen}",
            audit=algo_audit_pb2.Audit(audit_id=f"audit-{self.frozen}", area_code=scope.area_code),
            sections=[
                consultation_pb2.PackSection(section_id="summary"),
                consultation_pb2.PackSection(section_id="method"),
            ],
        )
        start_ms, end_ms = scope.start_ms or now_ms - 86_400_000, scope.end_ms or now_ms
        if self.appeals is not None:
            pack.appeals.CopyFrom(counts_to_proto(self.appeals.counts(platform_id, start_ms, end_ms)))
        data = json.dumps(list(self.times_s)).encode()
        return FrozenPack(
            f"audit-{self.frozen}", f"data-{self.frozen}", start_ms, end_ms, pack.SerializeToString(), data
        )


class MadeUpEffects:
    """``Effects``: one cohort a proposal."""

    def of(self, data: bytes, proposals: Sequence[Proposal]) -> list[OfferEffect]:
        """See the port."""
        times_s = json.loads(data)
        effects = []
        for index, proposal in enumerate(proposals):
            late = sum(time_s > proposal.value for time_s in times_s)
            cohort = f"{proposal.distance_start_m}-{proposal.distance_end_m or ''}"
            message = consultation_pb2.OfferEffect(
                cohort=cohort,
                what_if=algo_audit_pb2.WhatIf(
                    threshold=proposal.value,
                    orders=len(times_s),
                    orders_affected=late,
                    attainment=1 - late / len(times_s),
                    verdict=algo_audit_pb2.VERDICT_WITHIN_MIDDLE,
                ),
            )
            below = proposal.value < FLOOR_S
            effects.append(OfferEffect(index, cohort, FLOOR_S, below, message.SerializeToString()))
        return effects


class MadeUpRenderer:
    """``PackRenderer``: the pack as it came, so that a test can read it."""

    def render(self, pack: bytes, document: int, language: int) -> Rendered:
        """See the port."""
        return Rendered(pack, f"application/x-{document}", f"pack-{language}")


class ConsultingUnit:
    """The two services, ready to run."""

    name = "consulting"
    grpc_services = (
        consultation_pb2.DESCRIPTOR.services_by_name["ConsultationService"].full_name,
        appeals_pb2.DESCRIPTOR.services_by_name["AppealService"].full_name,
    )

    def __init__(self, url: str, log: EventLog, directory: Directory, clock: Clock) -> None:
        self.packs = MadeUpPacks()
        self._store = Store.open(url, METADATA)
        self._outbox = OutboxRelay(self._store, log)
        ids = (f"id-{number}" for number in itertools.count(1))
        answers = SqlAnswers()
        appeals = AppealDesk(SqlAppealBook(self._store), answers, directory, clock, lambda: next(ids))
        self.packs.appeals = appeals
        consultations = SqlConsultations(self._store)
        desk = ConsultationDesk(
            consultations,
            answers,
            self.packs,
            MadeUpEffects(),
            directory,
            clock,
            lambda: next(ids),
        )
        self._consultations = ConsultationServicer(
            desk, ConsultationReader(consultations, directory, clock), MadeUpRenderer()
        )
        self._appeals = AppealServicer(appeals)

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicers."""
        consultation_pb2_grpc.add_ConsultationServiceServicer_to_server(self._consultations, server)
        appeals_pb2_grpc.add_AppealServiceServicer_to_server(self._appeals, server)

    def start(self) -> None:
        """Start publishing agreements."""
        self._outbox.start()

    def stop(self) -> None:
        """Publish what is in hand, then close."""
        self._outbox.stop()
        self._store.close()

    def drained(self) -> bool:
        """Whether all agreements are on their topic."""
        with self._store.read() as connection:
            return outbox.is_empty(connection)

    def healthy(self) -> bool:
        """Whether the thread has not ended by a mistake."""
        return not self._outbox.failed


def consulting(
    folder: Path, given: dict[str, Any], log: EventLog, directory: Directory, clock: Clock
) -> ConsultingUnit:
    """For ``running_suite``."""
    return ConsultingUnit(f"sqlite:///{folder / 'consulting.db'}", log, directory, clock)
