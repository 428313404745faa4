"""The keys of pseudonyms, in a file that only its owner reads, or from a secret store.

::

    {"keys": [{"version": 1, "seed": "<64 hexadecimal digits>",
               "not_before": "2026-01-01T00:00:00+08:00", "retire": null}]}

Each key is derived from its seed (RFC 9497, DeriveKeyPair). They stand nowhere else: not in the database, not
on the log. To destroy a version is to take its entry out of here, and out of every backup of it.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kit.clock import SHANGHAI
from kit.errors import InvalidArgumentError
from kit.security import secret_files
from quzhong import voprf
from services.registry.core.field_error import FieldError
from services.registry.core.pseudonym_keys import KeySchedule, KeyVersion
from services.registry.pseudonyms.ports import SecretKey

SEED_BYTES = 32
_PURPOSE = b"quzhong worker pseudonyms"
"""Hashed with the seed: were it used for something else too, the keys would differ."""


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A version as it stands in the file."""

    version: int
    not_before_ms: int
    retire_ms: int | None
    seed: bytes = field(repr=False)

    def opened(self) -> SecretKey:
        """With the key derived."""
        key = voprf.derive_key(self.seed, _PURPOSE)
        public = KeyVersion(self.version, self.not_before_ms, self.retire_ms, voprf.public_key(key))
        return SecretKey(public, key)


def keys_in(path: Path, now_ms: int) -> list[SecretKey]:
    """The keys in a file; if the file is missing, a first version from now on, written there.

    Raises:
        InvalidArgumentError: KEYS_UNUSABLE, KEY_SCHEDULE or SECRET_READABLE, naming the file; nothing of a
            key is in the text.
        OSError: if the file can be neither read nor written.
    """
    if not path.exists():
        write(path, [KeyEntry(1, now_ms, None, secrets.token_bytes(SEED_BYTES))])
    return opened(read(path), str(path))


def read(path: Path) -> list[KeyEntry]:
    """The entries of a file. Raises as ``keys_in``."""
    return parse(secret_files.read(path), str(path))


def parse(text: str | bytes, source: str) -> list[KeyEntry]:
    """The entries of a document, ``source`` being its file's or variable's name. Raises as ``keys_in``."""
    try:
        return [_entry(each) for each in json.loads(text)["keys"]]
    except (ValueError, TypeError, KeyError):
        # Without the cause: it would quote the document.
        raise _unusable(
            source,
            'it is not {"keys": [{"version", "seed" (64 hexadecimal digits), "not_before" (with its zone), '
            '"retire"}]}',
            "格式应为 {“keys”: [{version, seed（64 位十六进制）, not_before（含时区）, retire}]}",
        ) from None


def opened(entries: list[KeyEntry], source: str) -> list[SecretKey]:
    """The keys of entries whose schedule makes sense. Raises as ``keys_in``."""
    keys = [entry.opened() for entry in entries]
    try:
        KeySchedule([key.public for key in keys])
    except FieldError as error:
        raise InvalidArgumentError(
            f"{source}: {error.message}", zh=f"{source}：{error.zh}", field=source, reason=error.reason
        ) from None
    return keys


def write(path: Path, entries: list[KeyEntry]) -> None:
    """Write a file, whole or not at all, for its owner only."""
    document = {"keys": [_document(entry) for entry in entries]}
    secret_files.write(path, json.dumps(document, indent=2).encode())


def _entry(said: dict[str, Any]) -> KeyEntry:
    seed = bytes.fromhex(said["seed"])
    version = said["version"]
    if len(seed) != SEED_BYTES or not isinstance(version, int):
        raise ValueError
    retire = said.get("retire")
    return KeyEntry(
        version, _moment_ms(said["not_before"]), None if retire is None else _moment_ms(retire), seed
    )


def _moment_ms(text: str) -> int:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return int(moment.timestamp() * 1000)


def _document(entry: KeyEntry) -> dict[str, Any]:
    def shown(moment_ms: int) -> str:
        return datetime.fromtimestamp(moment_ms / 1000, SHANGHAI).isoformat(timespec="milliseconds")

    return {
        "version": entry.version,
        "seed": entry.seed.hex(),
        "not_before": shown(entry.not_before_ms),
        "retire": None if entry.retire_ms is None else shown(entry.retire_ms),
    }


def _unusable(source: str, why: str, why_zh: str) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"{source}: the keys cannot be used: {why}",
        zh=f"{source}：密钥不可用：{why_zh}",
        field=source,
        reason="KEYS_UNUSABLE",
    )
