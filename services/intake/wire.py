"""Intake's contract at the edge: requests become columns, answers and archived events become messages."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np
import xxhash
from google.protobuf.message import DecodeError, Message

from kit.errors import InvalidArgumentError
from kit.eventlog.port import EVENT_ID, NewRecord
from kit.eventlog.topics import DISPATCHES
from quzhong.api.events.v1 import columns_pb2, events_pb2
from quzhong.api.intake.v1 import intake_pb2
from services.intake.core.checks import WORKER_ERASED
from services.intake.core.integration import RejectionCount
from services.intake.core.personal_data import personal_data
from services.intake.core.rows import NOT_STATED, Fault, Int64s, Rows
from services.intake.handlers import Status
from services.intake.lot import DISPATCH_EVENTS, WORK_SESSION_EVENTS, EventKind, Submission, Verdict
from services.intake.merged_rows import Columns, RowReader, opened_type
from services.intake.ports import Answer, PastEvent


class BatchReader:
    """Reads batches of one kind of event, without making a message of a row."""

    def __init__(
        self,
        kind: EventKind,
        request: type[Message],
        upload: type[Message],
        row: type[Message],
        to_rows: Callable[[Columns], Rows],
        optional_texts: Collection[str] = (),
    ) -> None:
        self._kind = kind
        self._row = row
        self._request: Callable[..., Message] = request
        self._opened_request = opened_type(request)
        self._opened_upload = opened_type(upload)
        self._rows_field = next(field.name for field in request.DESCRIPTOR.fields if field.message_type)
        self._rows = RowReader(row, optional_texts)
        self._to_rows = to_rows

    def batch(self, upload: bytes) -> bytes:
        """The batch within one message of an upload stream.

        Raises:
            InvalidArgumentError: if it is no such message.
        """
        return bytes(_parsed(self._opened_upload, upload).batch)

    def submission(self, request: bytes) -> Submission:
        """A batch as the handler takes it.

        Raises:
            InvalidArgumentError: if it is no such message.
        """
        opened = _parsed(self._opened_request, request)
        platform_id, request_id = opened.platform_id, opened.request_id
        encoded: list[bytes] = list(getattr(opened, self._rows_field))
        try:
            rows = self._to_rows(self._rows.read(encoded))
        except DecodeError as error:
            raise _malformed(self._row, error) from error

        def dead_letter(fault: Fault) -> NewRecord:
            return self._dead_letter(platform_id, request_id, fault, encoded[fault.row])

        digest = xxhash.xxh3_64_intdigest(request)
        return Submission(platform_id, request_id, digest, self._kind, rows, dead_letter)

    def unsent(self, platform_id: str, rows: Sequence[Message]) -> Submission:
        """Rows that are to be judged and not taken in, as a batch."""
        request = self._request(platform_id=platform_id, **{self._rows_field: rows})
        return self.submission(request.SerializeToString())

    def _dead_letter(self, platform_id: str, request_id: str, fault: Fault, row: bytes) -> NewRecord:
        rejected = columns_pb2.RejectedRow(
            platform_id=platform_id,
            request_id=request_id,
            row=fault.row,
            field=fault.field,
            reason=fault.reason,
            message=fault.message,
            row_type=self._row.DESCRIPTOR.full_name,
            row_json="{}" if fault.reason == WORKER_ERASED else _masked_json(self._row, row),
        )
        return NewRecord(
            topic=self._kind.topic.dead_letter_name,
            key=platform_id.encode(),
            value=rejected.SerializeToString(),
            headers={
                EVENT_ID: f"{platform_id}/{request_id}/{fault.row}".encode(),
                "reason": fault.reason.encode(),
                "field": fault.field.encode(),
            },
        )


def work_session_rows(columns: Columns) -> Rows:
    """Columns of ``WorkSession`` as the checks take them."""
    texts, numbers = columns.texts, columns.numbers
    return Rows(
        event_ids=texts["event_id"],
        worker_ids=texts["worker_id"],
        order_ids=None,
        area_codes=texts["area_code"],
        event_time_ms=_milliseconds(numbers, "event_time"),
        choices={name: numbers[name] for name in ("kind", "vehicle")},
        numbers={},
        version=numbers["version"],
        deleted=numbers["deleted"],
    )


def dispatch_rows(columns: Columns) -> Rows:
    """Columns of ``Dispatch`` as the checks take them."""
    texts, numbers = columns.texts, columns.numbers
    stated = ("distance_m", "pay_fen", "commission_fen", "penalty_fen", "statutory_holiday")
    durations = ("promised_duration", "estimated_duration")
    choices = ("kind", "service", "vehicle", "weather", "employment_form", "tenure_band")
    firms = texts["partner_firm_id"]
    return Rows(
        event_ids=texts["event_id"],
        worker_ids=texts["worker_id"],
        order_ids=texts["order_id"],
        area_codes=texts["area_code"],
        event_time_ms=_milliseconds(numbers, "event_time"),
        choices={name: numbers[name] for name in choices},
        numbers={
            **{name: _duration(numbers, name) for name in durations},
            **{name: numbers[name] for name in stated},
        },
        version=numbers["version"],
        deleted=numbers["deleted"],
        partner_firm_ids=firms if any(firms) else None,
    )


WORK_SESSION_BATCHES = BatchReader(
    WORK_SESSION_EVENTS,
    intake_pb2.SubmitWorkSessionsRequest,
    intake_pb2.UploadWorkSessionsRequest,
    events_pb2.WorkSession,
    work_session_rows,
)
DISPATCH_BATCHES = BatchReader(
    DISPATCH_EVENTS,
    intake_pb2.SubmitDispatchesRequest,
    intake_pb2.UploadDispatchesRequest,
    events_pb2.Dispatch,
    dispatch_rows,
    optional_texts=("partner_firm_id",),
)


def counts(answer: Answer) -> dict[str, int]:
    """How many rows got each verdict, by the field's name."""
    by_value = np.bincount(answer.verdicts, minlength=len(Verdict) + 1).tolist()
    return {verdict.name.lower(): by_value[verdict] for verdict in Verdict}


