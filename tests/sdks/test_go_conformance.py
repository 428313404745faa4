"""The conformance kit's driver in Go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sdks.conformance import passed_by


@pytest.mark.timeout(900)
def test_its_driver_passes_the_kit(go_programs: Path, tmp_path: Path) -> None:
    passed_by([go_programs / "conformance"], tmp_path)
