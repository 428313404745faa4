"""What a value of a request should have been, in Chinese; the English is the validating library's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MOST_SHOWN = 40
"""Characters of a value that a message repeats."""

_MOMENT = "应为带时区的时刻，如 2026-03-02T08:00:00+08:00"
_DATE = "应为日期，如 2026-03-02"
_ONE_OF = "应为 {expected} 之一"

SHOULD_BE: Mapping[str, str] = {
    "missing": "缺失；请填写",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "finite_number": "应为有限的数字",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为字符串",
    "string_unicode": "不是完整的 Unicode 文本；请更正",
    "list_type": "应为列表",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
    "string_pattern_mismatch": "应符合格式 {pattern}",
    "string_too_short": "应不少于 {min_length} 个字符",
    "string_too_long": "应不超过 {max_length} 个字符",
    "too_short": "应不少于 {min_length} 项",
    "too_long": "应不超过 {max_length} 项",
    "enum": _ONE_OF,
    "literal_error": _ONE_OF,
    "timezone_aware": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_type": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "date_parsing": _DATE,
    "date_type": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "extra_forbidden": "没有这一字段；请删除",
    "json_invalid": "不是正确的 JSON；请更正",
    "model_attributes_type": "应为 JSON 对象",
}
"""By pydantic's type of error, whose context fills the places: https://docs.pydantic.dev/latest/errors/validation_errors/."""


def wrong_input_zh(field: str, kind: str, given: object, context: Mapping[str, Any]) -> str:
    """What is wrong, and what was wanted.

    Args:
        field: Whose value it is.
        kind: pydantic's type of error; one not foreseen sends the reader to the documentation.
        given: The value, to be repeated; anything but text is not.
        context: What the error knows, e.g. ``{"ge": 0}``.
    """
    known = {**context, "expected": re.sub(" or |, ", "、", str(context.get("expected", "")))}
    wanted = SHOULD_BE.get(kind, "填写有误；请参照接口文档更正").format_map(known)
    shown = f"{given[:MOST_SHOWN]!r} 不可用；" if isinstance(given, str) else ""
    return f"{field}：{shown}{wanted}"
