"""Pseudonyms from the registry, which never learns whose they are. ``quzhong.aio_oblivious`` is the same for
asyncio."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Self, TypeVar

import grpc

from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from quzhong.api.registry.v1 import pseudonyms_pb2_grpc
from quzhong.channel import Bearer, Credential, channel_to
from quzhong.errors import ApiError, FailedPreconditionError, NotFoundError, from_rpc_error
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


class ObliviousPseudonymiser:
    """Pseudonyms by an oblivious pseudorandom function (RFC 9497) with the registry's key.

    ::

        with ObliviousPseudonymiser("quzhong.example:443", token, credentials=grpc.ssl_channel_credentials(),
                                    pins={1: bytes.fromhex("…")}) as pseudonyms:
            pseudonyms.pseudonyms(everybody_on_duty)          # once: in batches of 500
            with Client(..., pseudonymiser=pseudonyms) as client:
                ...

    The identity is blinded here, the registry evaluates what looks random to it, its proof is verified, and
    the blinding is taken away here. Every platform gets the same pseudonym for a person, and none can compute
    one without asking, which the registry counts. May be used from any thread.
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
        """Nobody is called before the first identity.

        Args:
            address: ``host:port`` of the registry.
            token: The credential of the platform or partner firm: a token of the registry, or a
                ``PrivateKeyJwt``.
            pins: Public keys by version, as published by the authority, or ``keys`` of an earlier run: any
                other is refused. Without them the first one seen is trusted for as long as this object lives.
            cache_size: How many pseudonyms are kept at hand.
            batch_size: Identities a call, 1–500.
            timeout_s: How long one attempt of a call may take, seconds.
            retry: How UNAVAILABLE is met, and RESOURCE_EXHAUSTED that says when to come again.
            credentials: TLS; without them the connection is plain and the token can be read on the way.
            pacing: Time and chance, for tests.
            clock: The present, by which the version is chosen.

        Raises:
            ValueError: naming the argument that makes no sense.
        """
        checked_size(batch_size, cache_size)
        self._known = KnownKeys(pins or {})
        self._cache = PseudonymCache(cache_size)
        self._batch_size = batch_size
        self._timeout_s = timeout_s
        self._retry = retry or RetryPolicy()
        self._pacing = pacing or Pacing()
        self._clock = clock
        self._bearer = Bearer(token)
        self._asking = threading.Lock()
        self._channel = channel_to(address, credentials)
        self._stub = pseudonyms_pb2_grpc.PseudonymServiceStub(self._channel)

    @property
    def keys(self) -> tuple[PseudonymKey, ...]:
        """The versions that answer, ascending.

        Raises:
            ApiError: its subclass says what to do.
            KeyChangedError: a version has another key than before.
        """
        return self._fresh_keys().keys

    def pseudonym(self, identity: str, key_version: int | None = None) -> str:
        """24 characters; one call of the registry unless it is at hand. For many use ``pseudonyms``.

        Args:
            identity: An identity number, or a licence's number.
            key_version: None: the version events carry now.

        Raises:
            IdentityError: the number cannot be right.
            ApiError, PseudonymError: as of ``pseudonyms``.
        """
        return self.pseudonyms([identity], key_version)[0]

    def pseudonyms(self, identities: Iterable[str], key_version: int | None = None) -> list[str]:
        """Those of many, in their order, in batches; each person is asked for once.

        Raises:
            IdentityError: for the first number that cannot be right; nobody was asked then.
            ResourceExhaustedError: the day's evaluations are used up; ``retry_after_s`` says for how long.
            ApiError: its subclass says what to do.
            EvaluationRefusedError: the registry's answer does not prove itself.
            KeyChangedError: a version has another key than before.
            PseudonymError: the version does not answer.
        """
        texts = [canonical(identity) for identity in identities]
        known = self._fresh_keys(key_version)
        version = known.version(key_version, self._clock())
        found = self._cache.found(version, texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        for batch in batches(missing, self._batch_size):
            evaluated = self._evaluated(version, known.public_key(version), batch)
            self._cache.keep(version, evaluated)
            found |= evaluated
        return [found[text] for text in texts]

    def link(self, identities: Iterable[str], old_version: int, new_version: int) -> list[int]:
        """Make the pseudonyms of both versions and hand in which belongs to which; for all workers, while
        both answer. What was handed in before, by whomever, changes nothing.

        Returns:
            Places in ``identities`` of those whose pair contradicts a known one: a mistake somewhere.

        Raises:
            InvalidArgumentError: NOT_CONSECUTIVE, unless the new version follows the old one.
            IdentityError, ApiError, PseudonymError: as of ``pseudonyms``.
        """
        everybody = list(identities)
        old, new = (self.pseudonyms(everybody, version) for version in (old_version, new_version))
        contradicting = []
        for start, request in link_requests(old_version, new_version, old, new):
            answer = self._call(partial(self._send_links, request))
            contradicting += [start + place for place in answer.contradicting]
        return contradicting

    def close(self) -> None:
        """Close the connection."""
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _evaluated(self, version: int, public_key: bytes, texts: Sequence[str]) -> dict[str, str]:
        asked = Round(version, public_key, texts)
        request = asked.request()
        try:
            answer = self._call(
                lambda metadata: self._stub.EvaluatePseudonyms(
                    request, timeout=self._timeout_s, metadata=metadata
                )
            )
        except (FailedPreconditionError, NotFoundError):
            self._known.forget()  # the version went meanwhile: the next call learns which are left
            raise
        return asked.pseudonyms(answer)

    def _send_links(self, request: pb.LinkPseudonymsRequest, metadata: Metadata) -> pb.LinkPseudonymsResponse:
        return self._stub.LinkPseudonyms(request, timeout=self._timeout_s, metadata=metadata)

    def _fresh_keys(self, version: int | None = None) -> KnownKeys:
        with self._asking:
            if not self._known.fresh(self._pacing.monotonic(), version):
                answer = self._call(
                    lambda metadata: self._stub.GetPseudonymKeys(
                        pb.GetPseudonymKeysRequest(), timeout=self._timeout_s, metadata=metadata
                    )
                )
                self._known.learn(answer, self._pacing.monotonic())
            return self._known

    def _call(self, send: Callable[[Metadata], AnswerT]) -> AnswerT:
        attempts = Attempts(self._retry, self._pacing)
        while True:
            try:
                return send(self._bearer.metadata())
            except (grpc.RpcError, ApiError) as error:  # ApiError: no token can be had
                failure = error if isinstance(error, ApiError) else from_rpc_error(error)
                wait_s = attempts.wait_after(failure)
            time.sleep(wait_s)
