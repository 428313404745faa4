"""The tables of a store, and how a store of an earlier release gets those of this one: Alembic revisions.

A new store is made whole, with the tables as they are now; one that is there is brought forward revision by
revision. A test holds that both ways end in the same tables. Revisions expand first and contract a release
later, so that processes of two neighbouring releases may run on one database: a store that is ahead of a
process is used as it is, one that is behind is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.errors import SchemaBehindError, SchemaUnknownError
from kit.storage.tables import KIT

if TYPE_CHECKING:  # a tenth of a process's start, and only a store that is made or brought forward needs it
    from alembic.config import Config
    from alembic.migration import MigrationContext

_ENVIRONMENT = Path(__file__).with_name("migrations")


@dataclass(frozen=True, slots=True)
class Schema:
    """Tables that have a history of their own."""

    name: str
    """Names the table that has the revision: ``schema_version_<name>``."""
    metadata: sa.MetaData
    """The tables as they are now."""
    revisions: Path
    """Folder of their Alembic revisions."""

    def revision(self, connection: Connection) -> str | None:
        """The revision a store is at; None if it has none of these tables' history."""
        return self._context(connection).get_current_revision()

    def pending(self, connection: Connection) -> list[str]:
        """Revisions the store has yet to get, in order; none if it is as new as this code, or newer."""
        if self._is_current(connection):
            return []
        from alembic.script import ScriptDirectory

        current = self.revision(connection)
        script = ScriptDirectory.from_config(self._config(connection))
        ours = [each.revision for each in script.walk_revisions()]  # the newest first
        if current is None:
            return ours[::-1]
        return ours[: ours.index(current)][::-1] if current in ours else []

    def bring_forward(self, connection: Connection) -> list[str]:
        """Make the tables whole, or give them the revisions they lack; which those were, in order.

        All of it happens in the transaction it is given.

        Raises:
            SchemaUnknownError: if some tables are there without a history.
        """
        pending = self.pending(connection)
        if pending and self.revision(connection) is None:
            self._make(connection)
        elif pending:
            self.replay(connection)
        return pending

    def is_there(self, connection: Connection) -> bool:
        """Whether a store has the history of these tables."""
        return sa.inspect(connection).has_table(self._version_table)

    def _is_current(self, connection: Connection) -> bool:
        """Whether the store is at this code's newest revision, told without Alembic."""
        newest = max(self.revisions.glob("r[0-9]*.py"), default=None)
        said = newest and re.search(r'^revision = "(\w+)"', newest.read_text(encoding="utf-8"), re.MULTILINE)
        if not said or not self.is_there(connection):
            return False
        version = sa.table(self._version_table, sa.column("version_num"))
        return connection.scalars(sa.select(version.c.version_num)).all() == [said[1]]

    def replay(self, connection: Connection) -> None:
        """Apply the revisions that are lacking one by one, the first ones too: the way of a store that has
        been there since the first release."""
        from alembic import command

        command.upgrade(self._config(connection), "head")

    def require(self, connection: Connection) -> None:
        """Let a store pass that is as new as this code, or newer.

        Raises:
            SchemaBehindError: if it is older.
        """
        if pending := self.pending(connection):
            raise SchemaBehindError(
                f"store: the tables {self.name!r} are at revision {self.revision(connection)}, this release "
                f"needs {pending[-1]}; run `quzhong db upgrade` first",
                zh=f"数据库：数据表 {self.name} 的版本为 {self.revision(connection)}，"
                f"本版本需要 {pending[-1]}；请先运行 quzhong db upgrade",
                metadata={"schema": self.name, "needed": pending[-1]},
            )

    def _make(self, connection: Connection) -> None:
        if there := set(sa.inspect(connection).get_table_names()) & set(self.metadata.tables):
            raise SchemaUnknownError(
                f"store: {sorted(there)} are there, but not which release made them ({self._version_table}); "
                "name another store, or move this one away",
                zh=f"数据库中已有数据表 {sorted(there)}，但没有版本记录（{self._version_table}）；"
                "请换用其他数据库，或者移走该数据库",
            )
        from alembic.script import ScriptDirectory

        self.metadata.create_all(connection)
        self._context(connection).stamp(ScriptDirectory.from_config(self._config(connection)), "head")

    @property
    def _version_table(self) -> str:
        return f"schema_version_{self.name}"

    def _context(self, connection: Connection) -> MigrationContext:
        from alembic.migration import MigrationContext

        return MigrationContext.configure(connection, opts={"version_table": self._version_table})

    def _config(self, connection: Connection) -> Config:
        from alembic.config import Config

        config = Config(
            attributes={
                "connection": connection,
                "metadata": self.metadata,
                "version_table": self._version_table,
            }
        )
        config.set_main_option("path_separator", "newline")
        config.set_main_option("script_location", str(_ENVIRONMENT))
        config.set_main_option("version_locations", str(self.revisions))
        return config


KIT_SCHEMA = Schema("kit", KIT, _ENVIRONMENT / "revisions")
"""What every store has beside its service's own tables."""
