"""The registry, wired."""

from __future__ import annotations

import grpc

from kit.clock import Clock, system_clock
from kit.directory import Directory
from kit.errors import InvalidArgumentError
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import EventLog
from kit.process import run_alone
from kit.storage.store import Store
from quzhong.api.registry.v1 import registry_pb2, registry_pb2_grpc
from services.registry.adapters.publication import OutboxPublication
from services.registry.adapters.store import SqlRegistryStore
from services.registry.adapters.tables import METADATA
from services.registry.adapters.token_file import token_in
from services.registry.agreements import AgreementDeclarer
from services.registry.api import RegistryServicer
from services.registry.consumer import CONSUMED, AgreementConsumer, decode
from services.registry.core.areas import Areas, parse_areas
from services.registry.core.field_error import FieldError
from services.registry.handlers import Registry
from services.registry.opening import Standing, administrator, open_registry, suite
from services.registry.settings import RegistrySettings


class RegistryUnit:
    """The registry, ready to run in any process. Implements ``kit.grpc.host.Unit``."""

    name = "registry"
    grpc_services = (registry_pb2.DESCRIPTOR.services_by_name["RegistryService"].full_name,)

    def __init__(self, settings: RegistrySettings, log: EventLog, directory: Directory, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._areas = _areas(settings)
        self._database = Store.open(settings.store_url(self.name), METADATA)
        self._store = SqlRegistryStore(self._database, clock)
        self._relay = OutboxRelay(self._database, log)
        self._loop = ConsumerLoop(
            log=log,
            store=self._database,
            group=self.name,
            topics=CONSUMED,
            decode=decode,
            handler=AgreementConsumer(AgreementDeclarer(self._areas), self._store.within),
            clock=clock,
        )
        self._publication = OutboxPublication(self._database, directory)
        self._servicer = RegistryServicer(Registry(self._store, self._publication, self._areas, clock))

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicer."""
        registry_pb2_grpc.add_RegistryServiceServicer_to_server(self._servicer, server)

    def start(self) -> None:
        """Put and publish what must stand before the first call.

        Raises:
            InvalidArgumentError: for a token of the settings, or in a file, that cannot be used.
        """
        open_registry(self._store, self._areas, _standing(self._settings), self._clock)
        self._relay.start()
        self._loop.start()
        # Should the log be away this takes its time-out; the relay goes on trying, and callers are told.
        self._publication.wait()

    def stop(self) -> None:
        """Finish the agreements in hand, publish, then close."""
        self._loop.stop()
        self._relay.stop()
        self._database.close()

    def drained(self) -> bool:
        """Whether all agreements are declared, and everything has been published."""
        return self._loop.drained()

    def healthy(self) -> bool:
        """Whether neither thread has ended by a mistake."""
        return not (self._loop.failed or self._relay.failed)


def build(settings: RegistrySettings, log: EventLog, directory: Directory, clock: Clock) -> RegistryUnit:
    """Wire the registry.

    Raises:
        InvalidArgumentError: for an areas file that makes no sense.
    """
    return RegistryUnit(settings, log, directory, clock)


def _areas(settings: RegistrySettings) -> Areas:
    path = settings.areas_file
    try:
        return parse_areas(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeError) as error:
        raise InvalidArgumentError(
            f"QUZHONG_AREAS_FILE: {path} cannot be read: {error}",
            zh=f"QUZHONG_AREAS_FILE:无法读取 {path}:{error}",
            field="QUZHONG_AREAS_FILE",
            reason="AREAS_FILE_UNREADABLE",
        ) from error
    except FieldError as error:
        raise InvalidArgumentError(
            f"QUZHONG_AREAS_FILE: {path}: {error.message}",
            zh=f"QUZHONG_AREAS_FILE:{path}:{error.zh}",
            field="QUZHONG_AREAS_FILE",
            reason=error.reason,
        ) from error


def _standing(settings: RegistrySettings) -> tuple[Standing, Standing]:
    given, admin_file = settings.admin_token.get_secret_value(), settings.admin_token_file
    if given:
        admin = administrator(given, "QUZHONG_ADMIN_TOKEN")
    else:
        admin = administrator(token_in(admin_file), str(admin_file))
    return admin, suite(token_in(settings.service_token_file), str(settings.service_token_file))


def main() -> None:
    """Run the registry as its own process."""
    settings = RegistrySettings()
    run_alone(settings, lambda log, directory: build(settings, log, directory, system_clock))


if __name__ == "__main__":
    main()
