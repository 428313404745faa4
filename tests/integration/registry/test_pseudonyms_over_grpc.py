"""Pseudonyms as platforms get them: the SDK, a real socket, the registry's own key."""

from __future__ import annotations

import asyncio
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import pytest
from pydantic import SecretStr

import quzhong
from quzhong import voprf
from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from quzhong.identities import canonical
from services.registry import rotate_key
from services.registry.adapters.pseudonym_key_file import keys_in
from services.registry.settings import RegistrySettings
from tests.integration.registry.pseudonym_suite import (
    DAY_MS,
    IDENTITY,
    NOW_MS,
    MovedClock,
    PseudonymSuite,
    serving,
)

LICENCES = [f"TS-{number:05}" for number in range(1_100)]


@pytest.fixture
def settings(tmp_path: Path) -> RegistrySettings:
    return RegistrySettings(data_dir=tmp_path, address="127.0.0.1:0")


@pytest.fixture
def suite(settings: RegistrySettings) -> Iterator[PseudonymSuite]:
    with serving(settings, MovedClock()) as started:
        yield started


def by_hand(suite: PseudonymSuite, identity: str, version: int = 1) -> str:
    """What the pseudonym must be, by who has the key and the identity: the oracle."""
    (key,) = [
        each.key
        for each in keys_in(suite.settings.pseudonym_key_file, NOW_MS)
        if each.public.version == version
    ]
    output = voprf.evaluate_directly(key, canonical(identity).encode())
    return urlsafe_b64encode(output[:18]).decode()


def evaluate(elements: list[bytes], key_version: int = 0) -> pb.EvaluatePseudonymsRequest:
    return pb.EvaluatePseudonymsRequest(key_version=key_version, blinded_elements=elements)


def test_two_platforms_get_the_same_pseudonym_for_a_person(suite: PseudonymSuite) -> None:
    with suite.pseudonymiser("platform-a") as one, suite.pseudonymiser("platform-b") as other:
        pseudonym = one.pseudonym(IDENTITY)
        assert pseudonym == other.pseudonym(f" {IDENTITY.lower()} ") == by_hand(suite, IDENTITY)
        assert one.pseudonym("冀B-12345") != pseudonym
    assert len(pseudonym) == 24


def test_many_are_made_in_batches_in_their_order(suite: PseudonymSuite) -> None:
    with suite.pseudonymiser("platform-a") as pseudonyms:
        asked = [*LICENCES, *reversed(LICENCES), IDENTITY]
        made = pseudonyms.pseudonyms(asked)
        assert len(set(made)) == len(LICENCES) + 1
        assert made[: len(LICENCES)] == made[len(LICENCES) : -1][::-1]
        assert made[7] == by_hand(suite, LICENCES[7])
        suite.channel.close()
        assert pseudonyms.pseudonyms(asked) == made  # at hand: each was asked for once, and is not again


def test_what_is_at_hand_needs_no_registry(settings: RegistrySettings) -> None:
    with serving(settings, MovedClock()) as suite:
        pseudonyms = suite.pseudonymiser("platform-a", retry=quzhong.RetryPolicy(give_up_after_s=0))
        known = pseudonyms.pseudonym(IDENTITY)
    with pseudonyms:
        assert pseudonyms.pseudonym(IDENTITY) == known
        with pytest.raises(quzhong.UnavailableError):
            pseudonyms.pseudonym(LICENCES[0])


def test_threads_share_one_pseudonymiser(suite: PseudonymSuite) -> None:
    with suite.pseudonymiser("platform-a", cache_size=5) as pseudonyms, ThreadPoolExecutor(4) as threads:
        made = list(threads.map(pseudonyms.pseudonym, LICENCES[:10] * 2))
    assert made[:10] == made[10:] == [by_hand(suite, licence) for licence in LICENCES[:10]]


def test_asyncio_makes_the_same_and_looks_up_afterwards(suite: PseudonymSuite) -> None:
    async def made() -> tuple[list[str], str]:
        async with quzhong.AsyncObliviousPseudonymiser(
            suite.address, suite.tokens["platform-a"], clock=suite.clock.moment
        ) as pseudonyms:
            with pytest.raises(quzhong.PseudonymNotReadyError):
                pseudonyms.pseudonym(IDENTITY)
            many = await pseudonyms.pseudonyms([IDENTITY, LICENCES[0]])
            with pytest.raises(quzhong.PseudonymNotReadyError):
                pseudonyms.pseudonym(LICENCES[1])
            assert [key.version for key in await pseudonyms.keys()] == [1]
            return many, pseudonyms.pseudonym(IDENTITY)

    many, looked_up = asyncio.run(made())
    assert many == [by_hand(suite, IDENTITY), by_hand(suite, LICENCES[0])]
    assert looked_up == many[0]


