"""The sandbox: an embedded suite of its own, in which platforms are put to the test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from cli.connection import Connection
from cli.embedded import EmbeddedSuite
from cli.parties import REGULATOR, REGULATOR_ID, REGULATOR_UNIT, supervisor_token
from kit.listening import listening
from quzhong.api.registry.v1 import registry_pb2
from simulator import CITY_CODE

AREAS = (str(CITY_CODE),)

PREFIX = "QUZHONG_"


class Sandbox:
    """The suite, and a department that warns; a context manager."""

    def __init__(self, host: str = "127.0.0.1", *, public_host: str = "", token_port: int = 0) -> None:
        """
        Args:
            host: Where the token endpoint listens, so that a platform reaches it from elsewhere.
            public_host: What a platform calls that host; empty: the same.
            token_port: Of the token endpoint; 0 takes any free one.
        """
        self._host = host
        self._public_host = public_host
        self._token_port = token_port
        self._running = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as starting:
            data = Path(starting.enter_context(TemporaryDirectory(prefix="quzhong-conformance-")))
            with _settings_of_its_own(**self._token_endpoint(), require_conformance="false"):
                self._suite = starting.enter_context(EmbeddedSuite(data, kafka="", portal=False))
                self.admin = starting.enter_context(Connection(self._suite.address, self._suite.admin_token))
            supervisor_token(
                self.admin,
                REGULATOR_ID,
                registry_pb2.ROLE_REGULATOR,
                REGULATOR,
                AREAS,
                unit_id=REGULATOR_UNIT,
            )
            self._running = starting.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    def _token_endpoint(self) -> dict[str, str]:
        """Where it listens, and as what it is addressed: an assertion has to name it as the platform does."""
        if not self._public_host:
            return {"oauth_host": self._host, "oauth_port": str(self._token_port)}
        with listening(self._host, self._token_port) as taken:
            port = taken.getsockname()[1]  # it is part of the address, so it is chosen ahead
        return {
            "oauth_host": self._host,
            "oauth_port": str(port),
            "oauth_issuer": f"http://{self._public_host}:{port}",
        }

    @property
    def address(self) -> str:
        """``host:port`` of the suite itself, behind the doors."""
        return self._suite.address

    @property
    def token_url(self) -> str:
        """Where access tokens are asked for."""
        return self._suite.token_url

    def settle(self, timeout_s: float) -> None:
        """Wait until what arrived has had all its effects.

        Raises:
            TimeoutError: if that takes longer.
        """
        self._suite.drain(timeout_s)


@contextmanager
def _settings_of_its_own(**given: str) -> Iterator[None]:
    """No setting of the installation reaches the sandbox: no broker, no database, no secret."""
    outside = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    for name in outside:
        del os.environ[name]
    os.environ.update({PREFIX + name.upper(): value for name, value in given.items()})
    try:
        yield
    finally:
        for name in given:
            del os.environ[PREFIX + name.upper()]
        os.environ.update(outside)
