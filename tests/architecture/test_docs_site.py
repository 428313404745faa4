"""The documentation's site has every page, and every link within the repository leads somewhere."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

from tools.site_source import ROOT, anchors, gather, links, nav_pages

DOCS = ROOT / "docs"
AUDIENCES = ("platform-engineer", "inspector", "union-negotiator", "compliance-officer", "worker")


def test_every_page_of_the_documentation_stands_in_the_navigation_once() -> None:
    pages = nav_pages()
    assert len(pages) == len(set(pages))
    written = {path.relative_to(ROOT).as_posix() for path in DOCS.rglob("*.md")}
    assert written - set(pages) == set()


def test_every_audience_has_its_tutorial_in_both_languages() -> None:
    tutorials = {f"docs/tutorials/{each}{end}" for each in AUDIENCES for end in (".md", ".zh-CN.md")}
    assert tutorials <= set(nav_pages())


def test_every_link_leads_somewhere() -> None:
    _, faults = gather()
    assert faults == []


def test_links_in_code_and_to_other_hosts_are_none_of_ours() -> None:
    text = "[a](b.md#c) `[d](e.md)` [f](https://example.org) [![g](h.png)](i.md)\n```\n[j](k.md)\n```\n"
    assert set(links(text)) == {"b.md#c", "h.png", "i.md"}


def test_headings_are_named_as_on_github() -> None:
    text = '# 术语表 · Glossary\n## `QUZHONG_STORE`: where, *how*\n<a id="own"></a>\n```\n# not one\n```\n'
    assert anchors(text) == {"术语表--glossary", "quzhong_store-where-how", "own"}


def test_screenshots_are_used_and_small() -> None:
    shots = {path.name: path.stat().st_size for path in (DOCS / "assets" / "screenshots").glob("*.*")}
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md"))
    assert set(shots) == set(re.findall(r"screenshots/([\w.-]+)\)", text))
    assert sum(shots.values()) < 3_000_000


def test_what_was_taken_over_has_the_hash_that_was_noted() -> None:
    folder: Path = DOCS / "assets" / "vendor"
    for file in tomllib.loads((folder / "vendor.toml").read_text(encoding="utf-8"))["file"]:
        assert hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest() == file["sha256"]
