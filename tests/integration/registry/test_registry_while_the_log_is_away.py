"""What the registry answers while the event log takes no records, and what holds once it does again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kit.directory import Directory
from kit.errors import LogUnavailableError, UnauthenticatedError
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import REGISTRY
from kit.storage.store import Store
from services.registry.adapters.publication import OutboxPublication
from services.registry.adapters.store import SqlRegistryStore
from services.registry.adapters.tables import METADATA
from services.registry.core.areas import Areas
from services.registry.core.responsibilities import Responsibilities
from services.registry.identity.credentials import Credentials
from services.registry.parties.registration import NewParty, Registration
from services.registry.ports import Request


class LogThatGoesAway(MemoryEventLog):
    """Takes no records while ``away``."""

    away = False

    def append(self, records: Sequence[NewRecord]) -> list[int]:
        if self.away:
            raise LogUnavailableError("the log is away")
        return super().append(records)


@pytest.fixture
def log() -> LogThatGoesAway:
    log = LogThatGoesAway()
    log.ensure_topics([REGISTRY], 1)
    return log


@pytest.fixture
def directory(log: LogThatGoesAway) -> Iterator[Directory]:
    directory = Directory(log, lambda: 1_000)
    directory.start()
    yield directory
    directory.stop()


@pytest.fixture
def database(log: LogThatGoesAway, tmp_path: Path) -> Iterator[Store]:
    database = Store.open(f"sqlite:///{tmp_path / 'registry.db'}", METADATA)
    relay = OutboxRelay(database, log)
    relay.start()
    yield database
    relay.stop()
    database.close()


@pytest.fixture
def publication(database: Store, directory: Directory) -> OutboxPublication:
    return OutboxPublication(database, directory, timeout_s=0.1)


@pytest.fixture
def credentials(database: Store, publication: OutboxPublication) -> Credentials:
    return Credentials(SqlRegistryStore(database, lambda: 1_000), publication, lambda: 1_000)


@pytest.fixture
def registration(database: Store, publication: OutboxPublication, credentials: Credentials) -> Registration:
    areas = Areas([("130200", "唐山市", "Tangshan")])
    store = SqlRegistryStore(database, lambda: 1_000)
    return Registration(store, publication, credentials, areas, Responsibilities((), ()), lambda: 1_000)


def comes_back(log: LogThatGoesAway, publication: OutboxPublication) -> None:
    """The log is there again, and the relay, which waits a little longer after each failure, has noticed."""
    log.away = False
    while not publication.wait():
        pass


def request(request_id: str) -> Request:
    return Request("administrator", request_id, request_id.encode())


PLATFORM = NewParty("platform-a", 1, "平台甲", "Platform A", ["130200"])


def test_a_token_is_told_all_the_same_and_works_once_the_log_is_back(
    registration: Registration,
    publication: OutboxPublication,
    directory: Directory,
    log: LogThatGoesAway,
) -> None:
    log.away = True
    token = registration.register_platform(request("r1"), PLATFORM).token
    with pytest.raises(UnauthenticatedError):
        directory.authenticate(token)
    comes_back(log, publication)
    assert directory.authenticate(token).party_id == "platform-a"


def test_a_revocation_is_not_confirmed_before_it_holds_and_a_repeat_confirms_it(
    registration: Registration,
    credentials: Credentials,
    publication: OutboxPublication,
    directory: Directory,
    log: LogThatGoesAway,
) -> None:
    issued = registration.register_platform(request("r1"), PLATFORM)
    log.away = True
    with pytest.raises(LogUnavailableError) as unconfirmed:
        credentials.revoke_credential(request("r2"), issued.credential_id)
    assert unconfirmed.value.reason == "NOT_PUBLISHED_YET"
    assert directory.authenticate(issued.token).party_id == "platform-a"
    comes_back(log, publication)
    assert credentials.revoke_credential(request("r2"), issued.credential_id) == 1_000
    with pytest.raises(UnauthenticatedError) as refused:
        directory.authenticate(issued.token)
    assert refused.value.reason == "CREDENTIAL_REVOKED"
