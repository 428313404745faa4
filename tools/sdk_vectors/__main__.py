"""Write ``sdk/vectors``; ``--check`` exits with 1 and names what is stale."""

from __future__ import annotations

import argparse
import logging
import sys

from tools.sdk_vectors.files import FOLDER, documents


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the committed files are fresh")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)  # the clients tell every wait of every case
    fresh = documents()
    if arguments.check:
        there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")}
        if differing := sorted(
            name for name in there.keys() | fresh.keys() if there.get(name) != fresh.get(name)
        ):
            sys.exit("stale, run `python -m tools.sdk_vectors`: " + ", ".join(differing))
        return
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, text in fresh.items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
