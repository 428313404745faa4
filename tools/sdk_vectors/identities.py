"""One spelling for one identity number or licence number, or the reason why not."""

from __future__ import annotations

from typing import Any

from quzhong.errors import IdentityError
from quzhong.identities import canonical

ABOUT = (
    "identity → its one spelling, or reason and position of what is wrong; positions count characters from 1"
)

_IDENTITIES = {
    "plain": "11010519491231002X",
    "check character in lower case": "11010519491231002x",
    "surrounded by blanks": " 11010519491231002X\n",
    "full-width": "１１０１０５１９４９１２３１００２Ｘ",
    "blanks within": "110105 19491231 002X",
    "blanks that only Unicode knows": "110105\u300019491231\u00a0002X\u2003",
    "separators of files and groups are blanks": "110105\x1c19491231\x1d002X\x1e\x1f\x85",
    "all digits": "440524188001010014",
    "of Hong Kong": "810000199408230021",
    "empty": "",
    "only blanks": " \t\u3000",
    "sixteen characters": "1101051949123100",
    "fifteen characters, of before 2013": "110105491231002",
    "nineteen characters": "1101051949123100211",
    "a letter for a digit": "110105194912310O2X",
    "an X too early": "1101X519491231002X",
    "check character wrong": "110105194912310021",
    "two digits swapped": "11010519491213002X",
    "no date of birth": "110105194913310021",
    "29 February of no leap year": "110105190002290017",
    "year 0000": "11010500000101001X",
    "mobile number": "13812345678",
    "mobile number, full-width": "１３８１２３４５６７８",
    "a number of eleven digits that is no mobile": "12812345678",
    "too short": "张三",
    "no digit": "张三李四",
    "a mail address": "rider@example.com1",
    "too long": "A1" * 21,
    "of the greatest length": "A1" * 20,
    "licence in lower case": "冀b-12345",
    "licence with a blank": "ABC 123",
    "licence with brackets": "唐(2025)0077",
    "licence with full-width brackets": "唐（2025）0077",
    "licence of eighteen characters with letters": "AB0203唐山CD12345678",
    "licence with a letter that becomes two in upper case": "straß-1",
    "licence with a ligature": "ﬁ-1234",
    "licence with an underscore": "AB_1234",
    "licence with a plain character outside the common range": "㐀1234",
    "licence with a combining accent": "e\u0301-1234",
    "emoji": "🛵1234",
}

CASES: list[dict[str, Any]] = [
    {"name": name, "given": {"identity": text}} for name, text in _IDENTITIES.items()
]


def outcome(given: dict[str, Any]) -> dict[str, Any]:
    """What ``canonical`` says."""
    try:
        return {"canonical": canonical(given["identity"])}
    except IdentityError as refused:
        return {"reason": refused.reason, "position": refused.position}
