"""Texts in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from services.workhours.core.document import Node


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; Chinese is shown first."""

    zh: str
    en: str


def text_of(node: Node, key: str) -> Text:
    """The text under ``key``. Raises ValueError (``document.refusal``) when a language is missing."""
    both = node.node(key)
    text = Text(zh=both.text("zh"), en=both.text("en"))
    both.finish()
    return text
