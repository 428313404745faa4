"""The JSON Schema of a message accepts what protobuf's own JSON of it looks like."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from google.protobuf.timestamp_pb2 import Timestamp
from jsonschema import Draft7Validator

from kit.eventlog.message_schemas import schemas_of
from quzhong.api.events.v1 import columns_pb2, findings_pb2
from quzhong.api.notify.v1 import notify_pb2

MESSAGES = (
    findings_pb2.Finding(
        finding_id="f",
        revision=3,
        severity=findings_pb2.SEVERITY_BREACH,
        title=findings_pb2.LocalText(zh="超时", en="too long"),
        event_time=Timestamp(seconds=1_770_000_000, nanos=5_000_000),
        working_time=findings_pb2.WorkingTimeEvidence(open=True, event_ids=["kuaida/1"]),
    ),
    findings_pb2.Finding(audit=findings_pb2.AuditEvidence(declared=float("inf"), orders=7)),
    notify_pb2.Notice(notice_id="n", citations=[findings_pb2.LocalText(zh="第一条")]),
    columns_pb2.DispatchColumns(),
)


def _validator(message: Any) -> Draft7Validator:
    schemas = schemas_of(message.DESCRIPTOR, "#/definitions/")
    return Draft7Validator({"$ref": f"#/definitions/{message.DESCRIPTOR.full_name}", "definitions": schemas})


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.DESCRIPTOR.name)
@pytest.mark.parametrize("with_defaults", [True, False])
def test_a_message_s_json_fits(message: Any, with_defaults: bool) -> None:
    said = MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=with_defaults
    )
    _validator(message).validate(said)


@pytest.mark.parametrize(
    "said",
    [{"findingId": "camel case"}, {"severity": "GRAVE"}, {"revision": -1}, {"title": "text"}, {"nothing": 1}],
)
def test_what_no_message_looks_like_does_not_fit(said: dict[str, Any]) -> None:
    assert not _validator(findings_pb2.Finding()).is_valid(said)
