"""The identity provider's keys over HTTP, by its discovery document."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

import httpx

from kit.errors import RetryableError
from services.registry.identity.people import key_set

_TIMEOUT_S = 5.0
FRESH_S = 3_600.0
"""Keys change rarely; a new one is asked for by its id at once."""
SPACING_S = 10.0
"""An unknown id makes us look this often at most: whoever makes up ids must not flood the provider."""


class HttpProviderKeys:
    """Implements ``people.ProviderKeys``. Safe for use by many threads."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer.rstrip("/")
        self._lock = threading.Lock()
        self._keys: dict[str, dict[str, Any]] = {}
        self._looked_s = -FRESH_S

    def find(self, key_id: str) -> Mapping[str, Any] | None:
        """See the port.

        Raises:
            RetryableError: if the provider cannot be reached.
        """
        with self._lock:
            age_s = time.monotonic() - self._looked_s
            if age_s >= FRESH_S or (key_id not in self._keys and age_s >= SPACING_S):
                self._look()
            return self._keys.get(key_id)

    def _look(self) -> None:
        try:
            told = httpx.get(f"{self._issuer}/.well-known/openid-configuration", timeout=_TIMEOUT_S)
            answer = httpx.get(told.raise_for_status().json()["jwks_uri"], timeout=_TIMEOUT_S)
            self._keys = key_set(answer.raise_for_status().text)
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise RetryableError(
                f"the identity provider {self._issuer} does not tell its keys: {error}",
                zh=f"无法取得身份提供方 {self._issuer} 的密钥：{error}",
                reason="PROVIDER_UNAVAILABLE",
            ) from error
        self._looked_s = time.monotonic()
