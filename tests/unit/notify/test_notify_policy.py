"""The escalation policy: what the shipped one says, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.notify.adapters.policy_file import SHIPPED, load_policy
from services.notify.core.findings import Severity
from services.notify.core.judging import Judging
from services.notify.core.policy import AtOnce, Ladder, Rate, Rung

Document = dict[str, Any]


def refusal(tmp_path: Path, spoil: Callable[[Document], None]) -> str:
    document = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    spoil(document)
    path = tmp_path / "policy.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ValueError, match=r"policy\.yaml") as refused:
        load_policy(path)
    return str(refused.value)


def test_the_shipped_policy_opens_at_a_breach_and_warns_by_rate_or_at_once() -> None:
    policy = load_policy()
    hours = policy.rule_for("cn-food-delivery-2025.continuous-work")
    audit = policy.rule_for("algo-audit.strictest")
    assert hours is not None
    assert audit is not None
    assert {rule.opens_at for rule in policy.rules} == {Severity.BREACH}
    assert hours.trigger == Rate(Severity.BREACH, 7, 5.0, 3)
    assert audit.trigger == AtOnce(Severity.BREACH)
    assert policy.actor == f"policy:{policy.id}@{policy.version}"


def test_durations_are_read_with_their_units(tmp_path: Path) -> None:
    assert load_policy().judging == Judging(late_events_ms=7_200_000, quiet_ms=5_000)
    document = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    document["judging"]["late_events"]["value"] = "1 h 30 min"
    path = tmp_path / "policy.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    assert load_policy(path).judging.late_events_ms == 5_400_000


def test_the_first_row_that_applies_wins() -> None:
    policy = load_policy()
    first = policy.rule_for("us-fmcsa-hos.continuous-work")
    last = policy.rule_for("eu-561-2006.daily-rest")
    assert first is not None
    assert last is not None
    assert (first.id, last.id) == ("continuous-work", "any-other-rule")


@pytest.mark.parametrize(
    ("rule_id", "title"),
    [
        ("cn-food-delivery-2025.daily-order-time", "全天接单时间超限"),
        ("cn-food-delivery-2025.weekly-rest-day", "每周休息日未落实"),
        ("cn-labour-law.weekly-rest-day", "每周休息日未落实"),
        ("cn-food-delivery-2025.no-push", "休息时段推送订单"),
        ("cn-food-delivery-2025.contradictory-events", "其他工时和休息问题"),
    ],
)
def test_cases_of_different_rules_are_called_by_what_was_found(rule_id: str, title: str) -> None:
    rule = load_policy().rule_for(rule_id)
    assert rule is not None
    assert rule.title.zh == title


def test_a_rule_without_a_row_has_no_cases(tmp_path: Path) -> None:
    document = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    del document["rules"][1:]
    path = tmp_path / "policy.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    assert load_policy(path).rule_for("eu-561-2006.daily-rest") is None


def test_an_unknown_article_is_refused_by_name(tmp_path: Path) -> None:
    assert "二.99" in refusal(tmp_path, lambda d: d["rules"][0]["articles"].append("二.99"))


def test_a_warning_below_the_severity_that_opens_is_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path, lambda d: d["rules"][0]["warning"].update(least_severity="prompt"))
    assert "continuous-work warns at prompt" in message


def test_rows_that_share_an_id_are_refused(tmp_path: Path) -> None:
    assert "share an id" in refusal(tmp_path, lambda d: d["rules"].append(d["rules"][0]))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.pop("version"),
        lambda d: d["rules"][0].update(colour="red"),
        lambda d: d["rules"][0]["warning"].update(workers_per_thousand=1000),
        lambda d: d["rules"][0]["warning"].update(window_days=0),
        lambda d: d["rules"][0].update(opens_at="serious"),
        lambda d: d["title"].pop("en"),
        lambda d: d["judging"]["quiet"].update(value="5"),
        lambda d: d["judging"]["late_events"].update(value="2 days"),
        lambda d: d["judging"]["late_events"].pop("origin"),
    ],
)
def test_what_the_schema_does_not_know_is_refused_with_its_place(
    tmp_path: Path, spoil: Callable[[Document], None]
) -> None:
    assert "policy.yaml: $" in refusal(tmp_path, spoil)


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(ValueError, match="no YAML"):
        load_policy(path)


def test_a_row_may_have_values_of_the_ladder_of_its_own(tmp_path: Path) -> None:
    document = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    document["rules"][0]["ladder"] = {"rectify_working_days": 10, "summons_workers_per_thousand": None}
    path = tmp_path / "policy.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    policy = load_policy(path)
    own = policy.rules[0].ladder
    assert (own.rectify_working_days, own.summons_workers_per_thousand) == (10, None)
    assert own.answer_working_days == policy.ladder.answer_working_days
    assert policy.rules[1].ladder == policy.ladder
    assert policy.ladder.rectify_working_days == 15


def test_each_value_of_the_ladder_says_why_and_each_rung_has_its_article() -> None:
    policy = load_policy()
    assert set(policy.ladder_origins) == {field.name for field in fields(Ladder)}
    assert policy.clause(Rung.RECTIFICATION).zh.startswith("唐人社字〔2022〕1号第三部分第2条")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda ladder: ladder.update(observe_days=6), "observes 6 days"),
        (lambda ladder: ladder.update(summons_workers_per_thousand=5), "every warning would be a summons"),
        (lambda ladder: ladder.update(repeats_to_summons=1), r"\$\.rules\[0\]\.ladder"),
        (lambda ladder: ladder.update(answer_days=5), r"\$\.rules\[0\]\.ladder"),
    ],
)
def test_a_ladder_that_cannot_be_climbed_names_its_row(
    tmp_path: Path, spoil: Callable[[Document], None], told: str
) -> None:
    def spoiled(document: Document) -> None:
        spoil(document["rules"][0].setdefault("ladder", {}))

    message = refusal(tmp_path, spoiled)
    assert re.search(told, message)
    assert "continuous-work" in message or "rules[0]" in message


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda document: document["ladder"]["clauses"].update(joint="二.99"), "ladder.clauses cites"),
        (lambda document: document["responsible"].update({"二.99": ["court"]}), "responsible names"),
        (lambda document: document["ladder"].pop("observe_days"), "observe_days"),
    ],
)
def test_what_the_ladder_rests_on_has_to_be_there(
    tmp_path: Path, spoil: Callable[[Document], None], told: str
) -> None:
    assert told in refusal(tmp_path, spoil)
