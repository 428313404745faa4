"""What must never enter: names, telephone numbers, national ID numbers.

A worker is a pseudonym everywhere (个人信息保护法 arts. 4, 73: what identifies a person is personal data).
The rules are narrow enough that random identifiers (UUID, base64, hexadecimal) do not meet them: a number
counts only where it stands alone or behind a word, and an ID number only with a province, a date of birth and
the right check character. Eleven digits that begin like a mobile number do count, whatever they were meant
to be.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

LOOKS_LIKE_NAME = "LOOKS_LIKE_NAME"
LOOKS_LIKE_PHONE = "LOOKS_LIKE_PHONE"
LOOKS_LIKE_NATIONAL_ID = "LOOKS_LIKE_NATIONAL_ID"

_NAME = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]{2,}")
_NUMBER = re.compile("(?<![0-9])[0-9]{11,18}[Xx]?(?![0-9A-Za-z])")
_ALONE = re.compile("(?:^|[^0-9A-Za-z])(?:[A-Za-z]*[G-Zg-z][A-Za-z]*)?$")
"""What may stand before a number: nothing, a sign, or a word; one of a–f alone may be hexadecimal."""

# Mainland mobile numbers: 11 digits, 1 then 3–9 (工信部 电信网编号计划, 2017), with or without 86 or 0086.
_PHONE = re.compile("(?:(?:00)?86)?1[3-9][0-9]{9}")
# The same as people write it: 138-0013-8000, +86 138 0013 8000.
_WRITTEN_PHONE = re.compile(r"(?<![0-9])(?:\+?86[-. ]?)?1[3-9][0-9][-. ][0-9]{4}[-. ][0-9]{4}(?![0-9A-Za-z])")
_WRITTEN_PHONE_BYTES = re.compile(_WRITTEN_PHONE.pattern.encode())
# GB 11643-1999: area, date of birth, sequence, check character. Areas begin with a province of GB/T 2260;
# 81–83 are residence permits of Hong Kong, Macao and Taiwan, 9 those of foreigners. Born 1920 to 2029.
_NATIONAL_ID = re.compile(
    "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-8])[0-9]{4}"
    "(?:19[2-9]|20[0-2])[0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
"""ISO 7064 MOD 11-2, indexed by the weighted sum modulo 11."""

_REACH = 19
"""How far beyond its first digit a number is looked at."""


def personal_data(text: str) -> str | None:
    """The reason why ``text`` looks like personal data, or None."""
    for match in _NUMBER.finditer(text):
        number = match.group()
        if _NATIONAL_ID.fullmatch(number) and _check_character_fits(number):
            reason = LOOKS_LIKE_NATIONAL_ID
        elif _PHONE.fullmatch(number):
            reason = LOOKS_LIKE_PHONE
        else:
            continue
        if _ALONE.search(text[: match.start()]):
            return reason
    if _WRITTEN_PHONE.search(text):
        return LOOKS_LIKE_PHONE
    if not text.isascii() and _NAME.search(text):
        return LOOKS_LIKE_NAME
    return None


def lines_with_numbers(lines: bytes) -> NDArray[np.intp]:
    """The places of the lines (joined by line feeds) in which ``personal_data`` may find a number.

    A sieve over thousands of lines at once: no other line holds such a number, and few of those it keeps.
    """
    characters = np.frombuffer(lines + b"\n" * _REACH, dtype=np.uint8)
    values = characters - np.uint8(ord("0"))  # wraps, so that only digits are below 10
    digit = values < 10
    in_a_row = digit
    for step in (1, 2, 4, 3):  # 2, 4, 8, 11 digits from here on
        in_a_row = in_a_row[:-step] & in_a_row[step:]
    found = np.flatnonzero(in_a_row)
    start = found[(found == 0) | ~digit[found - 1]]
    first, century = values[start], 10 * values[start + 6] + values[start + 7]
    phone = (
        ((first == 1) & ~digit[start + 11])
        | ((first == 8) & ~digit[start + 13])  # 86
        | ((first == 0) & ~digit[start + 15])  # 0086
    )
    born = ((century == 19) | (century == 20)) & ~(digit[start + 17] & digit[start + 18])
    written = [match.start() for match in _WRITTEN_PHONE_BYTES.finditer(lines)]
    suspect: NDArray[np.intp] = np.concatenate([start[phone | born], np.array(written, dtype=np.intp)])
    if not len(suspect):
        return suspect
    line_ends = np.flatnonzero(characters == ord("\n"))
    return np.unique(np.searchsorted(line_ends, suspect))


def _check_character_fits(number: str) -> bool:
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECK_CHARACTERS[weighted % 11] == number[17].upper()
