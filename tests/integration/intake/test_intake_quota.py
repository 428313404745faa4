"""How many rows a platform may bring: on a real socket, with platforms that flood and the Python client."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import grpc
import pytest

from quzhong import Client as SdkClient
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.registry.v1 import registry_pb2, registry_pb2_grpc
from tests.integration.intake.intake_suite import (
    NOW_MS,
    RefusedError,
    Suite,
    batch,
    dispatches,
    serving,
    session,
)


@pytest.fixture(scope="module")
def hourly(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """100 rows an hour: what is used stays used for as long as a test lasts."""
    with serving(tmp_path_factory.mktemp("hourly"), lambda: NOW_MS, intake_rows_limit="100/hour") as suite:
        yield suite


@pytest.fixture(scope="module")
def fast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """400 rows a second: room comes back while a test looks on."""
    with serving(tmp_path_factory.mktemp("fast"), lambda: NOW_MS, intake_rows_limit="400/second") as suite:
        yield suite


@pytest.fixture
def platform(request: pytest.FixtureRequest) -> str:
    """A name of its own for each test's platform; whoever uses it registers it."""
    return "p-" + str(request.node.name).removeprefix("test_")[:36].replace("_", "-").strip("-")


def registered(suite: Suite, platform: str) -> str:
    """Its token."""
    registry = registry_pb2_grpc.RegistryServiceStub(suite.client.channel)
    request = registry_pb2.RegisterPlatformRequest(
        request_id=platform, platform_id=platform, name=LocalText(zh="平台"), area_codes=["130200"]
    )
    token = str(suite.client.call(registry.RegisterPlatform, request, suite.client.admin).token)
    suite.client.tokens[platform] = token
    return token


def events(suite: Suite, prefix: str) -> list[str]:
    return [event_id for event_id in suite.events() if event_id.startswith(prefix)]


def refusal(suite: Suite, *arguments: Any, **more: Any) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        suite.client.submit(*arguments, **more)
    assert (refused.value.code, refused.value.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "ROWS_QUOTA")
    return refused.value


def asked_wait_s(refused: RefusedError) -> float:
    assert refused.retry is not None
    return float(refused.retry.retry_delay.ToTimedelta().total_seconds())


def test_what_is_beyond_the_limit_is_refused_whole_and_says_when_there_is_room(
    hourly: Suite, platform: str
) -> None:
    registered(hourly, platform)
    hourly.client.submit("whole-1", dispatches("whole-a", 60), platform)
    told = refusal(hourly, "whole-2", dispatches("whole-b", 41), platform)
    assert told.fields == ["platform_id"]
    assert dict(told.info.metadata) == {"platform_id": platform, "rows": "41", "limit": "100 per 1 hour"}
    assert f"{platform!r} has no room for 41 more rows" in told.message
    assert "QUZHONG_INTAKE_ROWS_LIMIT" in told.message
    assert "上报限额为 100/小时，目前容不下本批 41 行" in told.zh
    assert 3_500 < asked_wait_s(told) <= 3_600
    assert len(events(hourly, "whole")) == 60
    assert hourly.dead_letters() == []
    assert hourly.client.submit("whole-2", dispatches("whole-b", 40), platform).accepted == 40


def test_all_credentials_of_a_platform_share_its_room(hourly: Suite, platform: str) -> None:
    registered(hourly, platform)
    registry = registry_pb2_grpc.RegistryServiceStub(hourly.client.channel)
    request = registry_pb2.IssueCredentialRequest(request_id="second-one", party_id=platform)
    second = hourly.client.call(registry.IssueCredential, request, hourly.client.admin).token
    hourly.client.submit("shared-1", dispatches("shared-a", 60), platform)
    refusal(hourly, "shared-2", [session(f"shared-{number}") for number in range(41)], platform, token=second)
    rows = dispatches("shared-b", 40)
    assert hourly.client.submit("shared-3", rows, platform, token=second).accepted == 40


