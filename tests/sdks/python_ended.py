"""A platform's process that is told to end while it sends: ``python -m tests.sdks.python_ended``. It tells
how many rows it took and what became of those that were answered; the others are in its spool."""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from quzhong import Client, ObliviousPseudonymiser, PrivateKeyJwt, UndeliveredError
from tools.sdk_vectors.batches import dispatch_row

CLOSING_S = 1.0
"""What a supervisor of processes may leave between asking and killing, and more."""


def send_until_told(task: dict[str, Any], told: threading.Event) -> dict[str, int]:
    """Send the dispatches one after the other; the first thing to go out is what the process before left."""
    credential = PrivateKeyJwt(task["client_id"], Path(task["key_file"]).read_bytes(), task["token_url"])
    taken = 0
    with ObliviousPseudonymiser(task["address"], credential) as pseudonyms:
        client = Client(
            task["address"],
            credential,
            task["platform_id"],
            pseudonymiser=pseudonyms,
            batch_size=task["batch_size"],
            linger_s=task["linger_ms"] / 1_000,
            queue_rows=task["queue_rows"],
            spool=task["spool"],
        )
        for row in task["dispatches"]:
            if told.wait(task["interval_ms"] / 1_000):
                break
            client.add_dispatch(dispatch_row(row))
            taken += 1
        try:
            client.close(timeout_s=CLOSING_S if told.is_set() else None)
        except UndeliveredError as error:
            logging.getLogger(__name__).warning("%s", error)
        totals = client.totals
    answered = {"accepted": totals.accepted, "duplicate": totals.duplicate, "rejected": totals.rejected}
    return {"taken": taken} | answered


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr)
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    print(json.dumps(send_until_told(json.load(sys.stdin), ended)))
