"""Tokens of the suite's own parties, in files that only their owner reads."""

from __future__ import annotations

import os
from pathlib import Path

from kit.security import tokens


def token_in(path: Path) -> str:
    """The token in a file; if the file is missing, a fresh one, written there first.

    Written before the store knows the credential: a crash between the two leaves a token that the next start
    admits, never an admitted one that nobody has.

    Raises:
        OSError: if the file can be neither read nor written.
    """
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    token = tokens.issue().token
    path.parent.mkdir(parents=True, exist_ok=True)
    # In one step from elsewhere: a file that was written halfway would be taken for the token.
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(token + "\n")
        file.flush()
        os.fsync(descriptor)
    fresh.rename(path)
    return token
