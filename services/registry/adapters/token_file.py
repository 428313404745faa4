"""Tokens of the suite's own parties, in files that only their owner reads."""

from __future__ import annotations

from pathlib import Path

from kit.security import secret_files, tokens


def token_in(path: Path) -> str:
    """The token in a file; if the file is missing, a fresh one, written there first.

    Written before the store knows the credential: a crash between the two leaves a token that the next start
    admits, never an admitted one that nobody has.

    Raises:
        InvalidArgumentError: SECRET_READABLE, if others may read it.
        OSError: if the file can be neither read nor written.
    """
    try:
        return secret_files.read(path).decode().strip()
    except FileNotFoundError:
        pass
    secret_files.write(path, f"{tokens.issue().token}\n".encode(), only_if_missing=True)
    return secret_files.read(path).decode().strip()
