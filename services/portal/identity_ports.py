"""What the pages need to know of readers and their accounts; ``adapters/identity.py`` implements it."""

from __future__ import annotations

from typing import Protocol

from services.portal.core.accounts import Account, Holder, Opened
from services.portal.core.readers import Profile


class WhoReads(Protocol):
    """Raises as ``ports.Suite`` does."""

    async def who_am_i(self, token: str) -> Profile:
        """What the registry says of the reader."""
        ...


class Identity(WhoReads, Protocol):
    """Who reads, and who may. Raises as ``ports.Suite`` does."""

    async def holders(self, token: str) -> list[Holder]:
        """Every party the reader sees that may have accounts, by role and id."""
        ...

    async def accounts(self, token: str) -> list[Account]:
        """All accounts, by id."""
        ...

    async def register_account(
        self, token: str, account_id: str, party_id: str, person_name: str, request_id: str
    ) -> Opened: ...

    async def reset_account(self, token: str, account_id: str, request_id: str) -> Opened:
        """Password and device count no more, sessions end."""
        ...

    async def disable_account(self, token: str, account_id: str, request_id: str) -> None: ...

    async def amend_account(
        self, token: str, account_id: str, party_id: str, person_name: str, request_id: str
    ) -> None:
        """Another party, with its role and areas, or another name."""
        ...
