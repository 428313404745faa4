"""``PseudonymService``: decode, call a use case, encode."""

from __future__ import annotations

import grpc

from kit.requests import content_sha256
from kit.security.caller import current_caller
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from quzhong.api.registry.v1 import pseudonyms_pb2_grpc
from services.registry.core.pseudonym_keys import KeyVersion
from services.registry.core.pseudonym_links import REFUSALS, Link
from services.registry.ports import Request
from services.registry.pseudonyms.handlers import Pseudonyms


class PseudonymServicer(pseudonyms_pb2_grpc.PseudonymServiceServicer):
    """The RPCs. Who may call which stands in ``kit.security.permissions``."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms

    def EvaluatePseudonyms(  # noqa: N802
        self, request: pb.EvaluatePseudonymsRequest, context: grpc.ServicerContext
    ) -> pb.EvaluatePseudonymsResponse:
        """See the contract."""
        evaluated = self._pseudonyms.evaluate(
            current_caller().party_id, request.key_version, request.blinded_elements
        )
        return pb.EvaluatePseudonymsResponse(
            evaluated_elements=evaluated.elements,
            proof=evaluated.proof,
            key_version=evaluated.under.version,
            public_key=evaluated.under.public_key,
        )

    def GetPseudonymKeys(  # noqa: N802
        self, request: pb.GetPseudonymKeysRequest, context: grpc.ServicerContext
    ) -> pb.GetPseudonymKeysResponse:
        """See the contract."""
        answering, current = self._pseudonyms.keys()
        return pb.GetPseudonymKeysResponse(
            keys=map(_key_message, answering), current_key_version=current.version
        )

    def LinkPseudonyms(  # noqa: N802
        self, request: pb.LinkPseudonymsRequest, context: grpc.ServicerContext
    ) -> pb.LinkPseudonymsResponse:
        """See the contract."""
        linked = self._pseudonyms.link(
            Request(current_caller().party_id, request.request_id, content_sha256(request)),
            request.old_key_version,
            request.new_key_version,
            [Link(link.old_pseudonym, link.new_pseudonym) for link in request.links],
        )
        return pb.LinkPseudonymsResponse(
            linked_count=linked.linked_count,
            known_count=linked.known_count,
            contradicting=[each.place for each in linked.refused],
            refused=[
                pb.RefusedLink(
                    place=place,
                    reason=reason,
                    message=LocalText(zh=REFUSALS[reason][1], en=REFUSALS[reason][0]),
                )
                for place, reason in linked.refused
            ],
        )

    def UnlinkPseudonyms(  # noqa: N802
        self, request: pb.UnlinkPseudonymsRequest, context: grpc.ServicerContext
    ) -> pb.UnlinkPseudonymsResponse:
        """See the contract."""
        undone = self._pseudonyms.unlink(
            Request(current_caller().party_id, request.request_id, content_sha256(request)),
            request.old_key_version,
            Link(request.old_pseudonym, request.new_pseudonym),
            request.reason,
        )
        answer = pb.UnlinkPseudonymsResponse(party_id=undone.known.party_id)
        answer.link_time.FromMilliseconds(undone.known.create_ms)
        answer.unlink_time.FromMilliseconds(undone.undo_ms)
        return answer


def _key_message(version: KeyVersion) -> pb.PseudonymKey:
    message = pb.PseudonymKey(key_version=version.version, public_key=version.public_key)
    message.not_before.FromMilliseconds(version.not_before_ms)
    if version.retire_ms is not None:
        message.retire_time.FromMilliseconds(version.retire_ms)
    return message
