"""The registry's signing keys: made, published, brought into use, let go."""

from __future__ import annotations

import json
import logging
import threading
from typing import NamedTuple

from joserfc.jwk import OKPKey

from kit.clock import Clock
from kit.security.access_tokens import ALGORITHM
from services.registry.core.key_rotation import DAY_MS, SigningKey, expiry_ms, needs_successor, signer
from services.registry.identity.ports import KeyFile, OAuthStore, PrivateKey
from services.registry.ports import Publication

_log = logging.getLogger(__name__)


class Signer(NamedTuple):
    """The key that signs now."""

    key: OKPKey
    key_id: str


class SigningKeys:
    """Keeps one key in use and the next one known in time. Safe for use by many threads."""

    def __init__(
        self, file: KeyFile, store: OAuthStore, publication: Publication, clock: Clock, period_days: int
    ) -> None:
        """``period_days``: how long a key signs; the first one a day more, as it signs at once."""
        self._file = file
        self._store = store
        self._publication = publication
        self._clock = clock
        self._period_ms = period_days * DAY_MS
        self._lock = threading.Lock()
        self._keys: list[PrivateKey] = []
        self._opened = False

    def open(self) -> None:
        """Load the keys, publish what is missing, and retire what the file no longer has.

        To delete the file is what an operator does who fears that a key was stolen.

        Raises:
            InvalidArgumentError: for a key file that cannot be used.
        """
        with self._lock:
            self._keys = list(self._file.load())
            now_ms = self._clock()
            ours = {each.public.key_id: each.public for each in self._keys}
            published = {key.key_id: key for key in self._store.signing_keys()}
            for key in published.values():
                if key.key_id not in ours and key.expire_ms > now_ms:
                    _log.warning("signing key %s is not in the file any more and is retired", key.key_id)
                    self._store.put_signing_key(
                        SigningKey(key.key_id, key.public_jwk, key.create_ms, expire_ms=now_ms)
                    )
            for key_id in ours.keys() - published.keys():
                self._store.put_signing_key(ours[key_id])
            self._opened = True
        self.rotate()

    def rotate(self) -> None:
        """Make the next key if its time has come, and forget those whose time is over."""
        with self._lock:
            now_ms = self._clock()
            if not needs_successor([each.public for each in self._keys], now_ms, self._period_ms):
                return
            made = _new_key(now_ms, self._period_ms)
            standing = [each for each in self._keys if now_ms < each.public.expire_ms]
            # 1. On disk first: a key that is published but lost would verify what nobody can sign.
            self._file.save([*standing, made])
            # 2. Published, and known to everybody who reads the topic, before anything is signed with it.
            self._store.put_signing_key(made.public)
            self._publication.wait()
            # 3. Ours.
            self._keys = [*standing, made]
            _log.info(
                "signing key %s was made and published; the first signs at once, others a day later",
                made.public.key_id,
            )

    def signer(self) -> Signer:
        """Which key signs now. The first asked for opens the keys, where nobody has."""
        if not self._opened:
            self.open()
        self.rotate()  # for a registry that was asleep longer than a key verifies
        with self._lock:
            chosen = signer([each.public for each in self._keys], self._clock())
            assert chosen is not None, "rotate leaves one"
            (private,) = (each.private_jwk for each in self._keys if each.public == chosen)
        return Signer(OKPKey.import_key(json.loads(private)), chosen.key_id)

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The key set of RFC 7517: the key in use, its successor and its predecessor, as they verify."""
        now_ms = self._clock()
        with self._lock:
            keys = [each.public for each in self._keys if now_ms < each.public.expire_ms]
        return {
            "keys": [
                {**json.loads(key.public_jwk), "kid": key.key_id, "use": "sig", "alg": ALGORITHM}
                for key in keys
            ]
        }


def _new_key(now_ms: int, period_ms: int) -> PrivateKey:
    key = OKPKey.generate_key("Ed25519", private=True)
    public = SigningKey(
        key_id=key.thumbprint(),  # RFC 7638: two registries never choose the same
        public_jwk=json.dumps(key.as_dict(private=False), sort_keys=True),
        create_ms=now_ms,
        expire_ms=expiry_ms(now_ms, period_ms),
    )
    return PrivateKey(public, json.dumps(key.as_dict(private=True), sort_keys=True))
