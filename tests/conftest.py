"""Fixtures that several kinds of tests share: real services, each in ``tests/support``."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import settings

# How long an example takes tells what else the machine does; pytest-timeout is the limit.
settings.register_profile("quzhong", deadline=None)
settings.load_profile("quzhong")

pytest_plugins = ["tests.support.fixtures_kafka", "tests.support.fixtures_postgres"]


def pytest_configure(config: pytest.Config) -> None:
    # In the background a shell has SIGINT ignored, and so would every process that a test starts.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # kafka-python reads its own schemas in a deprecated way when it is imported.
    config.addinivalue_line("filterwarnings", "ignore:(read|open)_text is deprecated:DeprecationWarning")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "QUZHONG_LONG_RUN" in os.environ:
        return
    skipped = pytest.mark.skip(reason="in the long run only: `make test-long`, or QUZHONG_LONG_RUN=1")
    for item in items:
        if item.get_closest_marker("long_run") is not None:
            item.add_marker(skipped)
