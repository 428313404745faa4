"""The acts of people, wired: what ``app`` needs of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import grpc
from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.storage.store import Store
from quzhong.api.notify.v1 import casework_pb2, casework_pb2_grpc
from services.notify.adapters.casework_views import SqlCaseworkReading
from services.notify.casework.acts import Casework
from services.notify.casework.api import CaseworkServicer
from services.notify.casework.notice_documents import NoticeDocuments
from services.notify.casework.ports import CaseworkBook, Officials
from services.notify.casework.rights import Rights
from services.notify.ladder.climbing import Climbing


class CaseworkPart:
    """Has no thread of its own."""

    grpc_service = casework_pb2.DESCRIPTOR.services_by_name["CaseworkService"].full_name

    def __init__(
        self,
        store: Store,
        climbing: Climbing,
        officials: Officials,
        clock: Clock,
        *,
        open_book: Callable[[Connection], CaseworkBook],
        after_commit: Callable[[], None],
    ) -> None:
        @contextmanager
        def transactions() -> Iterator[CaseworkBook]:
            with store.transaction() as connection:
                yield open_book(connection)
            after_commit()

        reading = SqlCaseworkReading(store)
        self.rights = Rights(officials, reading.absences_of_deputy, clock)
        self.casework = Casework(climbing, officials, transactions, clock)
        self._servicer = CaseworkServicer(
            self.casework,
            reading,
            NoticeDocuments(climbing.names, officials),
            self.rights,
        )

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicer."""
        casework_pb2_grpc.add_CaseworkServiceServicer_to_server(self._servicer, server)
