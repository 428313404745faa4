"""The escalation policy: what the shipped one says, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.notify.adapters.policy_file import SHIPPED, load_policy
from services.notify.core.findings import Severity
from services.notify.core.judging import Judging
from services.notify.core.policy import AtOnce, Rate

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
