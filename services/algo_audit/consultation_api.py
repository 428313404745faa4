"""``ConsultationService``: decode, call a use case, encode."""

from __future__ import annotations

import grpc

from kit.errors import InvalidArgumentError
from kit.grpc.moments import epoch_ms, stated_ms
from kit.grpc.paging import page_key, page_size, page_token
from kit.security.caller import current_caller
from quzhong.api.algo_audit.v1 import consultation_pb2 as pb
from quzhong.api.algo_audit.v1 import consultation_pb2_grpc
from services.algo_audit.consultation_ports import PackRenderer
from services.algo_audit.consultation_reading import ConsultationReader, PlatformDuty, Shown
from services.algo_audit.consultations import ConsultationDesk
from services.algo_audit.core.pack_model import Text
from services.algo_audit.openings import Opening
from services.algo_audit.wire import detail_from_proto
from services.algo_audit.wire_consultation import consultation_to_proto, proposals_from_proto
from services.algo_audit.wire_course import with_course
from services.algo_audit.wire_mutations import mutation_of


class ConsultationServicer(consultation_pb2_grpc.ConsultationServiceServicer):
    """The RPCs. Who may call which stands in ``kit.security.permissions``."""

    def __init__(self, desk: ConsultationDesk, reader: ConsultationReader, renderer: PackRenderer) -> None:
        self._desk = desk
        self._reader = reader
        self._renderer = renderer

    def OpenConsultation(  # noqa: N802
        self, request: pb.OpenConsultationRequest, context: grpc.ServicerContext
    ) -> pb.OpenConsultationResponse:
        """See the contract."""
        opening = Opening(
            platform_id=request.platform_id,
            union_id=request.union_id,
            topic=request.topic,
            metric_id=request.metric_id,
            area_code=request.area_code,
            start_ms=stated_ms(request, "period_start_time"),
            end_ms=stated_ms(request, "period_end_time"),
            detail=detail_from_proto(request.detail),
            text=request.text,
        )
        shown = self._desk.open(current_caller(), mutation_of(request), opening)
        return pb.OpenConsultationResponse(consultation=_message(shown))

    def GetConsultation(  # noqa: N802
        self, request: pb.GetConsultationRequest, context: grpc.ServicerContext
    ) -> pb.GetConsultationResponse:
        """See the contract."""
        shown, pack = self._reader.get(current_caller(), request.consultation_id)
        return pb.GetConsultationResponse(consultation=_message(shown), pack=self._pack(shown, pack))

    def ListConsultations(  # noqa: N802
        self, request: pb.ListConsultationsRequest, context: grpc.ServicerContext
    ) -> pb.ListConsultationsResponse:
        """See the contract."""
        size = page_size(request.page_size)
        key = page_key(request.page_token, str)
        after = None if key is None else str(key[0])
        kept = self._reader.page(current_caller(), request.platform_id, request.state, after, size + 1)
        consultations = [consultation_to_proto(one.consultation) for one in kept[:size]]
        for consultation in consultations:
            consultation.ClearField("offers")
            consultation.ClearField("history")
        return pb.ListConsultationsResponse(
            consultations=consultations,
            next_page_token=page_token(kept[size - 1].consultation.consultation_id)
            if len(kept) > size
            else "",
        )

    def MakeOffer(  # noqa: N802
        self, request: pb.MakeOfferRequest, context: grpc.ServicerContext
    ) -> pb.MakeOfferResponse:
        """See the contract."""
        shown = self._desk.offer(
            current_caller(),
            mutation_of(request),
            request.consultation_id,
            proposals_from_proto(request.thresholds),
            epoch_ms(request.effective_time, "effective_time"),
            request.text,
        )
        return pb.MakeOfferResponse(consultation=_message(shown))

    def AcceptOffer(  # noqa: N802
        self, request: pb.AcceptOfferRequest, context: grpc.ServicerContext
    ) -> pb.AcceptOfferResponse:
        """See the contract."""
        shown = self._desk.accept(
            current_caller(),
            mutation_of(request),
            request.consultation_id,
            request.offer_number,
            request.text,
        )
        return pb.AcceptOfferResponse(consultation=_message(shown))

    def FailConsultation(  # noqa: N802
        self, request: pb.FailConsultationRequest, context: grpc.ServicerContext
    ) -> pb.FailConsultationResponse:
        """See the contract."""
        shown = self._desk.fail(current_caller(), mutation_of(request), request.consultation_id, request.text)
        return pb.FailConsultationResponse(consultation=_message(shown))

    def RenderPack(  # noqa: N802
        self, request: pb.RenderPackRequest, context: grpc.ServicerContext
    ) -> pb.RenderPackResponse:
        """See the contract: the frozen pack, and at its end the course of the consultation so far."""
        if request.format not in pb.PackFormat.values() or not request.format:
            raise InvalidArgumentError(
                f"format: {request.format} is none; send 1 (PDF), 2 (CSV in a zip file) or 3 (Parquet)",
                zh=f"format：{request.format} 不是文件格式；请填写 1（PDF）、2（CSV 压缩包）或 3（Parquet）",
                field="format",
                reason="FORMAT_UNKNOWN",
            )
        if request.language not in pb.Language.values():
            raise InvalidArgumentError(
                f"language: {request.language} is none; send 1 (Chinese), 2 (English), or nothing",
                zh=f"language：{request.language} 不是语言；请填写 1（中文）、2（英文）或不填",
                field="language",
                reason="LANGUAGE_UNKNOWN",
            )
        shown, pack = self._reader.get(current_caller(), request.consultation_id)
        rendered = self._renderer.render(
            self._pack(shown, pack).SerializeToString(), request.format, request.language or pb.LANGUAGE_ZH
        )
        return pb.RenderPackResponse(
            content=rendered.content,
            content_type=rendered.content_type,
            file_name=rendered.file_name,
        )

    def ListDuties(  # noqa: N802
        self, request: pb.ListDutiesRequest, context: grpc.ServicerContext
    ) -> pb.ListDutiesResponse:
        """See the contract."""
        size = page_size(request.page_size)
        key = page_key(request.page_token, str)
        duties = self._reader.duties(current_caller(), "" if key is None else str(key[0]), size + 1)
        return pb.ListDutiesResponse(
            duties=map(_duty, duties[:size]),
            next_page_token=page_token(duties[size - 1].platform_id) if len(duties) > size else "",
        )

    def _pack(self, shown: Shown, frozen: bytes) -> pb.Pack:
        names = self._reader.area_names(shown.consultation)
        areas = {code: Text(*name) for code, name in names.items()}
        return with_course(pb.Pack.FromString(frozen), shown.consultation, shown.effects, areas)


def _message(shown: Shown) -> pb.Consultation:
    return consultation_to_proto(shown.consultation, shown.effects)


def _duty(one: PlatformDuty) -> pb.Duty:
    message = pb.Duty(
        platform_id=one.platform_id,
        overdue=one.duty.overdue,
        open_consultation_id=one.open_consultation_id,
    )
    message.due_time.FromMilliseconds(one.duty.due_ms)
    if one.duty.last_end_ms is not None:
        message.last_end_time.FromMilliseconds(one.duty.last_end_ms)
    return message
