"""Getting into the registry: parties for the demo and for replays, whether they are there already or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from google.protobuf.timestamp_pb2 import Timestamp

from cli.connection import Connection, fresh_request_id
from quzhong import AlreadyExistsError
from quzhong.api.events.v1 import events_pb2, findings_pb2
from quzhong.api.registry.v1 import admission_pb2
from quzhong.api.registry.v1 import registry_pb2 as pb
from simulator import BAND_EDGES_M, CITY_CODE, City, Platform

DELIVERY_TIME = "delivery_time"

SIMULATED = "模拟平台，事件由 quzhong 命令生成 · simulated: its events are made by the command quzhong"
"""Why such a platform is admitted without a report of the conformance kit."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a party is called."""

    zh: str
    en: str

    def text(self) -> findings_pb2.LocalText:
        """As the contract writes it."""
        return findings_pb2.LocalText(zh=self.zh, en=self.en)


REGULATOR_ID = "tangshan-labour"
REGULATOR = Name("唐山市人力资源和社会保障局（演示）", "Tangshan labour authority (demo)")
REGULATOR_UNIT = "human-resources"
"""So that it receives employment reports."""
OFFICIAL_ID = "tangshan-official"
"""Of the authority: approves summonses."""
OFFICIAL = Name("李明（演示）", "Li Ming (demo)")
UNION_ID = "tangshan-union"
UNION = Name("唐山市总工会（演示）", "Tangshan federation of trade unions (demo)")


def platform_token(admin: Connection, platform_id: str, name: Name, area_codes: Sequence[str]) -> str:
    """Register a platform, or issue a further credential if it is registered already.

    Where reports of the conformance kit are asked for it is admitted by decision: it is simulated.
    """
    try:
        token = admin.call(
            admin.registry.RegisterPlatform,
            pb.RegisterPlatformRequest(
                request_id=fresh_request_id(),
                platform_id=platform_id,
                name=name.text(),
                area_codes=area_codes,
            ),
        ).token
    except AlreadyExistsError:
        return _further_token(admin, platform_id)
    admin.call(
        admin.admissions.AdmitPlatform,
        admission_pb2.AdmitPlatformRequest(
            request_id=fresh_request_id(), platform_id=platform_id, reason=SIMULATED
        ),
    )
    return token


def supervisor_token(
    admin: Connection,
    party_id: str,
    role: pb.Role.ValueType,
    name: Name,
    area_codes: Sequence[str],
    *,
    department_id: str = "",
    unit_id: str = "",
) -> str:
    """The same for a regulator, a union, or an official of a department; ``unit_id``: its 责任单位."""
    try:
        return admin.call(
            admin.registry.RegisterSupervisor,
            pb.RegisterSupervisorRequest(
                request_id=fresh_request_id(),
                party_id=party_id,
                role=role,
                name=name.text(),
                area_codes=area_codes,
                department_id=department_id,
                profile=pb.PartyProfile(unit_id=unit_id),
            ),
        ).token
    except AlreadyExistsError:
        return _further_token(admin, party_id)


def declare_limits(own: Connection, platform: Platform, city: City) -> None:
    """Declare a platform's delivery times, one threshold a distance band, in force from the day before.

    What is declared already is left as it is.
    """
    there = own.call(
        own.registry.ListThresholds,
        pb.ListThresholdsRequest(platform_id=platform.id, metric_id=DELIVERY_TIME, page_size=1_000),
    ).thresholds
    declared = {(each.distance_start_m, each.distance_end_m, each.value) for each in there}
    effective = Timestamp()
    day = city.parameters.date
    effective.FromDatetime(datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1))
    ends = (*BAND_EDGES_M[1:], 0)
    for start_m, end_m, limit_s in zip(BAND_EDGES_M, ends, platform.declared_limits_s, strict=True):
        if (start_m, end_m, limit_s) in declared:
            continue
        own.call(
            own.registry.DeclareThreshold,
            pb.DeclareThresholdRequest(
                request_id=fresh_request_id(),
                platform_id=platform.id,
                metric_id=DELIVERY_TIME,
                area_code=str(CITY_CODE),
                service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
                distance_start_m=start_m,
                distance_end_m=end_m,
                value=limit_s,
                effective_time=effective,
            ),
        )


def _further_token(admin: Connection, party_id: str) -> str:
    return admin.call(
        admin.registry.IssueCredential,
        pb.IssueCredentialRequest(request_id=fresh_request_id(), party_id=party_id),
    ).token
