"""Telemetry of a process: set up once, before anything is built, and shut down after everything has ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Protocol

from kit.errors import FailedPreconditionError
from kit.telemetry import metrics, tracing

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics.export import MetricReader

EXPORT_S = 5
"""So long one export may take; also how long the end of a process waits for a collector that is away."""

SCOPE = "quzhong"


class Where(Protocol):
    """What it has to be told; ``kit.settings`` has it."""

    @property
    def otlp_endpoint(self) -> str: ...

    @property
    def metrics_port(self) -> int | None: ...

    @property
    def address(self) -> str: ...


class Running:
    """What is running."""

    def __init__(self) -> None:
        self.metrics_address = ""
        """``host:port`` of the page for Prometheus; empty: none is served."""


class _State:
    running: Running | None = None


@contextmanager
def running(service: str, where: Where) -> Iterator[Running]:
    """Traces and metrics for the block; nothing if ``where`` names neither a collector nor a port.

    ``service``: what this process is called, ``service.name``. Samplers, headers, certificates and intervals
    are those of OpenTelemetry's own variables (``OTEL_TRACES_SAMPLER``, ``OTEL_EXPORTER_OTLP_HEADERS`` …).
    Within another ``running`` block it is that one: there is one telemetry a process.

    Raises:
        FailedPreconditionError: if the port is taken.
    """
    if _State.running is not None:
        yield _State.running
        return
    if not where.otlp_endpoint and where.metrics_port is None:
        yield Running()
        return
    with ExitStack() as ending:
        _State.running = it = Running()
        ending.callback(_forget)
        _start(service, where, it, ending)
        yield it


def _forget() -> None:
    _State.running = None


def _start(service: str, where: Where, it: Running, ending: ExitStack) -> None:
    # Imported here: a process without telemetry does not load the exporters.
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({SERVICE_NAME: service})
    readers: list[MetricReader] = []
    if where.metrics_port is not None:
        readers.append(_page(where, it, ending))
    if where.otlp_endpoint:
        from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

        tracer_provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        exporter = OTLPSpanExporter(endpoint=where.otlp_endpoint, timeout=EXPORT_S)
        tracer_provider.add_span_processor(BatchSpanProcessor(exporter))
        tracing.use(tracer_provider.get_tracer(SCOPE))
        ending.callback(tracer_provider.shutdown)
        ending.callback(tracing.use, None)
        readers.append(
            PeriodicExportingMetricReader(
                OTLPMetricExporter(endpoint=where.otlp_endpoint, timeout=EXPORT_S),
                export_timeout_millis=EXPORT_S * 1000,
            )
        )
    meter_provider = MeterProvider(readers, resource, shutdown_on_exit=False)
    metrics.use(meter_provider.get_meter(SCOPE))
    # In reverse: a last collection, then nothing is counted any more.
    ending.callback(metrics.use, None)
    ending.callback(meter_provider.shutdown)


def _page(where: Where, it: Running, ending: ExitStack) -> MetricReader:
    """What Prometheus scrapes: a page on the host that gRPC is served on."""
    from opentelemetry.exporter.prometheus import PrometheusMetricReader
    from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server

    host, port = where.address.rpartition(":")[0].strip("[]"), where.metrics_port or 0
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    try:
        server, thread = start_http_server(port, host, registry)
    except OSError as error:
        raise FailedPreconditionError(
            f"QUZHONG_METRICS_PORT: {host}:{port} cannot be listened on: {error}; name a free port",
            zh=f"QUZHONG_METRICS_PORT：无法监听 {host}:{port}（{error}）；请改用空闲端口",
            field="QUZHONG_METRICS_PORT",
            reason="METRICS_PORT_TAKEN",
        ) from error

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    ending.callback(stop)
    it.metrics_address = f"{host}:{server.server_port}"
    return PrometheusMetricReader(scope_info_enabled=False, registry=registry)
