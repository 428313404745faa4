"""The connections between two parts of an installation, which can be cut off and held up."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from types import TracebackType
from typing import Self

from tests.support.ports import free_port

_CHUNK = 64 * 1024
_LOOK_S = 0.05
"""How soon it is noticed that somebody listens again."""


class Link:
    """A port that passes everything on to another one, and refuses connections while that one does."""

    def __init__(self, name: str, target_port: int) -> None:
        self.name = name
        self.port = free_port()  # for as long as there are cuts
        self._target_port = target_port
        self._server: asyncio.Server | None = None
        self._cut = False
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._writers: set[asyncio.StreamWriter] = set()

    async def open(self) -> None:
        """Listen for as long as there is somebody to pass things on to."""
        await self._listen()
        self._keeping = asyncio.create_task(self._keep())

    def cut(self) -> None:
        """Break what is there, and let nothing new come about: a switch that is restarted."""
        self._cut = True
        self._refuse()
        for writer in list(self._writers):
            writer.transport.abort()

    def stall(self) -> None:
        """Hold everything back, without a word to either side: packets that get lost."""
        self._flowing.clear()

    def heal(self) -> None:
        """Let everything through again; what was held back too."""
        self._cut = False
        self._flowing.set()

    def lead_to(self, target_port: int) -> None:
        """Break what is there and lead to another port: the name was given to another server."""
        self._target_port = target_port
        self.cut()
        self.heal()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)

    def _refuse(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _keep(self) -> None:
        """Listen again once the target does: a caller must not take us for it meanwhile."""
        while True:
            await asyncio.sleep(_LOOK_S)
            if self._server is None and not self._cut:
                with contextlib.suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", self._target_port)
                    writer.transport.abort()
                    await self._listen()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            await self._flowing.wait()
            if self._cut:
                return
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
            self._writers.add(far_writer)
            try:
                done, running = await asyncio.wait(
                    [
                        asyncio.create_task(self._pass_on(reader, far_writer)),
                        asyncio.create_task(self._pass_on(far_reader, writer)),
                    ],
                    return_when=asyncio.FIRST_COMPLETED,
                )
                for task in running:
                    task.cancel()
                await asyncio.gather(*done, *running, return_exceptions=True)
            finally:
                self._drop(far_writer)
        except OSError:
            self._refuse()  # nobody listens there
        finally:
            self._drop(writer)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(_CHUNK):
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()

    def _drop(self, writer: asyncio.StreamWriter) -> None:
        self._writers.discard(writer)
        writer.transport.abort()


class Network:
    """All links, in a thread of their own."""

    def __init__(self) -> None:
        self.links: dict[str, Link] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="network", daemon=True)

    def link(self, name: str, target_port: int) -> int:
        """Make a link; the port to call instead of the target's."""

        async def make() -> Link:
            link = Link(name, target_port)
            await link.open()
            return link

        self.links[name] = asyncio.run_coroutine_threadsafe(make(), self._loop).result(10)
        return self.links[name].port

    def cut(self, name: str) -> None:
        """See ``Link.cut``."""
        self._loop.call_soon_threadsafe(self.links[name].cut)

    def stall(self, name: str) -> None:
        """See ``Link.stall``."""
        self._loop.call_soon_threadsafe(self.links[name].stall)

    def heal(self, name: str) -> None:
        """See ``Link.heal``."""
        self._loop.call_soon_threadsafe(self.links[name].heal)

    def lead(self, name: str, target_port: int) -> None:
        """See ``Link.lead_to``."""
        self._loop.call_soon_threadsafe(self.links[name].lead_to, target_port)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        async def end() -> None:
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for link in self.links.values():
                link.cut()
            await asyncio.sleep(_LOOK_S)  # a transport is closed a turn after it was told

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
