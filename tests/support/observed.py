"""What tests saw in trouble, for the table of docs/reliability.md: ``make reliability`` puts it there."""

from __future__ import annotations

import json
import os
from pathlib import Path

SEEN = Path(__file__).parents[2] / "build" / "reliability"
"""A file a row, so that tests of several processes do not write over each other."""

TROUBLES = {
    "disk-full": "The disk of intake's log and store takes nothing any more",
    "clock-jump": "The clock jumps an hour ahead, then back by two, then is right again",
    "wrong-certificate": "The broker's certificate is of an authority that is not ours",
    "broker-password": "The broker knows another password for us",
    "expired-credentials": "A client's access token has ended",
    "newer-schema": "Store and records are of a newer release",
    "partition-moved": "A partition gets another owner in the middle of a commit",
}
"""Every row of the table, in its order: what happens."""


def observed(row: str, behaviour: str) -> None:
    """Put down what was seen, said from measured values; call it once all of it was asserted."""
    assert row in TROUBLES, row
    SEEN.mkdir(parents=True, exist_ok=True)
    test = _running_test()
    said = {"row": row, "observed": behaviour, "test": test}
    (SEEN / f"{row}.json").write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _running_test() -> str:
    """The file of the test that runs, as pytest names it."""
    return os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[0]
