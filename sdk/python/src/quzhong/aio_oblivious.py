"""``ObliviousPseudonymiser`` for asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Self, TypeVar

import grpc
import grpc.aio

from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from quzhong.api.registry.v1 import pseudonyms_pb2_grpc
from quzhong.channel import Bearer, Credential, aio_channel_to
from quzhong.errors import (
    ApiError,
    FailedPreconditionError,
    NotFoundError,
    PseudonymNotReadyError,
    from_rpc_error,
)
from quzhong.evaluation_rounds import (
    MOST_ELEMENTS,
    KnownKeys,
    Metadata,
    PseudonymCache,
    PseudonymKey,
    Round,
    batches,
    checked_size,
    link_requests,
    wall_clock,
)
from quzhong.identities import canonical
from quzhong.retry import Attempts, Pacing, RetryPolicy

AnswerT = TypeVar("AnswerT")


class AsyncObliviousPseudonymiser:
    """Pseudonyms from the registry within a running loop; see ``ObliviousPseudonymiser``.

    ::

        async with AsyncObliviousPseudonymiser("quzhong.example:443", token) as pseudonyms:
            await pseudonyms.pseudonyms(everybody_on_duty)
            async with AsyncClient(..., pseudonymiser=pseudonyms) as client:
                await client.add_dispatch(DispatchRow(...))

    ``AsyncClient`` looks pseudonyms up and cannot wait for the registry while it makes a row: make them
    beforehand with ``pseudonyms``. Blinding and verifying run in a thread, so that the loop goes on. Made and
    used within one event loop.
    """

    def __init__(
        self,
        address: str,
        token: Credential,
        *,
        pins: Mapping[int, bytes] | None = None,
        cache_size: int = 100_000,
        batch_size: int = MOST_ELEMENTS,
        timeout_s: float = 30.0,
        retry: RetryPolicy | None = None,
        credentials: grpc.ChannelCredentials | None = None,
        pacing: Pacing | None = None,
        clock: Callable[[], datetime] = wall_clock,
    ) -> None:
        """Arguments and errors as of ``ObliviousPseudonymiser``."""
        checked_size(batch_size, cache_size)
        self._known = KnownKeys(pins or {})
        self._cache = PseudonymCache(cache_size)
        self._batch_size = batch_size
        self._timeout_s = timeout_s
        self._retry = retry or RetryPolicy()
        self._pacing = pacing or Pacing()
        self._clock = clock
        self._bearer = Bearer(token)
        self._asking = asyncio.Lock()
        self._channel = aio_channel_to(address, credentials)
        self._stub = pseudonyms_pb2_grpc.PseudonymServiceStub(self._channel)

    async def keys(self) -> tuple[PseudonymKey, ...]:
        """The versions that answer, ascending. Raises as ``ObliviousPseudonymiser.keys``."""
        return (await self._fresh_keys()).keys

    def pseudonym(self, identity: str, key_version: int | None = None) -> str:
        """Look one up that ``pseudonyms`` has made.

        Raises:
            IdentityError: the number cannot be right.
            PseudonymNotReadyError: it is not at hand (any more): call ``pseudonyms`` first, or make the cache
                larger.
        """
        text = canonical(identity)
        if not self._known.empty:
            version = self._known.version(key_version, self._clock())
            if found := self._cache.found(version, [text]):
                return found[text]
        raise PseudonymNotReadyError("not at hand; call `await pseudonyms([…])` before")

    async def pseudonyms(self, identities: Iterable[str], key_version: int | None = None) -> list[str]:
        """Those of many, in their order; see ``ObliviousPseudonymiser.pseudonyms``."""
        texts = [canonical(identity) for identity in identities]
        known = await self._fresh_keys(key_version)
        version = known.version(key_version, self._clock())
        found = self._cache.found(version, texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        for batch in batches(missing, self._batch_size):
            evaluated = await self._evaluated(version, known.public_key(version), batch)
            self._cache.keep(version, evaluated)
            found |= evaluated
        return [found[text] for text in texts]

    async def link(self, identities: Iterable[str], old_version: int, new_version: int) -> list[int]:
        """Hand in which pseudonym follows which; see ``ObliviousPseudonymiser.link``."""
        everybody = list(identities)
        old = await self.pseudonyms(everybody, old_version)
        new = await self.pseudonyms(everybody, new_version)
        contradicting = []
        for start, request in link_requests(old_version, new_version, old, new):
            answer = await self._call(partial(self._send_links, request))
            contradicting += [start + place for place in answer.contradicting]
        return contradicting

    async def close(self) -> None:
        """Close the connection."""
        await self._channel.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _evaluated(self, version: int, public_key: bytes, texts: Sequence[str]) -> dict[str, str]:
        asked = await asyncio.to_thread(Round, version, public_key, texts)
        request = asked.request()
        try:
            answer = await self._call(
                lambda metadata: self._stub.EvaluatePseudonyms(
                    request, timeout=self._timeout_s, metadata=metadata
                )
            )
        except (FailedPreconditionError, NotFoundError):
            self._known.forget()
            raise
        return await asyncio.to_thread(asked.pseudonyms, answer)

    async def _send_links(
        self, request: pb.LinkPseudonymsRequest, metadata: Metadata
    ) -> pb.LinkPseudonymsResponse:
        return await self._stub.LinkPseudonyms(request, timeout=self._timeout_s, metadata=metadata)

    async def _fresh_keys(self, version: int | None = None) -> KnownKeys:
        async with self._asking:
            if not self._known.fresh(self._pacing.monotonic(), version):
                answer = await self._call(
                    lambda metadata: self._stub.GetPseudonymKeys(
                        pb.GetPseudonymKeysRequest(), timeout=self._timeout_s, metadata=metadata
                    )
                )
                self._known.learn(answer, self._pacing.monotonic())
            return self._known

    async def _call(self, send: Callable[[Metadata], Awaitable[AnswerT]]) -> AnswerT:
        attempts = Attempts(self._retry, self._pacing)
        while True:
            try:
                return await send(await self._bearer.metadata_async())
            except (grpc.RpcError, ApiError) as error:  # ApiError: no token can be had
                failure = error if isinstance(error, ApiError) else from_rpc_error(error)
                wait_s = attempts.wait_after(failure)
            await asyncio.sleep(wait_s)