def batch_answer(answer: Answer) -> intake_pb2.BatchAnswer:
    """An answer as the contract says it."""
    return intake_pb2.BatchAnswer(
        verdicts=answer.verdicts.tolist(), rejections=map(rejection, answer.faults), **counts(answer)
    )


def rejection(fault: Fault) -> intake_pb2.Rejection:
    """A fault as the contract says it."""
    return intake_pb2.Rejection(
        row=fault.row, field=fault.field, reason=fault.reason, message=fault.message, message_zh=fault.zh
    )


def integration_status(platform_id: str, status: Status) -> intake_pb2.GetIntegrationStatusResponse:
    """How an integration stands, as the contract says it."""
    counted = status.counted
    answer = intake_pb2.GetIntegrationStatusResponse(
        platform_id=platform_id,
        batches=counted.batches,
        accepted=counted.accepted,
        duplicate=counted.duplicate,
        rejected=counted.rejected,
        rejections=map(_rejection_count, counted.rejections),
        truncated=status.truncated,
    )
    answer.start_time.FromMilliseconds(status.start_ms)
    if (last := status.last) is not None:
        answer.last_batch.request_id = last.request_id
        answer.last_batch.answer_time.FromMilliseconds(last.answer_ms)
        for name in ("accepted", "duplicate", "rejected"):
            setattr(answer.last_batch, name, getattr(last, name))
        if last.lag_ms is not None:
            answer.last_batch.lag.FromMilliseconds(last.lag_ms)
    for field, lag_ms in (("lag_median", counted.lag_median_ms), ("lag_p95", counted.lag_p95_ms)):
        if lag_ms is not None:
            getattr(answer, field).FromMilliseconds(lag_ms)
    return answer


