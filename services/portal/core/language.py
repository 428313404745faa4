"""The two languages of the pages. Chinese is the default; English is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """BCP 47 tags, as in ``<html lang>`` and in the names of the text tables."""

    CHINESE = "zh-CN"
    ENGLISH = "en"

    @property
    def other(self) -> Language:
        """The one to switch to."""
        return Language.ENGLISH if self is Language.CHINESE else Language.CHINESE

    @classmethod
    def of(cls, tag: str | None) -> Language | None:
        """The language a tag asks for (``zh``, ``zh-CN``, ``en-GB`` …); None for any other."""
        match (tag or "").lower().replace("_", "-").split("-")[0]:
            case "zh":
                return cls.CHINESE
            case "en":
                return cls.ENGLISH
        return None


@dataclass(frozen=True, slots=True)
class LocalText:
    """The same text in both languages."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def to(self, language: Language) -> str:
        """The text in a language; the other one where it is missing, for a fact is better than none."""
        return (self.en or self.zh) if language is Language.ENGLISH else (self.zh or self.en)


NO_TEXT = LocalText()
"""Where there is nothing to say."""
