"""The caller's trace goes on in the service: W3C Trace Context, if the caller uses OpenTelemetry.

The package does not need it: without ``opentelemetry-api``, or outside a span, nothing is sent.
"""

from __future__ import annotations

try:
    from opentelemetry import propagate
except ImportError:  # it is the caller's choice
    propagate = None  # type: ignore[assignment]

Metadata = tuple[tuple[str, str], ...]

CARRIED = ("traceparent", "tracestate")
"""Baggage stays where it is: the caller alone knows what is in it."""


def trace_metadata() -> Metadata:
    """Of the span the caller is in, by the propagator it has chosen; empty outside of any."""
    if propagate is None:
        return ()
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return tuple((name, carrier[name]) for name in CARRIED if name in carrier)
