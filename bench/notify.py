"""Findings into cases and out to watchers: ``python -m bench.notify``.

1. A burst: so many findings at once through the topic, and one case for each key.
2. The same at a steady rate: from the record's append to the alert on a ``WatchAlerts`` stream.
3. A thousand watchers, each of one area, alone and beside subscribers that read nothing or are gone; and how
   many alerts a second they can be told.

Notify runs in a process of its own, log and store in SQLite; the watchers share one event loop here.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import grpc
import numpy as np

from bench.notify_bare import bare_fanout, bare_inserts
from bench.notify_server import CITY
from bench.notify_watchers import Heard, Watchers, bearer
from bench.verdict import at_most
from kit.clock import system_clock
from kit.eventlog.open import open_event_log
from kit.eventlog.port import EventLog, NewRecord
from kit.eventlog.topics import FINDINGS
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.notify.v1 import notify_pb2, notify_pb2_grpc

FINDINGS_IN_ALL = 100_000
WATCHERS = 1_000
PARTIES = 42
"""Departments; the watchers are of 40 of them, as one party may open 32 streams."""
PLATFORMS = [f"platform-{number}" for number in range(5)]
AREAS = [f"1302{number:02d}" for number in range(1, 11)]
RULES = ["cn-food-delivery-2025.continuous-work", "cn-food-delivery-2025.day-total"]
BATCH = 500
TARGET_P99_MS = 1_000
RATE_S = 10
"""Findings a second for the watchers, each heard by a tenth of them."""
SECONDS = 15
PARTS = ["crowd", "fanout", "steady", "burst"]
FANNED_OUT = 200


class Made(NamedTuple):
    """Findings ready to be appended."""

    records: list[NewRecord]
    key: list[int]


def made(number: int, name: str) -> Made:
    """Of every key in turn, each of another worker, all of today."""
    keys = [(platform, area, rule) for platform in PLATFORMS for area in AREAS for rule in RULES]
    records, key = [], []
    message = findings_pb2.Finding(
        revision=1,
        state=findings_pb2.FINDING_STATE_STANDS,
        severity=findings_pb2.SEVERITY_BREACH,
        pack_id="cn-food-delivery-2025",
        pack_version="1.0.0",
        title=findings_pb2.LocalText(
            zh="连续接单时长已超过 4 小时", en="More than 4 h of continuous order-taking"
        ),
        citation=findings_pb2.LocalText(zh="《外卖平台服务管理基本要求》", en="Basic requirements"),
    )
    message.event_time.FromMilliseconds(system_clock() - 3_600_000)
    for at in range(number):
        message.finding_id = f"{name}-{at}"
        message.platform_id, message.area_code, message.rule_id = keys[at % len(keys)]
        message.worker_id = f"worker-{at}"
        records.append(
            NewRecord(FINDINGS.name, message.SerializeToString(), key=message.platform_id.encode())
        )
        key.append(at % len(keys))
    return Made(records, key)


class Server:
    """Notify, as the bench drives it."""

    def __init__(self, process: subprocess.Popen[str], log: EventLog) -> None:
        self._process, self.log = process, log
        said = json.loads(self._said())
        self.address: str = said["address"]
        self.tokens: list[str] = said["tokens"]

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def ask(self, what: str = "kernel") -> dict[str, float]:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        told: dict[str, float] = json.loads(self._said())
        return told

    def rss(self) -> int:
        """Bytes, without asking it."""
        status = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="utf-8")
        return int(status.split()[1]) * os.sysconf("SC_PAGESIZE")

    def newest(self) -> str:
        """The token from which nothing has come yet."""
        with grpc.insecure_channel(self.address) as channel:
            stub = notify_pb2_grpc.NotifyServiceStub(channel)
            request = notify_pb2.ListAlertsRequest(page_size=1)
            return stub.ListAlerts(request, metadata=bearer(self.tokens[0])).resume_token

    def cases(self) -> int:
        count, token = 0, ""
        with grpc.insecure_channel(self.address) as channel:
            stub = notify_pb2_grpc.NotifyServiceStub(channel)
            while True:
                request = notify_pb2.ListCasesRequest(page_size=1000, page_token=token)
                page = stub.ListCases(request, metadata=bearer(self.tokens[0]))
                count += len(page.cases)
                token = page.next_page_token
                if not token:
                    return count


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Notify on an empty folder."""
    url = f"sqlite:///{folder / 'log.db'}"
    log = open_event_log(url)
    command = [sys.executable, "-m", "bench.notify_server", str(folder), url, str(PARTIES)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process, log)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait()
            log.close()


