"""What looks like a name, a phone number or a national ID number; and that made-up identifiers do not."""

from __future__ import annotations

import base64
import uuid
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.core.personal_data import (
    LOOKS_LIKE_NAME,
    LOOKS_LIKE_NATIONAL_ID,
    LOOKS_LIKE_PHONE,
    lines_with_numbers,
    personal_data,
)

PROVINCES = [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)]


def check_character(digits: str) -> str:
    """ISO 7064 MOD 11-2 as GB 11643 words it: the remainder of Σ aᵢ·2^(i−1) modulo 11 has to be 1."""
    weighted = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(digits))
    return "10X98765432"[weighted % 11]


@st.composite
def national_ids(draw: st.DrawFn) -> str:
    area = f"{draw(st.sampled_from(PROVINCES))}{draw(st.integers(0, 9999)):04d}"
    born = draw(st.dates(min_value=date(1935, 1, 1), max_value=date(2010, 1, 1)))
    digits = f"{area}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return digits + check_character(digits)


PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
AROUND = st.sampled_from(["", "tel:", "tel", "phone-", "订单", "rider_", "x", "(", "id=", "order."])


@given(AROUND, national_ids(), st.sampled_from(["", "-1", ",", "号", "_a"]))
def test_a_valid_national_id_number_is_seen_wherever_it_stands_alone(
    before: str, number: str, after: str
) -> None:
    for written in (number, number.lower()):
        assert personal_data(before + written + after) == LOOKS_LIKE_NATIONAL_ID


@given(
    AROUND,
    st.sampled_from(["", "86", "+86", "0086", "86-", "+86-"]),
    PHONES,
    st.sampled_from(["", "-2", "#"]),
)
def test_a_mobile_number_is_seen_wherever_it_stands_alone(
    before: str, code: str, number: str, after: str
) -> None:
    assert personal_data(before + code + number + after) == LOOKS_LIKE_PHONE


@pytest.mark.parametrize(
    "text", ["138-0013-8000", "tel:138-0013-8000", "+86 138 0013 8000", "86.138.0013.8000"]
)
def test_a_mobile_number_as_people_write_it_is_found(text: str) -> None:
    assert personal_data(text) == LOOKS_LIKE_PHONE
    assert lines_with_numbers(f"o-1\n{text}\no-2".encode()).tolist() == [1]


@given(st.text("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张", min_size=2, max_size=4), AROUND)
def test_two_chinese_characters_together_may_be_a_name(name: str, before: str) -> None:
    assert personal_data(before + name) == LOOKS_LIKE_NAME


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # wrong check character
        "11010519491331002X",  # month 13
        "99010519491231002X",  # no province, though the check character fits none either
        "20260316193000123",  # a time of day to the millisecond
        "202603161930001234",
        "1773630000000",  # epoch milliseconds
        "12812345678",  # no mobile number begins with 12
        "138123456789",  # twelve digits
        "a13812345678",  # hexadecimal, as far as one can tell
        "0x13812345678f",
        "9f86d081884c7d659a2feaa0c55ad015",
        "王",
        "o-2026-03-16-000123",
    ],
)
def test_what_only_resembles_is_left_alone(text: str) -> None:
    assert personal_data(text) is None


@given(st.uuids())
def test_no_uuid_looks_personal(made: uuid.UUID) -> None:
    assert personal_data(str(made)) is None
    assert personal_data(made.hex) is None


@given(st.binary(min_size=12, max_size=32))
def test_no_digest_looks_personal(digest: bytes) -> None:
    for text in (digest.hex(), base64.urlsafe_b64encode(digest).decode(), base64.b32encode(digest).decode()):
        assert personal_data(text) is None


@pytest.mark.parametrize("length", [8, 10, 12, 16, 20, 32])
def test_random_identifiers_are_practically_never_flagged(length: int) -> None:
    made = np.random.default_rng(length).bytes(length * 20_000)
    pieces = [made[start : start + length] for start in range(0, len(made), length)]
    hexadecimal = sum(personal_data(piece.hex()) is not None for piece in pieces)
    base64url = sum(personal_data(base64.urlsafe_b64encode(piece).decode()) is not None for piece in pieces)
    assert (hexadecimal, base64url) == (0, 0)


def test_of_random_18_digit_numbers_hardly_any_is_taken_for_an_id_number() -> None:
    # Province, date of birth and check character fit by chance about once in 75,000.
    numbers = np.random.default_rng(18).integers(10**17, 10**18, 300_000)
    flagged = sum(personal_data(str(number)) is not None for number in numbers.tolist())
    assert flagged <= 20


PIECES = st.text("0123456789aXg-_王", max_size=40) | national_ids() | PHONES


@given(st.lists(PIECES.map(lambda text: text.replace("\n", "")), min_size=1, max_size=20))
def test_the_sieve_loses_no_line_with_a_number(lines: list[str]) -> None:
    kept = set(lines_with_numbers("\n".join(lines).encode()).tolist())
    numbered = {
        place
        for place, line in enumerate(lines)
        if personal_data(line) in (LOOKS_LIKE_PHONE, LOOKS_LIKE_NATIONAL_ID)
    }
    assert numbered <= kept


def test_the_sieve_keeps_few_of_the_usual_identifiers() -> None:
    rng = np.random.default_rng(5)
    usual = [
        [rng.bytes(16).hex() for _ in range(5_000)],
        [f"20260316{number:010d}" for number in range(5_000)],
        [str(number) for number in rng.integers(10**18, 9 * 10**18, 5_000)],
    ]
    for lines in usual:
        assert len(lines_with_numbers("\n".join(lines).encode())) < 100


@pytest.mark.parametrize("line", [b"", b"1", b"\n", b"13812345678", b"x\n13812345678", b"13812345678\nx"])
def test_the_sieve_takes_short_input(line: bytes) -> None:
    kept = lines_with_numbers(line).tolist()
    assert kept == [place for place, part in enumerate(line.split(b"\n")) if len(part) == 11]
