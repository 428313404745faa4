"""The shipped packs fit the schema and the parser; what does not fit is refused with a way out."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from services.workhours.catalogue import read_pack
from services.workhours.core.counter import Measure
from services.workhours.core.pack_parser import parse_rule_pack
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.verdict import Severity

RULES = Path(__file__).resolve().parents[3] / "rules"
PACKS = sorted(RULES.glob("*.yaml"))
SCHEMA: dict[str, Any] = json.loads((RULES / "schema.json").read_text("utf-8"))


@pytest.fixture
def document() -> dict[str, Any]:
    """The shipped pack as loaded, free to be spoilt."""
    loaded: dict[str, Any] = yaml.safe_load((RULES / "cn-food-delivery-2025.yaml").read_text("utf-8"))
    return copy.deepcopy(loaded)


def test_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_shipped_pack_fits_schema_and_parser(path: Path) -> None:
    document = yaml.safe_load(path.read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    assert read_pack(path).id == path.stem


def test_food_delivery_numbers_are_those_of_the_standard(pack: RulePack) -> None:
    assert (pack.id, pack.sector, pack.time_zone) == (
        "cn-food-delivery-2025",
        "food_delivery",
        "Asia/Shanghai",
    )
    assert pack.valid_from == date(2025, 12, 4)
    rule = pack.rule("cn-food-delivery-2025.continuous-work")
    assert rule.params.limit_ms == 4 * 3_600_000
    assert rule.params.reset_gap_ms == rule.params.no_push_ms == 20 * 60_000
    assert rule.params.measure is Measure.WORKED
    assert rule.citations[0].title.zh == "《外卖平台服务管理基本要求》"


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_every_parameter_says_where_it_comes_from(path: Path) -> None:
    for rule in read_pack(path).rules:
        assert set(rule.origins) == set(rule.values)
        assert all(origin.zh and origin.en for origin in rule.origins.values())


def test_texts_carry_the_packs_own_durations(document: dict[str, Any]) -> None:
    document["rules"][0]["params"]["limit"]["value"] = "4 h 30 min"
    texts = parse_rule_pack(document).rules[0].texts
    assert texts.limit_reached is not None
    assert "4 小时 30 分钟" in texts.limit_reached.zh
    assert texts.limit_reached.en.startswith("4 h 30 min of continuous")


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_no_space_stands_between_a_duration_and_the_chinese_after_it(path: Path) -> None:
    for rule in read_pack(path).rules:
        for text in filter(None, (rule.texts.of(severity) for severity in Severity)):
            assert not re.search("(小时|分钟|秒) +[\u4e00-\u9fff]", text.zh), text.zh


def test_measured_by_changes_the_measure_and_says_so_in_the_version(pack: RulePack) -> None:
    what_if = pack.measured_by(Measure.ELAPSED)
    assert what_if.rules[0].params.measure is Measure.ELAPSED
    assert what_if.version == f"{pack.version}+elapsed"
    assert pack.measured_by(Measure.WORKED) is pack


def test_unknown_rule_id_is_answered_with_those_there_are(pack: RulePack) -> None:
    with pytest.raises(KeyError, match=r"it has cn-food-delivery-2025.continuous-work"):
        pack.rule("cn-food-delivery-2025.daily")


def test_a_further_pack_of_a_known_family_needs_yaml_alone(document: dict[str, Any]) -> None:
    document["id"] = "a-city"
    document["sector"] = "parcel"
    document["valid_until"] = "2030-12-31"
    del document["aliases"]
    document["rules"] = document["rules"][:1]
    document["rules"][0]["id"] = "a-city.continuous-service"
    document["rules"][0]["params"]["limit"]["value"] = "3 h 30 min"
    assert Draft202012Validator(SCHEMA).is_valid(document)
    assert parse_rule_pack(document).rules[0].params.limit_ms == 210 * 60_000


def _set(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def spoil(document: dict[str, Any]) -> None:
        node: Any = document
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = to

    return spoil


def _drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def spoil(document: dict[str, Any]) -> None:
        node: Any = document
        for key in path[:-1]:
            node = node[key]
        del node[path[-1]]

    return spoil


PARAMS = ("rules", 0, "params")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_drop("version"), r"version is None; it is required"),
        (_set("version", to=1.0), r"version is 1.0; .*quote it in YAML"),
        (_set("title", to="外卖"), r"title is '外卖'; write a mapping"),
        (_drop("title", "en"), r"title.en is None; it is required"),
        (_set("time_zone", to="Asia/Tangshan"), r"time_zone is 'Asia/Tangshan'; give an IANA name"),
        (_set("valid_from", to="2025-13-01"), r"valid_from is '2025-13-01'; write a day"),
        (_set("valid_until", to="2025-01-01"), r"valid_until is '2025-01-01'; give a day not before"),
        (_set("rules", to=[]), r"rules is \[\]; write a list"),
        (_set("colour", to="red"), r"colour is 'red'; unknown here; known are: aliases, id"),
        (_set("rules", 0, "id", to="x.y"), r"rules\[0\].id is 'x.y'; begin it with the pack's id"),
        (
            _set("rules", 0, "family", to="daily"),
            r"rules\[0\].family is 'daily'; use one of: calendar_total,",
        ),
        (_set("rules", 0, "citations", to=[]), r"rules\[0\].citations is \[\]; write a list"),
        (
            _set("rules", 0, "texts", "breach", "en", to="over {limits}"),
            r"texts.breach is 'over \{limits\}'; use no placeholder but \{limit\}",
        ),
        (
            _set(*PARAMS, "limit", "value", to="4 hours"),
            r"params.limit.value is '4 hours'; write whole numbers",
        ),
        (
            _set(*PARAMS, "limit", "value", to="0 min"),
            r"params.limit.value is .*; give a duration above zero",
        ),
        (
            _set(*PARAMS, "measure", "value", to="felt"),
            r"params.measure.value is 'felt'; use one of: worked, elapsed",
        ),
        (_set(*PARAMS, "prompt_lead", "value", to="4 h"), r"prompt_lead.value is .*; make it shorter"),
        (_drop(*PARAMS, "no_push", "origin"), r"params.no_push.origin is None; it is required"),
        (
            _set(*PARAMS, "reset_gab", to={"value": "1", "origin": {"zh": "误", "en": "slip"}}),
            "unknown here; known",
        ),
        (_set(*PARAMS, "limit", "value", to="-4 h"), r"params.limit.value is '-4 h'; write whole numbers"),
        (
            _set(*PARAMS, "states", "value", to="order, nap"),
            r"params.states.value is .*; use states of the pack",
        ),
        (_drop("rules", 0, "citations"), r"rules\[0\].citations is None; it is required"),
        (_set("states", to={}), r"states is \{\}; declare at least one state"),
        (
            _set("states", "order", "from", to="thin_air"),
            r"states.order.from is 'thin_air'; use one of: order_in",
        ),
        (_drop("rules", 0, "code"), r"rules\[0\].code is None; it is required"),
        (_drop("rules", 0, "texts", "breach"), r"texts.breach is None; it is required"),
        (
            _set("rules", 1, "params", "of", "value", to="cn-food-delivery-2025.weekly-rest-day"),
            r"rules\[1\].params.of.value is .*; name a rule above this one",
        ),
        (
            _set("aliases", "x", to={"speed": "on"}),
            r"aliases.x.speed is 'speed'; the pack has local_12h_offline",
        ),
    ],
)
def test_bad_pack_is_refused_naming_field_value_and_way_out(
    document: dict[str, Any], spoil: Callable[[dict[str, Any]], None], message: str
) -> None:
    spoil(document)
    with pytest.raises(ValueError, match=message):
        parse_rule_pack(document)


def test_document_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(ValueError, match="the document is None; write a mapping"):
        parse_rule_pack(yaml.safe_load(""))


def test_two_rules_of_one_id_are_refused(document: dict[str, Any]) -> None:
    document["rules"].append(document["rules"][0])
    with pytest.raises(ValueError, match="give every rule an id of its own"):
        parse_rule_pack(document)
