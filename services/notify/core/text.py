"""One text in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class Text:
    """Chinese is shown first."""

    zh: str
    en: str


class Language(IntEnum):
    """The values equal ``quzhong.api.notify.v1.Language``."""

    ZH_CN = 1
    EN = 2

    @property
    def tag(self) -> str:
        """Of BCP 47."""
        return "zh-CN" if self is Language.ZH_CN else "en"

    def pick(self, text: Text) -> str:
        """The text in this language; in the other one if this has no words."""
        first, second = (text.zh, text.en) if self is Language.ZH_CN else (text.en, text.zh)
        return first or second


NO_TEXT = Text("", "")
"""Where there is nothing to say."""
