"""The packs of ``rules/`` as a test needs them."""

from __future__ import annotations

from pathlib import Path

import yaml

from services.workhours.core.pack_judge import judge_pack
from services.workhours.core.pack_parser import parse_rule_pack
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.timeline import Timeline
from services.workhours.core.verdict import Severity, Verdict

RULES = Path(__file__).resolve().parents[3] / "rules"


def shipped_pack(name: str, **options: str) -> RulePack:
    """The pack of this id under these options."""
    return parse_rule_pack(yaml.safe_load((RULES / f"{name}.yaml").read_text("utf-8")), options)


def verdicts_by_code(timeline: Timeline, pack: RulePack) -> dict[str, list[Verdict]]:
    verdicts = judge_pack(timeline, pack)
    return {rule.code: verdicts[rule.id] for rule in pack.rules}


def breach_spans(verdicts: list[Verdict]) -> list[tuple[int, int]]:
    """Start and end of every breach, epoch ms, ascending."""
    return sorted((v.start_ms, v.end_ms) for v in verdicts if v.severity is Severity.BREACH)
