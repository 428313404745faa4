"""The dashboard and the alert rules ask for metrics that a running suite exports, and for no others."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from kit.telemetry import metrics
from tests.integration.telemetry.conftest import Told

ROOT = Path(__file__).resolve().parents[3]
DASHBOARD = json.loads((ROOT / "deploy/grafana/quzhong.json").read_text(encoding="utf-8"))
RULES = yaml.safe_load((ROOT / "deploy/alerts/quzhong.yaml").read_text(encoding="utf-8"))["groups"][0][
    "rules"
]

_METRIC = re.compile(r"\b(?:quzhong|rpc|process)_[a-z_]+\b")
_LABEL = re.compile(r"\{[^{}]*\}|\bby \([^()]*\)|label_values\(")


def expressions() -> list[str]:
    panels = [target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", ())]
    return [*panels, *(rule["expr"] for rule in RULES)]


def named(expression: str) -> set[str]:
    """Metrics an expression asks for."""
    return set(_METRIC.findall(_LABEL.sub(" ", expression)))


def exported(page: str) -> dict[str, set[str]]:
    """Metrics of a page, and the labels each has."""
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def test_every_metric_asked_for_is_exported(told: Told) -> None:
    asked = set().union(*map(named, expressions()))
    assert len(asked) > 15
    assert asked <= set(exported(told.page))


def test_every_label_asked_for_is_one_of_its_metric(told: Told) -> None:
    labels = set().union(*exported(told.page).values()) | {"job", "instance", "le"}
    for expression in expressions():
        for group in re.findall(r"\bby \(([^()]*)\)", expression):
            assert set(group.replace(" ", "").split(",")) <= labels, expression
        for match in re.findall(r"\{([^{}]*)\}", expression):
            assert set(re.findall(r"([a-z_]+)(?:=|!)", match)) <= labels, expression


def test_every_metric_of_the_table_is_exported_over_both_ways(told: Told) -> None:
    declared = {metric.name for metric in metrics.TABLE}
    assert declared <= told.collector.metrics
    shown = {name.removesuffix("_total").removesuffix("_bucket") for name in exported(told.page)}
    units = {"s": "_seconds", "By": "_bytes"}
    for metric in metrics.TABLE:
        assert metric.name.replace(".", "_") + units.get(metric.unit, "") in shown


@pytest.mark.parametrize(
    ("sample", "value"),
    [
        ('quzhong_intake_accepted_total{messaging_destination_name="dispatches"}', 21),
        ('quzhong_intake_duplicates_total{messaging_destination_name="dispatches"}', 1),
        (
            'quzhong_intake_rejected_total{error_type="EVENT_TIME_IN_FUTURE",'
            'messaging_destination_name="dispatches"}',
            1,
        ),
        (
            'quzhong_consumer_dead_letters_total{error_type="MALFORMED_RECORD",'
            'messaging_destination_name="findings",quzhong_group="notify"}',
            1,
        ),
        ('quzhong_service_healthy{quzhong_unit="workhours"}', 1),
        ('quzhong_store_outbox{quzhong_store="workhours"}', 0),
    ],
)
def test_the_figures_are_those_of_the_run(told: Told, sample: str, value: float) -> None:
    (line,) = (line for line in told.page.splitlines() if line.startswith(sample))
    assert float(line.removeprefix(sample)) == value


def test_nothing_is_left_behind_after_a_drain(told: Told) -> None:
    for name in ("quzhong_consumer_lag_records", "quzhong_consumer_lag_event_time_seconds"):
        lines = [line for line in told.page.splitlines() if line.startswith(name)]
        assert len(lines) > 20
        assert {line.rpartition(" ")[2] for line in lines} == {"0.0"}


@pytest.mark.parametrize("page", ["docs/runbook.md", "docs/runbook.zh-CN.md"])
def test_every_alert_is_in_the_runbook_and_nothing_else_is(page: str) -> None:
    headings = re.findall(r"^### (Quzhong\w+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(headings) == sorted(rule["alert"] for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_what_it_is_in_both_languages_and_where_to_read_on(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert rule["annotations"]["summary"]
    assert rule["annotations"]["summary_zh"]
    assert rule["annotations"]["runbook_url"] == f"docs/runbook.md#{rule['alert'].lower()}"


def test_the_page_of_documents_tells_every_metric() -> None:
    page = (ROOT / "docs/telemetry.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_.]+)` \| ([^|]*) \| ([^|]*) \|", page, re.MULTILINE)
    assert rows == [
        (
            metric.name,
            metric.unit.strip("{}") or "0 or 1",
            ", ".join(f"`{name}`" for name in metric.attributes),
        )
        for metric in metrics.TABLE
    ]
