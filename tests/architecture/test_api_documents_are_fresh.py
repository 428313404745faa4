"""``docs/api`` is what ``make docs`` writes, and both documents are what their standards say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft7Validator, Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31

from kit.eventlog.topics import TOPICS
from kit.eventlog.topics_document import topics_document
from kit.security.http_api_permissions import CALLS, HTTP_API, NO_TWIN, READING_VERBS, rpc
from kit.security.permissions import PERMISSIONS
from services.portal.http_api.openapi import openapi_document
from tools.api_documents import DOCUMENTS, FOLDER, written

ASYNCAPI = Path(__file__).parents[1] / "support" / "asyncapi" / "3.0.0.json"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_generated_from_the_code(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == written(DOCUMENTS[name]()), "run `make docs`"


def test_the_openapi_document_is_one_of_3_1() -> None:
    _fits(openapi_document(), Draft202012Validator(OPENAPI_31))


def test_the_asyncapi_document_is_one_of_3_0() -> None:
    _fits(topics_document(), Draft7Validator(json.loads(ASYNCAPI.read_text("utf-8"))))


def _fits(document: dict[str, Any], validator: Any) -> None:
    wrong = [(error.instance_path, error.message[:300]) for error in validator.iter_errors(document)]
    assert wrong == []
    assert not validator.is_valid(document | {"surely_not_in_the_standard": {}})


@pytest.mark.parametrize("document", [openapi_document(), topics_document()], ids=["openapi", "asyncapi"])
def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def look(value: Any) -> None:
        if isinstance(value, dict):
            if (address := value.get("$ref")) is not None:
                place: Any = document
                for step in address.removeprefix("#/").split("/"):
                    place = place[step]
            for each in value.values():
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)

    look(document)


def test_every_route_lists_its_refusals_and_who_may_ask() -> None:
    found = set()
    for path, methods in openapi_document()["paths"].items():
        for method, operation in methods.items():
            found.add(f"{method.upper()} {path}")
            assert {"400", "401", "403", "429", "503"} <= operation["responses"].keys(), path
            for status, response in operation["responses"].items():
                if status.startswith(("4", "5")):
                    assert list(response["content"]) == ["application/problem+json"], (path, status)
            assert operation["description"], path
            assert {"bearer": []} in operation["security"], path
    assert found == set(HTTP_API)


def test_every_topic_has_its_channel_with_writers_and_readers() -> None:
    document = topics_document()
    dead = [topic.dead_letter_name for topic in TOPICS if topic.dead_letter]
    assert list(document["channels"]) == [topic.name for topic in TOPICS] + dead
    for topic in TOPICS:
        assert topic.payload in document["components"]["schemas"]
        for service in topic.writers:
            assert document["operations"][f"{service}.send.{topic.name}"]["action"] == "send"
        for service in topic.readers:
            assert document["operations"][f"{service}.receive.{topic.name}"]["action"] == "receive"


def test_every_rpc_that_reads_has_a_route_or_a_reason() -> None:
    reading = {path for path in PERMISSIONS if path.rpartition("/")[2].startswith(tuple(READING_VERBS))}
    routed = {rpc(call) for calls in CALLS.values() for call in calls}
    reasons = {rpc(call) for call in NO_TWIN}
    assert routed & reasons == set()
    assert reasons <= reading
    assert reading - reasons == routed - WRITES


WRITES = {
    "/quzhong.api.notify.v1.CaseworkService/ReplyToNotice",
    "/quzhong.api.notify.v1.CaseworkService/AppealFinding",
}
"""Made by routes that change something."""

WRITING_VERBS = frozenset(
    {"Accept", "Acknowledge", "Admit", "Amend", "Appeal", "Approve", "Cancel", "Close", "Commend", "Create"}
    | {"Decide", "Declare", "Decline", "Delete", "Disable", "Erase", "Escalate", "Fail", "File", "Issue"}
    | {"Link", "Make", "Move", "Open", "Order", "Propose", "Record", "Redeliver", "Register", "Reply"}
    | {"Reset", "Return", "Revoke", "Rotate", "Run", "Save", "Send", "Set", "Start", "Submit", "Unlink"}
    | {"Update", "Upload"}
)


@pytest.mark.parametrize("path", PERMISSIONS)
def test_a_verb_of_an_rpc_is_known_to_read_or_to_write(path: str) -> None:
    verb = re.match("[A-Z][a-z]+", path.rpartition("/")[2])
    assert verb is not None
    assert (verb[0] in READING_VERBS) != (verb[0] in WRITING_VERBS), path
