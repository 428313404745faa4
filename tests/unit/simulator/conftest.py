"""The default city, built once."""

import pytest

from simulator import City, simulate


@pytest.fixture(scope="session")
def city() -> City:
    """2,000 workers on three platforms, seed 7, 2026-03-16."""
    return simulate()
