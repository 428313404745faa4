"""The machine's own Chromium, for page tests. Nothing is downloaded: see ``ensure_chromium.sh``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Quiet towards the network, and without the sandbox that containers do not allow."""

MISSING = "Chromium: run tests/support/browser/ensure_chromium.sh, or set QUZHONG_CHROMIUM=/path/to/chromium"


def find_chromium() -> str | None:
    """``QUZHONG_CHROMIUM``, else the first known name on PATH; None if there is none."""
    chosen = os.environ.get("QUZHONG_CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def running_chromium(path: str) -> Iterator[Browser]:
    """A browser; each test takes a context of its own from it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
