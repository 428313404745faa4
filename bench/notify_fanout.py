"""A bare fan-out, for ``bench.notify`` to stand beside: ``python -m bench.notify_fanout AREAS``.

A thread and a queue for each stream, no credential, no filter but the area, nothing stored: what the same
gRPC server does at best. Each line on stdin is a number of messages to tell to every area in turn.
"""

from __future__ import annotations

import queue
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc

from kit.grpc.host import THREADS

METHOD = "/bench.Bare/Watch"


def main(areas: int) -> None:
    """Serve until stdin ends. A message is as large as an alert, and begins with its number."""
    listeners: list[list[queue.SimpleQueue[bytes | None]]] = [[] for _ in range(areas)]

    def watch(request: bytes, context: grpc.ServicerContext) -> Iterator[bytes]:
        mine: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        context.add_callback(lambda: mine.put(None))
        listeners[int(request)].append(mine)
        while (message := mine.get()) is not None:
            yield message

    server = grpc.server(ThreadPoolExecutor(THREADS))
    handlers: dict[str, Any] = {"Watch": grpc.unary_stream_rpc_method_handler(watch)}
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler("bench.Bare", handlers)])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"127.0.0.1:{port}", flush=True)
    for line in sys.stdin:
        for number in range(int(line)):
            message = f"{number:08d}".encode().ljust(300, b"-")
            for mine in listeners[number % areas]:
                mine.put(message)
        print(sum(map(len, listeners)), flush=True)
    server.stop(0.5).wait()


if __name__ == "__main__":
    main(int(sys.argv[1]))
