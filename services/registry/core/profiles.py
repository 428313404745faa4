"""What is registered of a party beyond its name: licences, who answers for it, what its agreements settle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from services.registry.core.field_error import FieldError

LONGEST_NUMBER = 64
"""Characters of a licence's number; the longest in use have about 30."""

LONGEST_PERSON = 50
"""Characters of a person's name, and of a title."""

MOST_LICENCES = 20
"""A firm has a handful; more is a mistaken list."""


class LicenceKind(IntEnum):
    """What a licence is for; the values equal ``quzhong.api.registry.v1.LicenceKind``."""

    BUSINESS = 1
    LABOUR_DISPATCH = 2
    HUMAN_RESOURCES_SERVICE = 3
    RIDE_HAILING = 4
    EXPRESS_DELIVERY = 5
    ROAD_TRANSPORT = 6
    OTHER = 7


LICENCE_NAMES: dict[LicenceKind, tuple[str, str]] = {
    LicenceKind.BUSINESS: ("营业执照", "business licence"),
    LicenceKind.LABOUR_DISPATCH: ("劳务派遣经营许可证", "labour dispatch licence"),
    LicenceKind.HUMAN_RESOURCES_SERVICE: ("人力资源服务许可证", "human resources service licence"),
    LicenceKind.RIDE_HAILING: ("网络预约出租汽车经营许可证", "ride-hailing licence"),
    LicenceKind.EXPRESS_DELIVERY: ("快递业务经营许可证", "express delivery licence"),
    LicenceKind.ROAD_TRANSPORT: ("道路运输经营许可证", "road transport licence"),
    LicenceKind.OTHER: ("其他许可证", "other licence"),
}
"""In Chinese and English."""


class AgreementClause(IntEnum):
    """What a written agreement has to settle (唐人社字〔2022〕1号 二.1), in the order of the notice.

    The values equal ``quzhong.api.registry.v1.AgreementClause``.
    """

    EMPLOYMENT_FORM = 1
    WORKING_TIME = 2
    WORKPLACE = 3
    REQUIREMENTS = 4
    PAY = 5
    HOURS_STANDARD = 6
    MANAGEMENT_RULES = 7
    PROTECTION = 8
    SOCIAL_INSURANCE = 9


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence a firm works under."""

    kind: LicenceKind
    number: str
    expiry: date | None
    """The last day it is valid; None: without end (长期)."""


@dataclass(frozen=True, slots=True)
class ResponsiblePerson:
    """Who answers for a firm."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What is registered of a party beyond its name. All of it may be missing."""

    credit_code: str = ""
    """统一社会信用代码."""
    licences: tuple[Licence, ...] = ()
    responsible_person: ResponsiblePerson | None = None
    agreement_clauses: tuple[AgreementClause, ...] = ()
    unit_id: str = ""
    """Which unit of the notice a regulator or union is."""


EMPTY_PROFILE = Profile()


@dataclass(frozen=True, slots=True)
class GivenLicence:
    """A licence as a caller writes it."""

    kind: int
    number: str
    expiry_date: str


@dataclass(frozen=True, slots=True)
class GivenProfile:
    """A profile as a caller writes it."""

    credit_code: str = ""
    licences: Sequence[GivenLicence] = ()
    person_name: str = ""
    person_title: str = ""
    agreement_clauses: Sequence[int] = ()
    unit_id: str = ""


NO_PROFILE = GivenProfile()


def checked_profile(
    given: GivenProfile, *, check_credit_code: Callable[[str, str], str], unit_ids: Sequence[str]
) -> Profile:
    """The profile as it is registered: blanks off, clauses sorted and single.

    Args:
        check_credit_code: takes field and value, answers the code in capitals, or raises FieldError.
        unit_ids: the units of the notice.

    Raises:
        FieldError: for the first field that makes no sense.
    """
    code = given.credit_code.strip()
    if code:
        code = check_credit_code("profile.unified_social_credit_code", code)
    if len(given.licences) > MOST_LICENCES:
        raise FieldError(
            "profile.licences",
            "LICENCES_TOO_MANY",
            f"{len(given.licences)} are more than {MOST_LICENCES}; name those of the firm itself",
            f"{len(given.licences)} 项超过 {MOST_LICENCES} 项；请只填写本企业的许可证",
        )
    return Profile(
        code,
        tuple(_licence(f"profile.licences[{at}]", one) for at, one in enumerate(given.licences)),
        _person(given.person_name, given.person_title),
        _clauses(given.agreement_clauses),
        _unit(given.unit_id, unit_ids),
    )


