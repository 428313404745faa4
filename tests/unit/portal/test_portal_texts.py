"""The two tables of words: same keys, same places to fill, nothing missing, nothing left over."""

from __future__ import annotations

import re
from pathlib import Path

from services.portal.core.changes import FIELDS
from services.portal.core.language import Language
from services.portal.texts import Texts

PORTAL = Path(__file__).parents[3] / "services" / "portal"
TABLES = {language: Texts(language) for language in Language}
CHINESE, ENGLISH = TABLES[Language.CHINESE], TABLES[Language.ENGLISH]

_USES = re.compile(r"""(?:\bt|texts)\(\s*["']([a-z0-9_.]+)["']\s*([~,)])""")
_WORDS = re.compile(r"""\bwords\(["']([a-z_]+)["'],""")
_BY_PREFIX = re.compile(r"""under\(["']([a-z_.]+)["']\)""")


def _sources() -> str:
    places = ("templates/*.html", "*.py", "pages/*.py", "core/readers.py")
    files = [path for place in places for path in PORTAL.glob(place)]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_both_languages_have_the_same_keys() -> None:
    assert CHINESE.keys == ENGLISH.keys


def test_both_languages_have_the_same_places_to_fill() -> None:
    for key in CHINESE.keys:
        places = [set(re.findall(r"\{(\w+)\}", table(key))) for table in TABLES.values()]
        assert places[0] == places[1], key


def test_every_text_a_page_names_exists() -> None:
    for key, end in _USES.findall(_sources()):
        if end == "~":
            assert any(known.startswith(key) for known in CHINESE.keys), key
        else:
            assert key in CHINESE.keys


def test_every_text_is_used() -> None:
    source = _sources()
    named = {key for key, _ in _USES.findall(source)} | set(re.findall(r'"(nav\.\w+)"', source))
    prefixes = {key for key, end in _USES.findall(source) if end == "~"} | {
        f"{prefix}." for prefix in _BY_PREFIX.findall(source)
    }
    prefixes |= {"unit.", "role."}  # texts(f"unit.{…}")
    prefixes |= {f"{group}." for group in _WORDS.findall(source)}
    named |= {f"change.{field}" for field in FIELDS} | {"change.true", "change.false"}
    unused = {key for key in CHINESE.keys if key not in named and not key.startswith(tuple(prefixes))}
    assert unused == set()


def test_every_field_of_a_change_has_its_name() -> None:
    assert {f"change.{field}" for field in FIELDS} <= CHINESE.keys


def test_chinese_texts_are_chinese() -> None:
    latin_only = {key for key in CHINESE.keys if not re.search(r"[一-鿿：、（]", CHINESE(key))}
    assert latin_only == {"site.switch", "audit.legend_range", "audit.chart_title"}
