"""What the pseudonymisers do with a registry that lies, hesitates or changes its key."""

from __future__ import annotations

import asyncio
import threading
from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2

import quzhong
from quzhong import voprf
from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from quzhong.api.registry.v1 import pseudonyms_pb2_grpc
from quzhong.identities import canonical
from quzhong.retry import Pacing
from tests.unit.sdk.scripted_intake import Failure, fails, unavailable

KEYS = {version: voprf.derive_key(bytes([version]) * 32, b"test") for version in (1, 2, 3)}
NOW = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)
IDENTITY = "11010519491231002X"
Tamper = Callable[[pb.EvaluatePseudonymsResponse], None]


class ScriptedRegistry(pseudonyms_pb2_grpc.PseudonymServiceServicer):
    """Evaluates rightly, unless told otherwise."""

    def __init__(self) -> None:
        self.versions = {1: NOW - timedelta(days=100), 2: NOW + timedelta(days=1)}
        self.tamper: Tamper | None = None
        self.told: dict[int, bytes] = {}
        """Public keys to tell instead of the right ones."""
        self.script: deque[Failure] = deque()
        self.batches: list[list[bytes]] = []
        self.keys_asked = 0
        self._lock = threading.Lock()

    def GetPseudonymKeys(  # noqa: N802
        self, request: pb.GetPseudonymKeysRequest, context: grpc.ServicerContext
    ) -> pb.GetPseudonymKeysResponse:
        self.keys_asked += 1
        answer = pb.GetPseudonymKeysResponse()
        for version, begins in self.versions.items():
            key = answer.keys.add(key_version=version, public_key=self._public_key(version))
            key.not_before.FromDatetime(begins)
        return answer

    def EvaluatePseudonyms(  # noqa: N802
        self, request: pb.EvaluatePseudonymsRequest, context: grpc.ServicerContext
    ) -> pb.EvaluatePseudonymsResponse:
        with self._lock:
            failure = self.script.popleft() if self.script else None
        if failure is not None:
            failure(context)
        self.batches.append(list(request.blinded_elements))
        evaluated = voprf.evaluate(KEYS[request.key_version], request.blinded_elements)
        answer = pb.EvaluatePseudonymsResponse(
            evaluated_elements=evaluated.elements,
            proof=evaluated.proof,
            key_version=request.key_version,
            public_key=self._public_key(request.key_version),
        )
        if self.tamper is not None:
            self.tamper(answer)
        return answer

    def LinkPseudonyms(  # noqa: N802
        self, request: pb.LinkPseudonymsRequest, context: grpc.ServicerContext
    ) -> pb.LinkPseudonymsResponse:
        raise NotImplementedError

    def UnlinkPseudonyms(  # noqa: N802
        self, request: pb.UnlinkPseudonymsRequest, context: grpc.ServicerContext
    ) -> pb.UnlinkPseudonymsResponse:
        raise NotImplementedError

    def _public_key(self, version: int) -> bytes:
        return self.told.get(version, voprf.public_key(KEYS[version]))


@pytest.fixture
def registry() -> ScriptedRegistry:
    return ScriptedRegistry()


@pytest.fixture
def address(registry: ScriptedRegistry) -> Iterator[str]:
    server = grpc.server(ThreadPoolExecutor(4))
    pseudonyms_pb2_grpc.add_PseudonymServiceServicer_to_server(registry, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}"
    server.stop(0).wait()


@pytest.fixture
def pseudonyms(address: str) -> Iterator[quzhong.ObliviousPseudonymiser]:
    with quzhong.ObliviousPseudonymiser(address, "t", clock=lambda: NOW) as made:
        yield made


def by_hand(identity: str, version: int = 1) -> str:
    output = voprf.evaluate_directly(KEYS[version], canonical(identity).encode())
    return urlsafe_b64encode(output[:18]).decode()


def another_element(answer: pb.EvaluatePseudonymsResponse) -> None:
    answer.evaluated_elements[0] = voprf.blind(b"another").element


def another_key_for_one(answer: pb.EvaluatePseudonymsResponse) -> None:
    answer.evaluated_elements[1] = voprf.evaluate(KEYS[3], [answer.evaluated_elements[1]]).elements[0]


def another_order(answer: pb.EvaluatePseudonymsResponse) -> None:
    elements = list(answer.evaluated_elements)
    answer.evaluated_elements[:] = elements[::-1]


def fewer(answer: pb.EvaluatePseudonymsResponse) -> None:
    del answer.evaluated_elements[-1]


def no_element(answer: pb.EvaluatePseudonymsResponse) -> None:
    answer.evaluated_elements[0] = bytes(32)


