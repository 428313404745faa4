"""The vector files: what is in which, and how they are written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tools.sdk_vectors import batches, errors, identities, oprf, retries, spool, tokens, watches

FOLDER = Path(__file__).resolve().parents[2] / "sdk" / "vectors"

INDEX = "index.json"
"""How many cases each file has: who runs fewer has skipped some."""


class Vectors(NamedTuple):
    """What makes a file."""

    about: str
    """What a case's ``given`` and ``expected`` mean."""
    cases: list[dict[str, Any]]
    """Each with ``name`` and ``given``; with ``expected`` too where that is not ours to say."""
    outcome: Callable[[dict[str, Any]], dict[str, Any]]
    """What the Python client makes of a ``given``."""


FILES: Mapping[str, Vectors] = {
    "batches.json": Vectors(batches.ABOUT, batches.CASES, batches.outcome),
    "errors.json": Vectors(errors.ABOUT, errors.CASES, errors.outcome),
    "identities.json": Vectors(identities.ABOUT, identities.CASES, identities.outcome),
    "oprf.json": Vectors(oprf.ABOUT, oprf.CASES, oprf.outcome),
    "retries.json": Vectors(retries.ABOUT, retries.CASES, retries.outcome),
    "spool.json": Vectors(spool.ABOUT, spool.CASES, spool.outcome),
    "tokens.json": Vectors(tokens.ABOUT, tokens.CASES, tokens.outcome),
    "watches.json": Vectors(watches.ABOUT, watches.CASES, watches.outcome),
}


def documents() -> dict[str, str]:
    """The text of each file, by its name."""
    made = {}
    for name, vectors in FILES.items():
        cases = [
            {
                "name": case["name"],
                "given": case["given"],
                # What a case brings along is somebody else's (the RFC's), and not ours to compute.
                "expected": case.get("expected") or vectors.outcome(case["given"]),
            }
            for case in vectors.cases
        ]
        made[name] = _written({"about": vectors.about, "cases": cases})
    made[INDEX] = _written({name: len(vectors.cases) for name, vectors in FILES.items()})
    return made


def _written(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
