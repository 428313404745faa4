"""Files of secrets: for their owner alone, whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kit.errors import InvalidArgumentError
from kit.security import secret_files


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_secret_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "keys"
    secret_files.write(path, b"secret")
    assert mode_of(path) == 0o600
    assert secret_files.read(path) == b"secret"
    assert list(path.parent.iterdir()) == [path]


def test_what_lies_about_beside_it_does_not_make_it_readable(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    for left in (path, tmp_path / "keys.new"):  # as of a backup, or of an earlier version
        left.write_bytes(b"old")
        left.chmod(0o666)
    secret_files.write(path, b"secret")
    assert mode_of(path) == 0o600
    assert (tmp_path / "keys.new").read_bytes() == b"old"


def test_a_link_that_somebody_put_there_is_replaced_and_not_followed(tmp_path: Path) -> None:
    elsewhere, path = tmp_path / "elsewhere", tmp_path / "keys"
    elsewhere.write_bytes(b"theirs")
    path.symlink_to(elsewhere)
    secret_files.write(path, b"secret")
    assert elsewhere.read_bytes() == b"theirs"
    assert not path.is_symlink()


def test_the_first_of_two_writers_wins_where_none_may_replace_the_other(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    secret_files.write(path, b"first", only_if_missing=True)
    secret_files.write(path, b"second", only_if_missing=True)
    assert secret_files.read(path) == b"first"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o604, 0o606, 0o644, 0o660, 0o640])
def test_a_secret_that_others_may_read_is_refused_with_the_way_out(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys"
    path.write_bytes(b"0123456789abcdef")
    path.chmod(mode)
    with pytest.raises(InvalidArgumentError) as refused:
        secret_files.read(path)
    assert refused.value.reason == "SECRET_READABLE"
    assert "chmod 600" in refused.value.message
    assert str(path) in refused.value.message
    assert "0123456789abcdef" not in refused.value.message
