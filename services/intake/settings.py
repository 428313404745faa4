"""What intake is told from outside."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator

from kit.errors import InvalidArgumentError
from kit.security.rate_limits import parsed
from kit.settings import CommonSettings

ROWS_LIMIT = "QUZHONG_INTAKE_ROWS_LIMIT"
"""What ``intake_rows_limit`` is called outside; whoever meets the limit is told."""


class IntakeSettings(CommonSettings):
    """``QUZHONG_…`` of intake."""

    intake_max_skew_s: int = Field(default=300, ge=0)
    """How far a platform's clock may be ahead. Five minutes, as in Kerberos (RFC 4120)."""
    intake_linger_ms: float = Field(default=2.0, ge=0, le=100)
    """How long a commit group waits for company: a few appends' time, so that small requests share one."""
    intake_archive_linger_s: float = Field(default=10.0, ge=0, le=60)
    """How long accepted rows gather before they are archived: with 16 partitions a segment each 0.6 s.
    Whoever reads the archive does not wait for it."""

    intake_look_back_days: int = Field(default=14, ge=1, le=90)
    """How far back events move when their worker's pseudonym is replaced: as far as any service judges late
    events, QUZHONG_WORKHOURS_HISTORY_DAYS. What is earlier is evidence, and stays where it was said."""

    intake_rows_limit: str = "50000/second"
    """Rows a platform may bring to a process, with all its credentials, in the notation of the library
    ``limits``; empty: any number. A quarter of what a process takes in (docs/capacity.md: 200,000 a second),
    so that three that flood leave room for the others. A city's platforms have 580 a second to say at peak,
    all together; one that could not send for a day (10 million rows) is through with it in 200 s."""

    @field_validator("intake_rows_limit")
    @classmethod
    def _is_a_limit(cls, notation: str) -> str:
        try:
            if notation:
                parsed(ROWS_LIMIT, notation)
        except InvalidArgumentError as error:
            raise ValueError(error.message) from error
        return notation

    @property
    def archive_dir(self) -> Path:
        """Folder of the Parquet segments."""
        return self.data_dir / "archive"
