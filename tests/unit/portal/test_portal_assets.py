"""Files taken over from packages are the published ones, and none of ours reaches outside."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = tuple(
    ROOT / each
    for each in ("services/portal/static/vendor", "tests/support/browser/axe", "tests/support/asyncapi")
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_vendored_files_have_the_hash_that_was_noted(folder: Path) -> None:
    files = tomllib.loads((folder / "vendor.toml").read_text(encoding="utf-8"))["file"]
    assert files
    for file in files:
        assert hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest() == file["sha256"]
    assert list(folder.glob("*LICENSE*"))


def test_our_own_assets_name_no_other_host() -> None:
    for path in (ROOT / "services/portal/static").glob("*.*"):
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?://|@import|url\((?!\"vendor/)", text), path.name
