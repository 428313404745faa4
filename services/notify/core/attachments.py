"""What kind of file an attachment is, by its content: its name proves nothing.

The allow-list is short on purpose. Each kind is known by the signature its standard gives it: PDF
(ISO 32000-1, 7.5.2), PNG (RFC 2083, 3.1), JPEG (ISO 10918-1, Annex B: SOI and a marker), XLSX (ISO 29500-2:
a ZIP that holds ``[Content_Types].xml`` and a workbook). Text has none: it is UTF-8 or GB 18030 without
control characters.
"""

from __future__ import annotations

MAX_BYTES = 2 * 1024 * 1024
"""Of one file: as much as the contract says."""

MAX_FILES = 5
"""Of one reply."""

MAX_NAME_CHARACTERS = 120
"""Longer names no archive tool takes everywhere."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_TEXT_CONTROLS = frozenset("\t\n\r\f")


def media_type(name: str, content: bytes) -> str | None:
    """The type that the content shows; None if it is none that is taken."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"PK\x03\x04"):
        return XLSX if b"[Content_Types].xml" in content and b"xl/workbook" in content else None
    if _is_text(content):
        return "text/csv" if name.lower().endswith(".csv") else "text/plain"
    return None


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(character >= " " or character in _TEXT_CONTROLS for character in text)
    return False
