"""Who a token makes of a reader, remembered for a moment: every page asks."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from kit.errors import PermanentError, QuzhongError
from services.portal.core.readers import Profile
from services.portal.identity_ports import WhoReads

_log = logging.getLogger(__name__)

_REMEMBERED = 4_096
"""Readers at once, of a city with some hundreds."""
_HOLDS_S = 30.0
"""An amended party has its new menu this much later; its rights are the services' and hold at once."""
_AGAIN_S = 5.0
"""Before a registry that did not answer is asked again."""


class Profiles:
    """Asks the registry once in a while. Belongs to one event loop."""

    def __init__(self, identity: WhoReads, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock``: seconds."""
        self._identity = identity
        self._clock = clock
        self._known: OrderedDict[bytes, tuple[float, Profile | None]] = OrderedDict()

    async def of(self, token: str) -> Profile | None:
        """None for a token nobody holds, and while the registry does not say: the page asks the services, and
        they have the last word."""
        key = hashlib.sha256(token.encode()).digest()
        until_s, profile = self._known.get(key, (0.0, None))
        if self._clock() < until_s:
            return profile
        try:
            profile, holds_s = await self._identity.who_am_i(token), _HOLDS_S
        except PermanentError:
            # Not remembered: a fresh token may not be known everywhere yet.
            self._known.pop(key, None)
            return None
        except QuzhongError as error:
            _log.warning("who reads: %s: %s; showing the menu for everybody", error.reason, error.message)
            profile, holds_s = None, _AGAIN_S
        self._known[key] = (self._clock() + holds_s, profile)
        self._known.move_to_end(key)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return profile
