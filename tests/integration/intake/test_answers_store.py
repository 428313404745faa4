"""What intake remembers of accepted events comes back from its store, be it SQLite or a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pytest

from kit.storage.store import Store
from services.intake.adapters.answers import METADATA, SqlAnswers
from services.intake.core.accepted import Statements
from services.intake.ports import Answer, KeptAnswer


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    database = Store.open(database_url, METADATA)
    yield database
    database.close()


def test_a_start_reads_all_statements_a_few_groups_at_a_time(
    database: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.intake.adapters.answers.LOADED_AT_ONCE", 3)
    answers, drawn = SqlAnswers(database), np.random.default_rng(3)
    groups = []
    for number in range(1, 11):
        event_keys, contents, subjects = drawn.integers(0, 2**64, (3, number), dtype=np.uint64)
        keys = event_keys if number % 2 else event_keys ^ np.uint64(1)
        groups.append((1_000 + number, Statements(event_keys, keys, contents, subjects)))
    nothing = Answer(np.empty(0, dtype=np.uint8), [])
    for accept_time_ms, statements in groups:
        answers.keep([KeptAnswer("swift", f"r{accept_time_ms}", 7, nothing)], statements, accept_time_ms)
    kept = list(answers.accepted())
    assert [accept_time_ms for accept_time_ms, _ in kept] == [moment for moment, _ in groups]
    for (_, read), (_, written) in zip(kept, groups, strict=True):
        for field in fields(Statements):
            assert (getattr(read, field.name) == getattr(written, field.name)).all()
