"""The whole ladder against its model, with a crash between any two steps."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import Any

import psycopg
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from psycopg import sql

from tests.integration.notify.ladder_model_machine import LadderMachine

LONG = bool(os.environ.get("QUZHONG_LONG_RUN"))


def run(new_url: Any, examples: int, steps: int) -> None:
    machine = type("Machine", (LadderMachine,), {"new_url": staticmethod(new_url)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            # Shrinking plays whole histories over and over: minutes, of which a run in CI has none.
            phases=list(Phase) if LONG else [Phase.explicit, Phase.generate],
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_letter_is_lost_or_sent_twice_whenever_the_process_dies(tmp_path: Path) -> None:
    numbers = itertools.count()
    run(lambda: f"sqlite:///{tmp_path / f'{next(numbers)}.db'}", 2_000 if LONG else 20, 50)


def test_the_same_over_postgresql(postgres_url: str) -> None:
    numbers = itertools.count()

    def new_url() -> str:
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            name = f"{connection.info.dbname}_{next(numbers)}"
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return f"{postgres_url.rpartition('/')[0]}/{name}"

    run(new_url, 100 if LONG else 2, 40)
