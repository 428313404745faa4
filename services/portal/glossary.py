"""The words pages explain and the methods of figures: ``locale/glossary.yaml``, ``locale/methods.yaml``.

The pop-ups, ``/glossary`` and ``/methods``, ``docs/glossary.md`` and ``docs/methods.md`` are made of the same
two files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Protocol, TypeVar

from services.portal.core.glossary import Glossary, Method, Term
from services.portal.core.language import LocalText
from services.portal.texts import FOLDER, read_yaml


class _Named(Protocol):
    @property
    def name(self) -> LocalText: ...


_Entry = TypeVar("_Entry", bound=_Named)


@cache
def read_glossary() -> Glossary:
    """Both files, read once. Raises ValueError naming an entry that stands twice, or lacks something."""
    words, methods = read_yaml(FOLDER / "glossary.yaml"), read_yaml(FOLDER / "methods.yaml")
    groups = {group: _text(name) for group, name in words["groups"].items()}
    glossary = Glossary(
        groups,
        _by_id("glossary.yaml", ((each["id"], _term(each)) for each in words["terms"])),
        _by_id("methods.yaml", ((each["id"], _method(each)) for each in methods)),
    )
    for term in glossary.terms.values():
        if term.group not in groups:
            raise ValueError(f"glossary.yaml: {term.term_id}: there is no group {term.group}")
    for method in glossary.methods.values():
        if unknown := set(method.terms) - glossary.terms.keys():
            raise ValueError(f"methods.yaml: {method.method_id}: no words: {', '.join(sorted(unknown))}")
    return glossary


def _term(entry: Mapping[str, Any]) -> Term:
    article = entry.get("article", "")
    return Term(
        term_id=entry["id"],
        group=entry["group"],
        name=LocalText(entry["zh"], entry["en"]),
        meaning=_text(entry["meaning"]),
        source=LocalText(article, entry.get("article_en", article)) if article else _text(entry["source"]),
    )


def _method(entry: Mapping[str, Any]) -> Method:
    return Method(
        method_id=entry["id"],
        name=_text(entry["name"]),
        formula=_text(entry["formula"]),
        note=_text(entry["note"]),
        article=entry["article"],
        code=entry["code"],
        terms=tuple(entry["terms"]),
    )


def _text(entry: Mapping[str, str]) -> LocalText:
    # A comma that is not quoted ends a value in YAML; the rest would be lost.
    if more := entry.keys() - {"zh", "en"}:
        raise ValueError(f"{entry}: quote the text before {', '.join(map(repr, more))}")
    return LocalText(entry["zh"], entry["en"])


def _by_id(file: str, entries: Iterable[tuple[str, _Entry]]) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    for entry_id, entry in entries:
        if entry_id in found:
            raise ValueError(f"{file}: {entry_id} stands there twice")
        if not (entry.name.zh and entry.name.en):
            raise ValueError(f"{file}: {entry_id} has no name in one of the languages")
        found[entry_id] = entry
    return found
