"""The registry, wired."""

from __future__ import annotations

import grpc

from kit.clock import Clock, system_clock
from kit.directory import Directory
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import EventLog
from kit.holidays import chinese_working_days
from kit.ledger import Ledger, ledger_keys
from kit.process import run_alone
from kit.storage.opening import open_store
from kit.storage.scrubbing import Scrubbing
from quzhong.api.registry.v1 import (
    accounts_pb2,
    accounts_pb2_grpc,
    admission_pb2,
    admission_pb2_grpc,
    declared_rules_pb2,
    declared_rules_pb2_grpc,
    erasures_pb2,
    erasures_pb2_grpc,
    pseudonyms_pb2,
    pseudonyms_pb2_grpc,
    registry_pb2,
    registry_pb2_grpc,
    reports_pb2,
    reports_pb2_grpc,
    worker_codes_pb2,
    worker_codes_pb2_grpc,
)
from services.registry import given_files
from services.registry.adapters.account_store import SqlAccountStore
from services.registry.adapters.conformance_reports import SignedReports, trusted_keys
from services.registry.adapters.erasure_store import SqlErasureStore
from services.registry.adapters.evaluation_budget import LimitedEvaluations
from services.registry.adapters.one_time_codes import TotpCodes
from services.registry.adapters.pseudonym_links import SqlPseudonymLinks
from services.registry.adapters.publication import OutboxPublication
from services.registry.adapters.report_store import SqlReportStore
from services.registry.adapters.rule_store import SqlRuleStore
from services.registry.adapters.schema import SCHEMA
from services.registry.adapters.store import SqlRegistryStore
from services.registry.admission.api import AdmissionServicer
from services.registry.admission.handlers import Admissions
from services.registry.agreements import AgreementDeclarer
from services.registry.api import RegistryServicer
from services.registry.consumer import CONSUMED, RegistryConsumer, decode
from services.registry.erasures.api import ErasureServicer
from services.registry.erasures.handlers import Erasures
from services.registry.handlers import Registry
from services.registry.identity.accounts import Accounts
from services.registry.identity.api import AccountServicer
from services.registry.identity.client_keys import ClientKeys
from services.registry.identity.credentials import Credentials
from services.registry.identity.readers import Readers
from services.registry.identity.token_api import TOKEN
from services.registry.identity.worker_codes_api import WorkerCodeServicer
from services.registry.opening import open_registry
from services.registry.parties.reading import PartyReading
from services.registry.parties.registration import Registration
from services.registry.pseudonyms.api import PseudonymServicer
from services.registry.pseudonyms.handlers import Pseudonyms
from services.registry.reports.api import ReportServicer
from services.registry.reports.duties import Duties
from services.registry.reports.handlers import ReportDesk
from services.registry.reports.reading import ReportReading
from services.registry.rules.api import DeclaredRulesServicer
from services.registry.rules.handlers import DeclaredRules
from services.registry.settings import RegistrySettings
from services.registry.token_endpoint import signing, token_endpoint, worker_codes


