"""Which language the command speaks: ``--lang``, else ``QUZHONG_LANG``, else Chinese if the machine does."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum


class Language(StrEnum):
    """What the command can speak."""

    ZH = "zh"
    EN = "en"

    def pick(self, zh: str, en: str) -> str:
        """The text in this language."""
        return zh if self is Language.ZH else en


def default_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Of ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` the first that is set decides, as POSIX says."""
    for name in ("QUZHONG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return Language.ZH if value.lower().startswith("zh") else Language.EN
    return Language.EN