async def append(log: EventLog, records: Sequence[NewRecord], rate_s: float) -> np.ndarray[Any, Any]:
    """Append at a rate (infinite: in batches, as fast as they go); when each was, epoch milliseconds."""
    size = BATCH if np.isinf(rate_s) else max(1, int(rate_s / 20))
    began, times = time.perf_counter(), []
    for start in range(0, len(records), size):
        await asyncio.sleep(max(0.0, began + start / rate_s - time.perf_counter()))
        batch = records[start : start + size]
        await asyncio.to_thread(log.append, batch)
        times += [system_clock()] * len(batch)
    return np.array(times)


@asynccontextmanager
async def watching(server: Server, number: int, areas: Sequence[str]) -> AsyncIterator[Watchers]:
    watchers = Watchers(server.address, server.tokens[2:], areas, number)
    await watchers.open(server.newest())
    await asyncio.sleep(1.0 + number / 200)
    try:
        yield watchers
    finally:
        await watchers.close()


def delays(heard: Sequence[Heard], name: str, appended_ms: np.ndarray[Any, Any]) -> tuple[Any, Any]:
    """From append, and from acceptance in a case, to the stream: milliseconds of each finding heard."""
    since_append, since_made = [], []
    for each in heard:
        for finding_id, made_ms, at_ms in zip(each.finding_ids, each.made_ms, each.at_ms, strict=True):
            if finding_id.startswith(f"{name}-"):
                since_append.append(at_ms - appended_ms[int(finding_id.rpartition("-")[2])])
                since_made.append(at_ms - made_ms)
    return np.array(since_append), np.array(since_made)


def tell(what: str, ms: Any) -> float:
    median, high, worst = np.percentile(ms, [50, 99, 100])
    print(f"  {what}: p50 {median:,.0f} ms, p99 {high:,.0f} ms, worst {worst:,.0f} ms")
    return float(high)


async def heard_all(watchers: Watchers, expected: int, name: str, patience_s: float) -> int:
    """How many alerts of findings were heard, once it is all or no more come."""
    last, since = -1, time.perf_counter()
    while True:
        count = sum(each.startswith(f"{name}-") for heard in watchers.heard for each in heard.finding_ids)
        if count >= expected:
            return count
        if count != last:
            last, since = count, time.perf_counter()
        if time.perf_counter() - since > patience_s:
            return count
        await asyncio.sleep(0.5)


async def burst(server: Server, number: int, folder: Path) -> None:
    """Everything at once."""
    made_now = made(number, "burst")
    async with watching(server, 4, [CITY]) as watchers:
        before, memory = await asyncio.to_thread(server.ask), [(0.0, server.rss())]
        began = time.perf_counter()

        async def look() -> None:
            while True:
                await asyncio.sleep(0.5)
                memory.append((time.perf_counter() - began, server.rss()))

        looking = asyncio.create_task(look())
        appended_ms = await append(server.log, made_now.records, float("inf"))
        append_s = time.perf_counter() - began
        count = await heard_all(watchers, number * 4, "burst", 60.0)
        seconds = time.perf_counter() - began
        after = await asyncio.to_thread(server.ask, "drained")
        looking.cancel()
        since_append, since_made = delays(watchers.heard, "burst", appended_ms)
    keys, cases = len(set(made_now.key)), server.cases()
    bare_s = bare_inserts(folder, made_now.records, BATCH)
    print(f"burst: {number:,} findings of {keys} keys, appended within {append_s:.1f} s; 4 watchers")
    print(f"  {cases} cases; {count:,} of {number * 4:,} alerts heard, each once: {once(watchers.heard)}")
    print(
        f"  {number / seconds:,.0f} findings/s to the last stream; a bare executemany "
        f"{number / bare_s:,.0f}/s, 1 : {seconds / bare_s:,.0f}"
    )
    cpu_s = after["cpu_s"] - before["cpu_s"]
    print(f"  {number / cpu_s:,.0f} findings a processor second of notify's process")
    tell("from append to the stream (a backlog's length)", since_append)
    print(
        at_most("ms from acceptance to the stream, p99", tell("from acceptance", since_made), TARGET_P99_MS)
    )
    when, size = np.array(memory).T
    late = when > when[-1] / 2
    slope = np.polyfit(when[late], size[late], 1)[0] if late.sum() > 2 else 0.0
    print(
        f"  memory: {size[0] / 2**20:,.0f} MiB before, {size.max() / 2**20:,.0f} at most, "
        f"{size[-1] / 2**20:,.0f} after; {slope / 2**20:+.2f} MiB/s in the second half"
    )


