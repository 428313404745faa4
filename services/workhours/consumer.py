"""What workhours reads and writes."""

from __future__ import annotations

from kit.eventlog.topics import ACTIVITY, DISPATCHES, FINDINGS, REGISTRY, WORK_SESSIONS, Topic

READS: tuple[Topic, ...] = (WORK_SESSIONS, DISPATCHES, REGISTRY)
WRITES: tuple[Topic, ...] = (ACTIVITY, FINDINGS)

CONSUMED = (WORK_SESSIONS.name, DISPATCHES.name)
"""What the loop reads; the directory reads the registry's topic."""