def another_proof(answer: pb.EvaluatePseudonymsResponse) -> None:
    answer.proof = answer.proof[:-1] + bytes([answer.proof[-1] ^ 1])


def no_proof(answer: pb.EvaluatePseudonymsResponse) -> None:
    answer.proof = b""


def another_version(answer: pb.EvaluatePseudonymsResponse) -> None:
    answer.key_version = 2


def another_public_key(answer: pb.EvaluatePseudonymsResponse) -> None:
    answer.public_key = voprf.public_key(KEYS[3])


TAMPERS = [
    another_element,
    another_key_for_one,
    another_order,
    fewer,
    no_element,
    another_proof,
    no_proof,
    another_version,
    another_public_key,
]


@pytest.mark.parametrize("tamper", TAMPERS)
def test_an_answer_that_does_not_prove_itself_is_refused(
    pseudonyms: quzhong.ObliviousPseudonymiser, registry: ScriptedRegistry, tamper: Tamper
) -> None:
    registry.tamper = tamper
    with pytest.raises(quzhong.EvaluationRefusedError) as refused:
        pseudonyms.pseudonyms([IDENTITY, "TS-1"])
    assert IDENTITY not in str(refused.value)
    registry.tamper = None
    assert pseudonyms.pseudonym(IDENTITY) == by_hand(IDENTITY)  # nothing of it was kept


@pytest.mark.parametrize("tamper", TAMPERS)
def test_asyncio_refuses_it_too(address: str, registry: ScriptedRegistry, tamper: Tamper) -> None:
    async def made() -> None:
        async with quzhong.AsyncObliviousPseudonymiser(address, "t", clock=lambda: NOW) as pseudonyms:
            await pseudonyms.pseudonyms([IDENTITY, "TS-1"])

    registry.tamper = tamper
    with pytest.raises(quzhong.EvaluationRefusedError):
        asyncio.run(made())


def test_a_registry_that_uses_another_key_than_it_publishes_is_refused(
    pseudonyms: quzhong.ObliviousPseudonymiser, registry: ScriptedRegistry
) -> None:
    registry.told = {1: voprf.public_key(KEYS[3])}
    with pytest.raises(quzhong.EvaluationRefusedError, match="proof"):
        pseudonyms.pseudonym(IDENTITY)


def test_a_key_that_changes_is_refused_from_then_on(address: str, registry: ScriptedRegistry) -> None:
    now_s = 0.0
    pacing = Pacing(monotonic=lambda: now_s)
    with quzhong.ObliviousPseudonymiser(address, "t", clock=lambda: NOW, pacing=pacing) as pseudonyms:
        assert pseudonyms.pseudonym(IDENTITY)
        registry.told = {1: voprf.public_key(KEYS[3])}
        now_s = 3_601.0
        for _ in range(2):
            with pytest.raises(quzhong.KeyChangedError, match="version 1"):
                pseudonyms.pseudonym("TS-1")
        registry.told = {}
        assert pseudonyms.pseudonym("TS-1") == by_hand("TS-1")


def test_a_pinned_key_is_the_only_one_taken(address: str, registry: ScriptedRegistry) -> None:
    right = {1: voprf.public_key(KEYS[1])}
    with quzhong.ObliviousPseudonymiser(address, "t", clock=lambda: NOW, pins=right) as pseudonyms:
        assert pseudonyms.pseudonym(IDENTITY) == by_hand(IDENTITY)
    wrong = {1: voprf.public_key(KEYS[3])}
    with (
        quzhong.ObliviousPseudonymiser(address, "t", clock=lambda: NOW, pins=wrong) as pseudonyms,
        pytest.raises(quzhong.KeyChangedError),
    ):
        pseudonyms.pseudonym(IDENTITY)
    assert len(registry.batches) == 1


def test_a_registry_without_a_key_is_refused(
    pseudonyms: quzhong.ObliviousPseudonymiser, registry: ScriptedRegistry
) -> None:
    registry.versions = {}
    with pytest.raises(quzhong.EvaluationRefusedError, match="no version"):
        pseudonyms.pseudonym(IDENTITY)


def test_the_next_version_is_used_from_its_moment_on(address: str, registry: ScriptedRegistry) -> None:
    now = NOW
    with quzhong.ObliviousPseudonymiser(address, "t", clock=lambda: now) as pseudonyms:
        assert pseudonyms.pseudonym(IDENTITY) == by_hand(IDENTITY, 1)
        assert pseudonyms.pseudonym(IDENTITY, key_version=2) == by_hand(IDENTITY, 2)
        now = NOW + timedelta(days=1) - timedelta(microseconds=1)
        assert pseudonyms.pseudonym(IDENTITY) == by_hand(IDENTITY, 1)
        now = NOW + timedelta(days=1)
        assert pseudonyms.pseudonym(IDENTITY) == by_hand(IDENTITY, 2)
    assert registry.keys_asked == 1


