"""Reading pages as people and browsers do."""

from __future__ import annotations

import re
from html import unescape

import httpx


def text_of(answer: httpx.Response, status: int = 200) -> str:
    """What a reader sees, on one line; what stays closed until it is asked for is left out."""
    assert answer.status_code == status, answer.text
    open_page = re.sub(
        r'<button[^>]+class="how".*?</button>|<aside class="popups".*?</aside>', " ", answer.text, flags=re.S
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", open_page)).split())


def form_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields, and what the inputs hold, of the form that goes there."""
    form = page.partition(f'method="post" action="{action}"')[2].partition("</form>")[0]
    return {name: unescape(value) for name, value in re.findall(r'name="([\w.]+)" value="([^"]*)"', form)}
