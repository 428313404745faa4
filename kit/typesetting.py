"""Pages from data: Typst lays out a template, in a typeface that comes as a package.

Nothing that anybody wrote becomes markup: a template gets its content as a JSON string, and strings are never
code there. Nothing is fetched, and the machine's own fonts are not looked at: a page looks alike everywhere,
and the same content has the same bytes.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

import typst

FONT_PACKAGE: Final = "zhplot"
"""Carries Noto Sans SC (OFL). It is looked up, never imported: it would want matplotlib."""
FONT: Final = "NotoSansSC-Regular.ttf"


def typeset(
    template: Path,
    content: Mapping[str, Any],
    *,
    made_ms: int,
    format: Literal["pdf", "png"] = "pdf",
    ppi: float = 144.0,
) -> list[bytes]:
    """``pdf``: one file; ``png``: one picture a page, at ``ppi`` dots an inch.

    The template reads ``json(bytes(sys.inputs.content))`` and may import its neighbours. ``made_ms`` is the
    date that the file bears, epoch milliseconds.

    Raises:
        RuntimeError: if the typesetter fails, or the typeface is not installed.
        ValueError: if the content holds a number that JSON has not (NaN, infinity).
    """
    made: Any = typst.compile(
        template,
        root=template.parent,
        font_paths=[font_folder()],
        ignore_system_fonts=True,
        format=format,
        ppi=ppi,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False, allow_nan=False)},
        timestamp=made_ms // 1000,
    )
    return list(made) if isinstance(made, list) else [made]


def font_folder() -> Path:
    """Where the Chinese typeface is. Raises RuntimeError if it is not installed."""
    spec = importlib.util.find_spec(FONT_PACKAGE)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(place) / "fonts" / FONT).is_file():
            return Path(place) / "fonts"
    raise RuntimeError(
        f"{FONT} is missing: install requirements/font.txt · 缺少中文字体：请安装 requirements/font.txt"
    )
