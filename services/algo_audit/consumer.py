"""What algo_audit reads and writes."""

from __future__ import annotations

from kit.eventlog.topics import DISPATCHES, FINDINGS, REGISTRY, Topic

READS: tuple[Topic, ...] = (DISPATCHES, REGISTRY)
WRITES: tuple[Topic, ...] = (FINDINGS,)

CONSUMED = (DISPATCHES.name,)
"""What the loop reads; the directory reads the registry's topic."""
