"""The tables of pseudonyms: what was counted, and what was linked. No key, and nothing that was evaluated."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table, UniqueConstraint

from services.registry.adapters.tables import METADATA

EVALUATION_COUNT = Table(
    "evaluation_count",
    METADATA,
    Column("window_key", String, primary_key=True, doc="Limit and party."),
    Column("used", BigInteger, nullable=False),
    Column("expire_ms", BigInteger, nullable=False, doc="End of the window; afterwards it counts from 0."),
)

PSEUDONYM_LINK = Table(
    "pseudonym_link",
    METADATA,
    Column("old_version", Integer, primary_key=True),
    Column("old_pseudonym", String, primary_key=True),
    Column("new_pseudonym", String, nullable=False),
    Column("party_id", String, nullable=False, doc="Who said so first."),
    Column("create_ms", BigInteger, nullable=False),
    UniqueConstraint("old_version", "new_pseudonym"),
)

UNDONE_LINK = Table(
    "undone_pseudonym_link",
    METADATA,
    Column("old_version", Integer, primary_key=True),
    Column("old_pseudonym", String, primary_key=True),
    Column("new_pseudonym", String, primary_key=True),
    Column("party_id", String, nullable=False, doc="Who had said so."),
    Column("undo_ms", BigInteger, nullable=False),
)
"""Links that were wrong, so that they are not taken again; who undid them and why stands in the ledger."""
