"""Documents of rules: what makes sense, how versions follow each other, what differs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quzhong.api.registry.v1 import declared_rules_pb2 as pb
from services.registry.core.areas import Areas
from services.registry.core.field_error import FieldError
from services.registry.core.rule_changes import ChangeKind, changed_properties, changes, wording_diff
from services.registry.core.rule_documents import (
    DAY_MS,
    RuleDocument,
    RuleField,
    RuleKind,
    Rules,
    checked_rules,
    declare_rules,
    in_force,
)
from services.registry.rules.messages import rule_document_message, rule_document_of

AREAS = Areas([("130200", "唐山市", "Tangshan")])
NOW_MS = 1_773_630_000_000
RATE = RuleField("commission.rate", "抽成比例", "Commission", 0.18, "share")
RULES = Rules(
    "platform-a",
    3,
    "130200",
    1,
    "抽成规则",
    "Commission rules",
    (RATE,),
    "第一条 抽成 18%。",
    NOW_MS - DAY_MS,
)


def test_the_core_repeats_the_contracts_enumerations() -> None:
    for core, contract, prefix in (
        (RuleKind, pb.RuleKind, "RULE_KIND_"),
        (ChangeKind, pb.RuleChangeKind, "RULE_CHANGE_KIND_"),
    ):
        known = {name: number for name, number in contract.items() if number}
        assert {prefix + one.name: int(one) for one in core} == known


def test_a_document_is_named_by_what_it_rules() -> None:
    assert RULES.document_id == "platform-a.commission.130200.food_delivery"


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"kind": 0}, "kind", "RULE_KIND_UNKNOWN"),
        ({"area_code": "999999"}, "area_code", "AREA_UNKNOWN"),
        ({"service": 9}, "service", "SERVICE_UNKNOWN"),
        ({"title_zh": ""}, "title.zh", "NAME_MISSING"),
        ({"fields": (), "wording": " "}, "fields", "RULES_EMPTY"),
        ({"fields": (RATE, RATE)}, "fields[1].field_id", "FIELD_ID_TWICE"),
        ({"fields": (replace(RATE, field_id="Rate"),)}, "fields[0].field_id", "FIELD_ID_FORM"),
        ({"fields": (replace(RATE, value=None),)}, "fields[0].value", "FIELD_VALUE"),
        ({"fields": (replace(RATE, value=float("nan")),)}, "fields[0].value", "FIELD_VALUE"),
        ({"fields": (replace(RATE, value="长" * 2_001),)}, "fields[0].value", "FIELD_VALUE"),
        ({"fields": (replace(RATE, unit="\x07"),)}, "fields[0].value", "FIELD_VALUE"),
        ({"fields": (replace(RATE, title_zh=""),)}, "fields[0].title.zh", "NAME_MISSING"),
        ({"fields": tuple(replace(RATE, field_id=f"f{n}") for n in range(201))}, "fields", "FIELDS_TOO_MANY"),
        ({"wording": "字" * 50_001}, "wording", "WORDING_FORM"),
        ({"effective_ms": 0}, "effective_time", "EFFECTIVE_TIME_MISSING"),
        ({"effective_ms": 10**15}, "effective_time", "EFFECTIVE_TIME_OUT_OF_RANGE"),
        ({"consultation_id": "c" * 101}, "consultation_id", "CONSULTATION_ID_FORM"),
    ],
)
def test_what_makes_no_sense_is_named(change: dict[str, Any], field: str, reason: str) -> None:
    assert checked_rules(RULES, AREAS) == RULES
    with pytest.raises(FieldError) as refused:
        checked_rules(replace(RULES, **change), AREAS)
    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert refused.value.zh.startswith(f"{field}：")


def test_a_change_is_published_before_it_takes_effect_by_the_notice_period() -> None:
    first, new = declare_rules(RULES, [], NOW_MS, 7)  # in the past: what holds already
    assert (first.version, new) == (1, True)
    assert declare_rules(RULES, [first], NOW_MS, 7) == (first, False)
    soon = replace(RULES, effective_ms=NOW_MS + 6 * DAY_MS)
    with pytest.raises(FieldError, match="less than 7 days of notice") as refused:
        declare_rules(soon, [first], NOW_MS, 7)
    assert refused.value.reason == "NOTICE_TOO_SHORT"
    second, _ = declare_rules(replace(RULES, effective_ms=NOW_MS + 7 * DAY_MS), [first], NOW_MS, 7)
    assert second.version == 2
    assert declare_rules(soon, [first], NOW_MS, 0)[0].version == 2


@given(st.lists(st.integers(1, 20), max_size=6), st.integers(0, 21))
def test_what_holds_is_the_step_of_the_staircase(effective: list[int], at_ms: int) -> None:
    versions = [
        RuleDocument(replace(RULES, effective_ms=each), number, 0) for number, each in enumerate(effective, 1)
    ]
    step = None
    for moment in range(at_ms + 1):  # walk there, taking each version as it comes into force
        for version in versions:
            if version.rules.effective_ms == moment:
                step = version
    assert in_force(versions, at_ms) == step


FIELDS = st.dictionaries(
    st.sampled_from(["a.rate", "b", "c.d", "e"]),
    st.one_of(st.floats(0, 2), st.booleans(), st.sampled_from(["甲", "乙"])),
    max_size=4,
).map(lambda values: tuple(RuleField(name, "名", "name", value) for name, value in values.items()))


def kind_and_value(one: RuleField) -> tuple[type, object]:
    return type(one.value), one.value


@given(FIELDS, FIELDS)
def test_the_differences_lead_from_one_version_to_the_other(
    before: tuple[RuleField, ...], after: tuple[RuleField, ...]
) -> None:
    patched = {one.field_id: one for one in before}
    found = changes(replace(RULES, fields=before), replace(RULES, fields=after))
    for change in found:
        assert patched.get(change.field_id) == change.before
        if change.after is None:
            assert change.kind is ChangeKind.REMOVED
            del patched[change.field_id]
        else:
            assert change.kind is (ChangeKind.ADDED if change.before is None else ChangeKind.CHANGED)
            patched[change.field_id] = change.after
    wanted = {one.field_id: kind_and_value(one) for one in after}
    assert {name: kind_and_value(one) for name, one in patched.items()} == wanted
    same = {one.field_id for one in before if kind_and_value(one) == wanted.get(one.field_id)}
    assert not same & {change.field_id for change in found}


@given(FIELDS, st.text(max_size=50), st.integers(1, 3))
def test_a_version_goes_through_the_contract_unchanged(
    fields: tuple[RuleField, ...], wording: str, version: int
) -> None:
    document = RuleDocument(replace(RULES, fields=fields, wording=wording), version, NOW_MS)
    back = rule_document_of(rule_document_message(document).SerializeToString())
    assert back == document
    assert list(map(kind_and_value, back.rules.fields)) == list(map(kind_and_value, fields))


def test_wording_and_properties_that_differ_are_told() -> None:
    after = replace(RULES, wording="第一条 抽成 15%。", consultation_id="c-1")
    assert changed_properties(RULES, after) == ["wording", "consultation_id"]
    assert wording_diff(RULES, after)[-2:] == ["-第一条 抽成 18%。", "+第一条 抽成 15%。"]
    assert changed_properties(RULES, RULES) == wording_diff(RULES, RULES) == []
