"""Every case of ``cases/``, whatever its pack, on the code path of ``quzhong check``.

A case states, for the rules it asserts (without ``asserts_rules``: every rule of its pack), all violations.
Of each it gives the rule and as many of start and end as its source does: found and stated must match one to
one on the keys given, and nothing more may be found for an asserted rule.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))
KEYS = ("rule", "start", "end")


def check(path: Path) -> dict[str, Any]:
    """What the command answers."""
    run = CliRunner().invoke(app, ["check", str(path), "--json"], env={"QUZHONG_LANG": "en"})
    assert run.exit_code == 0, run.output
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def unmatched(
    found: list[dict[str, Any]], stated: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(found and not stated, stated and not found). The most specific statements are matched first."""
    left = list(found)
    missing = []
    for each in sorted(stated, key=lambda violation: -sum(key in violation for key in KEYS)):
        keys = [key for key in KEYS if key in each]
        match = next((other for other in left if all(other[key] == each[key] for key in keys)), None)
        if match is None:
            missing.append(each)
        else:
            left.remove(match)
    return left, missing


def test_there_are_cases() -> None:
    assert CASES


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_gets_exactly_the_stated_violations(path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    answer = check(path)
    asserted = case.get("asserts_rules") or answer["rules"]
    found = [each for each in answer["violations"] if each["rule"] in asserted]
    assert unmatched(found, case["expected_violations"]) == ([], []), answer["violations"]
    assert answer["rejected"] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_names_its_source_and_only_rules_its_pack_has(path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    assert case["source"]["kind"]
    assert case["id"] == path.stem
    answer = check(path)
    assert {each["rule"] for each in case["expected_violations"]} <= set(answer["rules"])
    assert set(case.get("asserts_rules", [])) <= set(answer["rules"])
