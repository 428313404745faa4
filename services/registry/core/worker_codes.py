"""One-time codes for workers: how they look, how long they hold, how many there may be.

issued ──▶ used
  ├──────▶ expired, after CODE_MS
  └──────▶ replaced, by a newer one of the same issuer and worker
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.registry.core.field_error import FieldError

WORKER_ID_FORM = re.compile(r"[A-Za-z0-9_-]{16,64}")
"""As intake takes pseudonyms."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's Base32: nothing in it is taken for something else on a small screen or over the telephone."""
CODE_LENGTH = 12
"""60 bits. If a million codes wait at once, of the guesses that are let through (``token_endpoint``) one is
right in two million days; and who steals the hashes finds none within the half hour that it holds."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})

CODE_MS = 30 * 60_000
"""Half an hour, to go from a counter or a message to the page."""
SESSION_S = 30 * 60
"""Half an hour of reading, on a telephone that may be somebody else's."""
KEEP_MS = 92 * 86_400_000
"""As long as the worker is told of codes that were issued: a quarter, as audits keep events."""

DAY_MS = 86_400_000
MOST_A_DAY = 20_000
"""Codes of one issuer within 24 hours: of a large platform's riders in a city every other one."""
MOST_OF_A_WORKER = 10
"""Codes of one issuer for one worker within 24 hours."""
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class WorkerCode:
    """A code as it is kept. Moments in epoch milliseconds."""

    code_id: str
    code_sha256: bytes
    """Empty once it was used or replaced: nothing opens it any more."""
    party_id: str
    """Who vouches for the worker."""
    worker_id: str
    reason: str
    create_ms: int
    expire_ms: int
    redeem_ms: int | None = None


def shown(code: str) -> str:
    """A code in groups of four, as people read it out."""
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def read(typed: str) -> str:
    """A code as it was typed, or pasted; whatever is no code comes out as none that was ever issued."""
    return typed.upper().translate(_READ_AS)[: CODE_LENGTH + 1]


def check_worker_id(worker_id: str) -> None:
    """Raises FieldError, PSEUDONYM_FORM."""
    if not WORKER_ID_FORM.fullmatch(worker_id):
        raise FieldError(
            "worker_id",
            "PSEUDONYM_FORM",
            "no pseudonym; send 16-64 of A-Z a-z 0-9 _ -, as in the worker's events",
            "不是化名；应为 16–64 个字母、数字、_ 或 -，与报送的事件一致",
        )


def checked_reason(reason: str) -> str:
    """The reason without blanks around it. Raises FieldError, REASON_LENGTH."""
    trimmed = reason.strip()
    if not 1 <= len(trimmed) <= LONGEST_REASON or not trimmed.isprintable():
        raise FieldError(
            "reason",
            "REASON_LENGTH",
            f"say in one line of 1-{LONGEST_REASON} characters why a code is issued; the worker is told it",
            f"请用一行 1–{LONGEST_REASON} 个字符说明签发原因；劳动者本人会看到",
        )
    return trimmed
