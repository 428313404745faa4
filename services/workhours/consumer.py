"""What workhours reads and writes."""

from __future__ import annotations

from kit.eventlog.topics import ACTIVITY, DISPATCHES, FINDINGS, REGISTRY, Topic

READS: tuple[Topic, ...] = (DISPATCHES, REGISTRY)
WRITES: tuple[Topic, ...] = (ACTIVITY, FINDINGS)

CONSUMED = (DISPATCHES.name,)
"""What the loop reads; the directory reads the registry's topic."""
