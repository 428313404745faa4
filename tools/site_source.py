"""Gather what the documentation's site is built of: the pages of ``mkdocs.yml``, and whatever they link to.

Pages keep their places in the repository, so that one relative link serves readers of both. A link to a
directory leads to its README.md; a file that is no page is copied as it is.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "mkdocs.yml"
SOURCE = ROOT / "build" / "site-source"

_LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\]|!\[[^\]]*\]\([^)]*\))*\]\(([^)\s]+)\)")
_IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
_ANCHOR = re.compile(r'<a id="([^"]+)">')
_CODE = re.compile(r"^(```|~~~).*?^\1\s*$|`[^`\n]+`", re.S | re.M)


class _Loader(yaml.SafeLoader):
    """Reads ``mkdocs.yml``, whose tags name Python functions, without calling them."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: suffix)


def nav_pages() -> list[str]:
    """Pages of the navigation, from the repository's root."""
    config: dict[str, Any] = yaml.load(CONFIG.read_text(encoding="utf-8"), Loader=_Loader)
    return list(_leaves(config["nav"]))


def _leaves(entry: object) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for each in entry.values():
            yield from _leaves(each)
    elif isinstance(entry, list):
        for each in entry:
            yield from _leaves(each)


def links(text: str) -> list[str]:
    """Relative links of a page, as they are written; what stands in code is none."""
    prose = _CODE.sub("", text)
    found = [*_LINK.findall(prose), *_IMAGE.findall(prose)]
    return [each for each in dict.fromkeys(found) if not re.match(r"[a-z]+:|//", each)]


def anchors(text: str) -> set[str]:
    """What a link to a page may end with: its headings as GitHub names them, and explicit anchors."""
    without_code = re.sub(r"^(```|~~~).*?^\1\s*$", "", text, flags=re.S | re.M)
    headings = re.findall(r"^#{1,6}\s+(.*?)\s*$", without_code, flags=re.M)
    return {_slug(each) for each in headings} | set(_ANCHOR.findall(text))


def _slug(heading: str) -> str:
    shown = re.sub(r"<[^>]+>|[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", shown).strip().replace(" ", "-")


def gather() -> tuple[dict[str, Path], list[str]]:
    """Everything the site is made of, by its place; and what is wrong with links, one line each."""
    faults: list[str] = []
    found: dict[str, Path] = {}
    waiting = deque(nav_pages())
    while waiting:
        place = waiting.popleft()
        if place in found:
            continue
        path = ROOT / place
        if not path.is_file():
            faults.append(f"mkdocs.yml: there is no {place}")
            continue
        found[place] = path
        if path.suffix == ".md":
            for link in links(path.read_text(encoding="utf-8")):
                waiting.extend(_follow(place, link, faults))
    return found, faults


def _follow(place: str, link: str, faults: list[str]) -> list[str]:
    """Where a link of a page leads, if it leads to a file or directory of the repository."""
    address, _, anchor = unquote(link).partition("#")
    target = ((ROOT / place).parent / address).resolve() if address else ROOT / place
    if not target.is_relative_to(ROOT) or not target.exists():
        faults.append(f"{place}: {link} leads nowhere")
        return []
    if target.is_dir():
        return []
    if anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8")):
        faults.append(f"{place}: {link}: the page has no such heading")
    return [target.relative_to(ROOT).as_posix()]


def main() -> None:
    """Copy all of it to ``build/site-source``; end with status 1 and a line for each fault."""
    found, faults = gather()
    if faults:
        sys.exit("\n".join(faults))
    shutil.rmtree(SOURCE, ignore_errors=True)
    for place, path in found.items():
        target = SOURCE / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for path in sorted((ROOT / "docs" / "assets").rglob("*")):
        if path.is_file():
            target = SOURCE / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    print(f"{len(found)} pages and files in {SOURCE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
