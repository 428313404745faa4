"""``docs/glossary.md`` and ``docs/methods.md`` are made of the words and methods that the pages explain."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.glossary_page import PAGES


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_are_fresh(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PAGES[path](), "run `make docs`"
