"""Each service as a process of its own, as in production: ``python -m services.<name>.app``."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import grpc
import psycopg
from grpc_health.v1 import health_pb2, health_pb2_grpc
from sqlalchemy.engine import make_url

from tests.support.ports import free_port

SERVICES = ("registry", "intake", "workhours", "algo_audit", "notify")
"""Those that consume topics, in the order of the flow."""

DATABASES = ("registry", "intake", "archive", "workhours", "algo_audit", "notify")
"""Intake has two."""

REPOSITORY = Path(__file__).parents[2]
START_S = 60.0


class ServiceProcess:
    """One process. Its output is in ``<name>.log`` of its folder."""

    def __init__(self, service: str, folder: Path, settings: Mapping[str, str], *, number: int = 1) -> None:
        """``settings``: ``QUZHONG_…``; ``number`` tells processes of one service apart."""
        self.service = service
        self.name = service if number == 1 else f"{service}-{number}"
        self.address = f"127.0.0.1:{free_port()}"
        self.output = folder / f"{self.name}.log"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("QUZHONG_")}
        path = f"{REPOSITORY}:{REPOSITORY / 'sdk/python/src'}"
        self._environment = inherited | {"PYTHONPATH": path, **settings, "QUZHONG_ADDRESS": self.address}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; ``await_serving`` tells when it answers."""
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", f"services.{self.service}.app"],
                cwd=REPOSITORY, env=self._environment, stdout=output, stderr=output,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        """Of the process that runs."""
        assert self._process is not None
        return self._process.pid

    @property
    def status(self) -> int | None:
        """Its exit status; None while it runs."""
        return None if self._process is None else self._process.poll()

    def await_serving(self, timeout_s: float = START_S) -> Self:
        """Wait until it says that it is healthy.

        Raises:
            RuntimeError: with the end of what it wrote, if it ends or takes longer.
        """
        deadline = time.monotonic() + timeout_s
        while not self._serves():
            if self.status is not None or time.monotonic() > deadline:
                written = self.output.read_text()[-4000:]
                raise RuntimeError(f"{self.name} does not serve (exit status {self.status}):\n{written}")
            time.sleep(0.1)
        return self

    def _serves(self) -> bool:
        with grpc.insecure_channel(self.address) as channel:
            try:
                answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=1)
            except grpc.RpcError:
                return False
            return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)

    def kill(self) -> None:
        """SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self, timeout_s: float = 30.0) -> int:
        """SIGTERM; its exit status."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(timeout_s)


def killed_at_the_end(stack: ExitStack, process: ServiceProcess) -> ServiceProcess:
    """Have it killed when the stack closes."""
    stack.callback(process.kill)
    return process


def make_databases(server_url: str, prefix: str = "quzhong") -> str:
    """An empty database for each service; the value of ``QUZHONG_STORE`` for them."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        for name in DATABASES:
            connection.execute(f"CREATE DATABASE {prefix}_{name}")
    url = make_url(server_url).set(database=f"{prefix}_SERVICE").render_as_string(hide_password=False)
    return url.replace("SERVICE", "{service}")
