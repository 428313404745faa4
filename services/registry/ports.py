"""What the registry needs from outside."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from services.registry.core.admission import Admission
from services.registry.core.areas import Area
from services.registry.core.parties import Credential, Party
from services.registry.core.party_history import PartyVersion
from services.registry.core.thresholds import Threshold


@dataclass(frozen=True, slots=True)
class Request:
    """A mutation as it can be recognised when it comes again."""

    party_id: str
    """Who asks: two callers may choose the same id."""
    request_id: str
    content_sha256: bytes
    """Of the RPC's name and the message: other content under the same id is an error."""


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """What a request was answered: the entity suffices, because what an answer says of it never changes."""

    content_sha256: bytes
    """Of the request that was answered."""
    entity: str
    """A credential's id, or the key of a threshold's version."""


class View(Protocol):
    """The registry's store as of one moment. Lists come in any order."""

    def party(self, party_id: str) -> Party | None: ...

    def parties(self) -> list[Party]: ...

    def party_versions(self, party_id: str) -> list[PartyVersion]:
        """All of one party."""
        ...

    def credential(self, credential_id: str) -> Credential | None: ...

    def credentials(self, party_id: str) -> list[Credential]:
        """Also those that were revoked; an empty id does not restrict."""
        ...

    def areas(self) -> list[Area]: ...

    def versions(self, threshold_id: str) -> list[Threshold]:
        """All of one threshold."""
        ...

    def thresholds(self, platform_id: str, metric_id: str) -> list[Threshold]:
        """All versions of all; an empty id does not restrict."""
        ...

    def admissions(self, platform_id: str) -> list[Admission]:
        """All versions of one platform's, or of all; an empty id does not restrict."""
        ...

    def agreed_platform(self, consultation_id: str) -> str | None:
        """The platform of an agreement that has arrived; None if none did."""
        ...


class Transaction(View, Protocol):
    """A view that can be written. What is put also goes out to topic ``registry`` with the same commit."""

    def put_party(self, version: PartyVersion) -> None:
        """A party's first version, or the next one."""
        ...

    def put_credential(self, credential: Credential) -> None:
        """New, or with its ``revoke_ms`` set."""
        ...

    def put_area(self, area: Area) -> None: ...

    def put_threshold(self, threshold: Threshold) -> None: ...

    def put_admission(self, admission: Admission) -> None:
        """A platform's first, or the next one."""
        ...

    def put_agreement(self, consultation_id: str, platform_id: str) -> None:
        """Keep that the two sides agreed; the same again changes nothing. It goes to no topic."""
        ...

    def earlier_answer(self, party_id: str, request_id: str) -> EarlierAnswer | None: ...

    def keep_answer(self, request: Request, entity: str, now_ms: int, keep_ms: int) -> None:
        """Keep what a request was answered, and forget answers older than ``keep_ms``."""
        ...


class RegistryStore(Protocol):
    """Where the registry keeps what it knows."""

    def read(self) -> AbstractContextManager[View]: ...

    def write(self) -> AbstractContextManager[Transaction]:
        """Committed at the end of the block, rolled back if it raises; one at a time."""
        ...


class Publication(Protocol):
    """The way of what was committed to whoever reads topic ``registry``."""

    def wait(self) -> bool:
        """Wait until all that was committed before the call stands there; False if that takes too long."""
        ...
