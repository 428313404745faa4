"""One suite a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.intake.intake_suite import NOW_MS, Client, Suite, serving


@pytest.fixture
def suite(tmp_path: Path) -> Iterator[Suite]:
    with serving(tmp_path, lambda: NOW_MS) as started:
        yield started


@pytest.fixture
def client(suite: Suite) -> Client:
    return suite.client
