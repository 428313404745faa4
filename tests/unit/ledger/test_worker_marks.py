"""How ledgers name workers."""

from __future__ import annotations

import hmac
from base64 import b32encode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kit.ledger.worker_marks import WorkerMarks

OLD, NEW = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))


def rfc_5869(secret: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 without salt, one block, as the RFC writes it."""
    extracted = hmac.digest(b"\0" * 32, secret, sha256)
    return hmac.digest(extracted, info + b"\x01", sha256)


@given(st.text())
def test_a_mark_is_the_keyed_hash_it_is_said_to_be(worker_id: str) -> None:
    key = rfc_5869(bytes([2]) * 32, b"quzhong ledger: marks of workers")
    digest = b32encode(hmac.digest(key, worker_id.encode(), sha256)).decode().lower().rstrip("=")
    assert WorkerMarks([OLD, NEW]).mark(worker_id) == f"{sha256(key).hexdigest()[:8]}.{digest}"


def test_after_a_rotation_earlier_entries_are_found_by_the_earlier_key() -> None:
    before, after = WorkerMarks([OLD]), WorkerMarks([OLD, NEW])
    assert before.mark("w1") != after.mark("w1")
    assert after.all("w1") == [after.mark("w1"), before.mark("w1")]


def test_workers_have_marks_of_their_own_and_none_holds_the_pseudonym() -> None:
    marks = WorkerMarks([NEW])
    assert marks.mark("worker-1") != marks.mark("worker-2")
    assert "worker-1" not in marks.mark("worker-1")
    assert len(marks.mark("worker-1")) == len(marks.mark("")) == 61
