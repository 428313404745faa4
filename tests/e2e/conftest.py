"""A browser before a portal before the scripted suite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from services.portal.app import PortalServer
from tests.support.browser.chromium import MISSING, find_chromium, running_chromium
from tests.support.browser.visit import Visit, signed_in
from tests.support.fake_suite.running import running_portal, running_suite
from tests.support.fake_suite.suite import REGULATOR, FakeSuite
from tests.support.missing import missing


@pytest.fixture(scope="module")  # its event loop must be gone before other modules run their own
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        missing(MISSING)
    with running_chromium(path) as browser:
        yield browser


@pytest.fixture
def suite() -> Iterator[FakeSuite]:
    with running_suite() as suite:
        yield suite


@pytest.fixture
def portal(suite: FakeSuite) -> Iterator[PortalServer]:
    with running_portal(suite) as server:
        yield server


@pytest.fixture
def visit(browser: Browser, portal: PortalServer) -> Iterator[Visit]:
    """A regulator's visit."""
    with signed_in(browser, portal, REGULATOR) as visit:
        yield visit
