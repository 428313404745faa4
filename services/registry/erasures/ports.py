"""What removing a worker's data needs from outside."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from services.registry.core.erasures import Erasure
from services.registry.core.pseudonym_links import Link
from services.registry.ports import EarlierAnswer, Request


class ErasureTransaction(Protocol):
    """Erasures, and what the registry keeps of workers, at once or not at all."""

    def earlier_answer(self, party_id: str, request_id: str) -> EarlierAnswer | None: ...

    def keep_answer(self, request: Request, entity: str, now_ms: int, keep_ms: int) -> None: ...

    def links_of(self, pseudonyms: Sequence[str]) -> Sequence[Link]:
        """The links that any of these is an end of."""
        ...

    def erased_with(self, worker_sha256: Collection[bytes]) -> set[bytes]:
        """These, and whatever was erased together with any of them."""
        ...

    def erasure(self, erasure_id: str) -> Erasure | None: ...

    def pseudonyms(self) -> Iterator[str]:
        """Whomever the registry keeps something of; some come twice."""
        ...

    def put_erasure(self, erasure: Erasure, reason: str) -> None:
        """Keep it, tell every service, and enter it in the ledger: never the pseudonym, nor a hash of it."""
        ...

    def forget(self, pseudonyms: Collection[str]) -> None:
        """Delete these workers' codes, and links of their pseudonyms, undone ones too."""
        ...


class ErasureStore(Protocol):
    """Where erasures are kept: the registry's own store."""

    def write(self) -> AbstractContextManager[ErasureTransaction]:
        """Committed at the end of the block, rolled back if it raises; one at a time."""
        ...
