"""Chinese refusals of kit are punctuated as Chinese is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import kit

HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][:;,()]|[:;,()][\u4e00-\u9fff]")


def chinese_constants(path: Path) -> list[str]:
    """Whatever is given as ``zh=``, with the names of what an f-string fills in."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [ast.unparse(node.value) for node in nodes if isinstance(node, ast.keyword) and node.arg == "zh"]


def test_no_half_width_mark_stands_beside_a_chinese_character() -> None:
    folder = Path(kit.__path__[0])
    found = [text for path in sorted(folder.rglob("*.py")) for text in chinese_constants(path)]
    assert len(found) > 20
    assert [text for text in found if HALF_WIDTH.search(text)] == []
