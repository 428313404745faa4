"""How long the parts run that need the whole city, and where they keep what breaks it."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy, tuples

from tests.fuzz.target import FOUND, KEPT

SECONDS: Final = int(os.environ.get("QUZHONG_FUZZ_SECONDS", "0"))
"""Of a long run, for each part; 0: some examples, the same ones every time."""

AGAIN: Final = os.environ.get("QUZHONG_FUZZ_AGAIN", "")
"""An input that was kept, to be sent again."""

_AT_ONCE: Final = 50


def repeated(
    check: Callable[..., None], *given_by: SearchStrategy[Any], examples: int, seconds: float = SECONDS
) -> None:
    """Check what the strategies give: so many examples, or in a long run as many as fit into the time."""
    # Fixtures live longer than an example, and services remember: neither is a mistake here.
    fixed = settings(
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )

    def once(**more: Any) -> Callable[[], None]:
        # A function of its own every time: Hypothesis remembers on it what it was decorated with.
        def test(drawn: tuple[Any, ...]) -> None:
            check(*drawn)

        return settings(fixed, **more)(given(tuples(*given_by))(test))

    if not SECONDS:
        once(max_examples=examples, derandomize=True)()
        return
    until, number = time.monotonic() + seconds, time.monotonic_ns()
    while True:
        seed(number)(once(max_examples=_AT_ONCE))()
        number += 1
        if time.monotonic() >= until:
            return


@contextmanager
def kept(part: str, test: str, said: dict[str, Any]) -> Iterator[None]:
    """Keep what was said if the block fails, and tell how to say it again."""
    try:
        yield
    except AssertionError as error:
        text = json.dumps(said, indent=1, ensure_ascii=False)
        path = KEPT / part / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        again = f"QUZHONG_FUZZ_AGAIN={path} .venv/bin/python -m pytest {os.path.relpath(test)} -k again"
        raise AssertionError(f"{error}\nagain: {again}") from error


def to_say_again(part: str) -> list[Path]:
    """What once broke this part, and what the environment names."""
    found = sorted((FOUND / part).glob("*.json"))
    return [*found, Path(AGAIN)] if AGAIN and Path(AGAIN).parent.name == part else found
