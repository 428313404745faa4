"""What to do for whom: the advice the service gives a platform before, at and after a limit.

::

    with watch_advisories("quzhong.example:443", token, resume_token=stored(),
                          credentials=grpc.ssl_channel_credentials()) as watch:
        for each in watch:
            act_on(each.advisory)
            store(each.resume_token)

``list_advisories`` is the same by the page, for who asks now and then. ``quzhong.aio_advisories`` has both
for asyncio.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc
from quzhong.channel import Bearer, Credential, channel_to
from quzhong.errors import ApiError, ErrorDetails, UnavailableError, from_rpc_error
from quzhong.retry import Attempts, Pacing, RetryPolicy

Call = Any
"""A call of gRPC that is iterated, and can be cancelled; its stubs have no public name for it."""

SHANGHAI = ZoneInfo("Asia/Shanghai")

FOR_EVER = RetryPolicy(give_up_after_s=math.inf)
"""A watch outlives any outage of the service; the policy's bounds of a single wait are the usual ones."""


class AdvisoryKind(IntEnum):
    """What to do; values as in the contract."""

    UNSPECIFIED = 0
    """Of a service newer than this package: do as the text says."""
    MINUTES_LEFT = 1
    """The limit is near: see ``minutes_left``. Let the worker finish and plan a rest."""
    LIMIT_REACHED = 2
    """The limit is reached: no further order."""
    NO_PUSH = 3
    """The limit is passed: push no order until ``no_push_end``, or while that is None, until told."""
    CLEARED = 4
    """What was advised before holds no longer."""


@dataclass(frozen=True, slots=True)
class Advisory:
    """What a platform should do for one of its workers. The latest of a finding replaces the earlier ones.

    All moments are in Asia/Shanghai.
    """

    advisory_id: str
    """A function of finding, revision and platform: the same advice has the same id, always."""
    worker_id: str
    """The pseudonym: what the platform's own ``Pseudonymiser`` makes of the worker's identity."""
    platform_id: str
    """Who is advised."""
    rule_id: str
    kind: AdvisoryKind
    minutes_left: timedelta | None
    """At ``event_time``, if the work went on; None once the limit is passed. ``limit_time`` is the moment."""
    must_rest_until: datetime | None
    no_push_start: datetime | None
    no_push_end: datetime | None
    finding_id: str
    """What advice belongs together by. The finding itself is the business of the platform that answers for
    it; to the others its id is only a name."""
    revision: int
    event_time: datetime
    """When the tier was reached, by the time of the events."""
    accept_time: datetime | None
    """When intake accepted the event that caused it; None where only time passed."""
    create_time: datetime
    text_zh: str
    text_en: str

    @property
    def limit_time(self) -> datetime | None:
        """When the limit is reached if the work goes on; None once it is passed."""
        return None if self.minutes_left is None else self.event_time + self.minutes_left


@dataclass(frozen=True, slots=True)
class Advised:
    """One message of the watch."""

    advisory: Advisory
    resume_token: str
    """Store it once the advice is acted upon: a watch that begins with it goes on with the next one."""


@dataclass(frozen=True, slots=True)
class AdvisoryPage:
    """One answer of the list."""

    advisories: tuple[Advisory, ...]
    resume_token: str
    """Ask again with it: at once if there is ``more``, or later for what has come. The watch takes it too."""
    more: bool
    """There is more now."""


