"""Pop-ups of one page: what a word means, how a figure was computed.

A button stands where the word or the figure does; what it opens comes once, at the end of the page
(``templates/_popups.html``). Native popovers: keyboard and screen reader work, no script is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from services.portal.core.glossary import Glossary, Method, Term
from services.portal.core.origins import NOTHING_MORE, Origin
from services.portal.texts import Texts


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How the figures beside one button were computed."""

    methods: tuple[Method, ...]
    origin: Origin
    label: str
    """Whose figures they are, where a page has many; may be empty."""


class Popups:
    """Hands out the buttons while a page is rendered, and remembers what they open."""

    def __init__(self, glossary: Glossary, texts: Texts) -> None:
        self._glossary = glossary
        self._texts = texts
        self._terms: dict[str, Term] = {}
        self._disclosures: dict[Disclosure, str] = {}

    @property
    def terms(self) -> list[Term]:
        """Words used so far."""
        return list(self._terms.values())

    @property
    def disclosures(self) -> list[tuple[str, Disclosure]]:
        """Figures explained so far, each with its element's id."""
        return [(element_id, each) for each, element_id in self._disclosures.items()]

    def term(self, term_id: str, text: str = "") -> Markup:
        """A word that opens its meaning; ``text``: as the page writes it, else its name.

        Raises KeyError for a word that the glossary lacks.
        """
        term = self._terms.setdefault(term_id, self._glossary.terms[term_id])
        return Markup(
            '<button type="button" class="term" popovertarget="term-{}" aria-haspopup="dialog">{}</button>'
        ).format(term_id, text or term.name.to(self._texts.language))

    def computed(self, methods: str, origin: Origin = NOTHING_MORE, label: str = "") -> Markup:
        """A button that opens how the figures beside it came about.

        ``methods``: ids, separated by spaces. Raises KeyError for one that ``methods.yaml`` lacks.
        """
        found = tuple(self._glossary.methods[method_id] for method_id in methods.split())
        disclosure = Disclosure(found, origin, label)
        element_id = self._disclosures.setdefault(disclosure, f"how-{len(self._disclosures) + 1}")
        language = self._texts.language
        names = self._texts("site.list_separator").join(method.name.to(language) for method in found)
        told = self._texts("how.of", names=names) + (f" · {label}" if label else "")
        return Markup(
            ' <button type="button" class="how" popovertarget="{0}" aria-haspopup="dialog" aria-label="{1}"'
            ' title="{1}"><span aria-hidden="true">?</span></button>'
        ).format(element_id, told)
