"""TLS certificates as tokens are bound to them (RFC 8705)."""

from __future__ import annotations

import base64
import hashlib

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def thumbprint(pem: bytes) -> str:
    """``x5t#S256`` of a certificate: base64url SHA-256 of its DER form, unpadded."""
    der = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    return base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
