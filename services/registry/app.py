"""The registry, wired."""

from __future__ import annotations

from typing import NamedTuple

import grpc

from kit.clock import Clock, system_clock
from kit.directory import Directory
from kit.errors import InvalidArgumentError
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import EventLog
from kit.grpc.tls import ServerTls
from kit.ledger import Ledger, ledger_keys
from kit.process import run_alone
from kit.security.guesses import Guesses
from kit.security.rate_limits import call_rate
from kit.storage.store import Store
from quzhong.api.registry.v1 import (
    accounts_pb2,
    accounts_pb2_grpc,
    declared_rules_pb2,
    declared_rules_pb2_grpc,
    pseudonyms_pb2,
    pseudonyms_pb2_grpc,
    registry_pb2,
    registry_pb2_grpc,
    reports_pb2,
    reports_pb2_grpc,
)
from services.registry import given_files
from services.registry.accounts import Accounts
from services.registry.accounts_api import AccountServicer
from services.registry.adapters.account_store import SqlAccountStore
from services.registry.adapters.evaluation_budget import LimitedEvaluations
from services.registry.adapters.holidays import chinese_working_days
from services.registry.adapters.http_server import HttpServer
from services.registry.adapters.key_file import SigningKeyFile
from services.registry.adapters.oauth_store import SqlOAuthStore
from services.registry.adapters.one_time_codes import TotpCodes
from services.registry.adapters.passwords import Argon2Passwords
from services.registry.adapters.provider_keys import HttpProviderKeys
from services.registry.adapters.pseudonym_links import SqlPseudonymLinks
from services.registry.adapters.publication import OutboxPublication
from services.registry.adapters.report_store import SqlReportStore
from services.registry.adapters.rule_store import SqlRuleStore
from services.registry.adapters.store import SqlRegistryStore
from services.registry.adapters.tables import METADATA
from services.registry.agreements import AgreementDeclarer
from services.registry.api import RegistryServicer
from services.registry.client_keys import ClientKeys
from services.registry.consumer import CONSUMED, RegistryConsumer, decode
from services.registry.credentials import Credentials
from services.registry.declared_rules import DeclaredRules
from services.registry.duties import Duties
from services.registry.handlers import Registry
from services.registry.issuing import TokenIssuer
from services.registry.opening import open_registry
from services.registry.party_reading import PartyReading
from services.registry.people import Provider, SignedInPeople
from services.registry.pseudonyms import Pseudonyms
from services.registry.pseudonyms_api import PseudonymServicer
from services.registry.registration import Registration
from services.registry.report_api import ReportServicer
from services.registry.report_reading import ReportReading
from services.registry.reports import ReportDesk
from services.registry.rules_api import DeclaredRulesServicer
from services.registry.settings import RegistrySettings
from services.registry.sign_in import LocalSignIn
from services.registry.signing import SigningKeys
from services.registry.token_api import TOKEN, create_token_app


