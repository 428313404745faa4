"""Decoders under atheris.

    python -m tests.fuzz.decoders                        names them
    python -m tests.fuzz.decoders NAME FILE…             decodes these inputs once, to see what was found
    python -m tests.fuzz.decoders fuzz SECONDS [NAME…]   fuzzes each for so long; all if none is named

``QUZHONG_FUZZ_SEED`` makes two runs alike; 0, and left out, is another one every time.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any, Final, NoReturn

from tests.fuzz.target import KEPT, Target

INSTRUMENTED: Final = (
    "cli",
    "joserfc",
    "kit.columns",
    "kit.directory.decode",
    "kit.ledger",
    "kit.security",
    "quzhong.voprf",
    "services.algo_audit.consumer",
    "services.algo_audit.wire_findings",
    "services.notify.messages",
    "services.registry.messages",
    "services.registry.reports.messages",
    "services.workhours.catalogue",
    "services.workhours.core",
    "yaml",
)
"""Whose branches lead the fuzzer: what decodes, and the libraries it decodes with."""

UNAVAILABLE: Final = (
    ""
    if importlib.util.find_spec("atheris")
    else "atheris is not installed: it is there for Linux on x86_64 with Python before 3.14"
)

HANGS_S: Final = 5
MEMORY_MB: Final = 1_024
"""What one process may take, Python and its libraries included: some 200 MB."""

_DONE = re.compile(r"Done (\d+) runs in (\d+) second")
_KEPT = re.compile(r"Test unit written to (\S+)")


def reproduce(target: Target, inputs: Sequence[Path]) -> None:
    """Decode inputs, without atheris: the first that breaks something ends in its exception."""
    for path in inputs:
        taken = target.one(path.read_bytes())
        print(f"{path}: {'taken' if taken else 'refused'}, as it should be")


def fuzz(names: Sequence[str], seconds: int) -> int:
    """Each target in a process of its own, as many at once as there are processors; answers how many broke.

    The processes are forked: importing instrumented code takes several seconds, so it is done once.
    """
    atheris: Any = importlib.import_module("atheris")

    # It names every module; of a mistake the child's log tells.
    with redirect_stderr(io.StringIO()), atheris.instrument_imports(include=list(INSTRUMENTED)):
        targets = _targets()
    # libFuzzer ends a child without any tidying up, so its parent does it; not by ``finally``, for a child
    # that breaks comes through here too.
    tempfile.tempdir = tempfile.mkdtemp(prefix="quzhong-fuzz-")
    broken = _each(atheris, targets, names or list(targets), seconds)
    shutil.rmtree(tempfile.tempdir)
    return broken


def _each(atheris: Any, targets: Mapping[str, Target], names: Sequence[str], seconds: int) -> int:
    broken, waiting, running = 0, list(names), dict[int, str]()
    while waiting or running:
        if waiting and len(running) < (os.cpu_count() or 1):
            name = waiting.pop(0)
            if (child := os.fork()) == 0:
                _run(atheris, targets[name], seconds)
            running[child] = name
        else:
            child, status = os.wait()
            name = running.pop(child)
            broken += _told(name, (KEPT / name / "log").read_text("utf-8", "replace"), status)
    return broken


def _run(atheris: Any, target: Target, seconds: int) -> NoReturn:
    """In the child: libFuzzer ends the process."""
    import numpy as np

    folder = KEPT / target.name
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    with (folder / "log").open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    try:
        for number, seed in enumerate(target.seeds()):
            (folder / "corpus" / f"seed-{number}").write_bytes(seed)
        more: dict[str, Any] = {}
        if (mutate := target.mutate) is not None:
            more["custom_mutator"] = lambda data, longest, seed: mutate(
                data, np.random.default_rng(seed), atheris.Mutate, longest
            )
        options = [
            f"-max_total_time={seconds}",
            f"-timeout={HANGS_S}",
            f"-rss_limit_mb={MEMORY_MB}",
            f"-max_len={target.longest}",
            f"-seed={os.environ.get('QUZHONG_FUZZ_SEED', '0')}",
            f"-artifact_prefix={folder}/",
            str(folder / "corpus"),
        ]
        atheris.Setup([sys.argv[0], *options], lambda data: target.one(data) and None, **more)
        atheris.Fuzz()
    except Exception as error:  # noqa: BLE001 - a forked child must not go on as its parent
        print(repr(error), file=sys.stderr, flush=True)
    sys.exit(1)  # not os._exit: libFuzzer writes what broke the target when the process exits


def _told(name: str, log: str, status: int) -> bool:
    """Tell how it went; whether it broke."""
    runs, kept = _DONE.search(log), _KEPT.search(log)
    if status == 0 and runs is not None:
        print(f"{name:24} {int(runs[1]):>9,} inputs in {runs[2]:>4} s: nothing", flush=True)
        return False
    start = log.find(" === Uncaught Python exception")
    print(f"{name:24} BROKEN, status {status}\n{log[start if start >= 0 else -4_000 :][:6_000]}")
    if kept is not None:
        print(f"again: .venv/bin/python -m tests.fuzz.decoders {name} {kept[1]}", flush=True)
    return True


def _targets() -> Mapping[str, Target]:
    from tests.fuzz.targets import TARGETS  # after atheris has begun to look at imports

    return TARGETS


def main(arguments: list[str]) -> int:
    """Run; answers the exit status."""
    match arguments:
        case ["fuzz", *_] if UNAVAILABLE:
            print(UNAVAILABLE, file=sys.stderr)
            return 0
        case ["fuzz", seconds, *names]:
            return 1 if fuzz(names, int(seconds)) else 0
        case [name, *inputs] if inputs and name in _targets():
            reproduce(_targets()[name], [Path(each) for each in inputs])
            return 0
        case _:
            print("\n".join(_targets()))
            return 2 if arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
