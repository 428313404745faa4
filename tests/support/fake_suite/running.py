"""A portal on a socket, with the scripted suite behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.portal.app import PortalServer
from services.portal.settings import PortalSettings
from tests.support.fake_suite.suite import FakeSuite


@contextmanager
def running_portal(suite: FakeSuite, *, heartbeat_s: float = 15) -> Iterator[PortalServer]:
    """A portal that answers."""
    settings = PortalSettings(suite_address=suite.address, portal_port=0, portal_heartbeat_s=heartbeat_s)
    server = PortalServer(settings)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def running_suite() -> Iterator[FakeSuite]:
    """A suite that answers."""
    suite = FakeSuite()
    suite.open()
    try:
        yield suite
    finally:
        suite.break_off()
