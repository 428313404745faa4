"""An administrator has a worker's data removed: no file of the registry has any; every process is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import grpc
import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from kit.directory import Directory
from kit.erasure import Erased, worker_sha256
from kit.eventlog.open import open_event_log
from kit.ledger import Entry
from kit.ledger.stored import tail
from kit.storage.store import Store
from quzhong import bearer
from quzhong.api.registry.v1 import erasures_pb2, erasures_pb2_grpc, worker_codes_pb2, worker_codes_pb2_grpc
from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from services.registry import rotate_key
from services.registry.adapters.pseudonym_key_file import keys_in
from services.registry.settings import RegistrySettings
from tests.integration.registry.pseudonym_suite import DAY_MS, NOW_MS, MovedClock, PseudonymSuite, serving
from tests.support.refusals import refusal

OLD, NEW = "pseudonym-of-the-first-key", "pseudonym-of-the-second-key"
OTHER = "pseudonym-of-somebody-else"
REASON = "本人书面申请，卷 12"


@pytest.fixture
def settings(tmp_path: Path) -> RegistrySettings:
    settings = RegistrySettings(data_dir=tmp_path / "var", address="127.0.0.1:0")
    settings.data_dir.mkdir()
    keys_in(settings.pseudonym_key_file, NOW_MS)
    rotate_key.add(settings.pseudonym_key_file, NOW_MS + 30 * DAY_MS, NOW_MS + 60 * DAY_MS)
    return settings


def erasing(worker_id: str = NEW, **other: str) -> erasures_pb2.EraseWorkerRequest:
    return erasures_pb2.EraseWorkerRequest(
        **({"request_id": "erase", "worker_id": worker_id, "reason": REASON} | other)
    )


def erase(suite: PseudonymSuite, who: str, request: erasures_pb2.EraseWorkerRequest) -> Any:
    stub = erasures_pb2_grpc.ErasureServiceStub(suite.channel)
    return stub.EraseWorker(request, metadata=bearer(suite.tokens[who]), timeout=30).erasure


def keep_something(suite: PseudonymSuite) -> None:
    """A link, and a code for each of two workers."""
    link = pb.PseudonymLink(old_pseudonym=OLD, new_pseudonym=NEW)
    suite.call(
        "platform-a",
        "LinkPseudonyms",
        pb.LinkPseudonymsRequest(request_id="l", old_key_version=1, new_key_version=2, links=[link]),
    )
    for worker_id in (OLD, OTHER):
        issue(suite, worker_id)


def issue(suite: PseudonymSuite, worker_id: str) -> Any:
    """The worker's code; asked for again it is a repeat."""
    codes = worker_codes_pb2_grpc.WorkerCodeServiceStub(suite.channel)
    request = worker_codes_pb2.IssueWorkerCodeRequest(
        request_id=f"issue-{worker_id[-8:]}", worker_id=worker_id, reason="asked at the counter"
    )
    return codes.IssueWorkerCode(request, metadata=bearer(suite.tokens["platform-a"]))


def redeem(suite: PseudonymSuite, code: str) -> Any:
    codes = worker_codes_pb2_grpc.WorkerCodeServiceStub(suite.channel)
    return codes.RedeemWorkerCode(worker_codes_pb2.RedeemWorkerCodeRequest(code=code))


def stored(settings: RegistrySettings) -> bytes:
    """Every byte of the registry's store, its write-ahead log too."""
    file = Path(settings.store_url("registry").removeprefix("sqlite:///"))
    return b"".join(each.read_bytes() for each in sorted(file.parent.glob(f"{file.name}*")))


def entered(settings: RegistrySettings) -> list[Entry]:
    store = Store.open_to_read(settings.store_url("registry"))
    entries, _ = tail(store, "registry", 1_000)
    store.close()
    return [one for one in entries if isinstance(one, Entry) and one.action == "worker_data.erased"]


def test_the_files_have_no_byte_of_it_and_every_process_is_told(settings: RegistrySettings) -> None:
    clock = MovedClock()
    with serving(settings, clock) as suite:
        keep_something(suite)
        assert OLD.encode() in stored(settings)
        answer = erase(suite, "administrator", erasing())
        clock.now_ms += 1_000
        assert erase(suite, "administrator", erasing()) == answer
        found = stored(settings)
        assert not any(each.encode() in found for each in (OLD, NEW))
        assert OTHER.encode() in found
    assert list(answer.worker_sha256) == sorted(worker_sha256(each) for each in (OLD, NEW))
    assert answer.erase_time.ToMilliseconds() == NOW_MS
    (entry,) = entered(settings)
    assert (entry.actor, entry.subject) == ("administrator", f"erasure/{answer.erasure_id}")
    assert entry.reason == REASON
    assert json.loads(entry.details) == {
        "erase_time": "2026-03-16 11:00:00 CST",
        "gone_time": "2026-06-17 11:00:00 CST",
        "pseudonyms": 2,
    }
    log = open_event_log(settings.log_url)
    directory = Directory(log, clock)
    directory.start()
    directory.refresh()
    erased = Erased(directory)
    for each in (OLD, NEW):
        entry_of = erased.of(each)
        assert entry_of is not None
        assert (entry_of.erasure_id, entry_of.erase_ms) == (answer.erasure_id, NOW_MS)
    assert erased.of(OTHER) is None
    directory.stop()
    log.close()


