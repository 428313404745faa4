"""The command and the SDK against every service, in one process, over real sockets."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import grpc
import pytest
from typer.testing import CliRunner, Result

from cli.connection import Connection
from cli.demo import demo_clock, run_demo
from cli.demo_page import document_of, pages_of
from cli.embedded import EmbeddedSuite
from cli.findings import summary_of
from cli.main import app
from cli.output import Output
from cli.parties import Name, platform_token
from kit.errors import FailedPreconditionError
from quzhong import (
    Client,
    DispatchKind,
    DispatchRow,
    LocalPseudonymiser,
    PermissionDeniedError,
    Rejected,
    UnauthenticatedError,
)
from simulator import CityParameters, simulate

ROOT = Path(__file__).parents[3]
RULE = "cn-food-delivery-2025.continuous-work"
DAY = datetime(2026, 3, 16, 0, 0, tzinfo=UTC)
PSEUDONYMS = LocalPseudonymiser(b"a key for these tests")


def trips(driver: str, start_minute: int, *, orders: int, minutes: int = 30, gap: int = 10) -> list[str]:
    """Orders of one driver, one after the other."""
    lines = []
    at = DAY + timedelta(minutes=start_minute)
    for _ in range(orders):
        end = at + timedelta(minutes=minutes)
        lines.append(f"{driver},{at:%Y-%m-%dT%H:%M:%SZ},{end:%Y-%m-%dT%H:%M:%SZ},2000")
        at = end + timedelta(minutes=gap)
    return lines


# 9 × 30 min of order time, 5 h 50 min from end to end: past 4 h by either measure. The second driver works
# 7 × 30 = 3 h 30 min within 4 h 30 min: past it only when the gaps count. The third rests 20 min each time.
FILE = [
    *trips("over", 0, orders=9),
    *trips("between", 60, orders=7),
    *trips("rested", 0, orders=12, gap=20),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("trips") / "trips.csv.gz"
    path.write_bytes(gzip.compress("\n".join(["driver_id,start,end,distance_m", *FILE]).encode()))
    return path


def quzhong(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), prog_name="quzhong", env={"QUZHONG_LANG": "en"})


def replayed(*arguments: str) -> dict[str, object]:
    result = quzhong("replay", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    document: dict[str, object] = json.loads(result.stdout)
    assert document.pop("seconds")
    return document


@pytest.mark.parametrize("arrival", ["in-order", "shuffled", "reversed", "half-reversed"])
def test_a_file_gives_the_same_findings_in_whatever_order_it_arrives(file: Path, arrival: str) -> None:
    assert replayed(str(file), "--arrival", arrival) == {
        "sent": 56,
        "accepted": 56,
        "duplicate": 0,
        "rejected": 0,
        "findings": {RULE: {"spells": 1, "workers": 1}},
    }


def test_a_second_time_adds_nothing(file: Path) -> None:
    document = replayed(str(file), "--repeat", "2")
    assert (document["accepted"], document["duplicate"]) == (56, 56)
    assert document["findings"] == {RULE: {"spells": 1, "workers": 1}}


def test_by_elapsed_time_the_gaps_count(file: Path) -> None:
    assert replayed(str(file), "--measure", "elapsed")["findings"] == {RULE: {"spells": 2, "workers": 2}}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    clock = demo_clock(simulate(CityParameters(workers=50)))
    with EmbeddedSuite(tmp_path_factory.mktemp("suite"), kafka="", clock=clock) as running:
        yield running


def test_a_running_suite_takes_a_file_from_outside(suite: EmbeddedSuite, file: Path) -> None:
    with Connection(suite.address, suite.admin_token) as admin:
        token = platform_token(admin, "outside", Name("外部平台", "Outside"), ["130200"])
    arguments = [str(file), "--address", suite.address, "--token", token, "--platform", "outside"]
    assert replayed(*arguments)["findings"] == {RULE: {"spells": 1, "workers": 1}}
    assert replayed(*arguments)["duplicate"] == 56


def test_a_wrong_token_is_told_apart_from_a_wrong_platform(suite: EmbeddedSuite, file: Path) -> None:
    result = quzhong("replay", str(file), "--address", suite.address, "--token", "qz_0_0", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["reason"] == "CREDENTIAL_UNKNOWN"
    with (
        Client(suite.address, "qz_0_0", "nobody") as client,
        pytest.raises(UnauthenticatedError, match="CREDENTIAL"),
    ):
        client.submit_dispatches([])
    with Connection(suite.address, suite.admin_token) as admin:
        token = platform_token(admin, "honest", Name("诚实平台", "Honest"), ["130200"])
    with (
        Client(suite.address, token, "somebody-else") as client,
        pytest.raises(PermissionDeniedError) as caught,
    ):
        client.submit_dispatches([])
    assert caught.value.zh != caught.value.message


def test_good_rows_of_a_batch_with_bad_ones_are_kept(suite: EmbeddedSuite) -> None:
    with Connection(suite.address, suite.admin_token) as admin:
        token = platform_token(admin, "careless", Name("粗心平台", "Careless"), ["130200"])
    rejected: list[Rejected] = []

    def row(number: int, area_code: str = "130203", order_id: str = "") -> DispatchRow:
        return DispatchRow(
            event_id=f"e-{number}",
            identity=f"worker {number}",
            order_id=order_id or f"o-{number}",
            event_time=DAY,
            kind=DispatchKind.ACCEPTED,
            area_code=area_code,
        )

    with Client(
        suite.address, token, "careless", pseudonymiser=PSEUDONYMS, on_rejected=rejected.append
    ) as client:
        for number in range(20):
            client.add_dispatch(row(number))
        client.add_dispatch(row(20, area_code="999999"))
        client.add_dispatch(row(21, order_id="13812345678"))
    assert (client.totals.accepted, client.totals.rejected) == (20, 2)
    assert [each.field for each in sorted(rejected, key=lambda each: each.index)] == ["area_code", "order_id"]
    assert all(each.message_zh and each.row is not None for each in rejected)


def test_health_and_reflection_answer_without_a_token(suite: EmbeddedSuite) -> None:
    from grpc_health.v1 import health_pb2, health_pb2_grpc

    with grpc.insecure_channel(suite.address) as channel:
        answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
    assert answer.status == health_pb2.HealthCheckResponse.SERVING


def test_the_same_city_gives_the_same_findings_twice(tmp_path: Path) -> None:
    city = simulate(CityParameters(workers=200))
    output = Output(as_json=False, language=None)
    outcomes = []
    for number in range(2):
        with EmbeddedSuite(tmp_path / str(number), kafka="", clock=demo_clock(city)) as running:
            outcome = run_demo(running, city, output, began_s=0.0)
            assert pages_of(outcome, output)
            outcomes.append(document_of(outcome, running))
    first, second = outcomes
    assert first["events"]["rejected"] == 0
    assert first["events"]["duplicate"] > 0
    assert first["findings"][RULE]["spells"] > 0
    assert set(first["audit"]) == {"platform-a", "platform-b", "platform-c"}
    assert first["first_finding_s"]
    assert first["first_advisory"]["worker_id"]
    for same in ("events", "findings", "findings_digest", "audit"):
        assert first[same] == second[same]
    # Which of them have been warned of depends on how much of the city was known when a finding came.
    states = ("open", "warned", "summons_proposed")
    standing = [sum(document["cases"][state] for state in states) for document in outcomes]
    assert standing[0] == standing[1] > 0


def test_a_suite_that_is_opened_again_knows_what_it_knew(tmp_path: Path, file: Path) -> None:
    with EmbeddedSuite(tmp_path, kafka="", portal=False) as once:
        with Connection(once.address, once.admin_token) as admin:
            token = platform_token(admin, "again", Name("再来平台", "Again"), ["130200"])
        assert quzhong(
            "replay", str(file), "--address", once.address, "--token", token, "--platform", "again"
        ).exit_code == 0  # fmt: skip
        once.drain()
    with EmbeddedSuite(tmp_path, kafka="", portal=False) as again:
        assert again.admin_token == once.admin_token
        with Connection(again.address, token) as platform:
            assert summary_of(platform, "again") == {RULE: {"spells": 1, "workers": 1}}


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_up_says_where_it_is_and_ends_in_order_when_told(tmp_path: Path, told: signal.Signals) -> None:
    places = {
        "QUZHONG_DATA_DIR": str(tmp_path / "var"),
        "QUZHONG_ADDRESS": "127.0.0.1:0",
        "QUZHONG_PORTAL_PORT": "0",
        "QUZHONG_LANG": "en",
    }
    running = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "up", "--json"],
        cwd=ROOT,
        env=os.environ | places | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'sdk/python/src'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr
    said = []
    for line in running.stderr:
        said.append(line)
        if "Ctrl-C" in line:
            running.send_signal(told)
            break
    out, rest = running.communicate(timeout=60)
    assert running.returncode == 0, "".join(said) + rest
    document = json.loads(out)
    assert document["address"] != "127.0.0.1:0"
    assert document["portal"].startswith("http://127.0.0.1:")
    assert (tmp_path / "var" / "admin.token").stat().st_mode & 0o077 == 0


def test_two_suites_at_one_address_are_a_clear_error(tmp_path: Path, suite: EmbeddedSuite) -> None:
    with pytest.raises(OSError, match="another instance"):
        EmbeddedSuite(tmp_path, kafka="", portal=False, address=suite.address).start()


def test_a_second_suite_on_the_same_folder_is_refused_by_name(tmp_path: Path) -> None:
    with EmbeddedSuite(tmp_path, portal=False):
        second = EmbeddedSuite(tmp_path, portal=False)
        with pytest.raises(FailedPreconditionError, match=str(tmp_path)):
            second.start()
    with EmbeddedSuite(tmp_path, portal=False):
        pass
