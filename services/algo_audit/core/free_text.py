"""What people write: how long it may be, and what it must not hold.

A worker is a pseudonym everywhere, in free text too (个人信息保护法 arts. 4, 73). A name cannot be told from
other words; the numbers that lead to a person can, and are refused.
"""

import re

from services.algo_audit.core.refused import wrong_field

LONGEST_TEXT = 4_000
"""Characters: four pages, which is more than an argument needs and little enough for every answer."""

_PHONE = re.compile(r"(?<![0-9])(?:(?:\+|00)?86[-. ]?)?1[3-9][0-9][-. ]?[0-9]{4}[-. ]?[0-9]{4}(?![0-9])")
"""Mainland mobile numbers: 11 digits, 1 then 3–9 (工信部 电信网编号计划, 2017), as people write them."""
_NATIONAL_ID = re.compile(
    "(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
    "(?![0-9A-Za-z])"
)
"""GB 11643-1999: area, date of birth, sequence, check character."""


def checked_text(field: str, text: str, *, required: bool = False) -> str:
    """The text without outer blanks.

    Raises:
        RefusedError: if it is missing though required, too long, or holds a telephone or an ID number.
    """
    text = text.strip()
    if required and not text:
        raise wrong_field(
            field, "TEXT_MISSING", "missing; say why, in your own words", "缺失；请用文字说明理由"
        )
    if len(text) > LONGEST_TEXT:
        raise wrong_field(
            field,
            "TEXT_TOO_LONG",
            f"{len(text)} characters are more than {LONGEST_TEXT}; shorten it",
            f"{len(text)} 个字符超过 {LONGEST_TEXT} 个；请缩短",
        )
    if _PHONE.search(text) or _NATIONAL_ID.search(text):
        raise wrong_field(
            field,
            "LOOKS_LIKE_PERSONAL_DATA",
            "holds what looks like a telephone or an ID number; name workers by pseudonym (nothing was kept)",
            "含有疑似电话号码或身份证号；请用化名指称劳动者（内容未保存）",
        )
    return text
