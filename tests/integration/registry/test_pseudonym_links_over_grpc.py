"""Links between the pseudonyms of two versions, as platforms hand them in: over a real socket."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import quzhong
from kit.eventlog.open import open_event_log
from kit.eventlog.topics import PSEUDONYM_LINKS
from kit.ledger import Entry
from kit.ledger.stored import tail
from kit.storage.store import Store
from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from services.registry import rotate_key
from services.registry.adapters.pseudonym_key_file import keys_in
from services.registry.settings import RegistrySettings
from tests.integration.registry.pseudonym_suite import (
    DAY_MS,
    NOW_MS,
    MovedClock,
    PseudonymSuite,
    serving,
)

LICENCES = [f"TS-{number:05}" for number in range(1_100)]


@pytest.fixture
def settings(tmp_path: Path) -> RegistrySettings:
    return RegistrySettings(data_dir=tmp_path, address="127.0.0.1:0")


def link(
    *pairs: tuple[str, str], request_id: str = "link-1", old: int = 1, new: int = 2
) -> pb.LinkPseudonymsRequest:
    links = [pb.PseudonymLink(old_pseudonym=old_text, new_pseudonym=new_text) for old_text, new_text in pairs]
    return pb.LinkPseudonymsRequest(
        request_id=request_id, old_key_version=old, new_key_version=new, links=links
    )


@pytest.fixture
def rotating(settings: RegistrySettings) -> Iterator[PseudonymSuite]:
    keys_in(settings.pseudonym_key_file, NOW_MS)
    rotate_key.add(settings.pseudonym_key_file, NOW_MS + 30 * DAY_MS, NOW_MS + 60 * DAY_MS)
    with serving(settings, MovedClock()) as started:
        yield started


def pair(number: int, other: int | None = None) -> tuple[str, str]:
    return f"old-{number:020}", f"new-{number if other is None else other:020}"


def test_platforms_link_the_pseudonyms_of_two_versions(rotating: PseudonymSuite) -> None:
    with rotating.pseudonymiser("platform-a") as pseudonyms:
        pairs = list(
            zip(
                *(pseudonyms.pseudonyms(LICENCES[:5], key_version=version) for version in (1, 2)), strict=True
            )
        )
    first = rotating.call("platform-a", "LinkPseudonyms", link(*pairs))
    assert (first.linked_count, first.known_count, list(first.contradicting)) == (5, 0, [])
    again = rotating.call("platform-a", "LinkPseudonyms", link(*pairs))
    assert again == first  # the earlier answer
    other = rotating.call("platform-b", "LinkPseudonyms", link(*pairs, pair(9)))
    assert (other.linked_count, other.known_count) == (1, 5)


def test_each_link_that_was_taken_in_is_published_once_with_its_end(settings: RegistrySettings) -> None:
    keys_in(settings.pseudonym_key_file, NOW_MS)
    rotate_key.add(settings.pseudonym_key_file, NOW_MS + 30 * DAY_MS, NOW_MS + 60 * DAY_MS)
    with serving(settings, MovedClock()) as suite:
        suite.call("platform-a", "LinkPseudonyms", link(pair(1), pair(2)))
        suite.call("platform-b", "LinkPseudonyms", link(pair(2), pair(1, 4), pair(3)))
    with serving(settings, MovedClock()):  # what the first life had not published yet
        pass
    log = open_event_log(settings.log_url)
    records = log.reader(PSEUDONYM_LINKS.name).poll(1)
    log.close()
    published = [pb.PseudonymSuccession.FromString(record.value) for record in records]
    assert [(each.old_pseudonym, each.new_pseudonym) for each in published] == [pair(1), pair(2), pair(3)]
    assert {each.forget_time.ToMilliseconds() for each in published} == {NOW_MS + (60 + 21) * DAY_MS}


def test_who_linked_how_many_is_entered_in_the_ledger_and_never_which(settings: RegistrySettings) -> None:
    keys_in(settings.pseudonym_key_file, NOW_MS)
    rotate_key.add(settings.pseudonym_key_file, NOW_MS + 30 * DAY_MS, NOW_MS + 60 * DAY_MS)
    with serving(settings, MovedClock()) as suite:
        suite.call("platform-a", "LinkPseudonyms", link(pair(1), pair(2)))
        suite.call("platform-a", "LinkPseudonyms", link(pair(1), pair(2)))  # the earlier answer
        suite.call("platform-b", "LinkPseudonyms", link(pair(1)))  # nothing new
    store = Store.open_to_read(settings.store_url("registry"))
    entries, _ = tail(store, "registry", 1_000)
    store.close()
    linked = [one for one in entries if isinstance(one, Entry) and one.action == "pseudonyms.linked"]
    assert [(one.actor, json.loads(one.details)["links"]) for one in linked] == [("platform-a", 2)]
    assert not any(text in str(entries) for text in (*pair(1), *pair(2)))


def test_the_client_links_everybody_and_tells_contradictions(rotating: PseudonymSuite) -> None:
    everybody = LICENCES[:600]
    with rotating.pseudonymiser("platform-a") as pseudonyms:
        wrong = (
            pseudonyms.pseudonyms([LICENCES[550], LICENCES[7]], 1),
            pseudonyms.pseudonyms(LICENCES[900:902], 2),
        )
        rotating.call("platform-b", "LinkPseudonyms", link(*zip(*wrong, strict=True)))
        assert pseudonyms.link(everybody, 1, 2) == [7, 550]
        assert pseudonyms.link(everybody[:7], 1, 2) == []
        with pytest.raises(quzhong.InvalidArgumentError) as refused:
            pseudonyms.link(everybody[:7], 2, 1)
        assert refused.value.reason == "NOT_CONSECUTIVE"

    async def linked() -> list[int]:
        async with quzhong.AsyncObliviousPseudonymiser(
            rotating.address, rotating.tokens["platform-a"], clock=rotating.clock.moment
        ) as other:
            return await other.link(everybody[545:555], 1, 2)

    assert asyncio.run(linked()) == [5]


def test_links_go_with_the_version_they_began_at(settings: RegistrySettings) -> None:
    clock = MovedClock()
    keys_in(settings.pseudonym_key_file, NOW_MS)
    rotate_key.add(settings.pseudonym_key_file, NOW_MS + 30 * DAY_MS, NOW_MS + 60 * DAY_MS)

    def known_after_a_start() -> int:
        with serving(settings, clock):
            pass
        with sqlite3.connect(settings.data_dir / "registry.db") as database:
            (count,) = database.execute("SELECT count(*) FROM pseudonym_link").fetchone()
        database.close()
        return int(count)

    with serving(settings, clock) as suite:
        suite.call("platform-a", "LinkPseudonyms", link(pair(1), pair(2)))
    clock.now_ms = NOW_MS + 60 * DAY_MS
    assert known_after_a_start() == 2  # retired, but not destroyed
    rotate_key.destroy(settings.pseudonym_key_file, 1, clock.now_ms)
    assert known_after_a_start() == 0


def test_a_link_that_contradicts_a_known_one_is_told_and_not_taken(rotating: PseudonymSuite) -> None:
    rotating.call("platform-a", "LinkPseudonyms", link(pair(1), pair(2)))
    answer = rotating.call("platform-b", "LinkPseudonyms", link(pair(3), pair(1, 4), pair(5, 2), pair(2)))
    assert (answer.linked_count, answer.known_count, list(answer.contradicting)) == (1, 1, [1, 2])


@pytest.mark.parametrize(
    ("request_", "reason", "field"),
    [
        (link(), "LINK_COUNT", "links"),
        (link(*[pair(number) for number in range(501)]), "LINK_COUNT", "links"),
        (link(("short", "n" * 24)), "PSEUDONYM_FORM", "links[0].old_pseudonym"),
        (link(pair(1), request_id=""), "REQUEST_ID_FORM", "request_id"),
        (link(pair(1), new=3), "KEY_VERSION_UNKNOWN", "new_key_version"),
        (link(pair(1), old=2, new=1), "NOT_CONSECUTIVE", "new_key_version"),
        (link(pair(1), old=2, new=2), "NOT_CONSECUTIVE", "new_key_version"),
    ],
)
def test_links_that_make_no_sense_are_refused(
    rotating: PseudonymSuite, request_: pb.LinkPseudonymsRequest, reason: str, field: str
) -> None:
    refusal = rotating.refusal("platform-a", "LinkPseudonyms", request_)
    assert (refusal.reason, refusal.field) == (reason, field)


def test_a_request_id_used_for_other_links_is_refused(rotating: PseudonymSuite) -> None:
    rotating.call("platform-a", "LinkPseudonyms", link(pair(1)))
    assert rotating.refusal("platform-a", "LinkPseudonyms", link(pair(2))).reason == "REQUEST_ID_REUSED"
    assert rotating.call("platform-b", "LinkPseudonyms", link(pair(2))).linked_count == 1