def _rejection_count(count: RejectionCount) -> intake_pb2.RejectionCount:
    message = intake_pb2.RejectionCount(
        reason=count.reason,
        field=count.field,
        rows=count.rows,
        message=count.latest.message,
        message_zh=count.latest.zh,
    )
    message.last_time.FromMilliseconds(count.last_ms)
    return message


def archived_event(event: PastEvent) -> intake_pb2.ArchivedEvent:
    """A row of the archive as it was said."""
    fields = event.fields
    archived = intake_pb2.ArchivedEvent(platform_id=event.platform_id)
    row: Any
    if event.topic == DISPATCHES.name:
        row = archived.dispatch
        for name in ("order_id", "service", "weather", "employment_form", "tenure_band", "partner_firm_id"):
            setattr(row, name, fields[name])
        for name in ("distance_m", "pay_fen", "commission_fen", "penalty_fen", "statutory_holiday"):
            if fields[name] != NOT_STATED:
                setattr(row, name, fields[name])
        for name in ("promised", "estimated"):
            if fields[f"{name}_ms"] != NOT_STATED:
                getattr(row, f"{name}_duration").FromMilliseconds(fields[f"{name}_ms"])
    else:
        row = archived.work_session
    row.event_id = event.event_id
    row.worker_id = event.worker_id
    row.event_time.FromMilliseconds(event.event_time_ms)
    row.version = event.version
    for name in ("kind", "area_code", "vehicle", "deleted"):
        setattr(row, name, fields[name])
    return archived


def _parsed(message: type[Any], encoded: bytes) -> Any:
    try:
        return message.FromString(encoded)
    except DecodeError as error:
        raise _malformed(message, error) from error


def _malformed(message: type[Message], error: DecodeError) -> InvalidArgumentError:
    name = message.DESCRIPTOR.name
    return InvalidArgumentError(
        f"the request holds no well-formed {name} ({error}); encode it with the published contract",
        zh=f"请求不是格式正确的 {name}；请按公开的接口定义编码",
        reason="MALFORMED_REQUEST",
    )


def _milliseconds(numbers: dict[str, Int64s], field: str) -> Int64s:
    """Seconds and nanoseconds as milliseconds; cut off far beyond the contract, where they would overflow."""
    seconds, nanos = numbers[f"{field}.seconds"], numbers[f"{field}.nanos"]
    return np.maximum(np.minimum(seconds, 2**52), -(2**52)) * 1000 + nanos // 1_000_000


def _duration(numbers: dict[str, Int64s], field: str) -> Int64s:
    """Milliseconds. A duration of nothing says nothing: the encoding does not tell it from an absent one."""
    value = _milliseconds(numbers, field)
    value[value < 0] -= 1  # wrong anyway, and −1 ms must not pass for NOT_STATED
    value[(numbers[f"{field}.seconds"] | numbers[f"{field}.nanos"]) == 0] = NOT_STATED
    return value


def _masked_json(row_type: type[Message], encoded: bytes) -> str:
    """A row as JSON in which no text looks like personal data. Whatever a row holds, this does not fail."""
    try:
        row = row_type.FromString(encoded)
    except DecodeError:
        return json.dumps({"malformed_bytes": len(encoded)})
    said = {field.name: _json_value(field, value) for field, value in row.ListFields()}
    return json.dumps(said, ensure_ascii=False)


def _json_value(field: Any, value: Any) -> Any:
    if field.message_type is not None:
        try:
            return value.ToJsonString()
        except ValueError:  # beyond what a Timestamp or Duration may be, which is why the row is here
            return {"seconds": value.seconds, "nanos": value.nanos}
    if field.enum_type is not None:
        known = field.enum_type.values_by_number.get(value)
        return known.name if known else value
    if isinstance(value, str) and (reason := personal_data(value)):
        return f"({reason})"
    return value
