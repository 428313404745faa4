"""What is wrong with a value of a request, in Chinese."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError
from pydantic_core import core_schema

from services.portal.core.wrong_input import MOST_SHOWN, SHOULD_BE, wrong_input_zh


def told(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(value)
    error = refused.value.errors()[0]
    return wrong_input_zh("field", error["type"], error["input"], error.get("ctx", {}))


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (int, "many", "field：'many' 不可用；应为整数"),
        (Annotated[int, Field(ge=0)], "-1", "field：'-1' 不可用；应不小于 0"),
        (Annotated[int, Field(le=5)], "6", "field：'6' 不可用；应不大于 5"),
        (Annotated[float, Field(gt=0)], "0", "field：'0' 不可用；应大于 0.0"),
        (Annotated[float, Field(lt=1)], 2.0, "field：应小于 1.0"),
        (bool, "perhaps", "field：'perhaps' 不可用；应为 true 或 false"),
        (Literal["zh-CN", "en"], "fr", "field：'fr' 不可用；应为 'zh-CN'、'en' 之一"),
        (Literal["a", "b", "c"], "d", "field：'d' 不可用；应为 'a'、'b'、'c' 之一"),
        (Annotated[str, Field(pattern="^[0-9]{6}$")], "1", "field：'1' 不可用；应符合格式 ^[0-9]{6}$"),
        (Annotated[str, Field(max_length=2)], "abc", "field：'abc' 不可用；应不超过 2 个字符"),
        (Annotated[str, Field(min_length=2)], "a", "field：'a' 不可用；应不少于 2 个字符"),
        (Annotated[list[int], Field(max_length=1)], [1, 2], "field：应不超过 1 项"),
        (Annotated[list[int], Field(min_length=1)], [], "field：应不少于 1 项"),
        (date, "2026-02-30", "field：'2026-02-30' 不可用；应为日期，如 2026-03-02"),
        (
            AwareDatetime,
            "2026-03-02T08:00:00",
            "field：'2026-03-02T08:00:00' 不可用；应为带时区的时刻，如 2026-03-02T08:00:00+08:00",
        ),
        (dict[str, int], "x", "field：'x' 不可用；填写有误；请参照接口文档更正"),
    ],
)
def test_the_field_the_value_and_what_it_should_be_are_told(kind: Any, value: object, says: str) -> None:
    assert told(kind, value) == says


def test_kinds_of_errors_are_those_of_the_library() -> None:
    assert SHOULD_BE.keys() <= set(get_args(core_schema.ErrorType))


def test_a_long_value_is_told_in_part() -> None:
    assert told(int, "x" * 1_000) == f"field：'{'x' * MOST_SHOWN}' 不可用；应为整数"
