"""Words that explain themselves, and "How was this computed?": complete, bilingual, of the services' data."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from services.portal.core.language import Language
from services.portal.core.origins import Origin
from services.portal.glossary import read_glossary
from services.portal.popups import Popups
from services.portal.texts import Texts
from tests.support.fake_suite import bargaining, data
from tests.support.fake_suite.suite import FakeSuite

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "services" / "portal" / "templates"
GLOSSARY = read_glossary()
PAGES = (
    "/cases",
    f"/cases/{data.CASE_ID}",
    f"/cases/{data.AUDIT_CASE_ID}",
    "/findings/finding-0000",
    "/audit",
    "/thresholds",
    "/thresholds/groups",
    "/consultations",
    "/reports",
)
EXPECTED = {
    *("attainment", "strictness", "middle", "p50", "interval", "censored", "floor", "ratchet", "parity"),
    *("cohort", "watermark", "coverage", "warning", "summons", "rectification", "responsible-department"),
}


def named_in_templates(function: str) -> set[str]:
    """The ids that templates name, one by one, in calls of ``term`` or ``computed``."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    calls = re.findall(rf'\b{function}\(("[^"]+"(?: if \w+ else "[^"]+")?)', source)
    return {word for call in calls for quoted in re.findall(r'"([^"]+)"', call) for word in quoted.split()}


def test_the_words_that_readers_ask_about_are_there() -> None:
    assert GLOSSARY.terms.keys() >= EXPECTED


def test_every_word_has_both_languages_a_meaning_and_a_source() -> None:
    for term in GLOSSARY.terms.values():
        for text in (term.name, term.meaning, term.source):
            assert text.zh, term.term_id
            assert text.en, term.term_id
        assert re.search(r"[一-鿿]", term.meaning.zh), term.term_id
        assert not re.search(r"[一-鿿]", term.meaning.en), term.term_id


def test_every_method_has_its_formula_article_and_code() -> None:
    for method in GLOSSARY.methods.values():
        for text in (method.name, method.formula, method.note):
            assert text.zh, method.method_id
            assert text.en, method.method_id
        assert re.fullmatch(r"[一二三]\.\d+", method.article), method.method_id
        assert (ROOT / method.code).is_file(), method.code


def test_templates_name_words_and_methods_that_exist_and_leave_no_method_out() -> None:
    assert named_in_templates("term") <= GLOSSARY.terms.keys()
    assert named_in_templates("computed") == GLOSSARY.methods.keys()


def test_an_unknown_word_is_refused_when_the_page_is_made() -> None:
    popups = Popups(GLOSSARY, Texts(Language.CHINESE))
    with pytest.raises(KeyError, match="no-such-word"):
        popups.term("no-such-word")
    with pytest.raises(KeyError, match="no-such-method"):
        popups.computed("rate no-such-method")


def test_what_is_explained_twice_comes_once() -> None:
    popups = Popups(GLOSSARY, Texts(Language.ENGLISH))
    first, second = (popups.computed("rate", Origin(samples=(("workers", 9),))) for _ in range(2))
    assert first == second
    assert popups.computed("rate") != first
    assert popups.term("middle", "Middle band") != popups.term("middle")
    assert [term.term_id for term in popups.terms] == ["middle"]
    assert len(popups.disclosures) == 2


def test_every_button_opens_something_of_its_page_and_ids_are_single(
    suite: FakeSuite, regulator: httpx.Client
) -> None:
    suite.audits += [bargaining.full_audit(), bargaining.orders_audit()]
    for path in PAGES:
        page = regulator.get(path).text
        opened = re.findall(r'popovertarget="([^"]+)"', page)
        ids = re.findall(r' id="([^"]+)"', page)
        assert opened, path
        assert set(opened) <= set(ids), path
        assert len(ids) == len(set(ids)), path


def test_words_and_figures_are_explained_from_the_services_data(
    suite: FakeSuite, regulator: httpx.Client
) -> None:
    page = regulator.get(f"/cases/{data.CASE_ID}").text
    word = popup(page, 'id="term-rate-per-thousand"')
    assert '<span class="meta" lang="en">rate per thousand</span>' in word
    assert "/glossary#rate-per-thousand" in word
    page = regulator.get(f"/cases/{data.CASE_ID}", params={"lang": "en"}).text
    spell = popup(page, "Counted working time")
    assert "<code>cn-food-delivery-2025 1.0.0</code>" in spell
    assert '<a href="/findings/finding-0000">' in spell
    assert "Events</dt><dd>14</dd>" in spell
    rate = popup(page, "Rate per thousand")
    assert "<code>tangshan-escalation 1.0.0</code>" in rate
    assert "Workers</dt><dd>9</dd>" in rate
    audit = bargaining.full_audit()
    audit.data_version, audit.method_version = "data-abc", "7"
    suite.audits.append(audit)
    page = regulator.get(f"/audit?area={audit.area_code}&lang=en").text
    assert "Data version</dt><dd><code>data-abc</code>" in page
    assert "Method version</dt><dd><code>7</code>" in page


def test_glossary_and_methods_are_for_everybody(visitor: httpx.Client) -> None:
    for path, known in (("/glossary", GLOSSARY.terms), ("/methods", GLOSSARY.methods)):
        answer = visitor.get(path)
        assert answer.status_code == httpx.codes.OK
        assert all(f'id="{each}"' in answer.text for each in known)


def popup(page: str, about: str) -> str:
    """The first pop-up that says so."""
    return next(each.split("</aside>")[0] for each in page.split("<div popover")[1:] if about in each)
