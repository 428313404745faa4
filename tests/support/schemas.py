"""Whether the revisions of a schema end in the tables it has now."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kit.storage.engines import DEFAULT_LIMITS, checked, engine_of
from kit.storage.schema import Schema


def differences(schema: Schema, url: str) -> list[Any]:
    """What Alembic would still change after all revisions, in an empty database."""
    engine = engine_of(checked(url), DEFAULT_LIMITS)
    try:
        with engine.begin() as connection:
            schema.replay(connection)
            context = MigrationContext.configure(
                connection,
                opts={
                    "compare_type": True,
                    "include_object": lambda _object, name, kind, *_: (
                        kind != "table" or name in schema.metadata.tables
                    ),
                },
            )
            return list(compare_metadata(context, schema.metadata))
    finally:
        engine.dispose()
