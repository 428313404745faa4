"""``quzhong conformance`` and ``quzhong admission``: what is refused before anything is started."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner, Result

from cli.conformance.documents import page
from cli.conformance.judges.nobody import NOBODY_CONNECTED
from cli.conformance.texts import OBSERVED, content_of
from cli.language import Language
from cli.main import app
from kit.conformance import REFERENCE_DRIVER, SCENARIOS, Report, Verdict, signed


def command(*arguments: str | Path) -> Result:
    environment = {"COLUMNS": "250", "QUZHONG_LANG": "en"}
    return CliRunner().invoke(app, [*map(str, arguments)], env=environment)


def refusal(result: Result) -> dict[str, Any]:
    assert result.exit_code == 1, result.output
    said: dict[str, Any] = json.loads(result.stdout)["error"]
    return said


def test_a_key_that_is_not_there_is_said_before_the_sandbox_starts(tmp_path: Path) -> None:
    missing = tmp_path / "kit.pem"
    told = refusal(command("conformance", "--platform", "swift", "--key", missing, "--json"))
    assert told["reason"] == "KEY_UNREADABLE"
    assert str(missing) in told["message"]
    assert "openssl genpkey" in told["message_zh"]


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    key = tmp_path / "kit.pem"
    key.write_text("anything")
    key.chmod(0o644)
    told = refusal(command("conformance", "--platform", "swift", "--key", key, "--json"))
    assert told["reason"] == "SECRET_READABLE"


@pytest.mark.parametrize("address", ["50061", "localhost", "localhost:port", ":50061"])
def test_an_address_that_is_none_is_bad_usage(address: str) -> None:
    result = command("conformance", "--platform", "swift", "--address", address)
    assert result.exit_code == 2
    assert "host:port" in result.output


@pytest.mark.parametrize("host", ["kit.example:50061", "https://kit.example", "kit example", "::1"])
def test_a_public_host_with_scheme_or_port_is_bad_usage(host: str) -> None:
    result = command("conformance", "--platform", "swift", "--public-host", host)
    assert result.exit_code == 2
    assert "不带协议和端口" in result.output


@pytest.mark.parametrize("language", Language)
def test_a_report_of_nobody_who_came_says_so_once_with_what_to_mend(language: Language) -> None:
    verdicts = tuple(Verdict(one.scenario_id, (NOBODY_CONNECTED,)) for one in SCENARIOS)
    report = Report("swift", "integration", "1.1.0", "v1", "c" * 64, "5" * 64, 0, 1_000, verdicts)
    content = content_of(report, signed(report, None), language)
    assert language.pick("无人连接沙箱", "Nobody connected to the sandbox") in content["summary"]
    assert "--public-host" in content["summary"]
    assert [one["findings"] for one in content["scenarios"]] == [[]] * len(SCENARIOS)
    assert not any(one["passed"] for one in content["scenarios"])
    assert content["summary"] in html.unescape(page(content))


def test_a_file_that_is_no_report_is_not_sent(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("{}")
    # Nobody listens at this address: who gets there fails otherwise.
    told = refusal(
        command("admission", "submit", file, "--address", "127.0.0.1:1", "--token", "qz_a_b", "--json")
    )
    assert told["reason"] == "REPORT_MALFORMED"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", [None, Ed25519PrivateKey.from_private_bytes(bytes(32))])
def test_the_report_says_in_both_languages_whose_it_is_and_what_it_is_worth(
    language: Language, key: Ed25519PrivateKey | None
) -> None:
    verdicts = tuple(Verdict(one.scenario_id, (), dict.fromkeys(OBSERVED, 1)) for one in SCENARIOS)
    report = Report("swift", REFERENCE_DRIVER, "1.0.0", "v1", "c" * 64, "5" * 64, 0, 1_000, verdicts)
    content = content_of(report, signed(report, key), language)
    facts = " ".join(fact["value"] for fact in content["facts"])
    assert language.pick("自检，不能用于准入", "it admits nobody") in facts
    assert (language.pick("未签名", "none: it admits") in facts) == (key is None)
    assert [one["title"] for one in content["scenarios"]] == [
        language.pick(one.title_zh, one.title_en) for one in SCENARIOS
    ]
