"""What notify is told from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, model_validator

from kit.settings import CommonSettings
from services.notify.core.subscriptions import check_mailbox

RETRY_AFTER_S = (5.0, 300.0, 1_800.0, 7_200.0, 18_000.0, 36_000.0, 50_400.0, 72_000.0, 86_400.0)
"""Waits between attempts: the schedule that the Standard Webhooks specification gives; three days in all."""


class NotifySettings(CommonSettings):
    """``QUZHONG_…`` of notify."""

    notify_policy: Path | None = None
    """The escalation policy (YAML); the shipped one unless another is named."""
    notify_webhook_retry_s: tuple[Annotated[float, Field(ge=0)], ...] = RETRY_AFTER_S
    """Seconds to wait after each failed delivery (a JSON list); as many retries as entries."""
    notify_smtp_host: str = ""
    """The relay that takes our mail; empty: no e-mail is sent, and nobody can subscribe to it."""
    notify_smtp_port: int = Field(default=587, ge=1, le=65535)
    """587 with ``starttls`` (RFC 6409), 465 with ``tls`` (RFC 8314)."""
    notify_smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """``none`` is for a relay on this machine, and takes no password."""
    notify_smtp_user: str = ""
    """Empty: without signing in."""
    notify_smtp_password: SecretStr = SecretStr("")
    notify_smtp_ca: Path | None = None
    """PEM file of the authorities of the relay's certificate; unset: the system's."""
    notify_smtp_sender: str = ""
    """Mailbox our mails come from."""
    notify_smtp_contact: str = ""
    """Mailbox that somebody reads: where replies go, and wishes to unsubscribe; empty: mails name none."""

    @model_validator(mode="after")
    def _mail_is_whole(self) -> Self:
        if not self.notify_smtp_host:
            return self
        for name in ("notify_smtp_sender", "notify_smtp_contact"):
            mailbox = getattr(self, name)
            if mailbox or name == "notify_smtp_sender":
                try:
                    check_mailbox(mailbox)
                except ValueError as error:
                    raise ValueError(f"QUZHONG_{name.upper()}: {mailbox!r} {error}") from error
        if self.notify_smtp_user and self.notify_smtp_security == "none":
            raise ValueError("QUZHONG_NOTIFY_SMTP_SECURITY: none would send the password in the clear")
        return self
