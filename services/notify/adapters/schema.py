"""The history of notify's tables; who opens its store names it."""

from __future__ import annotations

from pathlib import Path

from kit.storage.schema import Schema
from services.notify.adapters import casework_tables, delivery_tables
from services.notify.adapters.tables import METADATA

__all__ = ["SCHEMA", "casework_tables", "delivery_tables"]
"""The modules are here for their tables."""

SCHEMA = Schema("notify", METADATA, Path(__file__).with_name("revisions"))
