"""Documents say what is there: links lead somewhere, commands and variables exist, the two READMEs agree."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from kit.settings import CommonSettings

ROOT = Path(__file__).resolve().parents[2]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "services").glob("*/README.md"),
        ROOT / "sdk/python/README.md",
        ROOT / "simulator/README.md",
    ]
)
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_TARGET = re.compile(r"\bmake ([a-z][a-z-]*)")


def _anchors(page: Path) -> set[str]:
    """What headings of a page are reached by, as GitHub derives it, and the anchors it sets itself."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    anchors = set(re.findall(r'<a id="([\w-]+)"></a>', text))
    return anchors | {re.sub(r"[^\w\- ]", "", name.lower()).strip().replace(" ", "-") for name in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    broken = []
    for target, anchor in _LINK.findall(_FENCED.sub("", page.read_text(encoding="utf-8"))):
        place = (page.parent / target) if target else page
        if not place.exists() or (anchor and anchor[1:] not in _anchors(place)):
            broken.append(target + anchor)
    assert not broken


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_make_target_named_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    code = re.findall(r"`([^`]*)`|^(make [a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    named = {target for pair in code for text in pair for target in _TARGET.findall(text)}
    assert {"demo", "test", "lint", "up"} <= named
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_setting_is_in_the_table_and_everything_in_the_table_is_read(page: Path) -> None:
    rows = re.findall(r"^\| (`QUZHONG_.*?) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"QUZHONG_[A-Z_]+", row)}
    for path in sorted((ROOT / "services").glob("*/settings.py")):
        import_module(f"services.{path.parent.name}.settings")
    classes: list[type[CommonSettings]] = [CommonSettings, *CommonSettings.__subclasses__()]
    settings = {f"QUZHONG_{name.upper()}" for each in classes for name in each.model_fields}
    assert settings <= told
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("cli", "tests", "tools")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".sh") and path != Path(__file__)
    )
    assert all(name in sources for name in told - settings)


def test_both_readmes_have_the_same_sections_and_examples() -> None:
    english, chinese = (page.read_text(encoding="utf-8") for page in READMES)
    assert english.count("\n## ") == chinese.count("\n## ")
    assert _commands(english) == _commands(chinese)


def _commands(text: str) -> list[str]:
    """Code blocks without their comments."""
    blocks = re.findall(r"^```(?:sh|python)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [re.sub(r" *# .*", "", block) for block in blocks]


@pytest.mark.parametrize("page", sorted((ROOT / "docs/adr").glob("*.md")), ids=lambda page: page.name)
def test_a_decision_is_short_and_has_its_three_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 40
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Context",
        "## Decision",
        "## Consequences",
    ]
    assert page.name in (ROOT / "docs/index.md").read_text(encoding="utf-8")
