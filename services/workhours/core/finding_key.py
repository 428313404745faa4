"""The name of a finding: the same for the same spell, whoever computes it and however often."""

from __future__ import annotations

import hashlib


def finding_key(pack_id: str, rule_id: str, worker_id: str, start_ms: int, *place: str) -> str:
    """32 hexadecimal digits (128 bits of SHA-256) over the parts.

    ``start_ms``: of the stretch judged; ``place``: what tells two findings of one start apart, if anything.

    The pack's version is not part of it: a new version amends a finding, it does not make a second one.
    Each part is preceded by its length, so that no two different lists of parts spell the same bytes.
    """
    digest = hashlib.sha256()
    for part in (pack_id, rule_id, worker_id, str(start_ms), *place):
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(4, "big"))
        digest.update(encoded)
    return digest.hexdigest()[:32]