def _licence(field: str, given: GivenLicence) -> Licence:
    if given.kind not in list(LicenceKind):
        known = ", ".join(f"{kind.value} {LICENCE_NAMES[kind][1]}" for kind in LicenceKind)
        known_zh = "、".join(f"{kind.value} {LICENCE_NAMES[kind][0]}" for kind in LicenceKind)
        raise FieldError(
            f"{field}.kind",
            "LICENCE_KIND_UNKNOWN",
            f"{given.kind} is no kind of licence; known: {known}",
            f"{given.kind} 不是已知的许可证种类；可用：{known_zh}",
        )
    number = given.number.strip()
    _check_text(f"{field}.number", number, LONGEST_NUMBER, "LICENCE_NUMBER_FORM")
    if not given.expiry_date:
        return Licence(LicenceKind(given.kind), number, None)
    return Licence(LicenceKind(given.kind), number, day_of(f"{field}.expiry_date", given.expiry_date))


def _person(name: str, title: str) -> ResponsiblePerson | None:
    name, title = name.strip(), title.strip()
    if not (name or title):
        return None
    _check_text("profile.responsible_person.name", name, LONGEST_PERSON, "PERSON_FORM")
    if title:
        _check_text("profile.responsible_person.title", title, LONGEST_PERSON, "PERSON_FORM")
    return ResponsiblePerson(name, title)


def _clauses(given: Sequence[int]) -> tuple[AgreementClause, ...]:
    for at, clause in enumerate(given):
        if clause not in list(AgreementClause):
            raise FieldError(
                f"profile.agreement_clauses[{at}]",
                "CLAUSE_UNKNOWN",
                f"{clause} is no clause of article 二.1; send 1–{len(AgreementClause)}",
                f"{clause} 不是第二部分第 1 条所列的协议内容；请填写 1–{len(AgreementClause)}",
            )
    return tuple(sorted({AgreementClause(clause) for clause in given}))


def _unit(unit_id: str, unit_ids: Sequence[str]) -> str:
    if unit_id and unit_id not in unit_ids:
        raise FieldError(
            "profile.unit_id",
            "UNIT_UNKNOWN",
            f"{unit_id[:40]!r} is no unit of the notice; known: {', '.join(unit_ids)}",
            f"{unit_id[:40]!r} 不是通知所列的责任单位；可用：{'、'.join(unit_ids)}",
        )
    return unit_id


def day_of(field: str, text: str) -> date:
    """A day written as ISO 8601.

    Raises:
        FieldError: DATE_FORM, or DATE_OUT_OF_RANGE before 1990 or after 2199, which is a slip of the pen.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise FieldError(
            field,
            "DATE_FORM",
            f"{text[:20]!r} is no day; write it as 2027-03-31",
            f"{text[:20]!r} 不是日期；请按 2027-03-31 的格式填写",
        ) from None
    if not 1990 <= day.year < 2200:
        raise FieldError(
            field,
            "DATE_OUT_OF_RANGE",
            f"{text} is not between 1990 and 2199; check the year",
            f"{text} 不在 1990–2199 年之间；请核对年份",
        )
    return day


def _check_text(field: str, text: str, longest: int, reason: str) -> None:
    if not text or len(text) > longest or not text.isprintable():
        raise FieldError(
            field,
            reason,
            f"{text[:20]!r} is not 1–{longest} printable characters; write it as printed on the document",
            f"{text[:20]!r} 应为 1–{longest} 个可见字符；请按证照所载填写",
        )