def test_a_version_added_meanwhile_is_found(
    pseudonyms: quzhong.ObliviousPseudonymiser, registry: ScriptedRegistry
) -> None:
    assert pseudonyms.pseudonym(IDENTITY)
    registry.versions[3] = NOW + timedelta(days=30)
    assert pseudonyms.pseudonym(IDENTITY, key_version=3) == by_hand(IDENTITY, 3)
    assert [key.version for key in pseudonyms.keys] == [1, 2, 3]


def test_nothing_is_asked_for_a_number_that_cannot_be_right(
    pseudonyms: quzhong.ObliviousPseudonymiser, registry: ScriptedRegistry
) -> None:
    with pytest.raises(quzhong.IdentityError):
        pseudonyms.pseudonyms([IDENTITY, "110105194912310021"])
    assert (registry.keys_asked, registry.batches) == (0, [])


def test_batches_are_cut_and_the_cache_forgets_the_oldest(address: str, registry: ScriptedRegistry) -> None:
    with quzhong.ObliviousPseudonymiser(
        address, "t", clock=lambda: NOW, batch_size=4, cache_size=3
    ) as pseudonyms:
        licences = [f"TS-{number}" for number in range(10)]
        assert pseudonyms.pseudonyms(licences + licences) == [by_hand(each) for each in licences] * 2
        assert [len(batch) for batch in registry.batches] == [4, 4, 2]
        pseudonyms.pseudonyms(licences[7:])
        assert len(registry.batches) == 3
        pseudonyms.pseudonym(licences[0])
        assert len(registry.batches) == 4
        assert len({element for batch in registry.batches for element in batch}) == 11  # blinded anew


def too_fast() -> Failure:
    delay = Duration()
    delay.FromMilliseconds(30)
    return fails(
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        "more than 20 requests",
        error_details_pb2.ErrorInfo(reason="RATE_LIMITED", domain="quzhong"),
        error_details_pb2.RetryInfo(retry_delay=delay),
    )


def test_a_registry_that_cannot_answer_now_is_asked_again(
    pseudonyms: quzhong.ObliviousPseudonymiser, address: str, registry: ScriptedRegistry
) -> None:
    registry.script.extend([unavailable(), too_fast(), too_fast()])
    assert pseudonyms.pseudonym(IDENTITY) == by_hand(IDENTITY)

    async def made() -> list[str]:
        async with quzhong.AsyncObliviousPseudonymiser(address, "t", clock=lambda: NOW) as other:
            return await other.pseudonyms([IDENTITY])

    registry.script.extend([unavailable(), too_fast()])
    assert asyncio.run(made()) == [by_hand(IDENTITY)]


def test_who_has_no_patience_is_told_what_the_registry_said(address: str, registry: ScriptedRegistry) -> None:
    none = quzhong.RetryPolicy(give_up_after_s=0)
    with quzhong.ObliviousPseudonymiser(address, "t", clock=lambda: NOW, retry=none) as pseudonyms:
        registry.script.append(too_fast())
        with pytest.raises(quzhong.ResourceExhaustedError) as refused:
            pseudonyms.pseudonym(IDENTITY)
        assert (refused.value.reason, refused.value.retry_after_s) == ("RATE_LIMITED", 0.03)


@pytest.mark.parametrize("options", [{"batch_size": 0}, {"batch_size": 501}, {"cache_size": 0}])
def test_arguments_that_make_no_sense_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        quzhong.ObliviousPseudonymiser("127.0.0.1:1", "t", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("environment", ["production", " Production\n"])
def test_keyed_hashes_are_refused_in_production(monkeypatch: pytest.MonkeyPatch, environment: str) -> None:
    monkeypatch.setenv("QUZHONG_ENVIRONMENT", environment)
    with pytest.raises(quzhong.LocalKeyInProductionError, match="ObliviousPseudonymiser"):
        quzhong.LocalPseudonymiser(bytes(32))


@pytest.mark.parametrize("environment", ["", "sandbox", "production-like"])
def test_keyed_hashes_serve_elsewhere(monkeypatch: pytest.MonkeyPatch, environment: str) -> None:
    monkeypatch.setenv("QUZHONG_ENVIRONMENT", environment)
    assert quzhong.LocalPseudonymiser(bytes(32)).pseudonym(IDENTITY)