def test_a_platforms_rows_carry_it(suite: PseudonymSuite) -> None:
    with suite.pseudonymiser("platform-a") as pseudonyms:
        maker = quzhong.rows.RowMaker(pseudonyms)
        row = quzhong.WorkSessionRow(
            event_id="e1",
            identity=IDENTITY,
            kind=quzhong.rows.WorkSessionKind.ONLINE,
            event_time=suite.clock.moment(),
            area_code="130203",
        )
        assert maker.work_session(row).worker_id == by_hand(suite, IDENTITY)


def test_a_replayed_request_gains_nothing(suite: PseudonymSuite) -> None:
    """Who overheard it learns the same elements again, and takes no blinding away that he does not know."""
    blinding = voprf.blind(canonical(IDENTITY).encode())
    first = suite.call("platform-a", "EvaluatePseudonyms", evaluate([blinding.element]))
    replayed = suite.call("platform-b", "EvaluatePseudonyms", evaluate([blinding.element]))
    assert replayed.evaluated_elements == first.evaluated_elements
    assert replayed.proof != first.proof
    (output,) = voprf.finalize([blinding], first.evaluated_elements, first.proof, first.public_key)
    guessed = voprf.Blinding(blinding.value, voprf.blind(b"").factor, blinding.element)
    (other,) = voprf.finalize([guessed], replayed.evaluated_elements, replayed.proof, replayed.public_key)
    assert other != output  # even who knows the identity gets nothing without the blind


@pytest.mark.parametrize("count", [0, 501])
def test_a_batch_out_of_bounds_is_refused(suite: PseudonymSuite, count: int) -> None:
    refusal = suite.refusal("platform-a", "EvaluatePseudonyms", evaluate([voprf.blind(b"a").element] * count))
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "ELEMENT_COUNT")
    assert refusal.field == "blinded_elements"


@pytest.mark.parametrize("element", [b"", bytes(32), bytes(31), b"\xff" * 32, b"\x01" + bytes(31)])
def test_what_is_no_element_is_refused_by_its_place(suite: PseudonymSuite, element: bytes) -> None:
    elements = [voprf.blind(b"a").element, element]
    refusal = suite.refusal("platform-a", "EvaluatePseudonyms", evaluate(elements))
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "ELEMENT_INVALID")
    assert refusal.field == "blinded_elements[1]"
    assert refusal.message.startswith("blinded_elements[1]: ")
    assert refusal.zh.startswith("blinded_elements[1]：")


def test_only_who_engages_workers_may_ask(suite: PseudonymSuite) -> None:
    """An administrator, or a regulator, could otherwise try whose a pseudonym is."""
    refusal = suite.refusal("administrator", "EvaluatePseudonyms", evaluate([voprf.blind(b"a").element]))
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
    assert (
        suite.call("administrator", "GetPseudonymKeys", pb.GetPseudonymKeysRequest()).current_key_version == 1
    )


def test_a_version_that_does_not_exist_is_refused(suite: PseudonymSuite) -> None:
    refusal = suite.refusal("platform-a", "EvaluatePseudonyms", evaluate([voprf.blind(b"a").element], 9))
    assert (refusal.code, refusal.reason, refusal.field) == (
        grpc.StatusCode.NOT_FOUND,
        "KEY_VERSION_UNKNOWN",
        "key_version",
    )
    with (
        suite.pseudonymiser("platform-a") as pseudonyms,
        pytest.raises(quzhong.PseudonymError, match="9 does"),
    ):
        pseudonyms.pseudonym(IDENTITY, key_version=9)


