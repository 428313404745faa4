"""Writes the table of observed trouble into docs/reliability.md, from what the tests put down.

``python -m tools.reliability_table``, after ``make reliability`` has run them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.support.observed import SEEN, TROUBLES

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
BEGIN, END = "<!-- observed: begin -->\n", "<!-- observed: end -->\n"


def table(seen: Path = SEEN) -> str:
    """In Markdown.

    Raises:
        FileNotFoundError: naming the row that no test has put down.
    """
    lines = ["| what happens | what was observed | by |", "|---|---|---|"]
    for row, happens in TROUBLES.items():
        said = json.loads((seen / f"{row}.json").read_text(encoding="utf-8"))
        name = Path(said["test"]).name
        lines.append(f'| {happens} <a id="{row}"></a> | {said["observed"]} | [`{name}`](../{said["test"]}) |')
    return "\n".join(lines) + "\n"


def put_in(page: str, rows: str) -> str:
    """The page with these rows instead of those between the marks."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}{rows}{END}{after}"


def main() -> int:
    """Write the page."""
    PAGE.write_text(put_in(PAGE.read_text(encoding="utf-8"), table()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
