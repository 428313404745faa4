"""The period reports, wired: what ``app`` needs of them."""

from __future__ import annotations

import grpc

from kit.clock import Clock
from kit.storage.store import Store
from quzhong.api.notify.v1 import figures_pb2, figures_pb2_grpc
from services.notify.adapters.period_reading import SqlPeriodReading
from services.notify.casework.acts import Casework
from services.notify.ladder.climbing import Climbing
from services.notify.period_reports.api import PeriodReportServicer
from services.notify.period_reports.areas_now import AreasReading
from services.notify.period_reports.reporting import PeriodReporting


class PeriodReportPart:
    """Has no thread of its own."""

    grpc_service = figures_pb2.DESCRIPTOR.services_by_name["PeriodReportService"].full_name

    def __init__(self, store: Store, climbing: Climbing, casework: Casework, clock: Clock) -> None:
        reading = SqlPeriodReading(store)
        reporting = PeriodReporting(reading, climbing.policy, climbing.names, clock)
        areas = AreasReading(reading, climbing.policy, clock)
        self._servicer = PeriodReportServicer(reporting, areas, casework)

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicer."""
        figures_pb2_grpc.add_PeriodReportServiceServicer_to_server(self._servicer, server)
