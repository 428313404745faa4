"""Lines of a log: what a program reads of them, and what nobody may read in them."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.sdk.trace import TracerProvider

from kit.errors import StorageUnavailableError
from kit.telemetry import tracing
from kit.telemetry.logs import JsonLines, TextLines, without_worker_data
from quzhong import LocalPseudonymiser


def record(message: str, *arguments: object, error: BaseException | None = None) -> logging.LogRecord:
    info = None if error is None else (type(error), error, error.__traceback__)
    return logging.LogRecord("services.intake", logging.WARNING, __file__, 1, message, arguments, info)


def line(entry: logging.LogRecord) -> dict[str, str]:
    told: dict[str, str] = json.loads(JsonLines("quzhong-intake").format(entry))
    return told


def test_a_line_is_one_object_with_time_zone_severity_and_service() -> None:
    told = line(record("group %s: %s", "workhours", "trying again\nsoon"))
    assert told.pop("time").endswith("+08:00")
    assert told == {
        "severity": "WARN",
        "logger": "services.intake",
        "service": "quzhong-intake",
        "message": "group workhours: trying again\nsoon",
    }
    assert "\n" not in JsonLines("quzhong-intake").format(record("two\nlines"))


def test_a_line_within_a_span_says_which() -> None:
    tracing.use(TracerProvider(shutdown_on_exit=False).get_tracer("test"))
    try:
        with tracing.span("work") as span:
            told = line(record("within"))
        outside = line(record("outside"))
    finally:
        tracing.use(None)
    assert told["trace_id"] == f"{span.context.trace_id:032x}"
    assert told["span_id"] == f"{span.context.span_id:016x}"
    assert "trace_id" not in outside


@pytest.mark.parametrize("lines", [TextLines(), JsonLines("quzhong")])
def test_a_pseudonym_is_in_no_line_wherever_it_stands(lines: logging.Formatter) -> None:
    pseudonym = LocalPseudonymiser(b"a key for these tests").pseudonym("a rider")
    try:
        raise StorageUnavailableError(f"no row of worker {pseudonym}")
    except StorageUnavailableError as error:
        text = lines.format(record("worker %s (%s)", pseudonym, "x", error=error))
    assert pseudonym not in text
    assert text.count("‹id:") >= 2


@given(st.binary(min_size=12, max_size=48), st.sampled_from([" ", ": '", "/", "(", ",", "="]))
def test_what_is_derived_from_a_key_is_replaced_next_to_any_punctuation(secret: bytes, mark: str) -> None:
    word = secret.hex()
    if not any(letter.isdigit() for letter in word):
        return
    assert word not in without_worker_data(f"worker{mark}{word}' is unknown")


def test_few_pseudonyms_of_a_city_look_like_names_of_the_program() -> None:
    pseudonymiser = LocalPseudonymiser(b"a key for these tests")
    made = [pseudonymiser.pseudonym(f"rider {number}") for number in range(20_000)]
    assert sum(without_worker_data(one) == one for one in made) <= 1


def test_one_pseudonym_is_one_token_so_that_lines_can_be_matched() -> None:
    first, second = (without_worker_data(f"worker {'a1' * 12} {n}").split()[1] for n in range(2))
    assert first == second
    assert first != without_worker_data(f"worker {'b2' * 12}").split()[1]


@pytest.mark.parametrize(
    "text",
    [
        "consumer intake-archive: work-sessions/12@34567890 goes to the dead letters: MALFORMED_RECORD",
        "quzhong.api.intake.v1.IntakeService/SubmitDispatches",
        "kafka-broker.example:9092 in 2026-11-30T08:00:00+08:00",
        "rule pack cn-food-delivery-2025: version 1.0.0 → 1.1.0",
        "PERIOD_NOT_A_MONTH in GetEffectiveResponsibilities",
        "StorageUnavailableError in kit/storage/store.py, line 123",
    ],
)
def test_what_an_operator_needs_stays(text: str) -> None:
    assert without_worker_data(text) == text


def test_an_error_is_told_with_its_reason_and_where_it_came_from() -> None:
    try:
        raise StorageUnavailableError("the disk is full")
    except StorageUnavailableError:
        error = sys.exc_info()[1]
    told = line(record("failed", error=error))
    assert told["error"] == "STORAGE_UNAVAILABLE"
    assert "test_logs.py" in told["stack"]
