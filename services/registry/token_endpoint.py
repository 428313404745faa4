"""The endpoint of access tokens, wired: keys, clients, people of a provider and local accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kit.clock import Clock
from kit.errors import InvalidArgumentError
from kit.grpc.tls import ServerTls
from kit.ledger import Ledger
from kit.security.guesses import Guesses
from kit.security.rate_limits import call_rate
from kit.storage.store import Store
from services.registry.adapters.account_store import SqlAccountStore
from services.registry.adapters.http_server import HttpServer
from services.registry.adapters.key_file import SigningKeyFile
from services.registry.adapters.oauth_store import SqlOAuthStore
from services.registry.adapters.one_time_codes import TotpCodes
from services.registry.adapters.passwords import Argon2Passwords
from services.registry.adapters.provider_keys import HttpProviderKeys
from services.registry.adapters.publication import OutboxPublication
from services.registry.adapters.store import SqlRegistryStore
from services.registry.adapters.worker_code_store import SqlWorkerCodeStore
from services.registry.identity.issuing import TokenIssuer
from services.registry.identity.people import Provider, SignedInPeople
from services.registry.identity.ports import Seals
from services.registry.identity.refused_asks import RefusedAsks
from services.registry.identity.sign_in import LocalSignIn
from services.registry.identity.signing import SigningKeys
from services.registry.identity.token_api import create_token_app
from services.registry.identity.worker_codes import WorkerCodes
from services.registry.settings import RegistrySettings


class Signing(NamedTuple):
    """What signs access tokens, whoever asks for them and where."""

    store: SqlOAuthStore
    keys: SigningKeys
    refused: RefusedAsks
    issuer: TokenIssuer


def signing(
    settings: RegistrySettings, database: Store, publication: OutboxPublication, clock: Clock, ledger: Ledger
) -> Signing:
    """The signer. Its keys are opened when the endpoint starts, or with the first token."""
    store = SqlOAuthStore(database, clock, ledger)
    file = SigningKeyFile(settings.signing_key_file)
    keys = SigningKeys(file, store, publication, clock, settings.oauth_key_days)
    refused = RefusedAsks(store, clock)
    return Signing(store, keys, refused, TokenIssuer(store, keys, refused, clock))


def token_endpoint(
    settings: RegistrySettings,
    database: Store,
    publication: OutboxPublication,
    clock: Clock,
    ledger: Ledger,
    seals: Seals,
    signed_by: Signing,
) -> HttpServer | None:
    """The endpoint that the settings ask for, still to be started, or none.

    Raises:
        InvalidArgumentError: for settings of sign-in that contradict each other.
    """
    _check_local_accounts(settings)
    if settings.oauth_port is None:
        return None
    store, keys, refused, issuer = signed_by
    people = None
    if settings.oidc_issuer:
        people = SignedInPeople(
            Provider(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_party_claim),
            HttpProviderKeys(settings.oidc_issuer),
            SqlRegistryStore(database, clock, ledger),
            store,
            publication,
            issuer,
            refused,
            clock,
        )
    app = create_token_app(
        issuer,
        people,
        keys,
        lambda: settings.oauth_issuer or server.url,
        call_rate(settings.rate_limit),
        _local_sign_in(database, publication, clock, ledger, issuer, seals)
        if settings.local_accounts
        else None,
    )
    server = HttpServer(app, settings.oauth_host, settings.oauth_port, ServerTls.of(settings))
    return server


_GUESSES_OF_CODES = "6000 per 15 minutes"
"""From one address, and right ones count too: the portal is one address for a city's workers, and counts by
browser itself. Of codes of 60 bits that is no help to who guesses (``core.worker_codes.CODE_LENGTH``)."""


def worker_codes(
    database: Store,
    publication: OutboxPublication,
    clock: Clock,
    ledger: Ledger,
    signed_by: Signing,
    address: Callable[[], str],
) -> WorkerCodes:
    """Workers' way to their own record; it needs no endpoint. ``address``: by which the signer is known."""
    return WorkerCodes(
        SqlWorkerCodeStore(database, clock, ledger.marks.mark, ledger),
        publication,
        lambda: (signed_by.issuer, address()),
        signed_by.refused,
        Guesses(_GUESSES_OF_CODES),
        clock,
    )


_GUESSES_AT_AN_ACCOUNT = "10 per 15 minutes"
"""NIST SP 800-63B-4 3.2.2 allows 100 failures in a row at most; ten leave room for a code that ran out."""
_GUESSES_FROM_AN_ADDRESS = "300 per 15 minutes"
"""The portal is one address for everybody who uses it; it counts by browser itself."""


def _local_sign_in(
    database: Store,
    publication: OutboxPublication,
    clock: Clock,
    ledger: Ledger,
    issuer: TokenIssuer,
    seals: Seals,
) -> LocalSignIn:
    return LocalSignIn(
        SqlAccountStore(database, clock, ledger),
        publication,
        issuer,
        Argon2Passwords(),
        TotpCodes(),
        seals,
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
