"""A second process that writes the same ledger."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection

from kit.ledger import Act, Ledger
from kit.storage.store import Store
from tests.contract.ledger.conftest import KEY, Ticking


def enter_many(database_url: str, name: str, count: int, stuck: Connection | None = None) -> None:
    """Enter acts one by one; with ``stuck`` stay before the first commit until somebody kills it."""
    store = Store.open(database_url)
    ledger = Ledger.open(store, "registry", [KEY], Ticking())
    for number in range(count):
        with store.transaction() as connection:
            ledger.record(connection, Act("a.b", f"{name}/{number}", name))
            if stuck is not None:
                stuck.send("entered, not committed")
                time.sleep(600)
    store.close()
