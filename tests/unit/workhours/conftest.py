"""The shipped pack and its one rule's parameters."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from services.workhours.core.rule_pack import ContinuousWorkParams, Measure, RulePack, parse_rule_pack

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def pack() -> RulePack:
    return parse_rule_pack(
        yaml.safe_load((REPOSITORY / "rules/cn-food-delivery-2025.yaml").read_text("utf-8"))
    )


@pytest.fixture(scope="session")
def worked(pack: RulePack) -> ContinuousWorkParams:
    return pack.rule("cn-food-delivery-2025.continuous-work").params


@pytest.fixture(scope="session")
def elapsed(pack: RulePack) -> ContinuousWorkParams:
    return pack.measured_by(Measure.ELAPSED).rules[0].params
