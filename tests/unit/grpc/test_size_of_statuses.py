"""A status goes through gRPC's metadata whole, whatever the caller had it name."""

from __future__ import annotations

from google.rpc import error_details_pb2
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import InvalidArgumentError
from kit.grpc.status import LARGEST, to_status, wire_bytes

texts = st.text(max_size=40) | st.builds(
    lambda text, times: text * times, st.text(max_size=9), st.just(2_000)
)


@given(texts, texts, texts, st.dictionaries(st.text(max_size=9), texts, max_size=3))
def test_no_status_is_too_large_for_the_wire_and_each_tells_its_reason(
    message: str, zh: str, field: str, metadata: dict[str, str]
) -> None:
    error = InvalidArgumentError(message, zh=zh, field=field, metadata=metadata, reason="TOO_LONG")
    status = to_status(error)
    assert wire_bytes(status) <= LARGEST
    info = error_details_pb2.ErrorInfo()
    assert status.details[0].Unpack(info)
    assert info.reason == "TOO_LONG"


def test_a_message_that_fits_is_told_whole() -> None:
    message = "area_code: " + "130203, " * 100
    assert to_status(InvalidArgumentError(message)).message == message


def test_of_a_message_that_does_not_fit_beginning_and_way_out_are_told() -> None:
    message = f"party_id: {'a' * 5_000!r} is nobody; send one that ListParties answers"
    told = to_status(InvalidArgumentError(message, field="party_id")).message
    assert told.startswith("party_id: 'aaa")
    assert told.endswith("is nobody; send one that ListParties answers")
