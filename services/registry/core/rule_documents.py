"""Rules a platform declares as documents: which make sense, and how versions follow each other.

Versions follow each other as those of single thresholds do (``thresholds``): over time a document is a
staircase. What is more: a change is published before it takes effect, so that workers know it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from services.registry.core.areas import Areas
from services.registry.core.field_error import FieldError
from services.registry.core.parties import checked_names
from services.registry.core.shanghai import shown
from services.registry.core.thresholds import LATENESS_MS, LATEST_EFFECTIVE_MS, SERVICES, check_service

FIELD_ID_FORM = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z0-9_]{1,40}){0,3}")
MOST_FIELDS = 200
"""A platform's rule book has some dozens of provisions."""
LONGEST_WORDING = 50_000
"""Characters: some eighty pages."""
LONGEST_VALUE = 2_000
LONGEST_UNIT = 20
DAY_MS = 86_400_000


class RuleKind(IntEnum):
    """What a document rules; the values equal ``quzhong.api.registry.v1.RuleKind``."""

    ORDER_ALLOCATION = 1
    PIECE_RATE = 2
    COMMISSION = 3
    PAY = 4
    WORKING_TIME = 5
    REWARDS_AND_PENALTIES = 6
    ASSESSMENT = 7


@dataclass(frozen=True, slots=True)
class RuleField:
    """One provision that a machine can compare."""

    field_id: str
    title_zh: str
    title_en: str
    value: float | str | bool | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a platform declares."""

    platform_id: str
    kind: int
    area_code: str
    service: int
    title_zh: str
    title_en: str
    fields: tuple[RuleField, ...]
    wording: str
    effective_ms: int
    """From when on it holds, epoch milliseconds; 0 says nothing."""
    consultation_id: str = ""

    @property
    def document_id(self) -> str:
        """E.g. ``platform-a.commission.130200.food_delivery``."""
        return (
            f"{self.platform_id}.{RuleKind(self.kind).name.lower()}.{self.area_code}.{SERVICES[self.service]}"
        )


@dataclass(frozen=True, slots=True)
class RuleDocument:
    """One version. It never changes."""

    rules: Rules
    version: int
    create_ms: int
    """When it was declared, epoch milliseconds."""

    @property
    def key(self) -> str:
        """Names this version."""
        return f"{self.rules.document_id}/v{self.version}"

    @property
    def sort_key(self) -> str:
        """Puts versions in their order, and documents in that of their ids."""
        return f"{self.rules.document_id}/v{self.version:06}"


def checked_rules(rules: Rules, areas: Areas) -> Rules:
    """The rules as they are declared, names without outer blanks.

    Raises:
        FieldError: for the first field that makes no sense.
    """
    if rules.kind not in list(RuleKind):
        known = ", ".join(f"{kind.value} {kind.name.lower()}" for kind in RuleKind)
        raise FieldError(
            "kind",
            "RULE_KIND_UNKNOWN",
            f"{rules.kind} is no kind of rules; known: {known}",
            f"{rules.kind} 不是已知的规则种类；可用：{known}",
        )
    areas.check("area_code", rules.area_code)
    check_service(rules.service)
    title_zh, title_en = _names("title", rules.title_zh, rules.title_en)
    _check_wording(rules)
    if not 0 < rules.effective_ms < LATEST_EFFECTIVE_MS:
        raise FieldError(
            "effective_time",
            "EFFECTIVE_TIME_MISSING" if rules.effective_ms == 0 else "EFFECTIVE_TIME_OUT_OF_RANGE",
            f"{rules.effective_ms} ms is no date before 2100; send the moment from which it holds",
            f"{rules.effective_ms} 毫秒不是 1970 至 2100 年之间的时间；请填写该规则开始执行的时刻",
        )
    if len(rules.consultation_id) > 100 or not rules.consultation_id.isprintable():
        raise FieldError(
            "consultation_id",
            "CONSULTATION_ID_FORM",
            f"{rules.consultation_id[:20]!r}… is no id of a consultation; send what OpenConsultation told",
            f"{rules.consultation_id[:20]!r}… 不是协商编号；请按 OpenConsultation 返回的编号填写",
        )
    return Rules(
        rules.platform_id,
        rules.kind,
        rules.area_code,
        rules.service,
        title_zh,
        title_en,
        _checked_fields(rules.fields),
        rules.wording,
        rules.effective_ms,
        rules.consultation_id,
    )


def _check_wording(rules: Rules) -> None:
    if not (rules.fields or rules.wording.strip()):
        raise FieldError(
            "fields",
            "RULES_EMPTY",
            "neither fields nor wording is given; declare at least one provision, or the wording",
            "条款和条文均未填写；请至少填写一项条款或条文",
        )
    if len(rules.wording) > LONGEST_WORDING or "\x00" in rules.wording:
        raise FieldError(
            "wording",
            "WORDING_FORM",
            f"{len(rules.wording)} characters are more than {LONGEST_WORDING}, or one is NUL; split it",
            f"{len(rules.wording)} 个字符超过 {LONGEST_WORDING}，或含有空字符；请拆分",
        )


def _checked_fields(fields: Sequence[RuleField]) -> tuple[RuleField, ...]:
    if len(fields) > MOST_FIELDS:
        raise FieldError(
            "fields",
            "FIELDS_TOO_MANY",
            f"{len(fields)} are more than {MOST_FIELDS}; split the document by kind, area or service",
            f"{len(fields)} 项超过 {MOST_FIELDS} 项；请按种类、地区或业务拆分",
        )
    seen: set[str] = set()
    checked = []
    for at, one in enumerate(fields):
        place = f"fields[{at}]"
        if not FIELD_ID_FORM.fullmatch(one.field_id) or one.field_id in seen:
            raise FieldError(
                f"{place}.field_id",
                "FIELD_ID_TWICE" if one.field_id in seen else "FIELD_ID_FORM",
                f"{one.field_id[:40]!r} is used twice, or no id such as 'commission.rate'; give each its own",
                f"{one.field_id[:40]!r} 重复，或不是 commission.rate 这样的编号；请为每项使用不同编号",
            )
        seen.add(one.field_id)
        title_zh, title_en = _names(f"{place}.title", one.title_zh, one.title_en)
        checked.append(RuleField(one.field_id, title_zh, title_en, _checked_value(place, one), one.unit))
    return tuple(checked)


def _checked_value(place: str, one: RuleField) -> float | str | bool:
    value = one.value
    wrong = (
        value is None
        or (isinstance(value, float) and not math.isfinite(value))
        or (isinstance(value, str) and not 0 < len(value) <= LONGEST_VALUE)
        or (isinstance(value, str) and "\x00" in value)
        or len(one.unit) > LONGEST_UNIT
        or not one.unit.isprintable()
    )
    if value is None or wrong:
        raise FieldError(
            f"{place}.value",
            "FIELD_VALUE",
            f"{str(value)[:20]!r} is no finite number, text of 1–{LONGEST_VALUE} characters, or yes or no "
            f"(unit: at most {LONGEST_UNIT} characters)",
            f"{str(value)[:20]!r} 应为有限数值、1–{LONGEST_VALUE} 个字符的文字或是非值"
            f"（单位不超过 {LONGEST_UNIT} 字）",
        )
    return value


def _names(place: str, zh: str, en: str) -> tuple[str, str]:
    try:
        return checked_names(zh, en)
    except FieldError as error:
        raise FieldError(
            place + error.field.removeprefix("name"),
            error.reason,
            error.message.partition(": ")[2],
            error.zh.partition("：")[2],
        ) from None


def in_force(versions: Iterable[RuleDocument], at_ms: int) -> RuleDocument | None:
    """Which version of one document holds at a moment: the latest effective; of equal times the highest."""
    effective = [version for version in versions if version.rules.effective_ms <= at_ms]
    return max(effective, key=lambda one: (one.rules.effective_ms, one.version), default=None)


def declare_rules(
    rules: Rules, versions: Sequence[RuleDocument], now_ms: int, notice_days: int
) -> tuple[RuleDocument, bool]:
    """The version a declaration comes to, and whether it is a new one.

    What stands as the last version already is answered with it.

    Args:
        rules: checked by ``checked_rules``.
        versions: all earlier ones of the same document, in any order.
        now_ms: epoch milliseconds.
        notice_days: days of 24 hours between publication and effect; the first version needs none.

    Raises:
        FieldError: NOTICE_TOO_SHORT.
    """
    last = max(versions, key=lambda one: one.version, default=None)
    if last is not None and last.rules == rules:
        return last, False
    earliest_ms = now_ms + notice_days * DAY_MS
    if last is not None and rules.effective_ms < earliest_ms - LATENESS_MS:
        raise FieldError(
            "effective_time",
            "NOTICE_TOO_SHORT",
            f"{shown(rules.effective_ms)} leaves less than {notice_days} days of notice; declare from "
            f"{shown(earliest_ms)} on",
            f"{shown(rules.effective_ms)} 距公示不足 {notice_days} 天；请自 {shown(earliest_ms)} 起执行",
        )
    return RuleDocument(rules, last.version + 1 if last else 1, now_ms), True
