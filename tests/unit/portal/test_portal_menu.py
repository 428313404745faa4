"""How much of a menu is seen at once."""

from __future__ import annotations

import pytest

from services.portal.core.language import Language, LocalText
from services.portal.core.menu import ROW, WHOLE, menu_at
from services.portal.core.readers import Profile, Role, menu
from services.portal.texts import Texts

ROLES = [role for role in Role if role is not Role.UNSPECIFIED]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("role", ROLES)
def test_every_entry_is_shown_or_under_more_and_never_both(role: Role, language: Language) -> None:
    entries = menu(Profile(role, "", LocalText()))
    for entry in entries:
        found = menu_at(entry.address, entries, Texts(language))
        assert sorted((*found.shown, *found.further)) == sorted(entries)
        assert found.here == entry
        assert entry in found.shown


def test_a_menu_of_one_row_is_shown_whole() -> None:
    entries = menu(Profile(Role.REGULATOR, "", LocalText()))
    assert menu_at("/feed", entries, Texts(Language.CHINESE)).further == ()
    assert menu_at("/feed", entries, Texts(Language.ENGLISH)).further
    assert ROW < WHOLE


def test_a_page_below_an_entry_is_the_entry_s_own_and_the_start_page_the_first_one_s() -> None:
    entries = menu(Profile(Role.PLATFORM, "", LocalText()))
    word = Texts(Language.CHINESE)
    assert menu_at("/worker-codes", entries, word).shown[-1].address == "/worker-codes"
    below, start, elsewhere = (menu_at(path, entries, word).here for path in ("/cases/c-1", "/", "/casework"))
    assert below is not None
    assert below.address == "/cases"
    assert start is entries[0]
    assert elsewhere is None
