"""The history of the registry's tables; who opens its store names it."""

from __future__ import annotations

from pathlib import Path

from kit.storage.schema import Schema
from services.registry.adapters import (
    account_store,
    erasure_store,
    pseudonym_tables,
    report_tables,
    rule_store,
    worker_code_store,
)
from services.registry.adapters.tables import METADATA

__all__ = [
    "SCHEMA",
    "account_store",
    "erasure_store",
    "pseudonym_tables",
    "report_tables",
    "rule_store",
    "worker_code_store",
]
"""The modules are here for their tables."""

SCHEMA = Schema("registry", METADATA, Path(__file__).with_name("revisions"))
