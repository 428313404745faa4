"""A pack's file is looked at while the service runs: a good change takes force, a broken one does not."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest

from services.workhours.catalogue import read_pack
from services.workhours.core.rule_pack import RulePack
from services.workhours.pack_file import LOOK_EVERY_MS, PackFile
from tests.unit.workhours.shipped_packs import RULES
from tests.unit.workhours.test_working_time import over_limit, service

SHIPPED = (RULES / "cn-food-delivery-2025.yaml").read_text("utf-8")


class Watched:
    """A pack file in a folder, and a clock that is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "pack.yaml"
        self.now_ms = 0
        self.write(SHIPPED)
        self.pack_file = PackFile(self.file, lambda: read_pack(self.file).pack, lambda: self.now_ms)

    def write(self, text: str) -> None:
        self.file.write_text(text, encoding="utf-8")
        self.now_ms += LOOK_EVERY_MS
        os.utime(self.file, ns=(self.now_ms * 1_000_000, self.now_ms * 1_000_000))

    @property
    def in_force(self) -> RulePack:
        return self.pack_file.in_force()


def test_a_new_version_takes_force(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    watched = Watched(tmp_path)
    first = watched.in_force
    assert watched.in_force is first
    watched.write(SHIPPED.replace('version: "1.1.0"', 'version: "1.2.0"'))
    with caplog.at_level(logging.WARNING):
        assert watched.in_force.version == "1.2.0"
    assert "1.1.0 → 1.2.0" in caplog.text


@pytest.mark.parametrize(
    ("good", "broken", "reason"),
    [
        ("value: 4 h\n", "value: -4 h\n", "limit"),
        ("value: order\n", "value: sleeping\n", "states"),
        ("id: cn-food-delivery-2025\n", "id: [\n", "YAML"),
    ],
)
def test_a_broken_one_is_refused_by_file_line_and_reason_and_the_last_good_one_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, good: str, broken: str, reason: str
) -> None:
    watched = Watched(tmp_path)
    first = watched.in_force
    assert good in SHIPPED
    watched.write(SHIPPED.replace(good, broken, 1))
    assert watched.in_force is first
    assert f"{watched.file}:" in caplog.text
    assert reason in caplog.text
    assert watched.pack_file.fault is not None
    watched.write(SHIPPED)
    assert watched.in_force is first or watched.in_force == first
    assert watched.pack_file.fault is None


def test_a_file_that_is_gone_changes_nothing(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    first = watched.in_force
    watched.file.unlink()
    watched.now_ms += LOOK_EVERY_MS
    assert watched.in_force is first


def test_what_was_found_is_judged_anew_by_the_new_version(pack: RulePack) -> None:
    rule = pack.rules[0]
    stricter = replace(
        pack,
        version="9.0.0",
        rules=(replace(rule, params=replace(rule.params, limit_ms=2 * 3_600_000)), *pack.rules[1:]),
    )
    with service(pack) as running:
        running.take(over_limit())
        (before,) = running.stated()
        running.pack = stricter
        running.take([])
        (after,) = running.stated()
    assert (after.finding_id, after.pack_version) == (before.finding_id, "9.0.0")
    assert after.limit_ms == 2 * 3_600_000
    assert any(change.startswith("pack_version:") for change in after.changes)
