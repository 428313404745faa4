"""The keys that seal what accounts keep secret: Fernet, one a line, the newest last.

Whoever has a copy of the database has the secrets of one-time codes only with one of these too. They stand in
a file that only its owner reads, or come from a secret store; neither in the database nor on the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet

from kit.errors import InvalidArgumentError
from kit.security import secret_files

VARIABLE = "QUZHONG_ACCOUNT_KEYS"


def keys_in(path: Path) -> list[Fernet]:
    """The keys in a file; if the file is missing, a first one, written there.

    Raises:
        InvalidArgumentError: ACCOUNT_KEYS or SECRET_READABLE, naming the file and nothing of a key.
        OSError: if the file can be neither read nor written.
    """
    if not path.exists():
        secret_files.write(path, Fernet.generate_key() + b"\n", only_if_missing=True)
    return parse(secret_files.read(path), str(path))


def parse(text: bytes, source: str) -> list[Fernet]:
    """The keys of a text, ``source`` being its file's or variable's name. Raises as ``keys_in``."""
    try:
        keys = [Fernet(line) for line in text.split()]
    except ValueError:  # without the cause, which may quote the text
        keys = []
    if not keys:
        raise InvalidArgumentError(
            f"{source}: not one or more Fernet keys, 32 bytes in base64url each, a line for each; "
            "openssl rand -base64 32 | tr '+/' '-_' makes one",
            zh=f"{source}：应为一个或多个 Fernet 密钥（32 字节，base64url，每行一个）；"
            "可用 openssl rand -base64 32 | tr '+/' '-_' 生成",
            field=source,
            reason="ACCOUNT_KEYS",
        )
    return keys


def add(path: Path) -> int:
    """Put a fresh key behind those of a file; answers how many there are. Raises as ``keys_in``."""
    before = secret_files.read(path)
    parse(before, str(path))
    secret_files.write(path, before.rstrip() + b"\n" + Fernet.generate_key() + b"\n")
    return len(keys_in(path))


def keep_last(path: Path) -> None:
    """Take out all keys but the last. Raises as ``keys_in``."""
    before: Sequence[bytes] = secret_files.read(path).split()
    parse(b"\n".join(before), str(path))
    secret_files.write(path, before[-1] + b"\n")