def test_a_spent_budget_is_refused_also_after_a_restart(tmp_path: Path) -> None:
    few = RegistrySettings(data_dir=tmp_path, address="127.0.0.1:0", pseudonym_daily_evaluations=10)
    clock = MovedClock()
    with serving(few, clock) as suite, suite.pseudonymiser("platform-a") as pseudonyms:
        pseudonyms.pseudonyms(LICENCES[:8])
        with pytest.raises(quzhong.ResourceExhaustedError) as refused:
            pseudonyms.pseudonyms(LICENCES[8:11])
        assert refused.value.reason == "DAILY_BUDGET_SPENT"
        assert refused.value.metadata == {"limit": "10", "left": "2"}
    clock.now_ms += DAY_MS // 2
    with serving(few, clock) as suite:
        request = evaluate([voprf.blind(b"a").element] * 3)
        refusal = suite.refusal("platform-a", "EvaluatePseudonyms", request)
        assert (refusal.code, refusal.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "DAILY_BUDGET_SPENT")
        assert refusal.retry_after_s == pytest.approx(43_200)
        assert suite.call("platform-b", "EvaluatePseudonyms", request).proof
        clock.now_ms += DAY_MS // 2
        assert suite.call("platform-a", "EvaluatePseudonyms", request).proof


def test_too_many_requests_within_a_second_are_refused(tmp_path: Path) -> None:
    few = RegistrySettings(data_dir=tmp_path, address="127.0.0.1:0", pseudonym_requests_per_second=2)
    clock = MovedClock()
    with serving(few, clock) as suite:
        request = evaluate([voprf.blind(b"a").element])
        for _ in range(2):
            suite.call("platform-a", "EvaluatePseudonyms", request)
        refusal = suite.refusal("platform-a", "EvaluatePseudonyms", request)
        assert (refusal.code, refusal.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "RATE_LIMITED")
        assert refusal.retry_after_s == pytest.approx(1)
        clock.now_ms += 1_000
        suite.call("platform-a", "EvaluatePseudonyms", request)


def test_a_rotation_from_plan_to_destruction(settings: RegistrySettings) -> None:
    clock = MovedClock()
    with serving(settings, clock) as suite, suite.pseudonymiser("platform-a") as pseudonyms:
        first = pseudonyms.pseudonym(IDENTITY)
        pins = {key.version: key.public_key for key in pseudonyms.keys}
    rotate_key.add(settings.pseudonym_key_file, NOW_MS + 30 * DAY_MS, NOW_MS + 60 * DAY_MS)
    with serving(settings, clock) as suite, suite.pseudonymiser("platform-a", pins=pins) as pseudonyms:
        assert [key.version for key in pseudonyms.keys] == [1, 2]
        second = pseudonyms.pseudonym(IDENTITY, key_version=2)
        assert second == by_hand(suite, IDENTITY, 2)
        assert first != second
        assert pseudonyms.pseudonym(IDENTITY) == first
        clock.now_ms = NOW_MS + 30 * DAY_MS
        assert pseudonyms.pseudonym(IDENTITY) == second
        assert pseudonyms.pseudonym(IDENTITY, key_version=1) == first
        assert (
            suite.call("platform-a", "EvaluatePseudonyms", evaluate([voprf.blind(b"a").element])).key_version
            == 2
        )
        clock.now_ms = NOW_MS + 60 * DAY_MS
        with pytest.raises(quzhong.FailedPreconditionError) as refused:
            pseudonyms.pseudonym(LICENCES[0], key_version=1)
        assert refused.value.reason == "KEY_VERSION_RETIRED"
        assert [key.version for key in pseudonyms.keys] == [2]
    rotate_key.destroy(settings.pseudonym_key_file, 1, clock.now_ms)
    with serving(settings, clock) as suite:
        refusal = suite.refusal("platform-a", "EvaluatePseudonyms", evaluate([voprf.blind(b"a").element], 1))
        assert refusal.reason == "KEY_VERSION_UNKNOWN"


def test_keys_from_a_secret_store_need_no_file(tmp_path: Path) -> None:
    seed = "ab" * 32
    entry = {"version": 4, "seed": seed, "not_before": "2026-01-01T00:00+08:00"}
    given = RegistrySettings(
        data_dir=tmp_path, address="127.0.0.1:0", pseudonym_keys=SecretStr(json.dumps({"keys": [entry]}))
    )
    with serving(given, MovedClock()) as suite, suite.pseudonymiser("platform-a") as pseudonyms:
        assert [key.version for key in pseudonyms.keys] == [4]
        pseudonyms.pseudonym(IDENTITY)
    assert not given.pseudonym_key_file.exists()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"platform-a" in written
    assert bytes.fromhex(seed) not in written
    assert seed.encode() not in written
    assert seed not in repr(given)
