"""Subscriptions: who is told of alerts, over which channel, and which addresses are allowed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from services.notify.core.text import Language

MAX_URL_LENGTH = 2048
"""What every HTTP server can be expected to take."""

MAX_MAILBOX_LENGTH = 254
"""The longest path that SMTP carries, without its angle brackets (RFC 5321, 4.5.3.1.3)."""

MOST_OF_A_PARTY = 200
"""Subscriptions: an office with a mailbox for each of its officials and a few programs has fewer."""

SECRET_OVERLAP_MS = 86_400_000
"""A day in which the old secret signs beside the new one, so that a receiver changes it in office hours."""

_DOMAIN = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.I
)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


class Channel(IntEnum):
    """The values equal ``quzhong.api.notify.v1.Channel``."""

    WEBHOOK = 1
    EMAIL = 2


class Digest(IntEnum):
    """The values equal ``quzhong.api.notify.v1.Digest``."""

    NONE = 1
    """Each alert as it comes."""
    HOURLY = 2
    DAILY = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """What a subscription asks to hear, within what its party may hear. Empty fields do not filter."""

    platform_id: str = ""
    area_code: str = ""
    """A city's code includes its counties."""
    rule_id: str = ""
    least_severity: int = 0
    department_id: str = ""
    """Of cases it is responsible for."""
    cases_only: bool = False
    """Nothing of single findings."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Somewhere that alerts are sent to."""

    subscription_id: str
    party_id: str
    """Whose it is: what it may hear is what this party may hear when an alert is raised."""
    channel: Channel
    address: str
    """URL or mailbox."""
    wish: Wish
    create_time_ms: int
    request_id: str
    digest: Digest = Digest.NONE
    language: Language = Language.ZH_CN
    secret: str = ""
    """Of a webhook: ``whsec_`` and base64; kept as it is, because signing needs it."""
    old_secret: str = ""
    old_secret_until_ms: int = 0
    """Until then the old secret signs as well."""
    disabled: bool = False
    disabled_reason: str = ""
    """In both languages where this service disabled it; empty where its owner did."""
    failures: int = 0
    """Attempts that failed in a row, over all its messages."""
    failing_since_ms: int | None = None
    """When the first of them was made, epoch milliseconds."""

    def secrets_at(self, now_ms: int) -> tuple[str, ...]:
        """What a message is signed with, the newest secret first."""
        old_signs = self.old_secret and now_ms < self.old_secret_until_ms
        return (self.secret, self.old_secret) if old_signs else (self.secret,)


def check_url(url: str) -> None:
    """Allow https, and http to this machine.

    Raises:
        ValueError: saying what is wrong.
    """
    if len(url) > MAX_URL_LENGTH:
        raise ValueError(f"longer than {MAX_URL_LENGTH} characters")
    if any(ord(character) < 0x21 or ord(character) == 0x7F for character in url):
        raise ValueError("has a blank or a control character")
    parts = urlsplit(url)  # ValueError itself for a broken IPv6 host
    if not parts.hostname:
        raise ValueError("names no host")
    if parts.username is not None or parts.password is not None:
        raise ValueError("carries a user name or password; the signature authenticates the sender")
    _ = parts.port  # ValueError if it is no number from 0 to 65535
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname)):
        return
    raise ValueError("must be https, or http to this machine (localhost, 127.0.0.0/8, ::1)")


def check_mailbox(mailbox: str) -> None:
    """Allow one mailbox as an Internet host has it: ``local@domain`` (RFC 5321, 4.1.2), in ASCII.

    Without a name, a comment, quotes or an address literal: what a header could be broken with never gets as
    far as one.

    Raises:
        ValueError: saying what is wrong.
    """
    if len(mailbox) > MAX_MAILBOX_LENGTH:
        raise ValueError(f"longer than {MAX_MAILBOX_LENGTH} characters")
    local, _, domain = mailbox.rpartition("@")
    if not (_LOCAL.fullmatch(local) and len(local) <= 64):
        raise ValueError("is not local@domain with 1 to 64 plain ASCII characters before the @")
    if not _DOMAIN.fullmatch(domain):
        raise ValueError("has no domain name after the @; write one beyond ASCII in its xn-- form")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
