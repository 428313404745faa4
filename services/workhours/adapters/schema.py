"""The history of workhours's tables; who opens its store names it."""

from __future__ import annotations

from pathlib import Path

from kit.storage.schema import Schema
from services.workhours.adapters.tables import METADATA

SCHEMA = Schema("workhours", METADATA, Path(__file__).with_name("revisions"))
