"""Of two links that contradict each other the first is believed, until an administrator undoes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import grpc
import pytest

from kit.eventlog.open import open_event_log
from kit.eventlog.topics import PSEUDONYM_LINKS
from kit.ledger import Entry
from kit.ledger.stored import tail
from kit.storage.store import Store
from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from services.registry import rotate_key
from services.registry.adapters.pseudonym_key_file import keys_in
from services.registry.core.pseudonym_links import REFUSALS
from services.registry.settings import RegistrySettings
from tests.integration.registry.pseudonym_suite import DAY_MS, NOW_MS, MovedClock, PseudonymSuite, serving

OLD, NEW, OTHER_OLD, OTHER_NEW = (f"{name:x<24}" for name in ("old", "new", "other-old", "other-new"))


@pytest.fixture
def settings(tmp_path: Path) -> RegistrySettings:
    settings = RegistrySettings(data_dir=tmp_path, address="127.0.0.1:0")
    keys_in(settings.pseudonym_key_file, NOW_MS)
    rotate_key.add(settings.pseudonym_key_file, NOW_MS + 30 * DAY_MS, NOW_MS + 60 * DAY_MS)
    return settings


@pytest.fixture
def suite(settings: RegistrySettings) -> Iterator[PseudonymSuite]:
    with serving(settings, MovedClock()) as started:
        yield started


def link(suite: PseudonymSuite, who: str, *pairs: tuple[str, str], request_id: str = "l") -> Any:
    links = [pb.PseudonymLink(old_pseudonym=old, new_pseudonym=new) for old, new in pairs]
    request = pb.LinkPseudonymsRequest(
        request_id=request_id, old_key_version=1, new_key_version=2, links=links
    )
    return suite.call(who, "LinkPseudonyms", request)


def undoing(old: str = OLD, new: str = NEW, **other: Any) -> pb.UnlinkPseudonymsRequest:
    given: dict[str, Any] = {
        "request_id": "u",
        "old_key_version": 1,
        "reason": "two people of one name",
    } | other
    return pb.UnlinkPseudonymsRequest(old_pseudonym=old, new_pseudonym=new, **given)


def entered(settings: RegistrySettings, action: str) -> list[Entry]:
    store = Store.open_to_read(settings.store_url("registry"))
    entries, _ = tail(store, "registry", 1_000)
    store.close()
    assert not any(text in str(entries) for text in (OLD, NEW, OTHER_OLD, OTHER_NEW))
    return [one for one in entries if isinstance(one, Entry) and one.action == action]


def test_a_contradiction_is_told_with_its_reason_and_entered_with_whose_link_it_contradicts(
    suite: PseudonymSuite,
) -> None:
    link(suite, "platform-a", (OLD, NEW))
    pairs = [(OLD, OTHER_NEW), (OTHER_OLD, NEW), (OTHER_OLD, OTHER_OLD), (OTHER_OLD, OTHER_NEW)]
    answer = link(suite, "platform-b", *pairs)
    assert (answer.linked_count, list(answer.contradicting)) == (1, [0, 1, 2])
    told = [(each.place, each.reason) for each in answer.refused]
    assert told == [(0, "OLD_LINKED_OTHERWISE"), (1, "NEW_LINKED_OTHERWISE"), (2, "SAME_PSEUDONYM")]
    assert [(each.message.en, each.message.zh) for each in answer.refused] == [
        REFUSALS[reason] for _, reason in told
    ]
    assert link(suite, "platform-b", *pairs) == answer  # the earlier answer
    (entry,) = entered(suite.settings, "pseudonyms.link_refused")
    assert entry.actor == "platform-b"
    assert json.loads(entry.details) == {
        "old_key_version": 1,
        "reasons": {"new_linked_otherwise": 1, "old_linked_otherwise": 1, "same_pseudonym": 1},
        "contradicted_parties": ["platform-a"],
    }


def test_what_an_administrator_undoes_is_published_and_entered_and_the_true_link_taken(
    settings: RegistrySettings,
) -> None:
    clock = MovedClock()
    with serving(settings, clock) as suite:
        link(suite, "platform-b", (OLD, NEW))
        clock.now_ms += DAY_MS
        undone = suite.call("administrator", "UnlinkPseudonyms", undoing())
        assert undone.party_id == "platform-b"
        assert (undone.link_time.ToMilliseconds(), undone.unlink_time.ToMilliseconds()) == (
            NOW_MS,
            clock.now_ms,
        )
        clock.now_ms += 1
        assert suite.call("administrator", "UnlinkPseudonyms", undoing()) == undone  # the earlier answer
        answer = link(suite, "platform-a", (OLD, OTHER_NEW), (OTHER_OLD, NEW), request_id="l2")
        assert answer.linked_count == 2
    with serving(settings, clock) as suite:  # after a restart too
        again = link(suite, "platform-b", (OLD, NEW), (OLD, OTHER_NEW), request_id="l3")
        assert (again.known_count, [each.reason for each in again.refused]) == (1, ["OLD_LINKED_OTHERWISE"])
        twice = suite.refusal("administrator", "UnlinkPseudonyms", undoing(OLD, OTHER_NEW, request_id="u2"))
        assert (twice.code, twice.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "LINK_NOT_APART")
    (first,) = entered(settings, "pseudonyms.unlinked")
    assert (first.actor, first.reason) == ("administrator", "two people of one name")
    assert json.loads(first.details) == {
        "old_key_version": 1,
        "linked_by": "platform-b",
        "link_sha256": sha256(f"{OLD}\n{NEW}".encode()).hexdigest(),
    }
    log = open_event_log(settings.log_url)
    records = [
        pb.PseudonymSuccession.FromString(each.value) for each in log.reader(PSEUDONYM_LINKS.name).poll(1)
    ]
    log.close()
    of_old = [
        (each.new_pseudonym, each.HasField("undo_time")) for each in records if each.old_pseudonym == OLD
    ]
    assert of_old == [(NEW, False), (NEW, True), (OTHER_NEW, False)]


@pytest.mark.parametrize(
    ("request_", "reason", "field"),
    [
        (undoing(OLD, OTHER_NEW), "LINK_UNKNOWN", "new_pseudonym"),
        (undoing(OTHER_OLD, NEW), "LINK_UNKNOWN", "new_pseudonym"),
        (undoing(old_key_version=2), "LINK_UNKNOWN", "new_pseudonym"),
        (undoing(old_key_version=3), "KEY_VERSION_UNKNOWN", "old_key_version"),
        (undoing(old="short"), "PSEUDONYM_FORM", "old_pseudonym"),
        (undoing(reason=" "), "REASON_LENGTH", "reason"),
        (undoing(reason="x" * 501), "REASON_LENGTH", "reason"),
        (undoing(reason=f"{OLD} is somebody else"), "REASON_NAMES_WORKER", "reason"),
        (undoing(request_id=""), "REQUEST_ID_FORM", "request_id"),
    ],
)
def test_undoing_what_makes_no_sense_is_refused(
    suite: PseudonymSuite, request_: pb.UnlinkPseudonymsRequest, reason: str, field: str
) -> None:
    link(suite, "platform-a", (OLD, NEW))
    refusal = suite.refusal("administrator", "UnlinkPseudonyms", request_)
    assert (refusal.reason, refusal.field) == (reason, field)
    assert refusal.zh != refusal.message


def test_the_same_two_are_not_linked_again(suite: PseudonymSuite) -> None:
    link(suite, "platform-a", (OLD, NEW))
    suite.call("administrator", "UnlinkPseudonyms", undoing())
    again = link(suite, "platform-b", (OLD, NEW), request_id="again")
    assert (again.linked_count, [each.reason for each in again.refused]) == (0, ["LINK_UNDONE"])


def test_a_link_within_a_chain_is_not_undone(settings: RegistrySettings) -> None:
    rotate_key.add(settings.pseudonym_key_file, NOW_MS + 60 * DAY_MS, NOW_MS + 90 * DAY_MS)
    clock = MovedClock()
    with serving(settings, clock) as suite:
        link(suite, "platform-a", (OLD, NEW))
        links = [pb.PseudonymLink(old_pseudonym=NEW, new_pseudonym=OTHER_NEW)]
        suite.call(
            "platform-a",
            "LinkPseudonyms",
            pb.LinkPseudonymsRequest(request_id="2", old_key_version=2, new_key_version=3, links=links),
        )
        for request in (undoing(), undoing(NEW, OTHER_NEW, old_key_version=2, request_id="u2")):
            assert suite.refusal("administrator", "UnlinkPseudonyms", request).reason == "LINK_NOT_APART"


def test_platforms_undo_nothing(suite: PseudonymSuite) -> None:
    link(suite, "platform-a", (OLD, NEW))
    refused = suite.refusal("platform-a", "UnlinkPseudonyms", undoing())
    assert refused.code is grpc.StatusCode.PERMISSION_DENIED
