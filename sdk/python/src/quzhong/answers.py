"""What the service said about the rows it was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2

Row = events_pb2.Dispatch | events_pb2.WorkSession
"""A row as it is sent."""


class Verdict(IntEnum):
    """What became of a row; values as in the contract."""

    ACCEPTED = 1
    DUPLICATE = 2
    """The same event was accepted before; nothing changes."""
    REJECTED = 3
    """Kept in the dead-letter topic with its reason."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not accepted, and why."""

    request_id: str
    """The batch it was sent in."""
    index: int
    """Its place among the rows of the call, from 0."""
    row: Row | None
    """The row as it was sent; None from an upload, which does not keep its rows."""
    field: str
    """The field that is wrong."""
    reason: str
    """UPPER_SNAKE and stable: what a program decides by."""
    message: str
    """In English."""
    message_zh: str
    """In Chinese."""


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """The answer to one batch: every row is accepted, a duplicate, or rejected."""

    request_id: str
    verdicts: Sequence[int]
    """One ``Verdict`` a row, in the rows' order."""
    rejections: tuple[Rejected, ...]
    accepted: int
    duplicate: int
    rejected: int

    @property
    def rows(self) -> int:
        """How many rows were answered."""
        return self.accepted + self.duplicate + self.rejected


@dataclass(frozen=True, slots=True)
class UploadAnswer:
    """The answer to an upload: the sum over its batches."""

    rejections: tuple[Rejected, ...]
    """The first 1,000."""
    accepted: int
    duplicate: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows answered so far."""

    accepted: int = 0
    duplicate: int = 0
    rejected: int = 0

    @property
    def sent(self) -> int:
        """Accepted, duplicate and rejected together."""
        return self.accepted + self.duplicate + self.rejected

    def __add__(self, other: Totals | BatchAnswer | UploadAnswer) -> Totals:
        """The sum."""
        return Totals(
            self.accepted + other.accepted, self.duplicate + other.duplicate, self.rejected + other.rejected
        )


def batch_answer(request_id: str, rows: Sequence[Row], answer: intake_pb2.BatchAnswer) -> BatchAnswer:
    """An answer of the wire, joined with the rows it is about."""
    return BatchAnswer(
        request_id=request_id,
        verdicts=answer.verdicts,
        rejections=tuple(_rejected(request_id, each, each.row, rows[each.row]) for each in answer.rejections),
        accepted=answer.accepted,
        duplicate=answer.duplicate,
        rejected=answer.rejected,
    )


def upload_answer(starts: dict[str, int], answer: intake_pb2.UploadAnswer) -> UploadAnswer:
    """An upload's answer; ``starts`` has the place of each batch's first row among all rows, by
    request_id."""
    return UploadAnswer(
        rejections=tuple(
            _rejected(each.request_id, each.rejection, starts[each.request_id] + each.rejection.row, None)
            for each in answer.rejections
        ),
        accepted=answer.accepted,
        duplicate=answer.duplicate,
        rejected=answer.rejected,
    )


def _rejected(request_id: str, rejection: intake_pb2.Rejection, index: int, row: Row | None) -> Rejected:
    return Rejected(
        request_id=request_id,
        index=index,
        row=_kept(row),
        field=rejection.field,
        reason=rejection.reason,
        message=rejection.message,
        message_zh=rejection.message_zh,
    )


def _kept(row: Row | None) -> Row | None:
    """A copy: the row itself would keep all of its batch in memory."""
    return None if row is None else type(row).FromString(row.SerializeToString())
