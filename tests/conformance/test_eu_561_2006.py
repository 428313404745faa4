"""The cases of the European Union: published examples and other engines' tests, each with its source.

Where a source contradicts the rule's text, ``expected_violations`` follows the text and ``source_verdict`` is
the source's. Of each case only the rules that its source claims are compared.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.workhours.core.families import daily_rest
from services.workhours.core.families.registry import FAMILIES
from services.workhours.core.pack_parser import parse_rule_pack
from services.workhours.core.rule_pack import Rule
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity

CASES = sorted((Path(__file__).parent / "cases").glob("eu-*.json"))
PACK = Path(__file__).resolve().parents[2] / "rules" / "eu-561-2006.yaml"
HOUR_MS = 3_600_000


@pytest.fixture(scope="module")
def rules() -> dict[str, Rule]:
    """The pack's rules by the codes the cases use."""
    return {rule.code: rule for rule in parse_rule_pack(yaml.safe_load(PACK.read_text("utf-8"))).rules}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_verdict_is_the_stated_one(path: Path, rules: dict[str, Rule]) -> None:
    case = json.loads(path.read_text("utf-8"))
    timeline = timeline_of(case)
    found = [
        (code, verdict.start_ms, verdict.end_ms)
        for code in case["asserts_rules"]
        for verdict in FAMILIES[rules[code].family].judge(timeline, rules[code].params, {})
        if verdict.severity is Severity.BREACH
    ]
    expected = [
        (violation["rule"], moment_ms(violation["start"]), moment_ms(violation["end"]))
        for violation in case["expected_violations"]
    ]
    assert found == expected


@pytest.mark.parametrize(
    "path",
    [path for path in CASES if "expected_daily_rest" in json.loads(path.read_text("utf-8"))],
    ids=lambda path: path.stem,
)
def test_the_daily_rest_is_the_stated_one(path: Path, rules: dict[str, Rule]) -> None:
    case = json.loads(path.read_text("utf-8"))
    rest, *more = daily_rest.daily_rests(timeline_of(case), rules["eu.daily_rest"].params)
    assert not more
    measured = {
        "accepted": rest.accepted,
        "type": rest.kind,
        "rest_h": rest.rest_ms / HOUR_MS,
        "interruptions": rest.interruptions,
        "interruption_h": rest.interruption_ms / HOUR_MS,
    }
    expected = case["expected_daily_rest"]
    assert {name: value for name, value in measured.items() if name in expected} == {
        name: value for name, value in expected.items() if name in measured
    }


def timeline_of(case: dict[str, Any]) -> Timeline:
    return Timeline.of(
        Interval(moment_ms(each["start"]), moment_ms(each["end"]), each["state"])
        for each in case["intervals"]
    )


def moment_ms(local: str) -> int:
    return round(datetime.fromisoformat(local).replace(tzinfo=UTC).timestamp() * 1000)
