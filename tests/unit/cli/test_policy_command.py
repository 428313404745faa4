"""``quzhong policy``: whether a policy can be used, what it says, what changed, what it would have sent."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from kit.storage.store import Store
from services.notify.adapters.book import SqlBook
from services.notify.adapters.policy_file import SHIPPED
from services.notify.adapters.tables import METADATA
from services.notify.simulation.past_findings import Assumed, read_past

RULE = "cn-food-delivery-2025.continuous-work"
MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def policy(*arguments: str | Path, lang: str = "en") -> Result:
    return CliRunner().invoke(
        app, ["policy", *map(str, arguments)], env={"COLUMNS": "220", "QUZHONG_LANG": lang}
    )


def answer(*arguments: str | Path, status: int = 0) -> dict[str, Any]:
    result = policy(*arguments, "--json")
    assert result.exit_code == status, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


@pytest.fixture
def strict(tmp_path: Path) -> Path:
    """The shipped policy, but a warning above 1 per thousand, of one worker."""
    text = SHIPPED.read_text("utf-8")
    for name, shipped in (("workers_per_thousand", 5), ("least_workers", 3)):
        text = text.replace(f"      {name}: {shipped}", f"      {name}: 1")
    text = text.replace('version: "2.1.0"', 'version: "2.2.0"')
    path = tmp_path / "strict.yaml"
    path.write_text(text, "utf-8")
    return path


def finding(
    number: int, day: date, *, platform: str = "swift", revision: int = 1, **more: Any
) -> dict[str, Any]:
    return {
        "finding_id": f"{platform}-{day}-{number}",
        "revision": revision,
        "state": "FINDING_STATE_STANDS",
        "severity": "SEVERITY_BREACH",
        "rule_id": RULE,
        "platform_id": platform,
        "area_code": "130203",
        "worker_id": f"w{number}",
        "title": {"zh": "超限", "en": "beyond"},
        "event_time": f"{day}T12:00:00+08:00",
        **more,
    }


def activity(day: date, workers: int = 1000, platform: str = "swift") -> dict[str, Any]:
    return {"platformId": platform, "areaCode": "130203", "localDate": str(day), "workers": workers}


def lines() -> list[dict[str, Any]]:
    """Four weeks: swift has 12 of 1,000 workers over their hours in the first one, calm 2 of 1,000."""
    told: list[dict[str, Any]] = []
    for number in range(28):
        day = MONDAY + number * DAY
        told += [activity(day), activity(day, platform="calm")]
    told += [finding(number, MONDAY) for number in range(12)]
    told += [finding(number, MONDAY, platform="calm") for number in range(2)]
    return told


@pytest.fixture
def past(tmp_path: Path) -> Path:
    path = tmp_path / "past.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines()) + "\n", "utf-8")
    return path


def steps(document: dict[str, Any], platform: str = "swift") -> list[tuple[str, str]]:
    return [(each["day"], each["step"]) for each in document["timeline"] if each["platform"] == platform]


@pytest.mark.parametrize("command", ["check", "show", "diff", "simulate"])
def test_every_subcommand_has_help_with_examples_in_both_languages(command: str) -> None:
    result = policy(command, "--help")
    assert result.exit_code == 0
    assert f"quzhong policy {command}" in result.stdout
    assert "--json" in result.stdout
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)


def test_check_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    assert answer("check", SHIPPED)["ok"] is True
    broken = tmp_path / "broken.yaml"
    shipped, days = SHIPPED.read_text("utf-8"), "observe_days:\n    value: "
    broken.write_text(shipped.replace(f"{days}7", f"{days}3"), "utf-8")
    fault = answer("check", broken, status=1)
    assert fault["ok"] is False
    assert "ladder.observe_days" in fault["fault"]
    assert policy("check", tmp_path / "absent.yaml").exit_code == 2


def test_show_has_every_rule_with_its_standard_and_every_number_with_its_origin() -> None:
    shown = answer("show")
    first = shown["rules"][0]
    assert (first["id"], first["warning"]["workers_per_thousand"]) == ("continuous-work", 5.0)
    assert shown["ladder"]["observe_days"]["value"] == 7
    assert all(each["origin"]["zh"] and each["origin"]["en"] for each in shown["ladder"].values())
    page = policy("show", lang="zh").stdout
    assert "每千人超过 5 名" in page
    assert "警示函答复期限（工作日）" in page


def test_diff_names_the_row_that_changed(strict: Path) -> None:
    changes = answer("diff", SHIPPED, strict)["changes"]
    changed = {each["where"]: (each["before"], each["after"]) for each in changes}
    assert changed["rules[continuous-work].warning.workers_per_thousand"] == ("5", "1")
    assert changed["version"] == ("2.1.0", "2.2.0")
    assert "rules[continuous-work]" in policy("diff", SHIPPED, strict).stdout
    assert answer("diff", SHIPPED, SHIPPED) == {"changes": [], "version_raised": True}


def test_diff_says_so_if_the_version_was_not_raised_with_a_change(strict: Path) -> None:
    strict.write_text(strict.read_text("utf-8").replace('version: "2.2.0"', 'version: "2.1.0"'), "utf-8")
    assert answer("diff", SHIPPED, strict)["version_raised"] is False
    assert "still version 2.1.0" in policy("diff", SHIPPED, strict).stdout


def test_silent_platform_is_warned_and_a_summons_is_proposed_when_its_time_is_over(past: Path) -> None:
    found = answer("simulate", SHIPPED, "--findings", past)
    assert steps(found) == [
        ("2026-03-02", "finding_stands"),
        ("2026-03-03", "warning_sent"),
        ("2026-03-11", "summons_proposed"),  # five working days after the 3rd are over
    ]
    assert steps(found, "calm") == [("2026-03-02", "finding_stands")]
    assert (found["from"], found["to"], found["findings"]) == ("2026-03-02", "2026-03-29", 14)
    assert found["totals"]["swift"]["warning_sent"] == 1
    assert "12.0 per thousand" in found["timeline"][2]["why"]["en"]


def test_platform_that_answers_is_rechecked_from_the_data_and_its_case_closed(past: Path) -> None:
    found = answer("simulate", SHIPPED, "--findings", past, "--answers", "always")
    assert steps(found)[2:] == [
        ("2026-03-03", "answered"),
        ("2026-03-11", "deadline_passed"),
        ("2026-03-11", "improved"),
    ]


def test_official_who_acts_takes_a_silent_platform_through_the_whole_ladder(tmp_path: Path) -> None:
    told = [activity(MONDAY + number * DAY) for number in range(60)]
    told += [finding(number, MONDAY) for number in range(12)]
    path = tmp_path / "long.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in told), "utf-8")
    found = answer("simulate", SHIPPED, "--findings", path, "--officials", "always")
    assert steps(found) == [
        ("2026-03-02", "finding_stands"),
        ("2026-03-03", "warning_sent"),
        ("2026-03-11", "summons_proposed"),
        ("2026-03-11", "summons_approved"),
        ("2026-03-11", "summons_sent"),
        ("2026-03-16", "talk_held"),  # three working days later
        ("2026-03-16", "order_issued"),
        ("2026-04-08", "deadline_passed"),  # 15 working days, Qingming (6 April) not among them
        ("2026-04-15", "improved"),
    ]


def test_two_policies_stand_side_by_side(past: Path, strict: Path) -> None:
    found = answer("simulate", strict, "--findings", past, "--against", SHIPPED)
    assert found["version"] == "2.2.0"
    assert found["totals"]["calm"]["warning_sent"] == 1
    assert found["against"]["version"] == "2.1.0"
    assert found["against"]["totals"]["calm"]["warning_sent"] == 0
    page = policy("simulate", strict, "--findings", past, "--against", SHIPPED, lang="zh").stdout
    assert "未发出任何文书" in page


def test_only_the_days_asked_for_are_simulated(past: Path) -> None:
    found = answer("simulate", SHIPPED, "--findings", past, "--to", "2026-03-08")
    assert [step for _, step in steps(found)] == ["finding_stands", "warning_sent"]
    none = answer("simulate", SHIPPED, "--findings", past, "--from", "2026-03-20", status=1)
    assert none["error"]["reason"] == "NO_FINDINGS"
    for days in (("--from", "March"), ("--from", "2026-03-09", "--to", "2026-03-02")):
        assert policy("simulate", SHIPPED, "--findings", past, *days).exit_code == 2


def test_line_that_cannot_be_taken_is_told_and_the_others_count(past: Path) -> None:
    no_day = json.dumps(activity(MONDAY) | {"localDate": "1/3"})
    bad = ["nonsense", '{"finding_id": "x"}', "[1]", '{"a": 1}', no_day]
    past.write_text(past.read_text("utf-8") + "\n".join(bad), "utf-8")
    found = answer("simulate", SHIPPED, "--findings", past)
    assert [each["line"] for each in found["rejected"]] == [71, 72, 73, 74, 75]
    assert found["findings"] == 14


def test_withdrawn_and_replaced_revisions_do_not_count(past: Path) -> None:
    gone = [finding(number, MONDAY, revision=2, state="FINDING_STATE_WITHDRAWN") for number in range(11)]
    past.write_text(
        "\n".join(json.dumps(line) for line in (*gone, *lines())), "utf-8"
    )  # the earlier revision comes later
    assert [step for _, step in steps(answer("simulate", SHIPPED, "--findings", past))] == ["finding_stands"]


def test_data_folder_is_read_and_left_as_it_was(tmp_path: Path, past: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    read = read_past(past, Assumed())
    store = Store.open(f"sqlite:///{folder}/notify.db", METADATA)
    with store.transaction() as connection:
        book = SqlBook(connection)
        book.save_findings(read.reports)
        book.take_activity(read.counts)
    store.close()
    before = (folder / "notify.db").read_bytes()
    assert (
        answer("simulate", SHIPPED, "--findings", folder)["timeline"]
        == answer("simulate", SHIPPED, "--findings", past)["timeline"]
    )
    assert (folder / "notify.db").read_bytes() == before
    empty = answer("simulate", SHIPPED, "--findings", tmp_path, status=1)
    assert empty["error"]["reason"] == "FINDINGS_UNREADABLE"


def test_document_of_check_is_simulated_as_one_platforms(tmp_path: Path) -> None:
    violations = [
        {"worker": f"w{number}", "rule": "cn.continuous_order_4h", "start": "2026-03-02T12:00:00+08:00"}
        for number in range(4)
    ]
    path = tmp_path / "checked.json"
    path.write_text(json.dumps({"pack": "cn-food-delivery-2025", "violations": [*violations, {"rule": "x"}]}))
    found = answer("simulate", SHIPPED, "--findings", path, "--active", "400", "--platform", "mine")
    assert [(each["rule"], each["step"]) for each in found["timeline"]] == [
        (RULE, "finding_stands"),
        (RULE, "warning_sent"),
    ]
    assert len(found["rejected"]) == 1
    unknown = answer("simulate", SHIPPED, "--findings", path, "--platform", "mine")
    assert [each["step"] for each in unknown["timeline"]] == ["finding_stands"]  # no activity, no rate
