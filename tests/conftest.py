"""Fixtures that several kinds of tests share: real services, each in ``tests/support``."""

from __future__ import annotations

import pytest

pytest_plugins = ["tests.support.fixtures_kafka", "tests.support.fixtures_postgres"]


def pytest_configure(config: pytest.Config) -> None:
    # kafka-python reads its own schemas in a deprecated way when it is imported.
    config.addinivalue_line("filterwarnings", "ignore:(read|open)_text is deprecated:DeprecationWarning")
