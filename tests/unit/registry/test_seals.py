"""Secrets of accounts are sealed: for one account each, by the newest key, opened by any that is at hand."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import FailedPreconditionError, InvalidArgumentError
from services.registry import rotate_account_key
from services.registry.adapters import account_keys
from services.registry.adapters.seals import FernetSeals, NoSeals
from services.registry.given_files import seals
from services.registry.settings import RegistrySettings

OLD, NEW = Fernet(b"b2xk" * 10 + b"b2w="), Fernet(b"bmV3" * 10 + b"bmU=")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@given(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=16, max_size=64),
    st.from_regex(r"[a-z0-9-]{3,40}", fullmatch=True),
)
def test_what_is_sealed_opens_for_its_account_alone_and_shows_nothing(secret: str, account_id: str) -> None:
    by_old, by_both = FernetSeals([OLD]), FernetSeals([OLD, NEW])
    sealed = by_old.seal(secret, account_id)
    assert secret not in sealed
    assert by_old.open(sealed, account_id) == by_both.open(sealed, account_id) == secret
    assert by_both.open(sealed, account_id + "x") == by_both.open(sealed, "") == ""
    renewed = by_both.renewed(sealed, account_id)
    assert FernetSeals([NEW]).open(renewed, account_id) == secret
    assert by_both.renewed(renewed, account_id) == renewed


def test_a_secret_from_before_is_sealed_when_it_is_renewed() -> None:
    sealer = FernetSeals([NEW])
    assert sealer.open(sealer.renewed(SECRET, "li-wei"), "li-wei") == SECRET
    assert sealer.renewed("", "closed") == ""


def test_without_its_key_a_secret_is_kept_opens_nothing_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    sealed, other = FernetSeals([OLD]).seal(SECRET, "li-wei"), FernetSeals([NEW])
    with caplog.at_level(logging.ERROR):
        assert other.open(sealed, "li-wei") == ""
    assert "li-wei" in caplog.text
    assert other.renewed(sealed, "li-wei") == sealed
    changed = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]
    assert FernetSeals([OLD]).open(changed, "li-wei") == ""


def test_a_first_key_is_made_for_its_owner_alone_and_a_second_put_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(tmp_path))
    settings = RegistrySettings()
    sealed = seals(settings).seal(SECRET, "li-wei")
    path = tmp_path / "account.keys"
    assert path.stat().st_mode & 0o777 == 0o600
    rotate_account_key.main(["add"])
    assert "2 keys" in capsys.readouterr().out
    renewed = seals(settings).renewed(sealed, "li-wei")
    rotate_account_key.main(["prune"])
    assert seals(settings).open(renewed, "li-wei") == SECRET
    assert seals(settings).open(sealed, "li-wei") == ""
    path.chmod(0o640)
    with pytest.raises(InvalidArgumentError, match="chmod 600"):
        seals(settings)


@pytest.mark.parametrize("text", ["", "\n", "secret-word", "c2hvcnQ=", "A" * 32, "钥匙"])
def test_what_is_no_key_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        account_keys.parse(text.encode(), "QUZHONG_ACCOUNT_KEYS")
    assert refused.value.reason == "ACCOUNT_KEYS"
    assert "secret-word" not in str(refused.value)


@pytest.mark.parametrize("environment", ["production", " Production "])
def test_production_makes_no_key_up(tmp_path: Path, environment: str) -> None:
    settings = RegistrySettings(data_dir=tmp_path, environment=environment, local_accounts=True, oauth_port=0)
    with pytest.raises(InvalidArgumentError, match="QUZHONG_ACCOUNT_KEYS") as refused:
        seals(settings)
    assert refused.value.reason == "ACCOUNT_KEYS_MISSING"
    assert not (tmp_path / "account.keys").exists()
    key = Fernet.generate_key().decode()
    given_key = settings.model_copy(update={"account_keys": type(settings.account_keys)(key)})
    assert isinstance(seals(given_key), FernetSeals)


def test_production_without_local_accounts_starts_and_opens_none(tmp_path: Path) -> None:
    none = seals(RegistrySettings(data_dir=tmp_path, environment="production"))
    assert isinstance(none, NoSeals)
    with pytest.raises(FailedPreconditionError, match="QUZHONG_ACCOUNT_KEYS"):
        none.seal(SECRET, "li-wei")