class RegistryUnit:
    """The registry, ready to run in any process. Implements ``kit.grpc.host.Unit``."""

    name = "registry"
    grpc_services = (
        registry_pb2.DESCRIPTOR.services_by_name["RegistryService"].full_name,
        pseudonyms_pb2.DESCRIPTOR.services_by_name["PseudonymService"].full_name,
        reports_pb2.DESCRIPTOR.services_by_name["ReportService"].full_name,
        declared_rules_pb2.DESCRIPTOR.services_by_name["DeclaredRulesService"].full_name,
        accounts_pb2.DESCRIPTOR.services_by_name["AccountService"].full_name,
        worker_codes_pb2.DESCRIPTOR.services_by_name["WorkerCodeService"].full_name,
        admission_pb2.DESCRIPTOR.services_by_name["AdmissionService"].full_name,
        erasures_pb2.DESCRIPTOR.services_by_name["ErasureService"].full_name,
    )

    def __init__(self, settings: RegistrySettings, log: EventLog, directory: Directory, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._directory = directory
        self._areas = given_files.areas(settings)
        self._database = open_store(settings, self.name, SCHEMA)
        keys = ledger_keys(settings)
        self._ledger = Ledger.open(self._database, self.name, keys, clock)
        self._store = SqlRegistryStore(self._database, clock, self._ledger)
        responsibilities = given_files.responsibilities(settings)
        reporting, days = given_files.reporting(settings, responsibilities), chinese_working_days()
        duties = Duties(days, reporting)
        reports = SqlReportStore(self._database, reporting, clock, self._ledger)
        self._relay = OutboxRelay(self._database, log)
        self._publication = OutboxPublication(self._database, directory)
        scrubbing = Scrubbing(self._database.scrub, self._database.scrub_owed)
        self._erasures = Erasures(
            SqlErasureStore(self._database, clock, self._ledger), self._publication, clock, scrubbing
        )
        self._loop = ConsumerLoop(
            log=log,
            store=self._database,
            group=self.name,
            topics=CONSUMED,
            decode=decode,
            handler=RegistryConsumer(
                AgreementDeclarer(self._areas), duties, reports.within, scrubbing.committed, clock
            ),
            clock=clock,
        )
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
        accounts = SqlAccountStore(self._database, clock, self._ledger)
        credentials = Credentials(self._store, self._publication, clock)
        self._servicer = RegistryServicer(
            Registry(self._store, self._publication, self._areas, clock),
            Registration(
                self._store,
                self._publication,
                credentials,
                self._areas,
                responsibilities,
                clock,
                asks_for_conformance=settings.asks_for_conformance,
            ),
            PartyReading(self._store, self._areas, responsibilities),
            credentials,
            ClientKeys(self._store, self._publication, clock),
            Readers(accounts),
        )
        trusted = trusted_keys(keys, settings.conformance_keys)
        self._admissions = AdmissionServicer(
            Admissions(self._store, self._publication, SignedReports(trusted), clock)
        )
        seals = given_files.seals(settings)
        self._people = Accounts(accounts, self._publication, TotpCodes(), seals, clock)
        self._accounts = AccountServicer(self._people)
        common = self._database, self._publication, clock, self._ledger
        self._signing = signing(settings, *common)
        self._oauth = token_endpoint(settings, *common, seals, self._signing)
        self._worker_codes = WorkerCodeServicer(
            worker_codes(*common, self._signing, lambda: self.issuer or self.name)
        )
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
        worker_codes_pb2_grpc.add_WorkerCodeServiceServicer_to_server(self._worker_codes, server)
        admission_pb2_grpc.add_AdmissionServiceServicer_to_server(self._admissions, server)
        erasures_pb2_grpc.add_ErasureServiceServicer_to_server(ErasureServicer(self._erasures), server)

    def start(self) -> None:
        """Put and publish what must stand before the first call.

        Raises:
            InvalidArgumentError: for a token of the settings, or in a file, that cannot be used.
        """
        open_registry(self._store, self._areas, given_files.standing(self._settings), self._clock)
        self._people.seal_anew()
        self._pseudonyms.forget_destroyed()
        self._relay.start()
        self._loop.start()
        # Should the log be away this takes its time-out; the relay goes on trying, and callers are told.
        self._publication.wait()
        self._erasures.erase_again(self._directory.erasures().values())
        if self._oauth is not None:
            self._signing.keys.open()
            self._oauth.start()

    @property
    def issuer(self) -> str:
        """The address of the token endpoint's server as clients know it; empty if there is none."""
        return "" if self._oauth is None else self._settings.oauth_issuer or self._oauth.url

    @property
    def token_url(self) -> str:
        """Where access tokens are asked for; empty if nowhere."""
        return self.issuer and self.issuer + TOKEN

    def stop(self) -> None:
        """Finish the agreements in hand, publish, then close."""
        if self._oauth is not None:
            self._oauth.stop()
        self._signing.refused.close()
        self._loop.stop()
        self._relay.stop()
        self._ledger.close()
        self._database.close()

    def drained(self) -> bool:
        """Whether all agreements are declared, and everything has been published."""
        return self._loop.drained()

    def healthy(self) -> bool:
        """Whether no thread has ended by a mistake."""
        oauth_failed = self._oauth is not None and self._oauth.failed
        return not (self._loop.failed or self._relay.failed or oauth_failed)


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
