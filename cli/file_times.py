"""Times as a file writes them: read into epoch milliseconds, and written back in the same manner."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Of times that tell of work. What is judged around one, weeks before and behind, has to be a date as well,
and a span of millennia would be cut into its days."""


class FileTimes:
    """One file's times. Those without an offset are local times of ``zone``."""

    def __init__(self, zone: tzinfo, *, named: bool) -> None:
        """``named``: somebody named the zone; if not, times with an offset are written back with theirs."""
        self.zone = zone
        self._named = named
        self._offset: tzinfo | None = None
        self._zulu = False

    def read(self, text: object) -> int:
        """An ISO 8601 moment as epoch ms; of an hour that comes twice when summer time ends, the first.

        Raises:
            ValueError: if it is none, or not of ``FIRST_YEAR`` to ``LAST_YEAR``.
        """
        if not isinstance(text, str):
            raise ValueError(text)
        moment = datetime.fromisoformat(text.strip())
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone)
        elif self._offset is None:
            self._offset, self._zulu = moment.tzinfo, text.strip().endswith("Z")
        return round(moment.timestamp() * 1000)

    def write(self, epoch_ms: int) -> str:
        """Without an offset if the file has none, else with one; to the second if that is exact."""
        zone = self._offset if self._offset is not None and not self._named else self.zone
        precision = "milliseconds" if epoch_ms % 1000 else "seconds"
        moment = datetime.fromtimestamp(epoch_ms // 1000, UTC).astimezone(zone)
        moment = moment.replace(microsecond=epoch_ms % 1000 * 1000)
        if self._offset is None:
            return moment.replace(tzinfo=None).isoformat(timespec=precision)
        text = moment.isoformat(timespec=precision)
        return f"{text[:-6]}Z" if self._zulu and text.endswith("+00:00") else text

    def show(self, epoch_ms: int) -> str:
        """For people: with the zone."""
        moment = datetime.fromtimestamp(epoch_ms / 1000, UTC).astimezone(self.zone)
        return f"{moment:%Y-%m-%d %H:%M:%S} {moment.tzname() if self._named else ''}".rstrip()


def zone_named(name: str) -> ZoneInfo | None:
    """The IANA zone of this name; None if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
