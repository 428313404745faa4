"""Workers' records, advice, and how events arrive, over gRPC with the reader's own token."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator

import grpc
from google.protobuf import json_format

from kit.clock import system_clock
from kit.errors import InvalidArgumentError
from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from quzhong.api.registry.v1 import (
    registry_pb2,
    registry_pb2_grpc,
    worker_codes_pb2,
    worker_codes_pb2_grpc,
)
from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc
from services.portal.adapters import decode, decode_explained
from services.portal.adapters.calls import ANSWER_S, MOST, answered, asked, bearer, pages
from services.portal.adapters.statuses import to_error
from services.portal.core.findings import Finding
from services.portal.core.integration import (
    CheckedRow,
    IntegrationStatus,
    LastBatch,
    OwnCredential,
    RejectionCount,
    RowVerdict,
)
from services.portal.core.language import LocalText
from services.portal.core.own_record import Advice, AdviceKind, IssuedCode
from services.portal.own_ports import AdvicePage, FreshCode, OwnRecord, WatchedAdvice
from services.portal.ports import Session


class GrpcOwn:
    """Implements ``services.portal.own_ports.Own``."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._codes = worker_codes_pb2_grpc.WorkerCodeServiceStub(channel)
        self._workhours = workhours_pb2_grpc.WorkhoursServiceStub(channel)
        self._intake = intake_pb2_grpc.IntakeServiceStub(channel)
        self._registry = registry_pb2_grpc.RegistryServiceStub(channel)

    async def redeem(self, code: str) -> Session:
        """See the port."""
        request = worker_codes_pb2.RedeemWorkerCodeRequest(code=code)
        answer = await answered(self._codes.RedeemWorkerCode(request, timeout=ANSWER_S))
        left_ms = decode.ms(answer.expire_time) - system_clock()
        return Session(answer.access_token, max(1, left_ms // 1000))

    async def issue_code(self, token: str, worker_id: str, reason: str, request_id: str) -> FreshCode:
        """See the port."""
        request = worker_codes_pb2.IssueWorkerCodeRequest(
            request_id=request_id, worker_id=worker_id, reason=reason
        )
        answer = await asked(self._codes.IssueWorkerCode, request, token)
        return FreshCode(answer.code, decode.ms(answer.expire_time))

    async def codes(self, token: str) -> list[IssuedCode]:
        """See the port."""
        request = worker_codes_pb2.ListWorkerCodesRequest(page_size=MOST)
        answer = await asked(self._codes.ListWorkerCodes, request, token)
        return [
            IssuedCode(
                each.party_id,
                each.reason,
                decode.ms(each.create_time),
                decode.optional_ms(each, "redeem_time"),
            )
            for each in answer.codes
        ]

    async def record(self, token: str, start_ms: int, end_ms: int) -> OwnRecord:
        """See the port."""
        request = workhours_pb2.GetWorkerTimelineRequest()
        request.start_time.FromMilliseconds(start_ms)
        request.end_time.FromMilliseconds(end_ms)
        answer = await asked(self._workhours.GetWorkerTimeline, request, token)
        timeline = decode_explained.timeline(answer, start_ms, end_ms)
        return OwnRecord(timeline, tuple(map(decode.finding, answer.findings)))

    async def advice(self, token: str) -> AdvicePage:
        """See the port."""
        request = workhours_pb2.ListAdvisoriesRequest(page_size=MOST)
        answer = await asked(self._workhours.ListAdvisories, request, token)
        return AdvicePage(tuple(map(advice, answer.advisories)), answer.resume_token)

    async def watch_advice(self, token: str, resume_token: str) -> AsyncGenerator[WatchedAdvice, None]:
        """See the port."""
        request = workhours_pb2.WatchAdvisoriesRequest(resume_token=resume_token)
        call = self._workhours.WatchAdvisories(request, metadata=bearer(token))
        try:
            async for message in call:
                yield WatchedAdvice(advice(message.advisory), message.resume_token)
        except grpc.aio.AioRpcError as failure:
            raise to_error(failure) from failure
        finally:
            call.cancel()

    async def findings(self, token: str, most: int) -> tuple[list[Finding], bool]:
        """See the port."""
        request = workhours_pb2.ListFindingsRequest(page_size=MOST)
        found = [
            decode.finding(each)
            async for answer in pages(self._workhours.ListFindings, request, token)
            for each in answer.findings
        ]
        found.sort(key=lambda each: (-(each.event_time_ms or 0), each.finding_id))
        return found[:most], bool(request.page_token) or len(found) > most

    async def integration(self, token: str, platform_id: str, window_ms: int = 0) -> IntegrationStatus:
        """See the port."""
        request = intake_pb2.GetIntegrationStatusRequest(platform_id=platform_id)
        if window_ms:
            request.window.FromMilliseconds(window_ms)
        told = await asked(self._intake.GetIntegrationStatus, request, token)
        last = told.last_batch
        return IntegrationStatus(
            decode.ms(told.start_time),
            told.batches,
            told.accepted,
            told.duplicate,
            told.rejected,
            tuple(
                RejectionCount(
                    each.reason,
                    each.field,
                    each.rows,
                    LocalText(each.message_zh, each.message),
                    decode.ms(each.last_time),
                )
                for each in told.rejections
            ),
            LastBatch(
                last.request_id,
                decode.ms(last.answer_time),
                last.accepted,
                last.duplicate,
                last.rejected,
                decode.span_ms(last.lag) if last.HasField("lag") else None,
            )
            if told.HasField("last_batch")
            else None,
            decode.span_ms(told.lag_median) if told.HasField("lag_median") else None,
            decode.span_ms(told.lag_p95) if told.HasField("lag_p95") else None,
            told.truncated,
        )

    async def check(self, token: str, batch: str) -> list[CheckedRow]:
        """See the port."""
        request = _batch(batch)
        answer = await asked(self._intake.CheckEvents, request, token)
        return [
            *checked("dispatches", request.dispatches, answer.dispatches),
            *checked("work_sessions", request.work_sessions, answer.work_sessions),
        ]

    async def credentials(self, token: str, party_id: str) -> list[OwnCredential]:
        """See the port."""
        request = registry_pb2.ListCredentialsRequest(party_id=party_id, page_size=MOST, include_revoked=True)
        return [
            OwnCredential(
                each.credential_id,
                registry_pb2.CredentialKind.Name(each.kind).removeprefix("CREDENTIAL_KIND_").lower(),
                decode.ms(each.create_time),
                decode.optional_ms(each, "revoke_time"),
            )
            async for answer in pages(self._registry.ListCredentials, request, token)
            for each in answer.credentials
        ]

    async def revoke_credential(self, token: str, credential_id: str, request_id: str) -> None:
        """See the port."""
        request = registry_pb2.RevokeCredentialRequest(request_id=request_id, credential_id=credential_id)
        await asked(self._registry.RevokeCredential, request, token)


def advice(message: workhours_pb2.Advisory) -> Advice:
    """An advisory as it is shown."""
    return Advice(
        advisory_id=message.advisory_id,
        worker_id=message.worker_id,
        platform_id=message.platform_id,
        rule_id=message.rule_id,
        kind=decode.known(AdviceKind, message.kind),
        minutes_left_ms=decode.span_ms(message.minutes_left) if message.HasField("minutes_left") else None,
        must_rest_until_ms=decode.optional_ms(message, "must_rest_until_time"),
        no_push_start_ms=decode.optional_ms(message, "no_push_start_time"),
        no_push_end_ms=decode.optional_ms(message, "no_push_end_time"),
        finding_id=message.finding_id,
        event_time_ms=decode.ms(message.event_time),
        text=decode.text(message.text),
    )


def _batch(text: str) -> intake_pb2.CheckEventsRequest:
    """Raises InvalidArgumentError, BATCH_JSON."""
    try:
        request = json_format.Parse(text, intake_pb2.CheckEventsRequest())
    except (json_format.ParseError, RecursionError, ValueError) as error:
        why = str(error)[:300] or "nested too deeply"
        raise InvalidArgumentError(
            f"batch: no JSON of a batch: {why}; see the samples",
            zh=f"batch：不是批次的 JSON：{why}；请参照示例",
            field="batch",
            reason="BATCH_JSON",
        ) from error
    if not (request.dispatches or request.work_sessions):
        raise InvalidArgumentError(
            "batch: holds no event; give it dispatches or work_sessions, see the samples",
            zh="batch：没有事件；请填写 dispatches 或 work_sessions，参见示例",
            field="batch",
            reason="BATCH_JSON",
        )
    return request


def checked(
    kind: str,
    rows: Iterable[events_pb2.Dispatch | events_pb2.WorkSession],
    answer: intake_pb2.BatchAnswer,
) -> Iterator[CheckedRow]:
    """The rows of a kind with what intake says of each."""
    rejections = {each.row: each for each in answer.rejections}
    for number, (row, verdict) in enumerate(zip(rows, answer.verdicts, strict=True)):
        known = decode.known(RowVerdict, verdict)
        if (why := rejections.get(number)) is None:
            yield CheckedRow(kind, number + 1, row.event_id, known)
        else:
            told = LocalText(why.message_zh, why.message)
            yield CheckedRow(kind, number + 1, row.event_id, known, why.field, why.reason, told)
