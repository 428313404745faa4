"""The demo's union reads, asks and consults: its period is one that may be told."""

from __future__ import annotations

from pathlib import Path

import grpc

from cli.connection import Connection, fresh_request_id
from cli.demo import demo_clock, run_demo
from cli.embedded import EmbeddedSuite
from cli.output import Output
from quzhong.api.algo_audit.v1 import algo_audit_pb2, consultation_pb2, consultation_pb2_grpc
from simulator import CITY_CODE, CityParameters, simulate


def test_the_union_of_the_demo_sees_its_audit_and_consults_on_it(tmp_path: Path) -> None:
    city = simulate(CityParameters(workers=200))
    with EmbeddedSuite(tmp_path, kafka="", portal=False, clock=demo_clock(city)) as suite:
        outcome = run_demo(suite, city, Output(as_json=True, language=None), began_s=0.0)
        with Connection(suite.address, outcome.union_token) as union:
            latest = algo_audit_pb2.GetAuditRequest(area_code=str(CITY_CODE))
            assert union.call(union.algo_audit.GetAudit, latest).audit == outcome.audit
            mine = algo_audit_pb2.RunAuditRequest(request_id=fresh_request_id(), area_code=str(CITY_CODE))
            assert union.call(union.algo_audit.RunAudit, mine).audit.audit_id == outcome.audit.audit_id
        consulting = consultation_pb2.OpenConsultationRequest(
            request_id=fresh_request_id(),
            platform_id=city.platforms[1].id,
            topic=consultation_pb2.TOPIC_TIME_AND_ROUTING,
            metric_id="delivery_time",
            area_code=str(CITY_CODE),
        )
        with grpc.insecure_channel(suite.address) as channel:
            opened = consultation_pb2_grpc.ConsultationServiceStub(channel).OpenConsultation(
                consulting, metadata=(("authorization", f"Bearer {outcome.union_token}"),), timeout=60
            )
        assert opened.consultation.audit_id == outcome.audit.audit_id
