"""Messages over SMTP, through the installation's own relay (``smtplib``).

What the relay says of the message or its recipient is that recipient's answer; that there is no relay, or
that it does not let us in, is nobody's but ours: such mails wait, and no subscriber is held to have failed.
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum

from pydantic import SecretStr

from kit.security.caller import Caller
from services.notify.adapters.mail_message import Letterbox, mail_of
from services.notify.core.alerts import Alert
from services.notify.core.deliveries import Answer, Outcome, answer_of_smtp
from services.notify.delivery.ports import DueDelivery, EnclosedFile, Enclosures
from services.notify.ports import Names

TIMEOUT_S = 30.0
"""For each reply of the relay. RFC 5321, 4.5.3.2, would have a client wait for minutes; one of our own that
does not answer in half a minute is away, and the mail is tried again."""

MAX_ERROR_LENGTH = 500

_OK = 250
_CLOSING = 421
"""The relay is about to close: said of no message (RFC 5321, 4.2.3)."""


class Security(StrEnum):
    """How the connection to the relay is protected."""

    STARTTLS = "starttls"
    """Required: a relay that does not offer it is not used."""
    TLS = "tls"
    """From the first byte."""
    NONE = "none"
    """For a relay on this machine."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Where mails are handed over."""

    host: str
    port: int
    security: Security
    user: str = ""
    """Empty: without signing in."""
    password: SecretStr = field(default=SecretStr(""))
    ca_file: str | None = None
    """PEM file of its certificate's authorities; None: the system's."""


class MailCarrier:
    """Threads may share it: each message has a connection of its own."""

    def __init__(self, relay: Relay, letterbox: Letterbox, names: Names, enclosures: Enclosures) -> None:
        self._relay = relay
        self._letterbox = letterbox
        self._names = names
        self._enclosures = enclosures
        self._tls = (
            None if relay.security is Security.NONE else ssl.create_default_context(cafile=relay.ca_file)
        )

    def carry(self, due: DueDelivery, caller: Caller) -> Outcome:
        """See the port."""
        files: list[EnclosedFile] = []
        if isinstance(due.body, Alert):
            files.extend(self._enclosures.of(due.body, due.subscription.language, caller))
        mail = mail_of(due, self._names, self._letterbox, files)
        try:
            connection = self._connect()
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(Answer.NO_RELAY, _status(error), _words(error))
        try:
            return self._hand_over(connection, mail, due.subscription.address)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def close(self) -> None:
        """See the port."""

    def _connect(self) -> smtplib.SMTP:
        relay = self._relay
        if relay.security is Security.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                relay.host, relay.port, timeout=TIMEOUT_S, context=self._tls
            )
        else:
            connection = smtplib.SMTP(relay.host, relay.port, timeout=TIMEOUT_S)
        try:
            if relay.security is Security.STARTTLS:
                connection.starttls(context=self._tls)
            if relay.user:
                connection.login(relay.user, relay.password.get_secret_value())
        except BaseException:
            connection.close()
            raise
        return connection

    def _hand_over(self, connection: smtplib.SMTP, mail: EmailMessage, recipient: str) -> Outcome:
        """RFC 5321, 3.3: who sends, who receives, the message; each with a reply of its own."""
        try:
            connection.ehlo_or_helo_if_needed()
            status, words = connection.mail(self._letterbox.sender)
            if status != _OK:  # our sender is refused, whoever is to receive
                return Outcome(Answer.NO_RELAY, status, _reply(status, words))
            status, words = connection.rcpt(recipient)
            if 200 <= status < 300:
                status, words = connection.data(mail.as_bytes())
        except smtplib.SMTPDataError as error:
            status, words = error.smtp_code, _bytes(error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            # The connection broke: whether the message was taken is not known. Its Message-ID tells.
            return Outcome(Answer.NO_RELAY, _status(error), _words(error))
        answer = Answer.NO_RELAY if status == _CLOSING else answer_of_smtp(status)
        return Outcome(answer, status, "" if answer is Answer.TAKEN else _reply(status, words))


def _status(error: Exception) -> int:
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply(error.smtp_code, _bytes(error.smtp_error))
    return f"{type(error).__name__}: {error}"[:MAX_ERROR_LENGTH]


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


def _reply(status: int, words: bytes) -> str:
    return f"SMTP {status} {words.decode('utf-8', 'replace')}".strip()[:MAX_ERROR_LENGTH]
