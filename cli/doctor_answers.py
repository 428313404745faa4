"""What answers: gRPC and the health it tells, the portal, the page of metrics, the collector."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import grpc
import httpx
from grpc_health.v1 import health_pb2, health_pb2_grpc

from cli.doctor_checks import Check, Text, fault, well
from cli.doctor_places import skew_check
from kit.clock import system_clock
from kit.errors import QuzhongError
from kit.grpc.tls import client_credentials
from kit.settings import CommonSettings
from quzhong.channel import channel_to

PATIENCE_S = 5.0
"""Whoever answers later than this does not answer."""


def grpc_checks(settings: CommonSettings, address: str) -> Iterator[Check]:
    """``grpc.health.v1.Health`` at an address: of all its services together."""
    what = f"gRPC {address}"
    start = Text(
        "请启动服务（quzhong up，或各服务的部署），或以 --address 指明其地址",
        "start it (`quzhong up`, or the service's deployment), or say where it is by --address",
    )
    try:
        channel = channel_to(address, client_credentials(settings))
    except QuzhongError as error:
        yield fault(what, Text(error.zh, error.message), Text("请更正证书设置", "correct the TLS settings"))
        return
    with channel:
        try:
            stub = health_pb2_grpc.HealthStub(channel)
            answer = stub.Check(health_pb2.HealthCheckRequest(), timeout=PATIENCE_S)
        except grpc.RpcError as error:
            said = f"{error.code().name}: {error.details()}"
            yield fault(what, Text(f"无应答：{said}", f"does not answer: {said}"), start)
            return
    if answer.status == health_pb2.HealthCheckResponse.SERVING:
        yield well(what, "服务正常", "answers and is well")
        return
    yield fault(
        what,
        Text(
            "应答但不健康：某服务的线程已因错误终止",
            "answers, and is not well: a thread has ended by a mistake",
        ),
        Text(
            "请查看其日志中的 ERROR 并重启；参见 docs/runbook.zh-CN.md",
            "look for ERROR in its log, then restart it; see docs/runbook.md",
        ),
    )


def page_checks(url: str) -> Iterator[Check]:
    """Whether the portal answers, and what its clock says."""
    what = f"portal {url}"
    try:
        answer = httpx.get(url, timeout=PATIENCE_S, follow_redirects=False)
    except httpx.HTTPError as error:
        yield fault(
            what,
            Text(f"无应答：{error}", f"does not answer: {error}"),
            Text(
                "请启动门户，或以 --portal 指明其地址；不部署门户时使用 --no-portal",
                "start the portal, or say where it is by --portal; --no-portal if there is none",
            ),
        )
        return
    if answer.status_code >= 500:
        yield fault(
            what,
            Text(f"应答 {answer.status_code}", f"answers {answer.status_code}"),
            Text("请查看门户日志；它所调用的服务可能未启动", "look at its log; what it calls may be down"),
        )
    else:
        yield well(what, f"应答 {answer.status_code}", f"answers {answer.status_code}")
    if date := answer.headers.get("date"):
        # Whole seconds, cut off.
        skew_s = parsedate_to_datetime(date).timestamp() + 0.5 - system_clock() / 1000
        yield skew_check("clock of the portal", skew_s, precision_s=1.0)


def collector_checks(settings: CommonSettings) -> Iterator[Check]:
    """Whether somebody listens where traces and metrics are sent."""
    if not settings.otlp_endpoint:
        return
    what, place = "QUZHONG_OTLP_ENDPOINT", urlsplit(settings.otlp_endpoint)
    try:
        with socket.create_connection((place.hostname or "", place.port or 4317), PATIENCE_S):
            yield well(what, f"{settings.otlp_endpoint} 可连接", f"{settings.otlp_endpoint} can be reached")
    except OSError as error:
        yield fault(
            what,
            Text(
                f"{settings.otlp_endpoint} 无法连接：{error}",
                f"{settings.otlp_endpoint} cannot be reached: {error}",
            ),
            Text(
                "请启动收集器（4317 为 OTLP/gRPC 端口）或清空此变量；服务本身不受影响",
                "start the collector (4317 is OTLP over gRPC) or unset it; the services run without",
            ),
        )
