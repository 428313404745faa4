"""Data the registry is given in YAML files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml


def document_in(path: Path) -> Mapping[str, Any]:
    """The mapping a file holds.

    Raises:
        ValueError: if it is no YAML, or no mapping.
        OSError: if it cannot be read.
    """
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"no YAML: {error}") from error
    if not isinstance(document, dict):
        raise ValueError("no mapping; the shipped file shows the form")
    return document
