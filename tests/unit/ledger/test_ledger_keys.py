"""The signing key: made once, readable by its owner only, or from a secret store."""

from __future__ import annotations

import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from pydantic import SecretStr

from kit.errors import InvalidArgumentError
from kit.ledger.keys import Keys, ledger_keys, rotate
from kit.settings import CommonSettings


def raw(keys: Keys) -> list[bytes]:
    return [key.private_bytes_raw() for key in keys]


def test_a_missing_file_is_made_for_its_owner_alone_and_kept(tmp_path: Path) -> None:
    settings = CommonSettings(data_dir=tmp_path / "var")
    keys = raw(ledger_keys(settings))
    assert len(keys) == 1
    assert settings.ledger_key_file.stat().st_mode & 0o777 == 0o600
    assert raw(ledger_keys(settings)) == keys
    assert [path.name for path in settings.data_dir.iterdir()] == ["ledger.key"]


def test_all_who_start_at_once_take_the_same_key(tmp_path: Path) -> None:
    settings = CommonSettings(data_dir=tmp_path)
    taken: list[list[bytes]] = []
    threads = [threading.Thread(target=lambda: taken.append(raw(ledger_keys(settings)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 8
    assert all(each == taken[0] for each in taken)


def test_rotation_puts_a_key_behind_the_former(tmp_path: Path) -> None:
    settings = CommonSettings(data_dir=tmp_path)
    (first,) = raw(ledger_keys(settings))
    rotated = raw(rotate(settings.ledger_key_file))
    assert (len(rotated), rotated[0]) == (2, first)
    assert raw(ledger_keys(settings)) == rotated
    assert settings.ledger_key_file.stat().st_mode & 0o777 == 0o600


def test_keys_of_a_secret_store_come_before_the_file(tmp_path: Path) -> None:
    pem = _pem(tmp_path)
    settings = CommonSettings(data_dir=tmp_path / "var", ledger_key=SecretStr(pem))
    assert len(ledger_keys(settings)) == 1
    assert not settings.ledger_key_file.exists()
    assert pem not in repr(settings)


def _pem(folder: Path) -> str:
    settings = CommonSettings(data_dir=folder / "elsewhere")
    ledger_keys(settings)
    return settings.ledger_key_file.read_text()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the machine has no openssl to compare with")
def test_openssl_reads_our_key(tmp_path: Path) -> None:
    settings = CommonSettings(data_dir=tmp_path)
    (key,) = ledger_keys(settings)
    told = subprocess.run(
        ["openssl", "pkey", "-in", settings.ledger_key_file, "-pubout", "-outform", "DER"],
        check=True,
        capture_output=True,
    ).stdout
    assert told.endswith(key.public_key().public_bytes_raw())


@pytest.mark.parametrize(
    "text", ["secret-but-no-key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"]
)
def test_what_is_no_key_is_refused_without_telling_it(tmp_path: Path, text: str) -> None:
    settings = CommonSettings(data_dir=tmp_path, ledger_key=SecretStr(text))
    with pytest.raises(InvalidArgumentError) as refused:
        ledger_keys(settings)
    assert (refused.value.field, refused.value.reason) == ("QUZHONG_LEDGER_KEY", "LEDGER_KEY")
    assert "secret-but" not in refused.value.message
    assert "AAAA" not in refused.value.message