def test_rows_that_are_only_checked_take_room_too(hourly: Suite, platform: str) -> None:
    token = registered(hourly, platform)
    request = intake_pb2.CheckEventsRequest(
        platform_id=platform,
        dispatches=dispatches("checked", 30),
        work_sessions=[session(f"checked-{n}") for n in range(30)],
    )
    hourly.client.call(hourly.client.intake.CheckEvents, request, token)
    with pytest.raises(RefusedError, match="no room for 60 more rows"):
        hourly.client.call(hourly.client.intake.CheckEvents, request, token)
    refusal(hourly, "checked-1", dispatches("checked", 41), platform)
    assert hourly.client.submit("checked-1", dispatches("checked", 40), platform).accepted == 40


def test_an_upload_that_would_wait_for_too_long_is_refused(hourly: Suite, platform: str) -> None:
    registered(hourly, platform)
    requests = [
        batch("long-one", dispatches("long-a", 80), platform),
        batch("long-two", dispatches("long-b", 21), platform),
    ]
    with pytest.raises(RefusedError) as refused:
        hourly.client.upload(requests, platform)
    told = refused.value
    assert (told.code, told.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "ROWS_QUOTA")
    assert (told.info.metadata["batch"], told.info.metadata["rows"]) == ("2", "21")
    assert asked_wait_s(told) > 3_500
    assert len(events(hourly, "long")) == 80


def test_a_platform_that_floods_does_not_take_the_room_of_another(fast: Suite, platform: str) -> None:
    registered(fast, platform)
    stop, taken, refused = threading.Event(), [0], list[str]()

    def flood() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                fast.client.submit(f"flood-{number}", dispatches(f"flood-{number}", 100), platform)
                taken[0] += 1
            except RefusedError as error:
                refused.append(error.reason)

    flooding = threading.Thread(target=flood)
    began_s = time.monotonic()
    flooding.start()
    for number in range(10):
        answer = fast.client.submit(f"calm-{number}", dispatches(f"calm-{number}", 20), "steady")
        assert answer.accepted == 20
        time.sleep(0.1)
    stop.set()
    flooding.join()
    windows = time.monotonic() - began_s + 1
    assert 4 <= taken[0] <= 4 * windows
    assert len(refused) > taken[0]
    assert set(refused) == {"ROWS_QUOTA"}


def test_a_batch_larger_than_the_limit_is_taken_once_nothing_else_is_counted(
    fast: Suite, platform: str
) -> None:
    registered(fast, platform)
    assert fast.client.submit("large-1", dispatches("large-a", 10), platform).accepted == 10
    told = refusal(fast, "large-2", dispatches("large-b", 600), platform)
    time.sleep(asked_wait_s(told))
    assert fast.client.submit("large-2", dispatches("large-b", 600), platform).accepted == 600
    assert 1 < asked_wait_s(refusal(fast, "large-3", dispatches("large-c", 10), platform)) <= 2


def test_an_upload_is_slowed_down_to_the_limit(fast: Suite, platform: str) -> None:
    registered(fast, platform)
    began_s = time.monotonic()
    requests = (batch(f"slow-{n}", dispatches(f"slow-{n}", 100), platform) for n in range(6))
    assert fast.client.upload(requests, platform).accepted == 600
    assert time.monotonic() - began_s >= 1
    assert len(events(fast, "slow")) == 600


def test_the_python_client_loses_nothing_and_slows_down(fast: Suite, platform: str) -> None:
    token = registered(fast, platform)
    rows = dispatches("sdk", 900)
    began_s = time.monotonic()
    with SdkClient(fast.host.address, token, platform, batch_size=100) as sdk:
        for row in rows:
            sdk.add_dispatch(row)
        sdk.flush(30)
        totals = sdk.totals
    assert time.monotonic() - began_s >= 2
    assert (totals.accepted, totals.duplicate) == (900, 0)
    assert events(fast, "sdk") == sorted(row.event_id for row in rows)
