"""A registry and the consulting services on one socket: platforms, unions, authorities of two cities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from kit.eventlog.topics import AGREEMENTS
from kit.grpc.host import Unit
from quzhong.api.algo_audit.v1 import (
    appeals_pb2_grpc,
    consultation_pb2_grpc,
)
from quzhong.api.algo_audit.v1 import (
    consultation_pb2 as pb,
)
from quzhong.api.events.v1 import events_pb2
from quzhong.api.registry.v1 import registry_pb2
from services.registry.settings import RegistrySettings
from tests.support.consulting import ConsultingUnit, consulting
from tests.support.suite import CITY, Suite, running_suite

DAY_MS = 86_400_000
MIDNIGHT_MS = 1_775_232_000_000
"""2026-04-04 00:00 in Asia/Shanghai."""
NOON_MS = MIDNIGHT_MS + DAY_MS // 2


class MovingClock:
    """The present, as a test sets it."""

    def __init__(self) -> None:
        self.now_ms = NOON_MS

    def __call__(self) -> int:
        return self.now_ms


def stamp(epoch_ms: int) -> Timestamp:
    moment = Timestamp()
    moment.FromMilliseconds(epoch_ms)
    return moment


def limit(value: float = 1_500, start_m: int = 0, end_m: int = 3_000, **fields: Any) -> pb.ProposedThreshold:
    given: dict[str, Any] = {
        "metric_id": "delivery_time",
        "area_code": CITY,
        "service": events_pb2.SERVICE_KIND_FOOD_DELIVERY,
    } | fields
    return pb.ProposedThreshold(value=value, distance_start_m=start_m, distance_end_m=end_m, **given)


class Client:
    """The consulting services as one party calls them; request ids come by themselves."""

    def __init__(self, channel: grpc.Channel, token: str, request_id: Callable[[], str]) -> None:
        self._stubs = (
            consultation_pb2_grpc.ConsultationServiceStub(channel),
            appeals_pb2_grpc.AppealServiceStub(channel),
        )
        self._metadata = [("authorization", f"Bearer {token}")]
        self._request_id = request_id

    def call(self, rpc: str, request: Any) -> Any:
        if "request_id" in request.DESCRIPTOR.fields_by_name and not request.request_id:
            request.request_id = self._request_id()
        stub = next(stub for stub in self._stubs if hasattr(stub, rpc))
        return getattr(stub, rpc)(request, metadata=self._metadata, timeout=20)

    def open(
        self, platform_id: str = "swift", union_id: str = "city-union", **fields: Any
    ) -> pb.Consultation:
        given: dict[str, Any] = {
            "platform_id": platform_id,
            "union_id": union_id,
            "topic": pb.TOPIC_TIME_AND_ROUTING,
            "metric_id": "delivery_time",
            "area_code": CITY,
        } | fields
        answer: pb.Consultation = self.call(
            "OpenConsultation", pb.OpenConsultationRequest(**given)
        ).consultation
        return answer

    def offer(
        self, consultation_id: str, *thresholds: pb.ProposedThreshold, days: int = 1, **fields: Any
    ) -> pb.Consultation:
        request = pb.MakeOfferRequest(
            consultation_id=consultation_id,
            thresholds=thresholds or (limit(),),
            effective_time=stamp(MIDNIGHT_MS + days * DAY_MS),
            **fields,
        )
        answer: pb.Consultation = self.call("MakeOffer", request).consultation
        return answer

    def accept(self, consultation_id: str, number: int, **fields: Any) -> pb.Consultation:
        request = pb.AcceptOfferRequest(consultation_id=consultation_id, offer_number=number, **fields)
        answer: pb.Consultation = self.call("AcceptOffer", request).consultation
        return answer

    def fail(self, consultation_id: str, text: str = "谈不拢", **fields: Any) -> pb.Consultation:
        request = pb.FailConsultationRequest(consultation_id=consultation_id, text=text, **fields)
        answer: pb.Consultation = self.call("FailConsultation", request).consultation
        return answer

    def get(self, consultation_id: str) -> Any:
        return self.call("GetConsultation", pb.GetConsultationRequest(consultation_id=consultation_id))

    def render(self, consultation_id: str, document: int, language: int = 0) -> pb.RenderPackResponse:
        request = pb.RenderPackRequest(
            consultation_id=consultation_id,
            format=pb.PackFormat.ValueType(document),
            language=pb.Language.ValueType(language),
        )
        answer: pb.RenderPackResponse = self.call("RenderPack", request)
        return answer

    def listed(self, **fields: Any) -> list[str]:
        answer = self.call("ListConsultations", pb.ListConsultationsRequest(**fields))
        return [one.consultation_id for one in answer.consultations]


class Table:
    """Everybody at the table."""

    def __init__(self, suite: Suite, clock: MovingClock, channel: grpc.Channel) -> None:
        self.suite = suite
        self.clock = clock
        self._channel = channel

    def as_(self, party_id: str) -> Client:
        party = self.suite.admin if party_id == "administrator" else self.suite.as_(party_id)
        return Client(self._channel, party.token, self.suite.request_id)

    @property
    def unit(self) -> ConsultingUnit:
        unit: Unit = self.suite.unit("consulting")
        assert isinstance(unit, ConsultingUnit)
        return unit

    def agreements(self) -> list[pb.Agreement]:
        """What left for topic agreements, in order."""
        self.settle()
        records = self.suite.log.reader(AGREEMENTS.name).poll(0.1)
        return [pb.Agreement.FromString(record.value) for record in records]

    def declared(self) -> list[registry_pb2.Threshold]:
        """All versions the registry has."""
        self.settle()
        request = registry_pb2.ListThresholdsRequest(page_size=1_000)
        return list(self.suite.admin.registry.ListThresholds(request).thresholds)

    def settle(self) -> None:
        """Wait until agreements are on their topic, then until the registry has declared them."""
        self.suite.drain()
        self.suite.drain()


def run(folder: Path, clock: MovingClock) -> Iterator[Table]:
    """One life of the services."""
    with running_suite(folder, consulting, clock=clock) as suite:
        channel = grpc.insecure_channel(suite.host.address)
        yield Table(suite, clock, channel)
        channel.close()


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    areas = tmp_path / "areas.csv"  # one beyond the installation's own
    areas.write_text(RegistrySettings().areas_file.read_text("utf-8") + "110000,北京市,Beijing\n", "utf-8")
    monkeypatch.setenv("QUZHONG_AREAS_FILE", str(areas))
    for table in run(tmp_path, MovingClock()):
        suite = table.suite
        suite.platform("swift")
        suite.platform("steady")
        suite.platform("far-away", "110000")
        suite.union("city-union")
        suite.union("lubei-union", "130203")
        suite.union("beijing-union", "110000")
        suite.regulator("tangshan")
        suite.regulator("beijing", "110000")
        yield table