def test_a_code_that_went_is_no_repeat_s_answer(settings: RegistrySettings) -> None:
    with serving(settings, MovedClock()) as suite:
        first = issue(suite, OLD)
        assert issue(suite, OLD).code_id == first.code_id
        erase(suite, "administrator", erasing(OLD))
        second = issue(suite, OLD)
        assert second.code
        assert second.code_id != first.code_id
        refused = refusal(lambda: redeem(suite, first.code))
        assert refused.reason == "WORKER_CODE_REFUSED"
        assert redeem(suite, second.code).access_token


def test_a_store_that_is_restored_from_before_is_cleaned_at_the_start(
    settings: RegistrySettings, tmp_path: Path
) -> None:
    clock, backup = MovedClock(), tmp_path / "backup"
    with serving(settings, clock) as suite:
        keep_something(suite)
    file = Path(settings.store_url("registry").removeprefix("sqlite:///"))
    backup.mkdir()
    for each in file.parent.glob(f"{file.name}*"):
        shutil.copy(each, backup)
    with serving(settings, clock) as suite:
        answer = erase(suite, "administrator", erasing())
    for each in backup.iterdir():
        shutil.copy(each, file.parent / each.name)
    assert OLD.encode() in stored(settings)
    with serving(settings, clock):
        found = stored(settings)
        assert not any(each.encode() in found for each in (OLD, NEW))
        assert OTHER.encode() in found
    (entry,) = entered(settings)
    assert (entry.actor, entry.subject) == ("registry", f"erasure/{answer.erasure_id}")


@pytest.mark.parametrize(
    ("request_", "reason", "field"),
    [
        (erasing("too-short"), "PSEUDONYM_FORM", "worker_id"),
        (erasing(reason=" "), "REASON_LENGTH", "reason"),
        (erasing(reason="x" * 501), "REASON_LENGTH", "reason"),
        (erasing(reason=f"{NEW} asked"), "REASON_NAMES_WORKER", "reason"),
        (erasing(request_id=""), "REQUEST_ID_FORM", "request_id"),
    ],
)
def test_what_makes_no_sense_is_refused_without_repeating_it(
    settings: RegistrySettings, request_: erasures_pb2.EraseWorkerRequest, reason: str, field: str
) -> None:
    with serving(settings, MovedClock()) as suite:
        refused = refusal(lambda: erase(suite, "administrator", request_))
        assert (refused.reason, refused.field) == (reason, field)
        assert refused.zh != refused.message
        assert NEW not in refused.message + refused.zh
    assert entered(settings) == []


def test_nobody_but_an_administrator_erases(settings: RegistrySettings) -> None:
    with serving(settings, MovedClock()) as suite:
        refused = refusal(lambda: erase(suite, "platform-a", erasing()))
        assert refused.code is grpc.StatusCode.PERMISSION_DENIED
    assert entered(settings) == []


def command(suite: PseudonymSuite, *arguments: str, who: str = "administrator", stdin: str = "") -> Result:
    environment = {"COLUMNS": "250", "QUZHONG_TOKEN": suite.tokens[who]}
    asked = ["erase", *arguments, "--reason", REASON, "--address", suite.address]
    return CliRunner().invoke(app, asked, env=environment, input=stdin)


def test_the_command_says_what_went_and_until_when_logs_keep_it(settings: RegistrySettings) -> None:
    with serving(settings, MovedClock()) as suite:
        keep_something(suite)
        told = command(suite, OLD, "--json")
        assert told.exit_code == 0, told.output
        document = json.loads(told.stdout)
        assert document.pop("erasure_id")
        assert document == {
            "pseudonyms": 2,
            "erase_time": "2026-03-16 11:00:00 CST",
            "gone_time": "2026-06-17 11:00:00 CST",
        }
        for language, word in (("zh", "备份"), ("en", "Backups")):
            # Read from stdin, the pseudonym is in no shell's history.
            told = command(suite, "-", "--lang", language, stdin=f"{OTHER}\n")
            assert told.exit_code == 0, told.output
            assert "2026-06-17 11:00:00 CST" in told.stdout
            assert word in told.stdout
            assert OTHER not in told.output
    assert len(entered(settings)) == 3


def test_the_command_ends_with_status_1_when_it_is_refused(settings: RegistrySettings) -> None:
    with serving(settings, MovedClock()) as suite:
        told = command(suite, "too-short", "--json")
        assert told.exit_code == 1
        assert json.loads(told.stdout)["error"]["reason"] == "PSEUDONYM_FORM"
        told = command(suite, OLD, "--json", who="platform-a")
        assert told.exit_code == 1
        assert json.loads(told.stdout)["error"]["reason"] == "ROLE_NOT_ALLOWED"
