"""``quzhong rules``: what is limited, by which law, and what changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from services.workhours.catalogue import SHIPPED, Catalogue

FOOD = "cn-food-delivery-2025"
RULES = [(pack.id, rule.code) for pack in Catalogue.open().packs for rule in pack.rules]


def rules(*arguments: str | Path, lang: str = "en") -> Result:
    return CliRunner().invoke(
        app, ["rules", *map(str, arguments)], env={"COLUMNS": "200", "QUZHONG_LANG": lang}
    )


def answer(*arguments: str | Path, status: int = 0) -> dict[str, Any]:
    result = rules(*arguments, "--json")
    assert result.exit_code == status, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The food-delivery pack, changed."""
    text = (SHIPPED / f"{FOOD}.yaml").read_text("utf-8")
    text = text.replace('version: "1.1.0"', 'version: "1.2.0"')
    text = text.replace("        value: 4 h\n", "        value: 3 h 30 min\n")
    path = tmp_path / "own.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("command", ["list", "show", "explain", "check", "diff"])
def test_every_subcommand_has_help_with_examples_in_both_languages(command: str) -> None:
    result = rules(command, "--help")
    assert result.exit_code == 0
    assert f"quzhong rules {command}" in result.stdout
    assert "--json" in result.stdout
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)


def test_list_names_every_pack_with_version_validity_sector_and_rules() -> None:
    packs = {pack["id"]: pack for pack in answer("list")["packs"]}
    assert packs[FOOD]["version"] == "1.1.0"
    assert (packs[FOOD]["valid_from"], packs[FOOD]["valid_until"]) == ("2025-12-04", None)
    assert packs[FOOD]["sector"] == "food_delivery"
    assert "cn.continuous_order_4h" in packs[FOOD]["rules"]
    assert all(pack_id in rules("list").stdout for pack_id in packs)


def test_list_goes_on_without_a_broken_pack_and_says_why(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "cn-road-transport.yaml", tmp_path)
    (tmp_path / "broken.yaml").write_text("id: [")
    document = answer("list", "--rules", tmp_path)
    assert [pack["id"] for pack in document["packs"]] == ["cn-road-transport"]
    assert document["left_out"][0]["file"].endswith("broken.yaml")
    assert "broken.yaml:2: not YAML" in rules("list", "--rules", tmp_path).stderr


def test_show_has_every_rule_with_numbers_origins_and_citations() -> None:
    document = answer("show", FOOD)
    rule = document["rules"][0]
    assert rule["code"] == "cn.continuous_order_4h"
    assert rule["params"]["limit"]["value"] == "4 h"
    assert rule["params"]["limit"]["origin"]["zh"]
    assert rule["citations"][0]["title"]["zh"] == "《外卖平台服务管理基本要求》"
    assert document["options"]["local_12h_offline"]["chosen"] == "off"
    implied = answer("show", "cn-gbt-food-delivery-2025+meituan")
    assert implied["options"]["local_12h_offline"]["chosen"] == "on"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("pack", [pack.id for pack in Catalogue.open().packs])
def test_show_speaks_the_readers_language(pack: str, lang: str) -> None:
    result = rules("show", pack, lang=lang)
    assert result.exit_code == 0
    assert ("参数" if lang == "zh" else "parameters") in result.stdout


@pytest.mark.parametrize(("pack", "code"), RULES)
def test_every_rule_can_be_explained(pack: str, code: str) -> None:
    document = answer("explain", pack, code)
    assert document["rule"]["code"] == code
    assert document["family_says"].startswith("Rule family")


def test_an_explanation_has_an_example_that_the_rule_itself_has_judged() -> None:
    assert answer("explain", FOOD, "continuous-work")["example"] == {
        "intervals": [{"start": "2026-01-12T08:00:00", "end": "2026-01-12T12:01:00", "state": "order"}],
        "violation": {"start": "2026-01-12T12:00:00", "end": "2026-01-12T12:01:00"},
    }
    result = rules("explain", FOOD, "cn.no_push_20min", lang="zh")
    assert "例：" in result.stdout
    assert "推送订单 → 超限" in result.stdout


def test_unknown_pack_or_rule_is_bad_usage_that_names_those_there_are() -> None:
    assert rules("show", "cn-nap").exit_code == 2
    result = rules("explain", FOOD, "nap")
    assert result.exit_code == 2
    assert "cn.continuous_order_4h" in result.stderr


def test_check_accepts_every_shipped_pack() -> None:
    document = answer("check", SHIPPED)
    assert document["ok"]
    assert document["faults"] == []


def test_check_names_file_line_and_reason_and_fails(own: Path) -> None:
    own.write_text(own.read_text("utf-8").replace("3 h 30 min", "-3 h"), "utf-8")
    (fault,) = answer("check", own, status=1)["faults"]
    assert "-3 h" in own.read_text("utf-8").splitlines()[fault["line"] - 1]
    assert "params.limit.value is '-3 h'; write whole numbers" in fault["reason"]


def test_check_holds_packs_given_together_against_each_other(own: Path) -> None:
    assert answer("check", own)["ok"]
    document = answer("check", own, SHIPPED / f"{FOOD}.yaml", status=1)
    assert "would both be in force from 2025-12-04" in document["faults"][0]["reason"]


def test_check_of_a_file_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    assert rules("check", tmp_path / "nothing.yaml").exit_code == 2


def test_diff_says_what_changed_from_what_to_what_and_why(own: Path) -> None:
    document = answer("diff", FOOD, own)
    assert [(each["rule"], each["what"], each["before"], each["after"]) for each in document["changes"]] == [
        (None, "version", "1.1.0", "1.2.0"),
        ("cn.continuous_order_4h", "limit", "4 h", "3 h 30 min"),
    ]
    assert document["changes"][1]["origin"]["en"].startswith("The standard says")
    assert "3 h 30 min" in rules("diff", FOOD, own).stdout


def test_diff_sees_rules_that_came_and_went(own: Path) -> None:
    text = own.read_text("utf-8")
    start = text.index("  - id: cn-food-delivery-2025.weekly-rest-day")
    own.write_text(text[:start], "utf-8")
    gone = [each for each in answer("diff", FOOD, own)["changes"] if each["rule"] == "cn.weekly_rest_day"]
    assert {"what": "days", "before": "1", "after": None}.items() <= gone[2].items()
    came = [each for each in answer("diff", own, FOOD)["changes"] if each["rule"] == "cn.weekly_rest_day"]
    assert {each["before"] for each in came} == {None}


def test_diff_of_a_pack_with_itself_is_empty() -> None:
    assert answer("diff", FOOD, FOOD)["changes"] == []
    assert "No difference." in rules("diff", FOOD, FOOD).stdout
