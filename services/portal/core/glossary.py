"""Words that pages explain, and methods by which their figures come about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.portal.core.language import LocalText


@dataclass(frozen=True, slots=True)
class Term:
    """A legal, statistical or technical word, in both languages."""

    term_id: str
    """Its anchor, e.g. ``rate-per-thousand``."""
    group: str
    name: LocalText
    meaning: LocalText
    source: LocalText
    """The article of the notice (``二.8``), or whoever else defines it."""


@dataclass(frozen=True, slots=True)
class Method:
    """How one kind of figure comes about."""

    method_id: str
    name: LocalText
    formula: LocalText
    note: LocalText
    """What a reader should know who would compute it again."""
    article: str
    """Of 唐人社字〔2022〕1号, whose duty the figure speaks of."""
    code: str
    """Where the formula stands with its sources, from the root of the repository."""
    terms: tuple[str, ...]
    """Ids of the words it is told in."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """All words by group, and all methods, each in the order it is read in."""

    groups: Mapping[str, LocalText]
    terms: Mapping[str, Term]
    methods: Mapping[str, Method]

    def of_group(self, group: str) -> list[Term]:
        """The words of one group."""
        return [term for term in self.terms.values() if term.group == group]
