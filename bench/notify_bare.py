"""What ``bench.notify`` stands beside: rows into a bare table, messages through bare queues and streams."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import grpc

from bench.notify_fanout import METHOD
from bench.notify_watchers import OWN_CONNECTION, STREAMS_A_CHANNEL
from kit.eventlog.port import NewRecord


def bare_inserts(folder: Path, records: Sequence[NewRecord], batch: int) -> float:
    """Seconds to put the same messages into a table of SQLite, in the same batches."""
    database = sqlite3.connect(folder / "bare.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE findings (id INTEGER PRIMARY KEY, platform BLOB, message BLOB)")
    began = time.perf_counter()
    for start in range(0, len(records), batch):
        database.execute("BEGIN IMMEDIATE")
        rows = [(record.key, record.value) for record in records[start : start + batch]]
        database.executemany("INSERT INTO findings (platform, message) VALUES (?, ?)", rows)
        database.execute("COMMIT")
    seconds = time.perf_counter() - began
    database.close()
    return seconds


async def bare_fanout(number: int, areas: int, messages: int) -> float:
    """Seconds until as many messages have come by queues and streams alone."""
    command = [sys.executable, "-m", "bench.notify_fanout", str(areas)]
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    address = (await process.stdout.readline()).decode().strip()
    channels, count, done = [], 0, asyncio.Event()

    async def follow(call: Any) -> None:
        nonlocal count
        async for _ in call:
            count += 1
            if count >= messages * number // areas:
                done.set()

    tasks = []
    for at in range(number):
        if at % STREAMS_A_CHANNEL == 0:
            channels.append(grpc.aio.insecure_channel(address, options=OWN_CONNECTION))
        watch: Any = channels[-1].unary_stream(METHOD)
        call = watch(str(at % areas).encode())
        tasks.append(asyncio.create_task(follow(call)))
    await asyncio.sleep(1.0 + number / 200)
    began = time.perf_counter()
    process.stdin.write(f"{messages}\n".encode())
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(done.wait(), 60)
    seconds = time.perf_counter() - began
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for channel in channels:
        await channel.close()
    process.stdin.close()
    await process.wait()
    return seconds
