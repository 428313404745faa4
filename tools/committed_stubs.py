"""Generated files that are committed: written anew, or compared with fresh ones."""

from __future__ import annotations

import argparse
import filecmp
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


def keep(target: Path, pattern: str, generate: Callable[[Path], None], told: str | None) -> None:
    """The command line of a generator: it writes, or with ``--check`` exits with 1 and names what is stale.

    Args:
        target: The committed folder; nothing else is in it.
        pattern: What its files are called.
        generate: Writes all of them into a folder that does not exist yet.
        told: What ``--help`` says.
    """
    parser = argparse.ArgumentParser(description=told)
    parser.add_argument("--check", action="store_true", help="only say whether the committed files are fresh")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / target.name
        generate(fresh)
        if arguments.check:
            if differing := stale(target, fresh, pattern):
                sys.exit("stale, run `make proto`: " + ", ".join(differing))
            return
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(fresh, target)


def stale(target: Path, fresh: Path, pattern: str) -> list[str]:
    """Files that differ between the two folders, or exist in only one."""
    ours = {path.relative_to(target) for path in target.rglob(pattern) if "__pycache__" not in path.parts}
    theirs = {path.relative_to(fresh) for path in fresh.rglob(pattern)}
    same = {path for path in ours & theirs if filecmp.cmp(target / path, fresh / path, shallow=False)}
    return sorted(map(str, (ours | theirs) - same))
