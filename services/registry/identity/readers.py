"""What a caller is told of itself."""

from __future__ import annotations

from dataclasses import dataclass

from kit.security.caller import Caller
from services.registry.core.accounts import Account
from services.registry.core.parties import Party, Role
from services.registry.identity.ports import AccountStore
from services.registry.refusals import unknown_party


@dataclass(frozen=True, slots=True)
class Told:
    """Who called."""

    party: Party
    account: Account | None
    """None: it showed no session of a local account."""

    @property
    def may_approve(self) -> bool:
        """Whether it is a named official (唐人社字〔2022〕1号 二.14: talks are called by a person)."""
        return self.party.role is Role.OFFICIAL


class Readers:
    """The use case of ``WhoAmI``."""

    def __init__(self, store: AccountStore) -> None:
        self._store = store

    def tell(self, caller: Caller) -> Told:
        """Raises NotFoundError if the party is not in this store (any more)."""
        with self._store.read() as view:
            party = view.party(caller.party_id)
            if party is None:
                raise unknown_party(caller.party_id)
            return Told(party, view.account_of_credential(caller.credential_id))
