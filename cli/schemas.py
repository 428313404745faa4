"""Every store of the suite: whose it is, and the history of its tables."""

from __future__ import annotations

from collections.abc import Mapping

from kit.storage.schema import Schema
from services.algo_audit.adapters.schema import SCHEMA as ALGO_AUDIT
from services.intake.adapters.schema import ANSWERS_SCHEMA, ARCHIVE_SCHEMA
from services.notify.adapters.schema import SCHEMA as NOTIFY
from services.registry.adapters.schema import SCHEMA as REGISTRY
from services.workhours.adapters.schema import SCHEMA as WORKHOURS

_STORES = (REGISTRY, ANSWERS_SCHEMA, ARCHIVE_SCHEMA, WORKHOURS, ALGO_AUDIT, NOTIFY)

SCHEMAS: Mapping[str, Schema] = {schema.name: schema for schema in _STORES}
"""By the name of the store, as in ``CommonSettings.store_url``."""
