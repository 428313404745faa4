"""The tables that every service's store has beside its own.

``Store.open`` makes them; ``kit/storage/migrations`` has their history.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, String, Table, Text

KIT = MetaData()

_ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in an INTEGER column

STORE_IDENTITY = Table(
    "store_identity",
    KIT,
    Column("id", String, primary_key=True, doc="Drawn once, when the store is created."),
)

CONSUMER_POSITION = Table(
    "consumer_position",
    KIT,
    Column("group", String, primary_key=True),
    Column("topic", String, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column(
        "next_offset", BigInteger, nullable=False, doc="The first record whose effects are not in this store."
    ),
    Column(
        "epoch", BigInteger, nullable=False, doc="Counts owners; a former owner's epoch no longer commits."
    ),
)

OUTBOX = Table(
    "outbox",
    KIT,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("topic", String, nullable=False),
    Column("partition", Integer, doc="None: chosen by the key."),
    Column("key", LargeBinary),
    Column("value", LargeBinary, nullable=False),
    Column("headers", LargeBinary, nullable=False, doc="Packed by kit.eventlog.headers."),
    Column("create_time_ms", BigInteger, nullable=False),
    sqlite_autoincrement=True,  # an id is never given twice, as it makes the record's event_id
)

STATE_BLOB = Table(
    "state_blob",
    KIT,
    Column("name", String, primary_key=True, doc="Which state, e.g. the rule family that keeps it."),
    Column("partition", Integer, primary_key=True),
    Column("sequence", BigInteger, primary_key=True),
    Column("kind", String, nullable=False, doc="snapshot | delta"),
    Column("value", LargeBinary, nullable=False),
)

LEDGER_ENTRY = Table(
    "ledger_entry",
    KIT,
    Column("ledger_id", String, primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False, doc="From 1, without a gap."),
    Column("time_ms", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("details", Text, nullable=False, doc="Canonical JSON; see kit.ledger.canonical."),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

LEDGER_CHECKPOINT = Table(
    "ledger_checkpoint",
    KIT,
    Column("ledger_id", String, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False, doc="From 1, without a gap."),
    Column("size", BigInteger, nullable=False, doc="Entries it covers."),
    Column("note", Text, nullable=False, doc="A C2SP signed note; see kit.ledger.notes."),
)
