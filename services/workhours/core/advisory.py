"""What a platform should do for its worker, out of the revisions of a finding.

    the finding says                         the advice is
    PROMPT, the stretch goes on              MINUTES_LEFT: the limit less what is measured
    LIMIT_REACHED, the stretch goes on       LIMIT_REACHED: no further order
    BREACH, the stretch goes on              NO_PUSH; without a window while an order is in hand
    BREACH, over, its window still ahead     NO_PUSH with its window
    anything else: over, or withdrawn        none

Each platform with an order in the stretch is advised, by its own name only. A revision that leaves a
platform's advice as it was tells it nothing; where there was advice and now is none, it is told CLEARED.
Pure: the same two revisions give the same advisories, with the same ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from services.workhours.core.finding import Finding, FindingState
from services.workhours.core.param_reader import spelt
from services.workhours.core.text import Text
from services.workhours.core.verdict import Severity


class AdvisoryKind(IntEnum):
    """The numbers are those of the wire contract."""

    MINUTES_LEFT = 1
    LIMIT_REACHED = 2
    NO_PUSH = 3
    CLEARED = 4


@dataclass(frozen=True, slots=True)
class Advice:
    """What holds for one stretch. Moments epoch ms, lengths ms."""

    kind: AdvisoryKind
    event_time_ms: int
    """When the tier was reached."""
    minutes_left_ms: int | None = None
    """At ``event_time_ms``; None once the limit is passed."""
    must_rest_until_ms: int | None = None
    no_push_start_ms: int | None = None
    no_push_end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Advisory:
    """Advice to one platform about one of its workers."""

    advisory_id: str
    """32 hexadecimal digits, a function of finding, revision and platform."""
    finding_id: str
    revision: int
    rule_id: str
    worker_id: str
    platform_id: str
    area_code: str
    """Of the finding: whose supervision it is. Not told to platforms."""
    advice: Advice
    text: Text


def advisories(earlier: Finding | None, later: Finding) -> list[Advisory]:
    """What ``later`` tells, by platform; ``earlier`` is the revision before, None if it is the first."""
    told = {} if earlier is None else _by_platform(earlier)
    holds = _by_platform(later)
    cleared = Advice(AdvisoryKind.CLEARED, later.tier_at_ms)
    return [
        _advisory(later, platform_id, holds.get(platform_id, cleared))
        for platform_id in sorted(told.keys() | holds.keys())
        if told.get(platform_id) != holds.get(platform_id)
    ]


def _by_platform(finding: Finding) -> Mapping[str, Advice]:
    advice = _advice(finding)
    return dict.fromkeys(finding.platform_ids, advice) if advice is not None else {}


def _advice(finding: Finding) -> Advice | None:
    """What holds by one revision; None: nothing needs to be done."""
    if finding.state is FindingState.WITHDRAWN:
        return None
    if finding.severity is Severity.BREACH:
        ahead = finding.no_push_end_ms is not None and finding.no_push_end_ms > finding.watermark_ms
        if not (finding.open or ahead):
            return None
        return Advice(
            AdvisoryKind.NO_PUSH,
            finding.tier_at_ms,
            must_rest_until_ms=finding.must_rest_until_ms,
            no_push_start_ms=finding.no_push_start_ms,
            no_push_end_ms=finding.no_push_end_ms,
        )
    if not finding.open:
        return None
    return Advice(
        _KIND[finding.severity],
        finding.tier_at_ms,
        minutes_left_ms=max(0, finding.limit_ms - finding.measured_ms),
        must_rest_until_ms=finding.must_rest_until_ms,
    )


_KIND: Final[Mapping[Severity, AdvisoryKind]] = {
    Severity.PROMPT: AdvisoryKind.MINUTES_LEFT,
    Severity.LIMIT_REACHED: AdvisoryKind.LIMIT_REACHED,
}


def _advisory(finding: Finding, platform_id: str, advice: Advice) -> Advisory:
    parts = f"{finding.finding_id}\n{finding.revision}\n{platform_id}"
    return Advisory(
        advisory_id=hashlib.sha256(parts.encode()).hexdigest()[:32],
        finding_id=finding.finding_id,
        revision=finding.revision,
        rule_id=finding.rule_id,
        worker_id=finding.worker_id,
        platform_id=platform_id,
        area_code=finding.area_code,
        advice=advice,
        text=_text(advice),
    )


_TEXTS: Final[Mapping[AdvisoryKind, Text]] = {
    AdvisoryKind.MINUTES_LEFT: Text(
        zh="距上限还剩 {left}。请让该劳动者完成手中订单后休息。",
        en="{left} left before the limit. Let the worker finish the order in hand and rest.",
    ),
    AdvisoryKind.LIMIT_REACHED: Text(
        zh="已达上限。请停止派发新订单，让该劳动者完成手中订单后休息。",
        en="The limit is reached. Dispatch no further order; let the worker finish the one in hand and rest.",
    ),
    AdvisoryKind.NO_PUSH: Text(
        zh="已超过上限。请自该劳动者完成手中订单起停止推送订单，直至停推时段结束或另行通知。",
        en=(
            "The limit is passed. From the completion of the order in hand on push no further one until the"
            " no-push window ends, or until told."
        ),
    ),
    AdvisoryKind.CLEARED: Text(
        zh="此前的建议不再适用：该劳动者已休息，或后到事件改变了认定。",
        en="Earlier advice holds no longer: the worker has rested, or a later event changed the finding.",
    ),
}


def _text(advice: Advice) -> Text:
    text = _TEXTS[advice.kind]
    left = advice.minutes_left_ms or 0
    return Text(
        zh=text.zh.format(left=spelt(left, ("天", "小时", "分钟", "秒"))),
        en=text.en.format(left=spelt(left, ("days", "h", "min", "s"))),
    )
