"""The shipped pack and its one rule's parameters."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from services.workhours.core.counter import Measure
from services.workhours.core.families.continuous_work import Params
from services.workhours.core.pack_parser import parse_rule_pack
from services.workhours.core.rule_pack import RulePack

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def pack() -> RulePack:
    return parse_rule_pack(
        yaml.safe_load((REPOSITORY / "rules/cn-food-delivery-2025.yaml").read_text("utf-8"))
    )


@pytest.fixture(scope="session")
def worked(pack: RulePack) -> Params:
    params: Params = pack.rule("cn-food-delivery-2025.continuous-work").params
    return params


@pytest.fixture(scope="session")
def elapsed(pack: RulePack) -> Params:
    params: Params = pack.measured_by(Measure.ELAPSED).rules[0].params
    return params
