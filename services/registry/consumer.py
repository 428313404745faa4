"""What the registry reads: nothing. It is where the flow begins."""

from __future__ import annotations

from kit.eventlog.topics import REGISTRY, Topic

READS: tuple[Topic, ...] = ()
WRITES: tuple[Topic, ...] = (REGISTRY,)