class AdvisoryWatch:
    """An endless iterator of ``Advised``; made by ``watch_advisories``.

    One thread iterates; ``close`` may be called from any other and ends the iteration.
    """

    def __init__(self, channel: grpc.Channel, place: Place) -> None:
        self._channel = channel
        self._stub = workhours_pb2_grpc.WorkhoursServiceStub(channel)
        self._place = place
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._call: Call | None = None

    @property
    def resume_token(self) -> str:
        """Of the advice given out last."""
        return self._place.request.resume_token

    def __iter__(self) -> Iterator[Advised]:
        return self

    def __next__(self) -> Advised:
        """The next advice, waiting for it.

        Raises:
            StopIteration: after ``close``.
            InvalidArgumentError: RESUME_TOKEN_UNKNOWN: the service never gave out this token. Begin with an
                empty one.
            UnauthenticatedError: the token is missing, unknown or revoked.
            PermissionDeniedError: the token is good but not for this platform's advice.
            UnavailableError: if the retry policy has an end, and it is over.
        """
        while not self._closed.is_set():
            try:
                call = self._call_now()
                message = None if call is None else next(call, None)
            except grpc.RpcError as error:
                failure = broken(error)
            except ApiError as error:  # no token can be had
                failure = error
            else:
                if message is not None:
                    return self._place.take(message)
                failure = ended()
            self._call = None
            if self._closed.is_set():
                break
            self._closed.wait(self._place.wait_after(failure))
        raise StopIteration

    def close(self) -> None:
        """End the watch. A second call does nothing."""
        with self._lock:
            self._closed.set()
            if self._call is not None:
                self._call.cancel()
            self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _call_now(self) -> Call | None:
        """The stream, opened if there is none; None after ``close``."""
        with self._lock:
            if self._closed.is_set():
                return None
            if self._call is None:
                metadata = self._place.bearer.metadata()
                self._place.begin()
                self._call = self._stub.WatchAdvisories(self._place.request, metadata=metadata)
            return self._call


def watch_advisories(
    address: str,
    token: Credential,
    *,
    platform_id: str = "",
    resume_token: str = "",
    retry: RetryPolicy = FOR_EVER,
    credentials: grpc.ChannelCredentials | None = None,
    pacing: Pacing | None = None,
) -> AdvisoryWatch:
    """Advice as it comes, for ever: what holds now, then every change, across restarts of the service.

    A broken stream is taken up again after the advice given out last, without gap or repeat, with the backoff
    of ``retry``. What was replaced while the stream was away is left out: the latest of each finding comes.
    Nothing is sent before the first ``next``.

    Args:
        address: ``host:port`` of the workhours service.
        token: The platform's credential: a token of the registry, or a ``PrivateKeyJwt``.
        platform_id: Whose advice; empty: of every platform the token may see, which to a platform is its own.
        resume_token: Of the ``Advised`` stored last; empty begins with what holds now.
        retry: How an interruption is met. ``give_up_after_s`` counts from the first failure in a row.
        credentials: TLS; without them the connection is plain, which is for this machine only.
        pacing: Time and chance, for tests.
    """
    place = Place(token, platform_id, resume_token, retry, pacing or Pacing())
    return AdvisoryWatch(channel_to(address, credentials), place)


def list_advisories(
    address: str,
    token: Credential,
    *,
    platform_id: str = "",
    resume_token: str = "",
    page_size: int = 100,
    timeout_s: float = 30.0,
    retry: RetryPolicy | None = None,
    credentials: grpc.ChannelCredentials | None = None,
    pacing: Pacing | None = None,
) -> AdvisoryPage:
    """One page of what holds now, or of what has come since a resume token. UNAVAILABLE is resent.

    Args:
        address: As of ``watch_advisories``, like what is not named here.
        token: See there.
        platform_id: See there.
        resume_token: Of an earlier page, or of the watch.
        page_size: At most so many, up to 1,000.
        timeout_s: How long one attempt may take, seconds.
        retry: How UNAVAILABLE is met.
        credentials: See there.
        pacing: See there.

    Raises:
        ApiError: its subclass says what to do.
    """
    request = list_request(platform_id, resume_token, page_size)
    attempts = Attempts(retry or RetryPolicy(), pacing or Pacing())
    bearer = Bearer(token)
    sleep = threading.Event().wait
    with channel_to(address, credentials) as channel:
        stub = workhours_pb2_grpc.WorkhoursServiceStub(channel)
        while True:
            try:
                return page_of(stub.ListAdvisories(request, metadata=bearer.metadata(), timeout=timeout_s))
            except (grpc.RpcError, ApiError) as error:
                failure = error if isinstance(error, ApiError) else from_rpc_error(error)
                sleep(attempts.wait_after(failure))


