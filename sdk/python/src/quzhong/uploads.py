"""An upload: any number of rows as one stream of batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar

from quzhong.answers import Row, UploadAnswer, upload_answer
from quzhong.api.intake.v1 import intake_pb2
from quzhong.batching import Batch, RequestIds, RowKind

RowT = TypeVar("RowT", bound=Row)


class Upload(Generic[RowT]):
    """The batches of one stream, made as the stream takes them."""

    def __init__(self, rows: Iterable[RowT], platform_id: str, ids: RequestIds, batch_size: int) -> None:
        self._rows = iter(rows)
        self._platform_id = platform_id
        self._ids = ids
        self._batch_size = batch_size
        self._starts: dict[str, int] = {}
        self.failure: Exception | None = None
        """What ``rows`` raised. gRPC would turn it into a status without its text."""

    def dispatches(self) -> Iterator[intake_pb2.UploadDispatchesRequest]:
        """For ``UploadDispatches``."""
        for batch in self._batches(RowKind.DISPATCH):
            request = batch.to_request(self._platform_id)
            assert isinstance(request, intake_pb2.SubmitDispatchesRequest)
            yield intake_pb2.UploadDispatchesRequest(batch=request)

    def work_sessions(self) -> Iterator[intake_pb2.UploadWorkSessionsRequest]:
        """For ``UploadWorkSessions``."""
        for batch in self._batches(RowKind.WORK_SESSION):
            request = batch.to_request(self._platform_id)
            assert isinstance(request, intake_pb2.SubmitWorkSessionsRequest)
            yield intake_pb2.UploadWorkSessionsRequest(batch=request)

    def answer(self, answer: intake_pb2.UploadAnswer) -> UploadAnswer:
        """The stream's answer, each rejection with its place among all rows."""
        return upload_answer(self._starts, answer)

    def _batches(self, kind: RowKind) -> Iterator[Batch]:
        sent = 0
        try:
            while rows := list(islice(self._rows, self._batch_size)):
                number, request_id = self._ids.next()
                self._starts[request_id] = sent
                sent += len(rows)
                yield Batch.of(kind, number, request_id, rows)
        except Exception as failure:
            self.failure = failure
            raise
