"""Advice to a platform for asyncio code. The same as ``quzhong.advisories``, whose docstrings say more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Self

import grpc
import grpc.aio

from quzhong.advisories import (
    FOR_EVER,
    Advised,
    AdvisoryPage,
    Place,
    broken,
    ended,
    list_request,
    page_of,
)
from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc
from quzhong.channel import Bearer, Credential, aio_channel_to
from quzhong.errors import ApiError, from_rpc_error
from quzhong.retry import Attempts, Pacing, RetryPolicy

Call = grpc.aio.UnaryStreamCall[workhours_pb2.WatchAdvisoriesRequest, workhours_pb2.WatchAdvisoriesResponse]


class AsyncAdvisoryWatch:
    """An endless asynchronous iterator of ``Advised``; made by ``watch_advisories_async``.

    ::

        async with watch_advisories_async("quzhong.example:443", token, resume_token=stored()) as watch:
            async for each in watch:
                await act_on(each.advisory)
                await store(each.resume_token)

    One task iterates; ``close`` may be called from any other of the loop and ends the iteration.
    """

    def __init__(self, channel: grpc.aio.Channel, place: Place) -> None:
        self._channel = channel
        self._stub: workhours_pb2_grpc.WorkhoursServiceAsyncStub
        self._stub = workhours_pb2_grpc.WorkhoursServiceStub(channel)
        self._place = place
        self._closed = asyncio.Event()
        self._call: Call | None = None

    @property
    def resume_token(self) -> str:
        """Of the advice given out last."""
        return self._place.request.resume_token

    def __aiter__(self) -> AsyncIterator[Advised]:
        return self

    async def __anext__(self) -> Advised:
        """The next advice, waiting for it; errors as of ``AdvisoryWatch``.

        A cancelled wait, e.g. by ``asyncio.timeout``, loses nothing: the next one opens the stream again.
        """
        while not self._closed.is_set():
            failure: ApiError
            try:
                if self._call is None:
                    metadata = await self._place.bearer.metadata_async()
                    self._place.begin()
                    self._call = self._stub.WatchAdvisories(self._place.request, metadata=metadata)
                message = await self._call.read()
            except grpc.aio.AioRpcError as error:
                failure = broken(error)
            except ApiError as error:  # no token can be had
                failure = error
            except asyncio.CancelledError:
                self._drop_call()
                if self._closed.is_set() and not _being_cancelled():
                    break  # gRPC's answer to ``close``
                raise
            else:
                if isinstance(message, workhours_pb2.WatchAdvisoriesResponse):  # otherwise grpc.aio.EOF
                    return self._place.take(message)
                failure = ended()
            self._call = None
            if self._closed.is_set():
                break
            await self._pause(self._place.wait_after(failure))
        raise StopAsyncIteration

    async def close(self) -> None:
        """End the watch. A second call does nothing."""
        self._closed.set()
        self._drop_call()
        await self._channel.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def _drop_call(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            call.cancel()

    async def _pause(self, wait_s: float) -> None:
        """Wait so long, or until ``close``."""
        try:
            async with asyncio.timeout(wait_s):
                await self._closed.wait()
        except TimeoutError:
            return


def watch_advisories_async(
    address: str,
    token: Credential,
    *,
    platform_id: str = "",
    resume_token: str = "",
    retry: RetryPolicy = FOR_EVER,
    credentials: grpc.ChannelCredentials | None = None,
    pacing: Pacing | None = None,
) -> AsyncAdvisoryWatch:
    """Advice as it comes, for ever; call it in the loop that iterates. See ``watch_advisories``."""
    place = Place(token, platform_id, resume_token, retry, pacing or Pacing())
    return AsyncAdvisoryWatch(aio_channel_to(address, credentials), place)


async def list_advisories_async(
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
    """One page of what holds now, or of what has come since a resume token; see ``list_advisories``."""
    request = list_request(platform_id, resume_token, page_size)
    attempts = Attempts(retry or RetryPolicy(), pacing or Pacing())
    bearer = Bearer(token)
    async with aio_channel_to(address, credentials) as channel:
        stub: workhours_pb2_grpc.WorkhoursServiceAsyncStub
        stub = workhours_pb2_grpc.WorkhoursServiceStub(channel)
        while True:
            try:
                metadata = await bearer.metadata_async()
                return page_of(await stub.ListAdvisories(request, metadata=metadata, timeout=timeout_s))
            except (grpc.RpcError, ApiError) as error:
                failure = error if isinstance(error, ApiError) else from_rpc_error(error)
                wait_s = attempts.wait_after(failure)
            await asyncio.sleep(wait_s)


def _being_cancelled() -> bool:
    """Whether somebody cancels the running task, and not only the call it reads from."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
