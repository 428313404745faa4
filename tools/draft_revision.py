"""Draft a revision of a schema: what its tables have that its revisions do not yet make.

    python tools/draft_revision.py notify "cases have a deadline"

The draft is a beginning: read it, and let it expand before it contracts (docs/how-to/change-a-table.md).
"""

from __future__ import annotations

import sys
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

from cli.schemas import SCHEMAS
from kit.storage.schema import KIT_SCHEMA, Schema

PAGE = '''"""{title}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before!r}


def upgrade() -> None:
    """Bring the tables forward."""
{body}
'''


def draft(schema: Schema, title: str) -> Path:
    """Write the draft; where it is."""
    schema.revisions.mkdir(exist_ok=True)
    before = sorted(path.stem[1:5] for path in schema.revisions.glob("r[0-9]*.py"))
    with sa.create_engine("sqlite://").begin() as connection:
        if before:
            schema.replay(connection)
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda _o, name, kind, *_: _ours(schema, name, kind)}
        )
        operations = produce_migrations(context, schema.metadata).upgrade_ops
        assert operations is not None
        body = render_python_code(operations, migration_context=context)
    number = f"{int(before[-1]) + 1 if before else 1:04}"
    path = schema.revisions / f"r{number}_{'_'.join(title.lower().split())}.py"
    path.write_text(
        PAGE.format(title=title, revision=number, before=before[-1] if before else None, body=body)
    )
    return path


def _ours(schema: Schema, name: str | None, kind: str) -> bool:
    return kind != "table" or name in schema.metadata.tables


if __name__ == "__main__":
    wanted = {schema.name: schema for schema in (KIT_SCHEMA, *SCHEMAS.values())}
    print(draft(wanted[sys.argv[1]], sys.argv[2]))
