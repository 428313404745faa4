"""The table of trouble in docs/reliability.md: a row for each, and a test behind each row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.observed import TROUBLES
from tools.reliability_table import BEGIN, END, PAGE, put_in

ROOT = Path(__file__).parents[2]
ROW = re.compile(r'^\| (.+?) <a id="([\w-]+)"></a> \| (.+) \| \[`(\w+\.py)`\]\(\.\./([\w/.]+)\) \|$')


def rows() -> dict[str, re.Match[str]]:
    between = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    found = [ROW.match(line) for line in between.splitlines()[2:]]
    assert all(found), "a row that no tool has written: run `make reliability`"
    return {match[2]: match for match in found if match is not None}


def test_every_trouble_has_its_row_and_no_other_has() -> None:
    assert {row: match[1] for row, match in rows().items()} == TROUBLES, "run `make reliability`"


@pytest.mark.parametrize("row", TROUBLES)
def test_what_a_row_says_is_put_down_by_the_test_it_names(row: str) -> None:
    test = ROOT / rows()[row][5]
    assert re.search(rf'observed\(\s*"{row}"', test.read_text(encoding="utf-8"))


def test_only_what_stands_between_the_marks_is_written_anew() -> None:
    assert put_in(f"before\n{BEGIN}old\n{END}after\n", "new\n") == f"before\n{BEGIN}new\n{END}after\n"
