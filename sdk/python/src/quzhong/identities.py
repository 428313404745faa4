"""What a worker is known by: one spelling for one identity number or licence number, or a reason why not.

An identity number (GB 11643: residents, and holders of a residence permit from Hong Kong, Macao, Taiwan or
abroad) has 18 characters, the last of them a check character. Anything else has to look like the number of a
licence (从业资格证, 网约车驾驶员证). What is neither is refused: a mistyped number would make a second worker
out of one, whose hours then never add up.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from stdnum.iso7064 import mod_11_2

from quzhong.errors import IdentityError

_LENGTH = 18
_BLANKS = re.compile(r"\s+")
_MOSTLY_DIGITS = 12
"""Digits in a text of 15–20 characters from which on it is meant as an identity number: licences of that
length that are no identity numbers have letters or Chinese characters in them."""
_LICENCE = re.compile(r"(?=.*\d)[0-9A-Z\u4e00-\u9fff()-]{4,40}")
_MOBILE = re.compile(r"1[3-9]\d{9}")


def canonical(identity: str) -> str:
    """The one spelling, with its kind in front: ``cn-id:11010519491231002X``, ``licence:冀B-12345``.

    Blanks are dropped, full-width characters become plain ones, letters upper case.

    Raises:
        IdentityError: saying what is wrong and where; never what was given.
    """
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", identity)).upper()
    if not text:
        raise IdentityError("EMPTY", "empty; it would make one worker of all who lack one", "为空")
    if _meant_as_identity_number(text):
        return "cn-id:" + _checked(text)
    if _MOBILE.fullmatch(text):
        raise IdentityError(
            "PHONE_NUMBER",
            "a mobile number; people change them, so give the identity number or a licence's number",
            "这是手机号码；号码会更换，请填写身份证号码或证件编号",
        )
    if not _LICENCE.fullmatch(text):
        raise IdentityError(
            "LENGTH" if len(text) < 4 or len(text) > 40 else "CHARACTER",
            "neither an identity number (18 characters) nor a licence's number (4–40 letters, digits and "
            "hyphens, a digit among them)",
            "既不是身份证号码（18 位），也不是证件编号（4–40 个字母、数字或连字符，至少含一个数字）",
        )
    return "licence:" + text


def _meant_as_identity_number(text: str) -> bool:
    digits = sum(character in "0123456789" for character in text)
    return 15 <= len(text) <= 20 and digits >= _MOSTLY_DIGITS and text.isascii() and text.isalnum()


def _checked(number: str) -> str:
    if len(number) != _LENGTH:
        first = "; those of 15 are no longer valid since 2013" if len(number) == 15 else ""
        first_zh = "；15 位号码自 2013 年起已停用" if len(number) == 15 else ""
        raise IdentityError(
            "LENGTH",
            f"{len(number)} characters; an identity number has {_LENGTH}{first}",
            f"{len(number)} 位；身份证号码为 {_LENGTH} 位{first_zh}",
        )
    for position, character in enumerate(number, 1):
        if character not in "0123456789" and not (position == _LENGTH and character == "X"):
            raise IdentityError(
                "CHARACTER",
                f"character {position} is no digit; only the 18th may be an X",
                f"第 {position} 位不是数字；只有第 18 位可以是 X",
                position,
            )
    if not mod_11_2.is_valid(number):
        raise IdentityError(
            "CHECK_CHARACTER",
            "the check character (the 18th) does not fit the 17 digits before it: one of them is mistyped",
            "校验码（第 18 位）与前 17 位不符：其中有一位有误",
            _LENGTH,
        )
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdentityError(
            "BIRTH_DATE",
            "characters 7–14 are no date of birth",
            "第 7–14 位不是有效的出生日期",
            7,
        ) from None
    return number
