"""The course of a consultation as sections of its pack. The frozen figures stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from quzhong.api.algo_audit.v1 import consultation_pb2 as pb
from services.algo_audit.core.consultation import Consultation
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.pack_course import CohortEffect, course_sections
from services.algo_audit.core.pack_method import METHOD_ID
from services.algo_audit.core.pack_model import Text
from services.algo_audit.wire_pack import section_to_proto
from services.algo_audit.wire_what_if import what_if_from_proto


def with_course(
    pack: pb.Pack,
    consultation: Consultation,
    effects: Mapping[int, Sequence[bytes]],
    areas: Mapping[str, Text] = MappingProxyType({}),
) -> pb.Pack:
    """A copy of the pack with the course of the consultation so far, before the note on method.

    ``effects``: offer number → ``OfferEffect``. ``areas``: code → name.
    """
    decoded = {number: [_effect(each) for each in of_offer] for number, of_offer in effects.items()}
    course = [section_to_proto(section) for section in course_sections(consultation, decoded, areas)]
    whole = pb.Pack()
    whole.CopyFrom(pack)
    del whole.sections[:]
    whole.sections.extend(section for section in pack.sections if section.section_id != METHOD_ID)
    whole.sections.extend(course)
    whole.sections.extend(section for section in pack.sections if section.section_id == METHOD_ID)
    return whole


def _effect(value: bytes) -> CohortEffect:
    message = pb.OfferEffect.FromString(value)
    return CohortEffect(
        cohort=Text(message.cohort_name.zh or message.cohort, message.cohort_name.en or message.cohort),
        offered=what_if_from_proto(message.what_if) if message.HasField("what_if") else None,
        declared=what_if_from_proto(message.declared) if message.HasField("declared") else None,
        middle=Interval(message.middle.low, message.middle.high) if message.HasField("middle") else None,
        floor=message.floor if message.HasField("floor") else None,
        partial=message.partial,
    )
