"""The manifests before the tools that their users have: in ``make test-manifests`` only."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture(scope="session", autouse=True)
def _asked_for() -> None:
    if not os.environ.get("QUZHONG_TEST_MANIFESTS"):
        pytest.skip("needs Go and Node: `make test-manifests`, or QUZHONG_TEST_MANIFESTS=1")
    missing = [program for program in ("kubectl", "go", "npm") if shutil.which(program) is None]
    assert not missing, f"missing: {', '.join(missing)}"
