"""Write ``docs/api``: what programs may ask the portal (OpenAPI), and what lies on the topics (AsyncAPI)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from kit.eventlog.topics_document import topics_document
from services.portal.http_api.openapi import openapi_document

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "api"

DOCUMENTS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "openapi.json": openapi_document,
    "asyncapi.json": topics_document,
}


def written(document: dict[str, Any]) -> str:
    """A document as it stands in the repository."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, made in DOCUMENTS.items():
        (FOLDER / name).write_text(written(made()), "utf-8")
