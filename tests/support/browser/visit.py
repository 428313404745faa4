"""A page in a browser that notes what must not happen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page


class Site(Protocol):
    """Where pages are served."""

    @property
    def url(self) -> str: ...


@dataclass
class Visit:
    """A reader's page before a portal."""

    page: Page
    portal: Site
    complaints: list[str] = field(default_factory=list)
    """Console errors and warnings, uncaught exceptions, requests to other hosts."""

    def __post_init__(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        self.page.on("request", lambda request: self._on_request(request.url))

    def _on_console(self, message: object) -> None:
        kind = getattr(message, "type", "")
        if kind in ("error", "warning"):
            self.complaints.append(f"{kind}: {getattr(message, 'text', '')}")

    def _on_request(self, url: str) -> None:
        if urlsplit(url).hostname != "127.0.0.1" and not url.startswith("data:"):
            self.complaints.append(f"request to {url}")

    def to(self, path: str) -> Page:
        self.page.goto(self.portal.url + path)
        return self.page


@contextmanager
def signed_in(browser: Browser, portal: Site, token: str) -> Iterator[Visit]:
    """A party's visit at 1,280 px in a context of its own; it may leave no complaint behind."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    visit = Visit(context.new_page(), portal)
    visit.page.set_default_timeout(30_000)  # a machine that does much else
    visit.to(f"/sign-in?token={token}")
    yield visit
    context.close()
    assert visit.complaints == [], visit.complaints
