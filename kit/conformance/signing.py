"""The signature under a report: Ed25519, by whoever runs the kit for the authority.

The text that is signed names its purpose in the first line, so that no signature of a ledger's checkpoint,
made with the same key, can be taken for one of a report, nor the other way round:

    quzhong/conformance
    <SHA-256 of the report's canonical text, hexadecimal>
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kit.conformance.report import Report, ReportError, body_of, digest_of
from kit.ledger.keys import parse_keys
from kit.ledger.notes import VerifyingKey
from kit.security import secret_files

KEY_NAME = "quzhong/conformance"


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key of a file (PKCS 8 PEM, Ed25519); of several the last one, which is the newest.

    Raises:
        InvalidArgumentError: LEDGER_KEY or SECRET_READABLE, if it cannot be used.
        OSError: if it cannot be read.
    """
    return parse_keys(secret_files.read(path), str(path))[-1]


def public_key(key: Ed25519PrivateKey) -> VerifyingKey:
    """What a registry trusts: its ``vkey`` goes into QUZHONG_CONFORMANCE_KEYS."""
    return VerifyingKey(KEY_NAME, key.public_key().public_bytes_raw())


def signed(report: Report, key: Ed25519PrivateKey | None) -> dict[str, Any]:
    """The document of a report; without a key it is unsigned, and no registry takes it."""
    body = body_of(report)
    if key is None:
        return body
    digest = digest_of(body)
    value = base64.b64encode(key.sign(_text(digest).encode())).decode()
    return {**body, "signature": {"key": public_key(key).vkey, "sha256": digest, "value": value}}


def verified_by(document: Mapping[str, Any], trusted: Sequence[VerifyingKey]) -> tuple[VerifyingKey, str]:
    """The trusted key that signed a document, and the SHA-256 of what it signed.

    Raises:
        ReportError: REPORT_UNSIGNED, REPORT_SIGNER_UNKNOWN, REPORT_SIGNATURE_FALSE.
    """
    signature = document.get("signature")
    if not isinstance(signature, Mapping):
        raise ReportError(
            "REPORT_UNSIGNED",
            "it is not signed; have it made by the authority's kit, which is run with --key",
            "报告未签名；须由主管部门以 --key 运行的检测工具出具",
        )
    digest = digest_of({name: value for name, value in document.items() if name != "signature"})
    named = signature.get("key")
    key = next((one for one in trusted if one.vkey == named), None)
    if key is None:
        raise ReportError(
            "REPORT_SIGNER_UNKNOWN",
            f"it is signed by {str(named)[:80]!r}, which is not trusted here; have it made by the "
            "authority's kit, or ask the administrator to add the key to QUZHONG_CONFORMANCE_KEYS",
            f"签名密钥 {str(named)[:80]!r} 不受本登记处信任；请使用主管部门的检测工具，"
            "或请管理员将公钥加入 QUZHONG_CONFORMANCE_KEYS",
        )
    try:
        value = base64.b64decode(str(signature.get("value")), validate=True)
    except (binascii.Error, ValueError):
        value = b""
    if not key.verifies(_text(digest), value):
        raise ReportError(
            "REPORT_SIGNATURE_FALSE",
            "its signature is of another text, so it was changed afterwards; send it as the kit wrote it",
            "签名与内容不符：报告在签名后被改动；请原样提交",
        )
    return key, digest


def _text(digest: str) -> str:
    return f"{KEY_NAME}\n{digest}\n"
