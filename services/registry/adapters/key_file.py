"""The private signing keys, in a file that only its owner reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from kit.errors import InvalidArgumentError
from kit.security import secret_files
from services.registry.core.key_rotation import SigningKey
from services.registry.identity.ports import PrivateKey


class SigningKeyFile:
    """Implements ``identity.ports.KeyFile``: JSON, mode 0600."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> list[PrivateKey]:
        """See the port. A missing file has none."""
        try:
            kept = json.loads(secret_files.read(self._path))
            if not isinstance(kept, list):
                raise TypeError("not a list")
            return [
                PrivateKey(
                    SigningKey(
                        each["key_id"],
                        json.dumps(each["public_jwk"], sort_keys=True),
                        each["create_ms"],
                        each["expire_ms"],
                    ),
                    json.dumps(each["private_jwk"], sort_keys=True),
                )
                for each in kept
            ]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise InvalidArgumentError(
                f"{self._path}: not a file of signing keys; delete it, and fresh ones are made",
                zh=f"{self._path}：不是签名密钥文件；删除后将重新生成",
                field=str(self._path),
                reason="SIGNING_KEYS_UNUSABLE",
            ) from error

    def save(self, keys: Sequence[PrivateKey]) -> None:
        """See the port."""
        kept = [
            {
                "key_id": each.public.key_id,
                "create_ms": each.public.create_ms,
                "expire_ms": each.public.expire_ms,
                "public_jwk": json.loads(each.public.public_jwk),
                "private_jwk": json.loads(each.private_jwk),
            }
            for each in keys
        ]
        secret_files.write(self._path, json.dumps(kept, indent=1).encode())
