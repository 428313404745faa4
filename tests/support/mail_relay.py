"""A real SMTP server (aiosmtpd) in a thread, that answers as a test tells it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.ports import free_port


class MailRelay:
    """Keeps what it took."""

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        login: tuple[str, str] | None = None,
    ) -> None:
        """``tls``: offers STARTTLS, and insists on it; ``login``: user and password to show after it."""
        self.port = free_port()
        self._tls = tls
        self._login = login
        self._controller: Controller | None = None
        self.recipients: list[str] = []
        """Replies to the next recipients; 250 once they are used up."""
        self.messages: list[str] = []
        """Replies to the next messages, likewise; ``drop`` takes the message and closes before it answers."""
        self.taken: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.logins: list[bool] = []

    def start(self) -> None:
        """Listen, on the same port again after a stop."""

        def authenticate(
            server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
        ) -> AuthResult:
            assert isinstance(data, LoginPassword)
            right = self._login == (data.login.decode(), data.password.decode())
            self.logins.append(right)
            return AuthResult(success=right, handled=False)

        options: dict[str, Any] = {"enable_SMTPUTF8": False}
        if self._tls is not None:
            options |= {"tls_context": self._tls, "require_starttls": True}
        if self._login is not None:
            options |= {"authenticator": authenticate, "auth_required": True}
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Sequence[str]
    ) -> str:
        reply = self.recipients.pop(0) if self.recipients else "250 OK"
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        reply = self.messages.pop(0) if self.messages else "250 OK"
        if reply == "drop" or reply.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.raw.append(envelope.content)
            parsed = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            self.taken.append(parsed)
        if reply == "drop":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 OK" if reply == "drop" else reply