class Place:
    """How far a watch has come, and how it meets an interruption; the same for threads and asyncio."""

    def __init__(
        self, token: Credential, platform_id: str, resume_token: str, retry: RetryPolicy, pacing: Pacing
    ) -> None:
        self.bearer = Bearer(token)
        self.request = workhours_pb2.WatchAdvisoriesRequest(
            platform_id=platform_id, resume_token=resume_token
        )
        self._retry = retry
        self._pacing = pacing
        self._began_s = pacing.monotonic()
        self._attempts: Attempts | None = None
        """Of the failures in a row."""

    def begin(self) -> None:
        """A stream is opened."""
        self._began_s = self._pacing.monotonic()

    def take(self, message: workhours_pb2.WatchAdvisoriesResponse) -> Advised:
        """The message as it is given out; the next stream begins after it."""
        self._attempts = None
        self.request.resume_token = message.resume_token
        return Advised(advisory_of(message.advisory), message.resume_token)

    def wait_after(self, failure: ApiError) -> float:
        """Seconds to wait before the stream is opened again.

        Raises:
            ApiError: the failure itself, if opening it again cannot help or the policy's time is over.
        """
        # A stream that held was connected, though nothing came: its end is the first failure of a new row.
        if self._pacing.monotonic() - self._began_s > self._retry.max_s:
            self._attempts = None
        if self.bearer.renews(failure):
            return 0.0
        self._attempts = self._attempts or Attempts(self._retry, self._pacing)
        return self._attempts.wait_after(failure)


_INTERRUPTED = (grpc.StatusCode.CANCELLED, grpc.StatusCode.DEADLINE_EXCEEDED)
"""Besides UNAVAILABLE, how a stream ends that we did not end: the service or a proxy between stops, or is
tired of waiting. We set no deadline."""


def broken(error: grpc.RpcError) -> ApiError:
    """The typed error of a stream that broke; any interruption is an UnavailableError."""
    failure = from_rpc_error(error)
    return _unavailable(failure.message) if failure.code in _INTERRUPTED else failure


def ended() -> ApiError:
    """The error of a stream that ended in order: its service stops."""
    return _unavailable("the service ended the stream")


def _unavailable(message: str) -> UnavailableError:
    return UnavailableError(grpc.StatusCode.UNAVAILABLE, message, ErrorDetails(metadata={}))


def list_request(platform_id: str, resume_token: str, page_size: int) -> workhours_pb2.ListAdvisoriesRequest:
    """The request of a page."""
    return workhours_pb2.ListAdvisoriesRequest(
        platform_id=platform_id, resume_token=resume_token, page_size=page_size
    )


def page_of(answer: workhours_pb2.ListAdvisoriesResponse) -> AdvisoryPage:
    """A page of the wire in Python's own types."""
    return AdvisoryPage(tuple(map(advisory_of, answer.advisories)), answer.resume_token, answer.more)


def advisory_of(message: workhours_pb2.Advisory) -> Advisory:
    """A message of the wire in Python's own types."""

    def optional(field: str) -> datetime | None:
        return _moment(getattr(message, field)) if message.HasField(field) else None  # type: ignore[arg-type]

    known = message.kind in AdvisoryKind._value2member_map_
    return Advisory(
        advisory_id=message.advisory_id,
        worker_id=message.worker_id,
        platform_id=message.platform_id,
        rule_id=message.rule_id,
        kind=AdvisoryKind(message.kind) if known else AdvisoryKind.UNSPECIFIED,
        minutes_left=message.minutes_left.ToTimedelta() if message.HasField("minutes_left") else None,
        must_rest_until=optional("must_rest_until_time"),
        no_push_start=optional("no_push_start_time"),
        no_push_end=optional("no_push_end_time"),
        finding_id=message.finding_id,
        revision=message.revision,
        event_time=_moment(message.event_time),
        accept_time=optional("accept_time"),
        create_time=_moment(message.create_time),
        text_zh=message.text.zh,
        text_en=message.text.en,
    )


def _moment(stamp: Timestamp) -> datetime:
    return stamp.ToDatetime(UTC).astimezone(SHANGHAI)
