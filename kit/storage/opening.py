"""A service's store, where the settings say it is."""

from __future__ import annotations

from kit.settings import CommonSettings
from kit.storage.engines import Limits
from kit.storage.schema import Schema
from kit.storage.store import Store


def open_store(settings: CommonSettings, service: str, schema: Schema) -> Store:
    """Open it, as ``Store.open`` does."""
    limits = Limits(settings.store_connections, settings.store_statement_s)
    return Store.open(settings.store_url(service), schema, limits)