def once(heard: Sequence[Heard]) -> bool:
    return all(len(set(ids)) == len(ids) for ids in ([i for i in each.finding_ids if i] for each in heard))


async def steady(server: Server, rate_s: int, seconds: int) -> None:
    """The same, no faster than it comes."""
    made_now = made(rate_s * seconds, "steady")
    async with watching(server, 4, [CITY]) as watchers:
        appended_ms = await append(server.log, made_now.records, rate_s)
        await heard_all(watchers, rate_s * seconds * 4, "steady", 15.0)
        since_append, _ = delays(watchers.heard, "steady", appended_ms)
    print(f"steady: {rate_s:,} findings a second for {seconds} s; 4 watchers of the city")
    print(at_most("ms from append to the stream, p99", tell("from append", since_append), TARGET_P99_MS))


async def crowd(server: Server, number: int, name: str, seconds: int, beside: str = "") -> None:
    """So many watchers, each of one area."""
    made_now = made(RATE_S * seconds, name)
    async with watching(server, number, AREAS) as watchers:
        before = await asyncio.to_thread(server.ask)
        began = time.perf_counter()
        appended_ms = await append(server.log, made_now.records, RATE_S)
        expected = len(made_now.records) * number // len(AREAS)
        count = await heard_all(watchers, expected, name, 10.0)
        took = time.perf_counter() - began
        after = await asyncio.to_thread(server.ask)
        since_append, _ = delays(watchers.heard, name, appended_ms)
        refused = watchers.refused
    print(
        f"{number:,} watchers{beside}: {RATE_S} findings a second, {count / took:,.0f} alerts a second told"
    )
    print(f"  {count:,} of {expected:,} heard; {refused} streams refused; {after['threads']:.0f} threads,")
    print(
        f"  {after['rss_bytes'] / 2**20:,.0f} MiB; "
        f"{(after['cpu_s'] - before['cpu_s']) / took:.0%} of a processor"
    )
    print(at_most("ms from append to the stream, p99", tell("from append", since_append), TARGET_P99_MS))


async def fanout(server: Server, number: int) -> None:
    """How many alerts a second are told at most, beside a bare fan-out of the same gRPC server."""
    made_now = made(FANNED_OUT, "fanout")
    expected = FANNED_OUT * number // len(AREAS)
    async with watching(server, number, AREAS) as watchers:
        before, began = await asyncio.to_thread(server.ask), time.perf_counter()
        await append(server.log, made_now.records, float("inf"))
        count = await heard_all(watchers, expected, "fanout", 20.0)
        took = time.perf_counter() - began
        after = await asyncio.to_thread(server.ask)
    bare_s = await bare_fanout(number, len(AREAS), FANNED_OUT)
    cost_us = 1e6 * (after["cpu_s"] - before["cpu_s"]) / max(count, 1)
    print(f"fan-out: {FANNED_OUT} findings at once, each to a tenth of {number:,} watchers: {count:,} alerts")
    print(
        f"  {count / took:,.0f} alerts a second, {cost_us:,.0f} µs of a processor each; bare queues and "
        f"streams {expected / bare_s:,.0f} a second, {bare_s / took:.0%} of it"
    )


@contextmanager
def subscribers_that_do_not_read(server: Server, streams: int) -> Iterator[None]:
    """Half of them slow, half of them dead."""
    processes = []
    for token in server.tokens[:2]:
        command = [sys.executable, "-m", "bench.notify_watchers", server.address, token, str(streams // 2)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        processes.append(process)
    time.sleep(2.0)
    processes[1].send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.communicate()


async def measure(asked: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="quzhong-bench-") as folder, serving(Path(folder)) as server:
        print(f"notify: load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
        if "crowd" in asked.parts:
            await crowd(server, asked.watchers, "crowd", asked.seconds)
            with subscribers_that_do_not_read(server, 40):
                await crowd(
                    server, asked.watchers, "beside", asked.seconds, " beside 20 slow and 20 dead ones"
                )
        if "fanout" in asked.parts:
            await fanout(server, asked.watchers)
        if "steady" in asked.parts:
            await steady(server, asked.rate_s, asked.seconds)
        if "burst" in asked.parts:
            await burst(server, asked.findings, Path(folder))
        print(f"  load of the machine at the end {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.notify")
    parser.add_argument("--findings", type=int, default=FINDINGS_IN_ALL)
    parser.add_argument("--watchers", type=int, default=WATCHERS)
    parser.add_argument("--rate-s", type=int, default=500, help="of the steady part, default 500")
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
