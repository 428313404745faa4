"""The conformance kit's driver in TypeScript."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sdks.conformance import passed_by


@pytest.mark.timeout(900)
def test_its_driver_passes_the_kit(typescript_programs: Path, tmp_path: Path) -> None:
    passed_by(["node", typescript_programs / "examples/conformance/main.js"], tmp_path)
