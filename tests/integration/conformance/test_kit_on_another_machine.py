"""The kit for a platform on another machine: what ``connect.json`` tells; and what is said if nobody came."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from cli.conformance import documents
from cli.conformance.door import Door
from cli.conformance.driver import ReferenceDriver
from cli.conformance.judges.nobody import NOBODY_CONNECTED, nobody_connected
from cli.conformance.sandbox import Sandbox
from cli.conformance.script import rows_of, script
from cli.conformance.session import Plan, play
from cli.language import Language
from cli.output import Output
from kit.conformance import parse, signed
from kit.listening import listening
from tests.support.certificates import Authority

HERE = "localhost"
"""As the platform knows the machine; the kit itself listens on 127.0.0.1."""


@pytest.fixture(scope="module")
def token_port() -> int:
    with listening("127.0.0.1", 0) as taken:
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def sandbox(token_port: int) -> Iterator[Sandbox]:
    with Sandbox("127.0.0.1", public_host=HERE, token_port=token_port) as running:
        yield running


def test_a_platform_gets_in_with_the_folder_alone_by_the_name_it_has_for_the_kit(
    sandbox: Sandbox, token_port: int, tmp_path: Path
) -> None:
    played = script("swift", outage_s=1.0)
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    with Door(sandbox, "swift", played, ours, address="127.0.0.1:0", public_host=HERE, outage_s=1.0) as door:
        shutil.move(ours, theirs)
        told = json.loads((theirs / "connect.json").read_text())
        assert told["address"].startswith(f"{HERE}:")
        assert told["token_url"] == f"http://{HERE}:{token_port}/oauth/token"
        assert (told["token_file"], told["private_key_file"]) == ("platform.token", "platform.pem")
        late = [one for one in played["scenarios"] if one["scenario_id"] == "late_events"]
        with ReferenceDriver(told, played | {"scenarios": late}, folder=theirs) as driver:
            driver.play()  # with its key, which buys a token at the address that was told
        observed = door.observed()
    assert len(observed.kept) == len(list(rows_of(played, "late_events")))
    assert not observed.nobody_came


def test_when_time_is_over_and_nobody_came_report_and_pages_say_so_in_both_languages(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    plan = Plan("steady", tmp_path, address="127.0.0.1:0", wait_s=0.1)
    report = play(plan, sandbox, Output(as_json=True, language=Language.EN))
    assert nobody_connected(report)
    assert not report.passed
    documents.write(report, signed(report, None), tmp_path)
    read, _ = parse((tmp_path / "report.json").read_bytes())
    assert {verdict.findings for verdict in read.verdicts} == {(NOBODY_CONNECTED,)}
    assert NOBODY_CONNECTED.zh in (tmp_path / "report.zh-CN.html").read_text()
    assert NOBODY_CONNECTED.en[1:] in (tmp_path / "report.en.html").read_text()


def test_asking_for_a_token_alone_is_no_call(sandbox: Sandbox, tmp_path: Path) -> None:
    with Door(
        sandbox, "idle", script("idle", outage_s=1.0), tmp_path, address="127.0.0.1:0", outage_s=1.0
    ) as door:
        assert httpx.post(door.place.token_url, data={}).status_code == 400
        assert door.observed().nobody_came


def test_a_sandbox_starts_where_the_installation_has_certificates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = Authority(tmp_path, "authority").issue("kit")
    monkeypatch.setenv("QUZHONG_TLS_CERT", str(certificate.certificate))
    monkeypatch.setenv("QUZHONG_TLS_KEY", str(certificate.key))
    with Sandbox("127.0.0.1") as running:
        assert running.address
