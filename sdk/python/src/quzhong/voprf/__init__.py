"""Oblivious pseudorandom function in verifiable mode: RFC 9497, VOPRF(ristretto255, SHA-512).

``group`` is libsodium's ristretto255, ``suite`` the hashes, ``proof`` the proof of a batch, ``protocol`` what
the two sides do. The registry evaluates with it, this package blinds and verifies with it.
"""

from quzhong.voprf.group import EncodingError
from quzhong.voprf.protocol import (
    BlindedElementError,
    Blinding,
    Evaluation,
    ProofError,
    blind,
    evaluate,
    evaluate_directly,
    finalize,
)
from quzhong.voprf.suite import derive_key, public_key

__all__ = [
    "BlindedElementError",
    "Blinding",
    "EncodingError",
    "Evaluation",
    "ProofError",
    "blind",
    "derive_key",
    "evaluate",
    "evaluate_directly",
    "finalize",
    "public_key",
]
