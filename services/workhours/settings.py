"""What workhours is told from outside."""

from __future__ import annotations

from enum import Enum
from importlib import resources
from pathlib import Path

from pydantic import Field, field_validator

from kit.settings import CommonSettings
from services.workhours.catalogue import read_pack
from services.workhours.core.counter import Measure
from services.workhours.core.rule_pack import RulePack
from services.workhours.ports import Keeping

LEAST_HISTORY_DAYS = 8
"""A week, the longest window of the rules that the service judges, and a day."""


class Watermark(Enum):
    """What lets time pass for spells that are still open."""

    EVENT = "event"
    """The latest event time seen, partition by partition: for replays, in which only events tell the time."""
    WALL = "wall"
    """The present less the allowed skew, once all that the log held then is judged: for live platforms."""


class WorkhoursSettings(CommonSettings):
    """``QUZHONG_…`` of workhours."""

    workhours_rule_pack: Path = Path(str(resources.files("rules") / "cn-food-delivery-2025.yaml"))
    """The rule pack to judge by."""
    workhours_rule_options: str = ""
    """The choices that the pack leaves, e.g. ``local_12h_offline=on``; several with commas between."""
    workhours_measure: Measure | None = None
    """Hold another measure of a spell against the limit than the pack says: for what-ifs."""
    workhours_watermark: Watermark = Watermark.EVENT
    """``event`` or ``wall``."""
    workhours_allowed_skew_s: int = Field(default=60, ge=0, le=3_600)
    """With ``wall``: how late an event may be before its absence counts. A minute: platforms send batches
    every few seconds, and what comes later still amends."""
    workhours_batch_records: int = Field(default=500, ge=1, le=10_000)
    """Records judged and committed together."""

    workhours_late_hours: int = Field(default=24, ge=1, le=24 * 4_000)
    """How late an event may come and be taken in at once; a later one is, by reading the log again."""
    workhours_history_days: int = Field(default=14, ge=LEAST_HISTORY_DAYS, le=4_000)
    """The horizon: how far back working time is judged. At least the longest window of the rules, a week, and
    a day; the log must keep as much."""

    @field_validator("workhours_rule_pack")
    @classmethod
    def _exists(cls, path: Path) -> Path:
        if not path.is_file():
            raise ValueError(f"{path} is no file; name a pack of rules/")
        return path

    def rule_pack(self) -> RulePack:
        """The pack, read and checked.

        Raises:
            ValueError: naming the pack's file, line and field, the value found and the way out.
        """
        stated = (each.partition("=") for each in self.workhours_rule_options.split(",") if each)
        options = {name.strip(): value.strip() for name, _, value in stated}
        pack = read_pack(self.workhours_rule_pack).resolve(options)
        return pack if self.workhours_measure is None else pack.measured_by(self.workhours_measure)

    def keeping(self) -> Keeping:
        """For how long what is kept."""
        return Keeping(self.workhours_late_hours * 3_600_000, self.workhours_history_days)
