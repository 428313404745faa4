"""One worker's time judged by every rule of a pack."""

from __future__ import annotations

from services.workhours.core.families.registry import FAMILIES
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.timeline import Timeline
from services.workhours.core.verdict import Verdict


def judge_pack(timeline: Timeline, pack: RulePack) -> dict[str, list[Verdict]]:
    """By rule id, in the pack's order. A rule may build on the verdicts of the rules above it."""
    verdicts: dict[str, list[Verdict]] = {}
    for rule in pack.rules:
        verdicts[rule.id] = FAMILIES[rule.family].judge(timeline, rule.params, verdicts)
    return verdicts
