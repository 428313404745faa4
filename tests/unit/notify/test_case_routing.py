"""Which departments answer for a case, against what the notice says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from services.notify.adapters.policy_file import load_policy
from services.notify.core.routing import Department, responsible, units_of

POLICY = load_policy()
RULE = POLICY.rule_for("cn-food-delivery-2025.continuous-work")
assert RULE is not None

CITY_HR = Department("city-hr", ("1302",), "human-resources")
CITY_TRANSPORT = Department("city-transport", ("1302",), "transport")
COUNTY_HR = Department("county-hr", ("130203",), "human-resources")
PROVINCE_HR = Department("province-hr", ("13",), "human-resources")
NOBODY_SAID = Department("bureau", ("1302",), "")
ELSEWHERE = Department("elsewhere", ("1303",), "human-resources")


def found(*departments: Department, joint: bool = False, area: str = "130203") -> tuple[str, ...]:
    assert RULE is not None
    return responsible(area, units_of(POLICY, RULE, joint=joint), departments)


def test_the_nearest_department_of_the_rule_s_articles_answers() -> None:
    assert found(PROVINCE_HR, CITY_HR, COUNTY_HR, ELSEWHERE) == ("county-hr",)
    assert found(PROVINCE_HR, CITY_HR, ELSEWHERE) == ("city-hr",)
    assert found(PROVINCE_HR) == ("province-hr",)
    assert found(ELSEWHERE) == ()


def test_a_county_s_department_answers_for_nothing_of_another_county() -> None:
    assert found(COUNTY_HR, CITY_HR, area="130202") == ("city-hr",)


def test_a_department_that_the_articles_do_not_name_answers_where_no_named_one_is() -> None:
    assert found(CITY_TRANSPORT, CITY_HR) == ("city-hr",)
    assert found(CITY_TRANSPORT) == ("city-transport",)  # 二.14 names it


def test_a_department_of_which_nobody_said_what_it_is_answers_where_no_other_does() -> None:
    assert found(NOBODY_SAID, CITY_HR) == ("city-hr",)
    assert found(NOBODY_SAID, Department("other", ("1302",), "education")) == ("bureau",)
    assert found(Department("other", ("1302",), "education")) == ("other",)


def test_a_joint_case_is_with_all_that_the_articles_name_the_leading_one_first() -> None:
    departments = (CITY_TRANSPORT, PROVINCE_HR, COUNTY_HR, CITY_HR, NOBODY_SAID)
    assert found(*departments, joint=True) == ("county-hr", "city-transport")


@pytest.mark.parametrize("article", sorted(POLICY.responsible))
def test_units_are_those_that_the_registry_has(article: str) -> None:
    root = Path(__file__).resolve().parents[3]
    document = yaml.safe_load((root / "services/registry/responsibilities.yaml").read_text(encoding="utf-8"))
    assert list(POLICY.responsible[article]) == document["articles"][article]


def test_every_article_that_a_rule_or_rung_rests_on_has_its_units() -> None:
    cited = {key for rule in POLICY.rules for key in rule.articles}
    assert cited <= set(POLICY.responsible)
