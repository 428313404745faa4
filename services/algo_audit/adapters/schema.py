"""The history of algo_audit's tables; who opens its store names it."""

from __future__ import annotations

from pathlib import Path

from kit.storage.schema import Schema
from services.algo_audit.adapters import consultation_tables
from services.algo_audit.adapters.tables import METADATA

__all__ = ["SCHEMA", "consultation_tables"]
"""The module is here for its tables."""

SCHEMA = Schema("algo_audit", METADATA, Path(__file__).with_name("revisions"))
