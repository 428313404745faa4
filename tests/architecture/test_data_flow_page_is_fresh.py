"""``docs/data-flow.md`` is what ``quzhong topics --markdown`` prints."""

from __future__ import annotations

from pathlib import Path

from cli.topics_page import data_flow_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data-flow.md"


def test_the_page_is_generated_from_the_map() -> None:
    assert PAGE.read_text(encoding="utf-8") == data_flow_page(), "run `make docs`"
