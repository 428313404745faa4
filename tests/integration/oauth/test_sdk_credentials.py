"""The public client with a key of its own: tokens come and go unnoticed."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey, OKPKey

from quzhong import (
    Advised,
    AsyncClient,
    AsyncObliviousPseudonymiser,
    Client,
    DispatchKind,
    DispatchRow,
    LocalPseudonymiser,
    ObliviousPseudonymiser,
    PrivateKeyJwt,
    ResourceExhaustedError,
    RetryPolicy,
    ServerError,
    UnauthenticatedError,
    UnavailableError,
    UndeliveredError,
    watch_advisories,
)
from quzhong.retry import Pacing
from tests.integration.oauth.conftest import Running, SettableClock, running
from tests.support.suite import eventually, intake, workhours

WHO = LocalPseudonymiser(b"a key of a sandbox, 32 bytes long")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("sdk")
    with running(folder, SettableClock(), beside=(intake, workhours)) as registry:
        registry.register("swift")
        yield registry


def credential(
    registry: Running,
    key: OKPKey | ECKey | None = None,
    give_up_after_s: float = 30.0,
    skew_s: int = 0,
    **other: str,
) -> PrivateKeyJwt:
    key = key or OKPKey.generate_key("Ed25519", private=True)
    client_id = registry.key_of("swift", key)
    return PrivateKeyJwt(
        other.get("client_id", client_id),
        key.as_pem(private=True),
        other.get("token_url", f"{registry.issuer}/oauth/token"),
        give_up_after_s=give_up_after_s,
        clock=lambda: registry.now_s + skew_s,
    )


def row(
    registry: Running, name: str, minute: int = 0, kind: DispatchKind = DispatchKind.ACCEPTED
) -> DispatchRow:
    return DispatchRow(
        event_id=f"{name}-{kind.name}",
        identity="rider 7",
        order_id=name,
        event_time=datetime.fromtimestamp(registry.now_s + 60 * minute, UTC),
        kind=kind,
        area_code="130203",
    )


def test_a_client_sends_for_longer_than_a_token_holds(city: Running) -> None:
    tokens, source = set(), credential(city)
    with Client(city.address, source, "swift", pseudonymiser=WHO) as client:
        for number in range(5):
            client.add_dispatch(row(city, f"long-{number}"))
            client.flush(10)
            tokens.add(source.token())
            city.clock.pass_s(300)
    assert client.totals.accepted == 5
    assert len(tokens) == 3  # of ten minutes each, the next one fetched two minutes early


def test_so_does_an_asynchronous_one(city: Running) -> None:
    async def send() -> int:
        source = credential(city, ECKey.generate_key("P-256", private=True))
        async with AsyncClient(city.address, source, "swift", pseudonymiser=WHO) as client:
            for number in range(3):
                await client.add_dispatch(row(city, f"async-{number}"))
                await client.flush(10)
                city.clock.pass_s(601)
        return client.totals.accepted

    assert asyncio.run(send()) == 3


def test_the_present_token_is_used_while_the_endpoint_is_away(city: Running) -> None:
    source = credential(city)
    token = source.token()
    source.token_url = "http://127.0.0.1:9/oauth/token"
    city.clock.pass_s(500)
    assert source.token() == token
    city.clock.pass_s(101)
    with pytest.raises(UnavailableError) as refused:
        source.token()
    assert refused.value.reason == "TOKEN_ENDPOINT_UNAVAILABLE"
    source.token_url = f"{city.issuer}/oauth/token"
    assert source.token() != token


def test_rows_wait_for_a_token_endpoint_that_comes_back(city: Running) -> None:
    source = credential(city, token_url="http://127.0.0.1:9/oauth/token")
    with Client(city.address, source, "swift", pseudonymiser=WHO) as client:
        client.add_dispatch(row(city, "waits"))
        with pytest.raises(TimeoutError):
            client.flush(0.5)
        source._audience = source.token_url = f"{city.issuer}/oauth/token"
        client.flush(20)
    assert client.totals.accepted == 1


def test_a_client_that_is_refused_is_told_and_loses_nothing(city: Running) -> None:
    source = credential(city, client_id="0000000000000000")
    client = Client(city.address, source, "swift", pseudonymiser=WHO)
    client.add_dispatch(row(city, "kept"))
    with pytest.raises(UndeliveredError) as undelivered:
        client.close(10)
    (kept,) = undelivered.value.batches
    assert isinstance(kept.error, UnauthenticatedError)
    assert kept.error.reason == "CLIENT_REFUSED"


def test_an_endpoint_that_stays_away_holds_nobody_up_for_long(city: Running) -> None:
    source = credential(city, token_url="http://127.0.0.1:9/oauth/token", give_up_after_s=0.5)
    # Each wait is longer than the client is to go on: it is one outage all the same.
    unlucky = Pacing(uniform=lambda _: 0.6)
    client = Client(city.address, source, "swift", pseudonymiser=WHO, pacing=unlucky)
    client.add_dispatch(row(city, "away"))
    begin_s = time.monotonic()
    with pytest.raises(UndeliveredError) as undelivered:
        client.close(10)
    assert time.monotonic() - begin_s < 5
    (kept,) = undelivered.value.batches
    assert isinstance(kept.error, UnavailableError)
    assert kept.error.reason == "TOKEN_ENDPOINT_AWAY"
    assert "token_url" in kept.error.zh
    # It comes back: the next call asks again.
    source._audience = source.token_url = f"{city.issuer}/oauth/token"
    assert city.sees(source.token()) == ["swift"]


@pytest.mark.parametrize("skew_s", [-3_600, 3_600])
def test_a_clock_that_is_wrong_is_named(city: Running, skew_s: int) -> None:
    source = credential(city, skew_s=skew_s)
    with pytest.raises(UnauthenticatedError) as refused:
        source.token()
    assert "set the clock" in refused.value.message
    assert "请校准本机时钟" in refused.value.zh


def test_an_answer_that_is_no_token_is_told_in_chinese_too(city: Running) -> None:
    source = credential(city, token_url=f"{city.issuer}/no-such-page")
    with pytest.raises(ServerError) as refused:
        source.token()
    assert refused.value.reason == "TOKEN_ANSWER"
    assert "令牌端点的答复无法使用" in refused.value.zh


def test_a_watch_outlasts_its_tokens(city: Running) -> None:
    advised: list[Advised] = []
    source = credential(city)
    watch = watch_advisories(
        city.address, source, retry=RetryPolicy(initial_s=0.05, max_s=0.2, give_up_after_s=60)
    )

    def follow() -> None:
        advised.extend([next(watch)])

    follower = threading.Thread(target=follow)
    follower.start()
    eventually(lambda: source._token != "")
    for _ in range(2):
        seen = source._token
        city.clock.pass_s(700)
        eventually(lambda seen=seen: source._token != seen)  # type: ignore[misc]
    city.clock.pass_s(6 * 3_600)
    with Client(city.address, credential(city), "swift", pseudonymiser=WHO) as client:
        for number in range(9):
            begin = -330 + 35 * number
            client.add_dispatch(row(city, f"watch-{number}", begin))
            client.add_dispatch(row(city, f"watch-{number}", begin + 34, DispatchKind.COMPLETED))
    follower.join(20)
    watch.close()
    assert [each.advisory.platform_id for each in advised] == ["swift"]


@pytest.mark.parametrize("form", ["pem", "jwk", "text"])
def test_keys_come_as_pem_or_jwk(city: Running, form: str) -> None:
    key = OKPKey.generate_key("Ed25519", private=True)
    jwk = key.as_dict(private=True)
    forms: dict[str, Any] = {"pem": key.as_pem(private=True), "jwk": jwk, "text": json.dumps(jwk)}
    source = PrivateKeyJwt(
        city.key_of("swift", key), forms[form], f"{city.issuer}/oauth/token", clock=lambda: city.now_s
    )
    assert city.sees(source.token()) == ["swift"]
    assert str(jwk["d"]) not in repr(source)


@pytest.mark.parametrize(
    "key",
    [
        b"",
        "no key",
        "{}",
        OKPKey.generate_key("X25519", private=True).as_pem(private=True),
        ECKey.generate_key("P-384", private=True).as_pem(private=True),
        OKPKey.generate_key("Ed25519", private=True).as_pem(private=False),
    ],
    ids=["empty", "text", "empty-jwk", "x25519", "p-384", "public"],
)
def test_what_is_no_private_key_is_refused_when_it_is_given(key: str | bytes) -> None:
    with pytest.raises(ValueError, match="private_key"):
        PrivateKeyJwt("c", key, "http://127.0.0.1:9/oauth/token")


def test_a_client_that_calls_too_often_slows_down_and_loses_nothing(tmp_path: Path) -> None:
    with running(tmp_path, SettableClock(), beside=(intake,), rate_limit="5/second") as registry:
        token = registry.register("swift")
        sent = 25
        with Client(
            registry.address, token, "swift", pseudonymiser=WHO, batch_size=1, retry=RetryPolicy(max_s=0.5)
        ) as client:
            for number in range(sent):
                client.add_dispatch(row(registry, f"fast-{number}"))
        assert client.totals.accepted == sent
        other = registry.register("steady")
        for _ in range(5):
            registry.sees(other)
        patience = RetryPolicy(give_up_after_s=0)
        with (
            Client(registry.address, other, "steady", pseudonymiser=WHO, retry=patience) as impatient,
            pytest.raises(ResourceExhaustedError) as exhausted,
        ):
            impatient.submit_dispatches([row(registry, "too-much")])
        assert exhausted.value.reason == "RATE_LIMITED"
        assert 0 < exhausted.value.retry_after_s <= 1


def test_pseudonyms_are_had_with_a_key_of_one_s_own(city: Running) -> None:
    """Made over more time than a token holds, by either pseudonymiser."""

    async def asynchronous() -> list[str]:
        async with AsyncObliviousPseudonymiser(city.address, credential(city)) as pseudonyms:
            first = await pseudonyms.pseudonyms(["冀B-12345"])
            city.clock.pass_s(900)
            return first + await pseudonyms.pseudonyms(["冀B-12346"])

    with ObliviousPseudonymiser(city.address, credential(city)) as pseudonyms:
        made = [pseudonyms.pseudonym("冀B-12345")]
        city.clock.pass_s(900)
        made.append(pseudonyms.pseudonym("冀B-12346"))
    assert made == asyncio.run(asynchronous())
    assert len(set(made)) == 2
