"""An HTTP server in a thread, over TLS if there is a certificate."""

from __future__ import annotations

import base64
import hashlib
import socket
import ssl
import threading
from asyncio import Transport
from typing import Any, cast

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from kit.grpc.tls import ServerTls
from kit.listening import listening

_START_S = 30.0
_GRACE_S = 3


class HttpServer:
    """Serves an application until it is stopped."""

    def __init__(self, app: FastAPI, host: str, port: int, tls: ServerTls | None) -> None:
        """Raises OSError naming the address if it cannot be bound."""
        self._socket = listening(host, port)
        secure: dict[str, Any] = {}
        if tls is not None:
            secure = {"ssl_certfile": tls.certificate, "ssl_keyfile": tls.key}
            if tls.client_ca is not None:
                secure |= {"ssl_ca_certs": str(tls.client_ca), "ssl_cert_reqs": ssl.CERT_REQUIRED}
        config = uvicorn.Config(
            app,
            http=_CertificateProtocol,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
            **secure,
        )
        self._server = _Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="http", daemon=True
        )
        self._scheme = "http" if tls is None else "https"

    @property
    def url(self) -> str:
        """Where it listens: ``http://127.0.0.1:8081``."""
        host, port = self._socket.getsockname()[:2]
        return f"{self._scheme}://{host}:{port}"

    def start(self) -> None:
        """Return once requests are answered. Raises RuntimeError if it does not come up."""
        self._thread.start()
        if not self._server.up.wait(_START_S) or not self._server.started:
            raise RuntimeError("the HTTP server did not start; the log says why")

    def stop(self) -> None:
        """Finish what is in hand, close. A second call does nothing."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join()
        self._socket.close()

    @property
    def failed(self) -> bool:
        """Whether it has ended by itself."""
        return self._thread.ident is not None and not self._thread.is_alive() and not self._server.should_exit


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self.up.set()


class _CertificateProtocol(H11Protocol):
    """Tells the application which certificate a client showed: ``request.state.certificate_sha256``.

    ASGI's TLS extension, which would say it, is not there in uvicorn.
    """

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        tls = cast("ssl.SSLObject | None", transport.get_extra_info("ssl_object"))
        der = tls.getpeercert(binary_form=True) if tls is not None else None
        if der is not None:
            shown = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
            self.app_state = {**self.app_state, "certificate_sha256": shown}
