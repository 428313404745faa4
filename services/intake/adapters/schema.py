"""The history of intake's tables; who opens its store names it."""

from __future__ import annotations

from pathlib import Path

from kit.storage.schema import Schema
from services.intake.adapters import links
from services.intake.adapters.answers import METADATA as ANSWERS
from services.intake.adapters.archive import METADATA as SEGMENTS

__all__ = ["ANSWERS_SCHEMA", "ARCHIVE_SCHEMA", "links"]
"""The module is here for its tables."""

ANSWERS_SCHEMA = Schema("intake", ANSWERS, Path(__file__).parent / "revisions" / "intake")
ARCHIVE_SCHEMA = Schema("archive", SEGMENTS, Path(__file__).parent / "revisions" / "archive")
