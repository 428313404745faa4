"""What workhours is told from outside."""

from __future__ import annotations

from enum import Enum
from importlib import resources
from pathlib import Path

import yaml
from pydantic import Field, field_validator

from kit.settings import CommonSettings
from services.workhours.core.rule_pack import Measure, RulePack, parse_rule_pack


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
    workhours_measure: Measure | None = None
    """Hold another measure of a spell against the limit than the pack says: for what-ifs."""
    workhours_watermark: Watermark = Watermark.EVENT
    """``event`` or ``wall``."""
    workhours_allowed_skew_s: int = Field(default=60, ge=0, le=3_600)
    """With ``wall``: how late an event may be before its absence counts. A minute: platforms send batches
    every few seconds, and what comes later still amends."""
    workhours_batch_records: int = Field(default=500, ge=1, le=10_000)
    """Records judged and committed together."""

    @field_validator("workhours_rule_pack")
    @classmethod
    def _exists(cls, path: Path) -> Path:
        if not path.is_file():
            raise ValueError(f"{path} is no file; name a pack of rules/")
        return path

    def rule_pack(self) -> RulePack:
        """The pack, read and checked.

        Raises:
            ValueError: naming the pack's field, its value and the way out.
        """
        pack = parse_rule_pack(yaml.safe_load(self.workhours_rule_pack.read_text(encoding="utf-8")))
        return pack if self.workhours_measure is None else pack.measured_by(self.workhours_measure)
