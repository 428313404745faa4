"""A portal on a real socket before the scripted suite on another, and a browser-like client."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from services.portal.app import PortalServer
from tests.support.fake_suite.running import running_portal, running_suite
from tests.support.fake_suite.suite import REGULATOR, FakeSuite


@pytest.fixture
def suite() -> Iterator[FakeSuite]:
    with running_suite() as suite:
        yield suite


@pytest.fixture
def portal(suite: FakeSuite) -> Iterator[PortalServer]:
    with running_portal(suite, heartbeat_s=0.2) as server:
        yield server


@pytest.fixture
def visitor(portal: PortalServer) -> Iterator[httpx.Client]:
    """Asks for pages; nobody is signed in."""
    with httpx.Client(base_url=portal.url, headers={"Accept": "text/html"}, trust_env=False) as client:
        yield client


@pytest.fixture
def regulator(visitor: httpx.Client) -> httpx.Client:
    """Signed in as a regulator."""
    assert visitor.get("/sign-in", params={"token": REGULATOR}).status_code == 303
    return visitor
