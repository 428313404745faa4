"""``ports.Names`` over the directory."""

from __future__ import annotations

from kit.directory import Directory
from services.notify.core.text import Text


class DirectoryNames:
    """Registered names; who is not registered goes by its id."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def platform(self, platform_id: str) -> Text:
        """See the port. Raises a RetryableError if the directory has to catch up and cannot."""
        party = self._directory.platform(platform_id)
        return Text(platform_id, platform_id) if party is None else Text(party.name_zh, party.name_en)

    def area(self, area_code: str) -> Text:
        """See the port."""
        return Text(*self._directory.area_name(area_code))
