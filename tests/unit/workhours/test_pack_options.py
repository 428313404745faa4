"""Options change rules and values; what applies only under some option is read as strictly as the rest."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.workhours.core.pack_document import PackDocument
from services.workhours.core.pack_parser import parse_rule_pack

RULES = Path(__file__).resolve().parents[3] / "rules"
HOUR = 3_600_000


def loaded(name: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((RULES / f"{name}.yaml").read_text("utf-8"))
    return copy.deepcopy(document)


def test_a_value_by_option_holds_under_that_option_only() -> None:
    pack = PackDocument.of(loaded("cn-ride-hailing"))
    assert pack.resolve().rule("didi.billing_10h").params.limit_ms == 10 * HOUR
    assert pack.resolve({"service_class": "premium"}).rule("didi.billing_10h").params.limit_ms == 9 * HOUR


def test_an_option_value_is_known_by_its_aliases_in_any_case() -> None:
    pack = PackDocument.of(loaded("cn-ride-hailing"))
    assert pack.resolve({"service_class": "ZhuanChe"}).chosen == {"service_class": "premium"}


def test_a_rule_with_when_is_there_under_that_option_only() -> None:
    pack = PackDocument.of(loaded("cn-food-delivery-2025"))
    assert "meituan.daily_12h_offline" not in [rule.code for rule in pack.resolve().rules]
    assert pack.resolve({"local_12h_offline": "on"}).rule("meituan.daily_12h_offline")
    assert "meituan.daily_12h_offline" in [rule.code for rule in pack.rules]


def test_unknown_rule_is_answered_with_those_there_are() -> None:
    with pytest.raises(KeyError, match=r"it has cn-ride-hailing\.cumulative-service"):
        parse_rule_pack(loaded("cn-ride-hailing")).rule("didi.nap")


def test_a_written_value_replaces_the_packs_own_whatever_the_option() -> None:
    pack = PackDocument.of(loaded("cn-ride-hailing"))
    values = {("cn-ride-hailing.cumulative-billing", "limit"): "90 min"}
    for option in ("express", "premium"):
        resolved = pack.resolve({"service_class": option}, values=values)
        assert resolved.rule("didi.billing_10h").params.limit_ms == 90 * 60_000
    assert pack.resolve().rule("didi.billing_10h").params.limit_ms == 10 * HOUR


def test_days_can_be_counted_in_another_zone() -> None:
    pack = PackDocument.of(loaded("cn-food-delivery-2025")).resolve(zone="UTC")
    assert pack.time_zone == "UTC"
    assert pack.rule("cn.daily_order_8h").params.zone.key == "UTC"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"servce_class": "premium"}, "options is 'servce_class'; the pack has service_class"),
        ({"service_class": "luxury"}, "options.service_class is 'luxury'; use one of: express, premium"),
    ],
)
def test_unknown_option_or_value_is_refused(options: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PackDocument.of(loaded("cn-ride-hailing")).resolve(options)


def test_a_broken_value_of_an_option_nobody_has_chosen_is_refused_too() -> None:
    document = loaded("cn-ride-hailing")
    document["rules"][1]["params"]["limit"]["by"]["service_class"]["premium"] = "-9 h"
    with pytest.raises(ValueError, match=r"rules\[1\].params.limit.value is '-9 h'"):
        PackDocument.of(document)


def test_a_broken_rule_of_an_option_nobody_has_chosen_is_refused_too() -> None:
    document = loaded("cn-food-delivery-2025")
    document["rules"][3]["params"]["limit"]["value"] = "twelve"
    with pytest.raises(ValueError, match=r"rules\[3\].params.limit.value is 'twelve'"):
        PackDocument.of(document)


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ({"class": {"premium": "9 h"}}, "by.class is 'class'; the pack has service_class"),
        ({"service_class": {"luxury": "6 h"}}, "by.service_class is 'luxury'; use one of: express, premium"),
        ("9 h", "by is '9 h'; write a mapping"),
    ],
)
def test_by_names_only_options_and_values_there_are(by: object, message: str) -> None:
    document = loaded("cn-ride-hailing")
    document["rules"][1]["params"]["limit"]["by"] = by
    with pytest.raises(ValueError, match=message):
        PackDocument.of(document)


def test_a_key_that_yaml_reads_as_a_truth_value_is_refused_with_a_hint_to_quote_it() -> None:
    document = loaded("cn-food-delivery-2025")
    values = document["options"]["local_12h_offline"]["values"]
    values[True] = values.pop("on")
    with pytest.raises(ValueError, match="values is True; quote this key"):
        PackDocument.of(document)


def test_a_default_that_is_no_value_is_refused() -> None:
    document = loaded("cn-ride-hailing")
    document["options"]["service_class"]["default"] = "luxury"
    with pytest.raises(ValueError, match="default is 'luxury'; use one of: express, premium"):
        PackDocument.of(document)
