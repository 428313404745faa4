"""The keys that sign checkpoints: Ed25519, PKCS 8 PEM, one after another, the newest last.

One key serves all ledgers of a data folder; in notes it goes by each ledger's name. OpenSSL reads the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from kit.errors import InvalidArgumentError
from kit.security import secret_files
from kit.settings import CommonSettings

VARIABLE = "QUZHONG_LEDGER_KEY"

_BLOCK = re.compile(rb"-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----\n?", re.DOTALL)

Keys = Sequence[Ed25519PrivateKey]
"""At least one; the last one signs, the others vouch for it."""


def ledger_keys(settings: CommonSettings) -> Keys:
    """The keys of the settings, else those of the key file, which is made if it is missing.

    Raises:
        InvalidArgumentError: LEDGER_KEY or SECRET_READABLE, naming the variable or the file, if they cannot
            be used.
        OSError: if the file can be neither read nor written.
    """
    given = settings.ledger_key.get_secret_value()
    if given:
        return parse_keys(given.encode(), VARIABLE)
    path = settings.ledger_key_file
    if not path.exists():
        secret_files.write(path, _pem(Ed25519PrivateKey.generate()), only_if_missing=True)
    return parse_keys(secret_files.read(path), str(path))


def rotate(path: Path) -> Keys:
    """Put a fresh key behind those of a key file; whoever opens a ledger next signs with it.

    Raises:
        InvalidArgumentError: LEDGER_KEY or SECRET_READABLE, if the file cannot be used.
        OSError: if there is no such file, or it cannot be written.
    """
    before = secret_files.read(path)
    parse_keys(before, str(path))
    secret_files.write(path, before.rstrip(b"\n") + b"\n" + _pem(Ed25519PrivateKey.generate()))
    return parse_keys(secret_files.read(path), str(path))


def parse_keys(pem: bytes, source: str) -> Keys:
    """The keys in a text.

    Raises:
        InvalidArgumentError: LEDGER_KEY, naming the source but nothing of the text, which is secret.
    """
    try:
        keys = [load_pem_private_key(block, None) for block in _BLOCK.findall(pem)]
    except (ValueError, TypeError):
        keys = []
    ours = [key for key in keys if isinstance(key, Ed25519PrivateKey)]
    if not ours or len(ours) != len(keys):
        raise InvalidArgumentError(
            f"{source}: not one or more Ed25519 keys in PKCS 8 PEM; "
            "openssl genpkey -algorithm ed25519 makes one",
            zh=f"{source}：应为一个或多个 PKCS 8 PEM 格式的 Ed25519 私钥；"
            "可用 openssl genpkey -algorithm ed25519 生成",
            field=source,
            reason="LEDGER_KEY",
        )
    return ours


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
