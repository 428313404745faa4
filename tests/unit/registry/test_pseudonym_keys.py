"""Versions of the pseudonyms' key: which answers when, where they stand, and how one follows another."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import InvalidArgumentError
from services.registry import rotate_key
from services.registry.adapters.pseudonym_key_file import keys_in, parse
from services.registry.core.field_error import FieldError
from services.registry.core.pseudonym_keys import LEAST_OVERLAP_MS, KeySchedule, KeyVersion

DAY = 86_400_000
NOW = 1_773_630_000_000


def version(number: int, begins: int, ends: int | None = None) -> KeyVersion:
    return KeyVersion(number, begins * DAY, None if ends is None else ends * DAY, bytes([number]) * 32)


def numbers(versions: list[KeyVersion]) -> list[int]:
    return [each.version for each in versions]


def test_two_versions_answer_during_the_overlap() -> None:
    schedule = KeySchedule([version(1, 0, 40), version(2, 30)])
    table = {
        day: (numbers(schedule.answering(day * DAY)), schedule.current(day * DAY).version)
        for day in (0, 29, 30, 39, 40)
    }
    assert table == {0: ([1, 2], 1), 29: ([1, 2], 1), 30: ([1, 2], 2), 39: ([1, 2], 2), 40: ([2], 2)}
    assert schedule.current(30 * DAY - 1).version == 1
    assert (schedule.successor(1), schedule.successor(2), schedule.successor(7)) == (2, None, None)


def test_before_the_first_begins_the_first_is_carried() -> None:
    assert KeySchedule([version(3, 10), version(4, 20)]).current(0).version == 3


@pytest.mark.parametrize(
    ("versions", "says"),
    [
        ([], "no version"),
        ([version(0, 0)], "count from 1"),
        ([version(1, 0, 40)], "none follows"),
        ([version(2, 0, 40), version(1, 30)], "let numbers ascend"),
        ([version(1, 0, 40), version(1, 30)], "let numbers ascend"),
        ([version(1, 30, 40), version(2, 30)], "let dates ascend"),
        ([version(1, 0, 30), version(2, 30)], "it has to answer until"),
        ([version(1, 0, 29), version(2, 30)], "it has to answer until"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(versions: list[KeyVersion], says: str) -> None:
    with pytest.raises(FieldError, match=says) as refused:
        KeySchedule(versions)
    assert refused.value.reason == "KEY_SCHEDULE"


@given(
    steps=st.lists(st.tuples(st.integers(1, 400), st.integers(0, 800)), max_size=5),
    moment=st.integers(0, 3_000),
)
def test_at_every_moment_the_version_carried_answers(steps: list[tuple[int, int]], moment: int) -> None:
    versions, begins = [], 0
    for number, (length, overlap) in enumerate(steps, 1):
        versions.append(version(number, begins, begins + length + 1 + overlap))
        begins += length
    versions.append(version(len(steps) + 1, begins))
    schedule = KeySchedule(versions)
    now = moment * DAY
    by_hand = max((each for each in versions if each.not_before_ms <= now), key=lambda each: each.version)
    assert schedule.current(now) == by_hand
    assert by_hand in schedule.answering(now)


def test_the_first_start_writes_a_key_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "pseudonym-keys.json"
    (key,) = keys_in(path, NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (key.public.version, key.public.not_before_ms, key.public.retire_ms) == (1, NOW, None)
    assert keys_in(path, NOW + DAY) == [key]
    assert key.key.hex() not in path.read_text()
    assert key.key.hex() not in repr(key)
    assert repr(key.key) not in repr(key)


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    (one,), (other,) = keys_in(tmp_path / "a", NOW), keys_in(tmp_path / "b", NOW)
    assert one.public.public_key != other.public.public_key


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_stops_the_start(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys.json"
    keys_in(path, NOW)
    path.chmod(mode)
    with pytest.raises(InvalidArgumentError, match="chmod 600") as refused:
        keys_in(path, NOW)
    assert refused.value.reason == "SECRET_READABLE"


SEED = "5eed" * 16


@pytest.mark.parametrize(
    "document",
    [
        "",
        "[]",
        "{}",
        '{"keys": [1]}',
        json.dumps({"keys": [{"version": 1, "seed": SEED[:-2], "not_before": "2026-01-01T00:00+08:00"}]}),
        json.dumps({"keys": [{"version": "1", "seed": SEED, "not_before": "2026-01-01T00:00+08:00"}]}),
        json.dumps({"keys": [{"version": 1, "seed": SEED, "not_before": "2026-01-01T00:00"}]}),
        json.dumps({"keys": [{"version": 1, "seed": SEED, "not_before": "soon"}]}),
        json.dumps({"keys": [{"version": 1, "not_before": "2026-01-01T00:00+08:00"}]}),
        '{"keys": [{"version": 1, "seed": "' + SEED,
    ],
)
def test_a_document_that_cannot_be_used_is_named_not_quoted(document: str) -> None:
    with pytest.raises(InvalidArgumentError, match="QUZHONG_PSEUDONYM_KEYS") as refused:
        parse(document, "QUZHONG_PSEUDONYM_KEYS")
    error = refused.value
    assert SEED[:8] not in error.message + error.zh
    assert error.__cause__ is None
    assert error.__suppress_context__


def test_a_rotation_is_planned_and_ends_with_the_old_key_gone(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    (old,) = keys_in(path, NOW)
    assert rotate_key.add(path, NOW + 30 * DAY, NOW + 60 * DAY) == 2
    first, second = keys_in(path, NOW)
    assert first.key == old.key
    assert (first.public.retire_ms, second.public.not_before_ms) == (NOW + 60 * DAY, NOW + 30 * DAY)
    assert second.key != first.key
    with pytest.raises(InvalidArgumentError, match="1 is not retired; none could") as refused:
        rotate_key.destroy(path, 1, NOW + 60 * DAY - 1)
    assert refused.value.reason == "KEY_NOT_RETIRED"
    rotate_key.destroy(path, 1, NOW + 60 * DAY)
    assert keys_in(path, NOW + 60 * DAY) == [second]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert rotate_key.add(path, NOW + 90 * DAY, NOW + 120 * DAY) == 3


def test_a_rotation_without_overlap_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    keys_in(path, NOW)
    before = path.read_bytes()
    with pytest.raises(InvalidArgumentError, match="it has to answer until"):
        rotate_key.add(path, NOW + DAY, NOW + DAY + LEAST_OVERLAP_MS - 1)
    assert path.read_bytes() == before


def test_the_command_plans_and_destroys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(tmp_path))
    path = tmp_path / "pseudonym-keys.json"
    add = ["add", "--not-before", "2026-06-01T00:00+08:00", "--retire", "2026-07-01T00:00+08:00"]
    with pytest.raises(SystemExit, match="No such file"):
        rotate_key.main(add)
    keys_in(path, NOW)
    rotate_key.main(add)
    assert "version 2 added" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="not retired"):
        rotate_key.main(["destroy", "1"], clock=lambda: NOW)
    rotate_key.main(["destroy", "1"], clock=lambda: NOW + 400 * DAY)
    assert [key.public.version for key in keys_in(path, NOW)] == [2]
    with pytest.raises(SystemExit) as refused:
        rotate_key.main(["add", "--not-before", "2026-06-01T00:00", "--retire", "2026-07-01T00:00+08:00"])
    assert refused.value.code == 2
    assert "has no zone" in capsys.readouterr().err


@pytest.mark.parametrize(("moment", "why"), [("yesterday", "ISO 8601"), ("2027-01-01", "zone")])
def test_a_moment_that_cannot_be_read_is_told_with_an_example(
    moment: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        rotate_key.main(["add", "--not-before", moment, "--retire", "2027-02-01T00:00+08:00"])
    told = capsys.readouterr().err
    assert f"{moment!r}" in told
    assert why in told
    assert "2027-01-01T00:00+08:00" in told
