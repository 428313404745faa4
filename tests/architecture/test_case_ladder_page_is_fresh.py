"""``docs/case-ladder.md`` is drawn from the table that the cases follow."""

from __future__ import annotations

from tools.case_ladder_page import PAGE, case_ladder_page


def test_the_page_is_generated_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == case_ladder_page(), "run `make docs`"
