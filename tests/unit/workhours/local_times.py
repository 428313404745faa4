"""What a pack says of a few intervals stated in its own local time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from services.workhours.core.rule_pack import RulePack
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Verdict
from tests.unit.workhours.shipped_packs import verdicts_by_code


def moment_ms(text: str, zone: ZoneInfo) -> int:
    """A local time, "2025-04-03 08:00", as epoch ms."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()) * 1000


def local(at_ms: int, zone: ZoneInfo) -> str:
    """The other way round."""
    return datetime.fromtimestamp(at_ms / 1000, tz=zone).strftime("%Y-%m-%d %H:%M")


def judged(
    rules: RulePack, acts: list[tuple[str, str, str]], known_until: str | None = None
) -> dict[str, list[Verdict]]:
    """By rule code: the verdicts on intervals of start, end and state, in the pack's own local time."""
    zone = ZoneInfo(rules.time_zone)
    timeline = Timeline.of(
        (Interval(moment_ms(start, zone), moment_ms(end, zone), state) for start, end, state in acts),
        None if known_until is None else moment_ms(known_until, zone),
    )
    return verdicts_by_code(timeline, rules)
