"""Packs of a folder: broken ones are refused with file, line and reason, and what was in force goes on."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from services.workhours.catalogue import SHIPPED, Catalogue, PackFileError, check_files, read_pack

FOOD = SHIPPED / "cn-food-delivery-2025.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(FOOD, tmp_path / "food.yaml")
    return tmp_path


def edit(file: Path, before: str, after: str, count: int = 1) -> int:
    """Replace the first place of ``before``; gives its line, from 1."""
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, count), "utf-8")
    return text[: text.index(before)].count("\n") + 1


def test_the_shipped_packs_are_all_there() -> None:
    assert {
        "cn-food-delivery-2025",
        "cn-ride-hailing",
        "cn-road-transport",
        "cn-labour-law",
        "eu-561-2006",
        "us-fmcsa-hos",
        "nyc-tlc",
        "uk-uber",
        "fr-transport-leger",
    } <= {pack.id for pack in Catalogue.open().packs}


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (
            "        value: 4 h\n",
            "        value: -4 h\n",
            "params.limit.value is '-4 h'; write whole numbers",
        ),
        ("        value: order\n", "        value: asleep\n", "use states of the pack: order, dispatch_push"),
        ("    family: continuous_work\n", "    family: guesswork\n", "family is 'guesswork'; use one of"),
        ("      reset_gap:\n", "      reset_gab:\n", "params.reset_gap is None; it is required"),
        ("      max_open_order:\n", "      max_open_ordre:\n", "max_open_ordre is .*; unknown here"),
        ("    citations:\n", "    citation:\n", r"rules\[0\].citations is None; it is required"),
        (
            'valid_from: "2025-12-04"',
            'valid_from: "soon"',
            'valid_from is .soon.; write a day as "YYYY-MM-DD"',
        ),
        ("version:", "version: '1.0.0'\nversion:", "version is given twice; keep one"),
        ("sector: food_delivery", "sector: [food", "not YAML"),
    ],
)
def test_a_broken_pack_is_refused_with_file_line_and_reason(
    folder: Path, before: str, after: str, reason: str
) -> None:
    file = folder / "food.yaml"
    line = edit(file, before, after)
    with pytest.raises(PackFileError, match=reason) as refused:
        read_pack(file)
    assert refused.value.file == file
    missing = "is None" in reason  # then the line is that of the mapping it is missing from
    assert refused.value.line <= line if missing else line <= refused.value.line <= line + 2
    assert str(refused.value).startswith(f"{file}:{refused.value.line}: ")


def test_a_file_that_is_not_utf_8_is_refused(folder: Path) -> None:
    (folder / "food.yaml").write_bytes("标题".encode("gb18030"))
    with pytest.raises(PackFileError, match="not UTF-8"):
        read_pack(folder / "food.yaml")


def test_an_empty_file_is_refused(folder: Path) -> None:
    (folder / "food.yaml").write_text("")
    with pytest.raises(PackFileError, match=r"food.yaml:1: .*the document is None"):
        read_pack(folder / "food.yaml")


def next_version(folder: Path, *, ends: str | None) -> Path:
    """A version 2.0.0 from 2027 on beside the first, which ends on that day."""
    newer = folder / "food-2.yaml"
    shutil.copy(folder / "food.yaml", newer)
    edit(newer, 'version: "1.1.0"', 'version: "2.0.0"')
    edit(newer, 'valid_from: "2025-12-04"', 'valid_from: "2027-01-01"')
    if ends is not None:
        first = 'valid_from: "2025-12-04"'
        edit(folder / "food.yaml", first, f'{first}\nvalid_until: "{ends}"')
    return newer


@pytest.mark.parametrize(
    ("day", "version", "in_force"),
    [
        (date(2026, 12, 31), "1.1.0", True),
        (date(2027, 1, 1), "2.0.0", True),
        (date(2020, 1, 1), "1.1.0", False),
    ],
)
def test_of_two_versions_the_one_in_force_that_day_is_found(
    folder: Path, day: date, version: str, in_force: bool
) -> None:
    next_version(folder, ends="2026-12-31")
    found = Catalogue.open(folder).find("cn-gbt-food-delivery-2025+meituan", day)
    assert (found.document.version, found.in_force) == (version, in_force)
    assert found.implied == {"local_12h_offline": "on"}


def test_without_a_day_the_latest_version_is_found_unless_one_is_named(folder: Path) -> None:
    next_version(folder, ends="2026-12-31")
    catalogue = Catalogue.open(folder)
    assert catalogue.find("cn-food-delivery-2025").document.version == "2.0.0"
    assert catalogue.find("cn-food-delivery-2025@1.1.0").document.version == "1.1.0"


@pytest.mark.parametrize("ends", [None, "2027-01-01"])
def test_versions_in_force_on_the_same_day_are_refused(folder: Path, ends: str | None) -> None:
    newer = next_version(folder, ends=ends)
    with pytest.raises(
        PackFileError, match="would both be in force from 2027-01-01; end the older"
    ) as refused:
        Catalogue.open(folder)
    assert refused.value.file == newer
    assert "valid_from" in newer.read_text("utf-8").splitlines()[refused.value.line - 1]
    _, faults = check_files([folder / "food.yaml", newer])
    assert [str(fault) for fault in faults] == [str(refused.value)]


def test_a_name_that_another_pack_has_is_refused(folder: Path) -> None:
    shutil.copy(SHIPPED / "cn-ride-hailing.yaml", folder / "ride.yaml")
    edit(folder / "ride.yaml", "  cn-didi-2019: {}", "  cn-gbt-food-delivery-2025: {}")
    with pytest.raises(PackFileError, match="belongs to cn-food-delivery-2025 already"):
        Catalogue.open(folder)


def test_unknown_pack_is_answered_with_those_there_are(folder: Path) -> None:
    with pytest.raises(KeyError, match="there are: cn-food-delivery-2025"):
        Catalogue.open(folder).find("cn-food")


def test_reload_takes_a_new_version_of_a_file(folder: Path) -> None:
    catalogue = Catalogue.open(folder)
    edit(folder / "food.yaml", 'version: "1.1.0"', 'version: "1.2.0"')
    assert catalogue.reload() == ()
    assert catalogue.find("cn-food-delivery-2025").document.version == "1.2.0"


def test_reload_keeps_the_version_in_force_when_its_file_is_broken_and_says_why(folder: Path) -> None:
    catalogue = Catalogue.open(folder)
    edit(folder / "food.yaml", "        value: 4 h\n", "        value: -4 h\n")
    (fault,) = catalogue.reload()
    assert re.search(r"food.yaml:\d+: .*limit.value is '-4 h'", str(fault))
    assert catalogue.find("cn-food-delivery-2025").document.version == "1.1.0"


def test_reload_keeps_the_version_in_force_when_a_second_would_overlap_it(folder: Path) -> None:
    catalogue = Catalogue.open(folder)
    next_version(folder, ends=None)
    (fault,) = catalogue.reload()
    assert "would both be in force" in str(fault)
    assert [pack.version for pack in catalogue.packs] == ["1.1.0"]


def test_reload_lets_go_of_a_file_that_is_gone(folder: Path) -> None:
    catalogue = Catalogue.open(folder)
    (folder / "food.yaml").unlink()
    assert catalogue.reload() == ()
    assert catalogue.packs == []
