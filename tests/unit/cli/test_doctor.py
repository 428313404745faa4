"""``quzhong doctor``: what is wrong, the way out, and the status it ends with."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from cli.doctor_files import folder_checks, scrub_checks
from cli.doctor_places import MOST_SKEW_S, skew_check
from cli.embedded import EmbeddedSuite
from cli.main import app

NOW = datetime.now(UTC)  # noqa: TID251 - certificates are compared with the present


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(tmp_path / "var"))


def doctor(*arguments: str) -> tuple[int, dict[str, Any]]:
    """Exit status, and the document."""
    result = CliRunner().invoke(app, ["doctor", *arguments, "--json"], prog_name="quzhong")
    return result.exit_code, json.loads(result.stdout)


def found(document: dict[str, Any], what: str) -> dict[str, str]:
    (check,) = (check for check in document["checks"] if check["check"] == what)
    return dict(check)


def certificate(folder: Path, *, days: float, starts: float = -1) -> tuple[Path, Path]:
    """A certificate that ends in ``days``, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "quzhong.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=min(starts, days - 1)))
        .not_valid_after(NOW + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(exist_ok=True)
    (folder / "tls.crt").write_bytes(made.public_bytes(Encoding.PEM))
    path = folder / "tls.key"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path.chmod(0o600)
    return folder / "tls.crt", path


def test_a_new_installation_is_well_before_its_first_start() -> None:
    status, document = doctor("--stopped")
    assert status == 0
    assert document["well"]
    assert all(check["standing"] == "well" and "way_out" not in check for check in document["checks"])
    assert found(document, "ledger.key")["found"] == "is made at the first start"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[EmbeddedSuite, Path]]:
    folder = tmp_path_factory.mktemp("suite") / "var"
    with EmbeddedSuite(folder) as started:
        yield started, folder


