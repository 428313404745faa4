"""What a worker is known by has one spelling, or is refused without being told again."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quzhong.errors import IdentityError, QuzhongError
from quzhong.identities import canonical

WEIGHTS = [2**power % 11 for power in range(17, 0, -1)]
"""Of GB 11643, appendix A."""
CHECKS = "10X98765432"

first_seventeen = st.builds(
    "{}{:%Y%m%d}{:03}".format,
    st.sampled_from(["130203", "110105", "810000", "913015"]),
    st.dates(),
    st.integers(0, 999),
).filter(lambda text: len(text) == 17)


def numbered(seventeen: str) -> str:
    """With its check character, as the standard's table gives it."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, seventeen, strict=True))
    return seventeen + CHECKS[total % 11]


@given(seventeen=first_seventeen)
def test_a_number_of_the_standard_is_taken(seventeen: str) -> None:
    number = numbered(seventeen)
    assert canonical(number) == f"cn-id:{number}"


@given(seventeen=first_seventeen, place=st.integers(0, 16), digit=st.sampled_from("0123456789"))
def test_one_digit_mistyped_is_refused(seventeen: str, place: int, digit: str) -> None:
    number = numbered(seventeen)
    assume(number[place] != digit)
    with pytest.raises(IdentityError) as refused:
        canonical(number[:place] + digit + number[place + 1 :])
    assert (refused.value.reason, refused.value.position) == ("CHECK_CHARACTER", 18)


@given(seventeen=first_seventeen, place=st.integers(0, 15))
def test_two_digits_swapped_are_refused(seventeen: str, place: int) -> None:
    number = numbered(seventeen)
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    with pytest.raises(IdentityError):
        canonical(swapped)


@pytest.mark.parametrize(
    "spelling",
    [
        "11010519491231002x",
        " 11010519491231002X\n",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
    ],
)
def test_spellings_of_one_number_are_one(spelling: str) -> None:
    assert canonical(spelling) == "cn-id:11010519491231002X"


@pytest.mark.parametrize(
    ("licence", "spelling"),
    [
        ("冀b-12345", "licence:冀B-12345"),
        ("ABC 123", "licence:ABC123"),
        ("唐(2025)0077", "licence:唐(2025)0077"),
    ],
)
def test_a_licences_number_is_taken(licence: str, spelling: str) -> None:
    assert canonical(licence) == spelling


@pytest.mark.parametrize(
    ("given", "reason", "position"),
    [
        ("", "EMPTY", 0),
        (" \t\u3000", "EMPTY", 0),
        ("1101051949123100", "LENGTH", 0),
        ("110105491231002", "LENGTH", 0),
        ("1101051949123100211", "LENGTH", 0),
        ("110105194912310O2X", "CHARACTER", 16),
        ("1101X519491231002X", "CHARACTER", 5),
        ("110105194912310021", "CHECK_CHARACTER", 18),
        (numbered("11010519491331002"), "BIRTH_DATE", 7),
        ("13812345678", "PHONE_NUMBER", 0),
        ("张三", "LENGTH", 0),
        ("张三李四", "CHARACTER", 0),
        ("rider@example.com1", "CHARACTER", 0),
        ("A1" * 21, "LENGTH", 0),
    ],
)
def test_what_is_wrong_is_told_but_not_what_was_given(given: str, reason: str, position: int) -> None:
    with pytest.raises(IdentityError) as refused:
        canonical(given)
    error = refused.value
    assert (error.reason, error.position) == (reason, position)
    assert isinstance(error, ValueError)
    assert isinstance(error, QuzhongError)
    if given.strip():
        assert given not in str(error) + error.zh
    assert error.__context__ is None or error.__suppress_context__


@given(text=st.text(max_size=50))
def test_any_text_is_taken_or_refused(text: str) -> None:
    try:
        spelling = canonical(text)
    except IdentityError:
        return
    assert canonical(spelling.partition(":")[2]) == spelling


def test_a_licence_and_an_identity_number_cannot_be_one() -> None:
    assert canonical("11010519491231002X").partition(":")[0] != canonical("AB-1").partition(":")[0]
