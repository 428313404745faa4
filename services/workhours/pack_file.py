"""The rule pack in force: its file is looked at while the service runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kit.clock import Clock
from services.workhours.core.rule_pack import RulePack

LOOK_EVERY_MS = 5_000
"""Looking is a call to the file system; a rule that is in force some seconds later harms nobody."""

logger = logging.getLogger(__name__)


class PackFile:
    """A new version is in force as soon as it is seen; a broken one is refused: the last good one stays."""

    def __init__(self, path: Path, read: Callable[[], RulePack], clock: Clock) -> None:
        """``read`` reads and checks the file.

        Raises:
            ValueError: if it is broken at the start: naming file, line and reason.
        """
        self._path = path
        self._read = read
        self._clock = clock
        self._pack = read()
        self._seen = self._mark()
        self._looked_ms = clock()
        self.fault: str | None = None
        """Why the file as it is now is not in force; None if it is."""

    def in_force(self) -> RulePack:
        """The pack to judge by now. The same object until it changes."""
        if (now_ms := self._clock()) - self._looked_ms >= LOOK_EVERY_MS:
            self._looked_ms = now_ms
            self._look()
        return self._pack

    def _look(self) -> None:
        mark = self._mark()
        if mark is None or mark == self._seen:
            return
        self._seen = mark
        try:
            pack = self._read()
        except (OSError, ValueError) as error:
            self.fault = str(error)
            logger.error(
                "rule pack refused, %s %s stays in force: %s", self._pack.id, self._pack.version, error
            )
            return
        self.fault = self._not_now(pack)
        if self.fault is not None:
            logger.error("rule pack refused, %s stays in force: %s", self._pack.version, self.fault)
        elif pack != self._pack:
            logger.warning("rule pack %s: version %s → %s", pack.id, self._pack.version, pack.version)
            self._pack = pack

    def _not_now(self, pack: RulePack) -> str | None:
        """Why a pack cannot take force while the service runs; None if it can."""
        for name in ("id", "sector", "time_zone"):
            before, now = getattr(self._pack, name), getattr(pack, name)
            if before != now:
                return (
                    f"{self._path}: {name} is {now!r}, not {before!r}; start the service anew to judge by it"
                )
        today = datetime.fromtimestamp(self._clock() / 1000, ZoneInfo(pack.time_zone)).date()
        if pack.valid_from > today and pack.valid_from > self._pack.valid_from:
            return f"{self._path}: valid_from is {pack.valid_from}, and today is {today}; save it again then"
        return None

    def _mark(self) -> tuple[int, int] | None:
        try:
            about = self._path.stat()
        except OSError:
            return None  # being replaced, or gone: what was read stays in force
        return about.st_mtime_ns, about.st_size