def test_a_running_suite_is_well_and_its_keys_are_private(
    suite: tuple[EmbeddedSuite, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    started, folder = suite
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(folder))
    status, document = doctor("--address", started.address, "--portal", started.portal_url)
    assert (status, document["faults"], document["warnings"]) == (0, 0, 0), document
    assert found(document, f"gRPC {started.address}")["found"] == "answers and is well"
    assert found(document, f"portal {started.portal_url}")["standing"] == "well"
    assert "(0600)" in found(document, "admin.token")["found"]


def test_who_does_not_answer_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    status, document = doctor("--address", f"127.0.0.1:{free}", "--portal", f"http://127.0.0.1:{free}")
    assert (status, document["well"], document["faults"]) == (1, False, 2)
    for what in (f"gRPC 127.0.0.1:{free}", f"portal http://127.0.0.1:{free}"):
        check = found(document, what)
        assert check["standing"] == "fault"
        assert "start" in check["way_out"]
        assert "启动" in check["way_out_zh"]


@pytest.mark.parametrize("option", ["--stopped", "--no-portal"])
def test_what_is_not_there_is_not_asked(option: str) -> None:
    _, document = doctor(option)
    assert not [check for check in document["checks"] if check["check"].startswith("portal")]


def test_a_setting_that_is_refused_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_PARTITIONS", "0")
    monkeypatch.setenv("QUZHONG_OTLP_ENDPOINT", "collector:4317")
    status, document = doctor("--stopped")
    assert status == 1
    assert {check["check"] for check in document["checks"]} == {"QUZHONG_PARTITIONS", "QUZHONG_OTLP_ENDPOINT"}


def test_a_variable_nobody_reads_is_told_with_what_may_be_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_METRIC_PORT", "9464")
    status, document = doctor("--stopped")
    assert (status, document["warnings"]) == (0, 1)
    assert found(document, "QUZHONG_METRIC_PORT")["way_out"] == "is QUZHONG_METRICS_PORT meant?"


@pytest.mark.parametrize(
    ("free_gb", "standing"), [(0.5, "fault"), (5, "warning"), (50, "well")], ids=["full", "low", "roomy"]
)
def test_room_on_the_disk(free_gb: float, standing: str, tmp_path: Path) -> None:
    (check,) = folder_checks(tmp_path, lambda _: int(free_gb * 1e9))
    assert check.standing == standing


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    (check,) = folder_checks(tmp_path / "a file")
    assert check.standing == "fault"
    assert check.way_out is not None
    assert "QUZHONG_DATA_DIR" in check.way_out.en


def test_a_store_whose_files_still_hold_what_was_erased(tmp_path: Path) -> None:
    (tmp_path / "notify.db-unscrubbed").touch()
    assert list(scrub_checks(tmp_path)) == [], "it is tried each minute"
    (check,) = scrub_checks(tmp_path, NOW + timedelta(hours=2))
    assert (check.what, check.standing) == ("notify.db", "warning")
    assert str(tmp_path / "notify.db") in check.found.en


def test_a_key_others_may_read_and_one_that_is_missing(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "registry.db").write_bytes(b"")
    (folder / "admin.token").write_text("qz_1_2")
    (folder / "admin.token").chmod(0o640)
    status, document = doctor("--stopped")
    assert status == 1
    assert "mode 0640" in found(document, "admin.token")["found"]
    assert "chmod 600" in found(document, "admin.token")["way_out"]
    assert found(document, "ledger.key")["standing"] == "warning"


@pytest.mark.parametrize(
    ("days", "starts", "standing", "told"),
    [
        (-1, -9, "fault", "expired on"),
        (20, -1, "warning", "expires on"),
        (300, -1, "well", "valid until"),
        (300, 2, "fault", "not valid yet"),
    ],
    ids=["expired", "soon", "well", "not yet"],
)
def test_certificates(
    days: float, starts: float, standing: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, key = certificate(tmp_path, days=days, starts=starts)
    monkeypatch.setenv("QUZHONG_TLS_CERT", str(made))
    monkeypatch.setenv("QUZHONG_TLS_KEY", str(key))
    status, document = doctor("--stopped")
    check = found(document, "QUZHONG_TLS_CERT")
    assert check["standing"] == standing
    assert told in check["found"]
    assert status == (1 if standing == "fault" else 0)


def test_a_key_that_is_another_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = certificate(tmp_path / "one", days=300)
    _, key = certificate(tmp_path / "other", days=300)
    monkeypatch.setenv("QUZHONG_TLS_CERT", str(made))
    monkeypatch.setenv("QUZHONG_TLS_KEY", str(key))
    status, document = doctor("--stopped")
    assert status == 1
    told = [check["found"] for check in document["checks"] if check["check"] == "QUZHONG_TLS_KEY"]
    assert any("is not the key of" in each for each in told)


def test_a_broker_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_KAFKA", "127.0.0.1:1")
    status, document = doctor("--stopped")
    assert status == 1
    assert "cannot be reached" in found(document, "Kafka 127.0.0.1:1")["found"]


def test_a_collector_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_OTLP_ENDPOINT", "http://127.0.0.1:1")
    status, document = doctor("--stopped")
    assert status == 1
    assert "unset it" in found(document, "QUZHONG_OTLP_ENDPOINT")["way_out"]


@pytest.mark.parametrize("sign", [1, -1])
def test_clocks_apart(sign: int) -> None:
    assert skew_check("clock", sign * MOST_SKEW_S).standing == "well"
    assert skew_check("clock", sign * (MOST_SKEW_S + 0.1)).standing == "fault"
    assert skew_check("clock", sign * (MOST_SKEW_S + 0.9), precision_s=1.0).standing == "well"


@pytest.mark.parametrize(("language", "told"), [("zh", "项须修复"), ("en", "to be mended")])
def test_for_people_it_is_a_table_with_the_way_out(
    language: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUZHONG_OTLP_ENDPOINT", "http://127.0.0.1:1")
    result = CliRunner().invoke(app, ["doctor", "--stopped", "--lang", language], prog_name="quzhong")
    assert result.exit_code == 1
    assert told in result.stdout
    assert "✗" in result.stdout
