"""How the package speaks to a server: options of a channel, and the credential of a call."""

from __future__ import annotations

import grpc
import grpc.aio

from quzhong.errors import ApiError
from quzhong.oauth import PrivateKeyJwt

MOST_BYTES = 16 * 1024 * 1024
"""5,000 rows are about 1 MB; an answer that rejects each of them with two texts is a few more."""

OPTIONS: tuple[tuple[str, int], ...] = (
    ("grpc.max_send_message_length", MOST_BYTES),
    ("grpc.max_receive_message_length", MOST_BYTES),
    # A channel waits up to two minutes between connection attempts by default and fails calls meanwhile: with
    # our own backoff above it, it should find a server again within seconds of its return.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 5_000),
    # Notice a connection that died silently (a NAT that forgot it) within about half a minute.
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 10_000),
)
"""For ``grpc.insecure_channel``, ``grpc.secure_channel`` and their asyncio twins."""


def channel_to(address: str, credentials: grpc.ChannelCredentials | None) -> grpc.Channel:
    """A channel; without ``credentials`` it is plain, and a token can be read on the way."""
    if credentials is None:
        return grpc.insecure_channel(address, options=OPTIONS)
    return grpc.secure_channel(address, credentials, options=OPTIONS)


def aio_channel_to(address: str, credentials: grpc.ChannelCredentials | None) -> grpc.aio.Channel:
    """As ``channel_to``, for the running loop."""
    if credentials is None:
        return grpc.aio.insecure_channel(address, options=OPTIONS)
    return grpc.aio.secure_channel(address, credentials, options=OPTIONS)


def bearer(token: str) -> tuple[tuple[str, str], ...]:
    """Metadata that carries a registry token."""
    return (("authorization", f"Bearer {token}"),)


Credential = str | PrivateKeyJwt
"""A registry token, or what fetches access tokens."""


class Bearer:
    """The credential of each call of one client, whichever kind it is."""

    def __init__(self, credential: Credential) -> None:
        self._source = None if isinstance(credential, str) else credential
        self._token = credential if isinstance(credential, str) else ""
        """What was sent last."""

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """Of a call that is made now. Raises ApiError if no token can be had."""
        if self._source is not None:
            self._token = self._source.token()
        return bearer(self._token)

    async def metadata_async(self) -> tuple[tuple[str, str], ...]:
        """As ``metadata``, for asyncio."""
        if self._source is not None:
            self._token = await self._source.token_async()
        return bearer(self._token)

    def renews(self, failure: ApiError) -> bool:
        """Whether a stream that ended so may be opened again at once, with another token."""
        return self._source is not None and self._source.renews(failure, self._token)
