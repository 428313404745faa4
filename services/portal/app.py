"""Wiring: the web application, a server that runs it, and the process of its own."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from kit.grpc.tls import client_credentials
from kit.listening import listening
from kit.security.guesses import Guesses
from services.portal import api, problems
from services.portal.adapters.admissions import GrpcAdmissions
from services.portal.adapters.bargaining import GrpcBargaining
from services.portal.adapters.casework import GrpcCasework
from services.portal.adapters.identity import GrpcIdentity
from services.portal.adapters.listings import GrpcListings
from services.portal.adapters.local_accounts import RegistryAccounts
from services.portal.adapters.lookups import GrpcLookups
from services.portal.adapters.oidc import OidcProvider
from services.portal.adapters.own import GrpcOwn
from services.portal.adapters.registry import GrpcRegistry
from services.portal.adapters.suite import GrpcSuite
from services.portal.adapters.supervision import GrpcSupervision
from services.portal.presenter import STATIC, Presenter
from services.portal.profiles import Profiles
from services.portal.request_limit import RequestLimit
from services.portal.security_headers import SecurityHeaders
from services.portal.settings import PortalSettings
from services.portal.web import Portal

_COMPRESSION = 4
"""Of gzip's nine: from 5 on a page takes twice the time and gets 2 % smaller."""
_START_S = 30.0
_GRACE_S = 3
_ATTEMPTS = "60 per 15 minutes"
"""To sign in, from one address: room for an office behind one in the morning, and none for guessing."""


def create_app(settings: PortalSettings) -> FastAPI:
    """The application. It connects when it starts, not here."""
    presenter = Presenter()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # A channel of grpc.aio belongs to the event loop it is made in.
        suite = GrpcSuite(settings.suite, client_credentials(settings))
        identity = GrpcIdentity(suite.channel)
        app.state.portal = Portal(
            settings=settings,
            suite=suite,
            registry=GrpcRegistry(suite.channel),
            casework=GrpcCasework(suite.channel),
            supervision=GrpcSupervision(suite.channel),
            admissions=GrpcAdmissions(suite.channel),
            bargaining=GrpcBargaining(suite.channel),
            identity=identity,
            own=GrpcOwn(suite.channel),
            listings=GrpcListings(suite.channel),
            lookups=GrpcLookups(suite.channel),
            profiles=Profiles(identity),
            presenter=presenter,
            provider=OidcProvider(settings) if settings.signs_in_at_provider else None,
            accounts=RegistryAccounts(settings) if settings.signs_in_with_account else None,
            attempts=Guesses(_ATTEMPTS),
            closing=asyncio.Event(),
        )
        try:
            yield
        finally:
            await suite.close()

    app = FastAPI(title="Quzhong", openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.add_middleware(RequestLimit)
    # Streams of events are left alone. What lengths may tell of a form's key (BREACH) admits nobody: whence a
    # request comes is asked too (foreign_sites.py).
    app.add_middleware(GZipMiddleware, compresslevel=_COMPRESSION)
    app.add_middleware(SecurityHeaders)
    app.include_router(api.router)
    app.mount("/static", StaticFiles(directory=STATIC))
    problems.install(app)
    return app


class PortalServer:
    """The portal on a socket, in a thread (embedded, tests) or in the foreground (a process of its own)."""

    def __init__(self, settings: PortalSettings) -> None:
        """Raises OSError naming the address if it cannot be bound."""
        self._socket = listening(settings.portal_host, settings.portal_port)
        self._server = _Server(create_app(settings))
        self._thread = threading.Thread(target=self.run, name="portal", daemon=True)

    @property
    def url(self) -> str:
        """Where it listens: ``http://127.0.0.1:8080``."""
        host, port = self._socket.getsockname()[:2]
        return f"http://{host}:{port}"

    def run(self) -> None:
        """Serve until stopped."""
        self._server.run([self._socket])

    def start(self) -> None:
        """Serve in a thread; return once pages are answered.

        Raises RuntimeError if the portal does not come up.
        """
        self._thread.start()
        if not self._server.up.wait(_START_S) or not self._server.started:
            raise RuntimeError("the portal did not start; the log says why")

    def stop(self) -> None:
        """End open feeds, finish what is in hand, close."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join()
        self._socket.close()


class _Server(uvicorn.Server):
    """Says when it is up, and ends the open feeds first when it stops: they would never end by themselves."""

    def __init__(self, app: FastAPI) -> None:
        # No access log: a sign-in link has the token in its address.
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
        )
        super().__init__(config)
        self.up = threading.Event()
        self._app = app

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self.up.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.portal.closing.set()
        await super().shutdown(sockets)


def main() -> None:
    """Run the portal as a process of its own: ``python -m services.portal.app``."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = PortalSettings()
    server = PortalServer(settings)
    logging.getLogger(__name__).info("portal on %s, suite on %s", server.url, settings.suite)
    server.run()


if __name__ == "__main__":
    main()