class RegistryUnit:
    """The registry, ready to run in any process. Implements ``kit.grpc.host.Unit``."""

    name = "registry"
    grpc_services = (
        registry_pb2.DESCRIPTOR.services_by_name["RegistryService"].full_name,
        pseudonyms_pb2.DESCRIPTOR.services_by_name["PseudonymService"].full_name,
        reports_pb2.DESCRIPTOR.services_by_name["ReportService"].full_name,
        declared_rules_pb2.DESCRIPTOR.services_by_name["DeclaredRulesService"].full_name,
        accounts_pb2.DESCRIPTOR.services_by_name["AccountService"].full_name,
    )

    def __init__(self, settings: RegistrySettings, log: EventLog, directory: Directory, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._areas = given_files.areas(settings)
        self._database = Store.open(settings.store_url(self.name), METADATA)
        self._ledger = Ledger.open(self._database, self.name, ledger_keys(settings), clock)
        self._store = SqlRegistryStore(self._database, clock, self._ledger)
        responsibilities = given_files.responsibilities(settings)
        reporting, days = given_files.reporting(settings, responsibilities), chinese_working_days()
        duties = Duties(days, reporting)
        reports = SqlReportStore(self._database, reporting, clock, self._ledger)
        self._relay = OutboxRelay(self._database, log)
        self._loop = ConsumerLoop(
            log=log,
            store=self._database,
            group=self.name,
            topics=CONSUMED,
            decode=decode,
            handler=RegistryConsumer(AgreementDeclarer(self._areas), duties, reports.within, clock),
            clock=clock,
        )
        self._publication = OutboxPublication(self._database, directory)
        self._reports = ReportServicer(
            ReportDesk(reports, duties, reporting, clock),
            ReportReading(reports, days, reporting, clock),
        )
        self._rules = DeclaredRulesServicer(
            DeclaredRules(
                SqlRuleStore(self._database, clock, self._ledger),
                self._publication,
                self._areas,
                clock,
                settings.rule_notice_days,
            )
        )
        credentials = Credentials(self._store, self._publication, clock)
        self._servicer = RegistryServicer(
            Registry(self._store, self._publication, self._areas, clock),
            Registration(self._store, self._publication, credentials, self._areas, responsibilities, clock),
            PartyReading(self._store, self._areas, responsibilities),
            credentials,
            ClientKeys(self._store, self._publication, clock),
        )
        self._accounts = AccountServicer(
            Accounts(
                SqlAccountStore(self._database, clock, self._ledger), self._publication, TotpCodes(), clock
            )
        )
        self._oauth = _oauth(settings, self._database, self._publication, clock, self._ledger)
        self._pseudonyms = Pseudonyms(
            given_files.pseudonym_keys(settings, clock()),
            LimitedEvaluations(
                self._database,
                clock,
                per_day=settings.pseudonym_daily_evaluations,
                requests_per_second=settings.pseudonym_requests_per_second,
            ),
            SqlPseudonymLinks(self._database, self._store),
            clock,
        )

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicer."""
        registry_pb2_grpc.add_RegistryServiceServicer_to_server(self._servicer, server)
        pseudonyms_pb2_grpc.add_PseudonymServiceServicer_to_server(
            PseudonymServicer(self._pseudonyms), server
        )
        reports_pb2_grpc.add_ReportServiceServicer_to_server(self._reports, server)
        declared_rules_pb2_grpc.add_DeclaredRulesServiceServicer_to_server(self._rules, server)
        accounts_pb2_grpc.add_AccountServiceServicer_to_server(self._accounts, server)

    def start(self) -> None:
        """Put and publish what must stand before the first call.

        Raises:
            InvalidArgumentError: for a token of the settings, or in a file, that cannot be used.
        """
        open_registry(self._store, self._areas, given_files.standing(self._settings), self._clock)
        self._pseudonyms.forget_destroyed()
        self._relay.start()
        self._loop.start()
        # Should the log be away this takes its time-out; the relay goes on trying, and callers are told.
        self._publication.wait()
        if self._oauth is not None:
            self._oauth.keys.open()
            self._oauth.server.start()

    @property
    def issuer(self) -> str:
        """The address of the token endpoint's server as clients know it; empty if there is none."""
        return "" if self._oauth is None else self._settings.oauth_issuer or self._oauth.server.url

    @property
    def token_url(self) -> str:
        """Where access tokens are asked for; empty if nowhere."""
        return self.issuer and self.issuer + TOKEN

    def stop(self) -> None:
        """Finish the agreements in hand, publish, then close."""
        if self._oauth is not None:
            self._oauth.server.stop()
        self._loop.stop()
        self._relay.stop()
        self._ledger.close()
        self._database.close()

    def drained(self) -> bool:
        """Whether all agreements are declared, and everything has been published."""
        return self._loop.drained()

    def healthy(self) -> bool:
        """Whether no thread has ended by a mistake."""
        oauth_failed = self._oauth is not None and self._oauth.server.failed
        return not (self._loop.failed or self._relay.failed or oauth_failed)


class _OAuth(NamedTuple):
    keys: SigningKeys
    server: HttpServer


def _oauth(
    settings: RegistrySettings,
    database: Store,
    publication: OutboxPublication,
    clock: Clock,
    ledger: Ledger,
) -> _OAuth | None:
    _check_local_accounts(settings)
    if settings.oauth_port is None:
        return None
    store = SqlOAuthStore(database, clock, ledger)
    file = SigningKeyFile(settings.signing_key_file)
    keys = SigningKeys(file, store, publication, clock, settings.oauth_key_days)
    issuer = TokenIssuer(store, keys, clock)
    people = None
    if settings.oidc_issuer:
        people = SignedInPeople(
            Provider(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_party_claim),
            HttpProviderKeys(settings.oidc_issuer),
            SqlRegistryStore(database, clock, ledger),
            store,
            publication,
            issuer,
            clock,
        )
    app = create_token_app(
        issuer,
        people,
        keys,
        lambda: settings.oauth_issuer or server.url,
        call_rate(settings.rate_limit),
        _local_sign_in(database, publication, clock, ledger, issuer) if settings.local_accounts else None,
    )
    server = HttpServer(app, settings.oauth_host, settings.oauth_port, ServerTls.of(settings))
    return _OAuth(keys, server)


_GUESSES_AT_AN_ACCOUNT = "10 per 15 minutes"
"""NIST SP 800-63B-4 3.2.2 allows 100 failures in a row at most; ten leave room for a code that ran out."""
_GUESSES_FROM_AN_ADDRESS = "300 per 15 minutes"
"""The portal is one address for everybody who uses it; it counts by browser itself."""


def _local_sign_in(
    database: Store, publication: OutboxPublication, clock: Clock, ledger: Ledger, issuer: TokenIssuer
) -> LocalSignIn:
    return LocalSignIn(
        SqlAccountStore(database, clock, ledger),
        publication,
        issuer,
        Argon2Passwords(),
        TotpCodes(),
        Guesses(_GUESSES_AT_AN_ACCOUNT),
        Guesses(_GUESSES_FROM_AN_ADDRESS),
        clock,
    )


def _check_local_accounts(settings: RegistrySettings) -> None:
    if not settings.local_accounts:
        return
    if settings.oidc_issuer:
        raise InvalidArgumentError(
            "QUZHONG_LOCAL_ACCOUNTS: people sign in at QUZHONG_OIDC_ISSUER here; set one of the two",
            zh="QUZHONG_LOCAL_ACCOUNTS：已设置 QUZHONG_OIDC_ISSUER，人员通过该处登录；两者只能设置其一",
            field="QUZHONG_LOCAL_ACCOUNTS",
            reason="LOCAL_ACCOUNTS_BESIDE_PROVIDER",
        )
    if settings.oauth_port is None:
        raise InvalidArgumentError(
            "QUZHONG_LOCAL_ACCOUNTS: set QUZHONG_OAUTH_PORT too, where the registry signs people in",
            zh="QUZHONG_LOCAL_ACCOUNTS：还须设置 QUZHONG_OAUTH_PORT，登记处在该端口办理登录",
            field="QUZHONG_LOCAL_ACCOUNTS",
            reason="LOCAL_ACCOUNTS_WITHOUT_TOKENS",
        )


def build(settings: RegistrySettings, log: EventLog, directory: Directory, clock: Clock) -> RegistryUnit:
    """Wire the registry.

    Raises:
        InvalidArgumentError: for a file of areas, or keys of pseudonyms, that make no sense.
    """
    return RegistryUnit(settings, log, directory, clock)


def main() -> None:
    """Run the registry as its own process."""
    settings = RegistrySettings()
    run_alone(settings, lambda log, directory: build(settings, log, directory, system_clock))


if __name__ == "__main__":
    main()
