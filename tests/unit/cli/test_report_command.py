"""``quzhong report``: the form, what is wrong with a filled one, and figures that go out and come back."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from cli.main import app
from cli.report_command import _exported
from cli.report_file import read_reports
from cli.report_form import COLUMNS, SHEET, STANDING, write_reports
from quzhong.api.registry.v1 import reports_pb2 as pb
from services.registry.core.report_figures import FIGURES

SOUND: dict[str, Any] = {
    **dict.fromkeys(COLUMNS, 0),
    "platform_id": "platform-a",
    "area_code": "130200",
    "quarter": "2026Q1",
    "workers_labour_relation": 3,
    "workers_total": 3,
    "workers_in_quarter": 4,
    "labour_contracts": 3,
    "insured_employee_pension": 3,
    "insured_employee_medical": 3,
    "training_sessions": 1,
    "pay_paid_yuan": "1,234.50",
    "explanations": "",
}


def report(*arguments: str | Path, lang: str = "en") -> Result:
    environment = {"COLUMNS": "250", "QUZHONG_LANG": lang}
    return CliRunner().invoke(app, ["report", *map(str, arguments)], env=environment)


def answer(*arguments: str | Path, status: int = 0) -> dict[str, Any]:
    result = report(*arguments, "--json")
    assert result.exit_code == status, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def filled(path: Path, *rows: dict[str, Any]) -> Path:
    write_reports(path, [[row[column] for column in COLUMNS] for row in rows])
    return path


@pytest.fixture(params=["report.xlsx", "report.csv"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


@pytest.mark.parametrize("command", ["template", "check", "submit", "export"])
def test_every_subcommand_has_help_with_examples_in_both_languages(command: str) -> None:
    result = report(command, "--help")
    assert result.exit_code == 0
    assert f"quzhong report {command}" in result.stdout
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)


def test_the_form_has_a_column_a_figure_and_is_empty(path: Path) -> None:
    answer("template", path)
    assert read_reports(path).faults == []
    assert read_reports(path).rows == []
    assert answer("check", path, status=1)["error"]["reason"] == "FILE_EMPTY"


def test_a_sound_report_can_be_submitted_and_money_is_taken_to_the_fen(path: Path) -> None:
    document = answer("check", filled(path, SOUND))
    assert (document["reports"], document["submittable"], document["checks"]) == (1, True, [])
    (row,) = read_reports(path).rows
    assert row.figures["pay_paid_fen"] == 123_450
    assert (row.platform_id, row.area_code, row.quarter) == ("platform-a", "130200", "2026Q1")


def test_what_cannot_be_read_is_named_by_sheet_row_column_value_and_way_out(path: Path) -> None:
    wrong = SOUND | {"injuries": "3.5", "pay_paid_yuan": "12.345", "quarter": "", "explanations": "没有编号"}
    faults = answer("check", filled(path, SOUND, wrong), status=1)["error"]["faults"]
    sheet = SHEET if path.suffix == ".xlsx" else path.name
    assert [(one["sheet"], one["row"], one["column"], one["value"]) for one in faults] == [
        (sheet, 4, "injuries", "3.5"),
        (sheet, 4, "pay_paid_yuan", "12.345"),
        (sheet, 4, "quarter", ""),
        (sheet, 4, "explanations", "没有编号"),
    ]
    assert "whole number" in faults[0]["en"]
    assert "两位小数" in faults[1]["zh"]
    assert "12.345" in report("check", path, lang="zh").stdout


def test_checks_name_the_row_and_an_explanation_lifts_a_warning(path: Path) -> None:
    short = SOUND | {"labour_contracts": 2}
    told = short | {"area_code": "130300", "explanations": "labour_contracts.short：一人试用期"}
    broken = SOUND | {"workers_total": 5, "quarter": "2026"}
    document = answer("check", filled(path, short, told, broken), status=1)
    found = [(one["place"].partition("!")[2], one["check"], one["blocks"]) for one in document["checks"]]
    assert found == [
        ("3", "labour_contracts.short", True),
        ("4", "labour_contracts.short", False),
        ("5", "quarter", True),
        ("5", "workers_total.sum", True),
        ("5", "workers_total.exceeds", True),
    ]


def test_a_header_that_does_not_fit_is_told_with_the_name_that_was_meant(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    names = [name if name != "injuries" else "injurys" for name in COLUMNS]
    path.write_text(",".join([*names, "quarter"]) + "\n", "utf-8")
    faults = answer("check", path, status=1)["error"]["faults"]
    assert [one["column"] for one in faults] == ["injuries", "R", "AA"]
    assert "injuries perhaps" in faults[1]["en"]
    assert "twice" in faults[2]["en"]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(200), b"hello", b"\xff\xfe\x00"]
)
@pytest.mark.parametrize("name", ["report.xlsx", "report.csv"])
def test_a_file_that_is_something_else_is_told_and_no_more(content: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    document = answer("check", path, status=1)
    assert document["error"]["reason"] in ("FILE_UNREADABLE", "FILE_FAULTS")


def test_what_excel_in_chinese_saves_is_read(tmp_path: Path) -> None:
    path = filled(tmp_path / "report.csv", SOUND | {"explanations": "injuries.short：说明"})
    path.write_bytes(path.read_text("utf-8-sig").encode("gb18030"))
    assert read_reports(path).rows[0].explanations == {"injuries.short": "说明"}


def test_a_table_saves_numbers_as_it_likes(tmp_path: Path) -> None:
    path = filled(tmp_path / "report.xlsx", SOUND)
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    for column, value in (
        ("area_code", 130200),
        ("injuries", 0.0),
        ("workers_total", "３"),
        ("pay_paid_yuan", 0.1),
    ):
        cell = sheet.cell(3, COLUMNS.index(column) + 1)
        cell.value = value
    book.save(path)
    (row,) = read_reports(path).rows
    assert (row.area_code, row.figures["injuries"], row.figures["workers_total"]) == ("130200", 0, 3)
    assert row.figures["pay_paid_fen"] == 10


VALUES = st.dictionaries(st.sampled_from([figure.name for figure in FIGURES]), st.integers(-(2**53), 2**53))
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


@given(VALUES, st.dictionaries(st.sampled_from(["injuries.short", "workers_total.sum"]), TEXT), TEXT)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_exported_comes_back_figure_for_figure(
    path: Path, figures: dict[str, int], explanations: dict[str, str], reason: str
) -> None:
    message = pb.Report(
        platform_id="platform-a",
        area_code="130200",
        quarter="2026Q1",
        figures=pb.EmploymentFigures(**figures),
        explanations=explanations,
        return_reason="=" + reason,
        state=pb.REPORT_STATE_RETURNED,
    )
    write_reports(path, [_exported(message)], STANDING)
    found = read_reports(path)
    assert found.faults == []
    assert [(row.figures, row.explanations) for row in found.rows] == [(figures, explanations)]


def test_no_text_of_others_becomes_a_formula(tmp_path: Path) -> None:
    message = pb.Report(platform_id="p", area_code="130200", quarter="2026Q1", return_reason="=1+1")
    for name in ("out.xlsx", "out.csv"):
        write_reports(tmp_path / name, [_exported(message)], STANDING)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")[SHEET]
    assert sheet.cell(3, len(COLUMNS) + len(STANDING)).data_type == "s"
    rows = list(csv.reader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert rows[2][-1] == "'=1+1"


def test_a_report_that_stands_twice_is_told_with_its_first_row(path: Path) -> None:
    filled(path, SOUND, SOUND | {"area_code": "130300"}, SOUND | {"workers_autonomous": 1})
    found = read_reports(path)
    assert [(fault.row, fault.column) for fault in found.faults] == [(5, "quarter")]
    assert "row 3" in found.faults[0].en
    assert [row.area_code for row in found.rows] == ["130200", "130300"]


def test_rows_behind_one_that_nobody_answers_are_not_waited_for(path: Path) -> None:
    filled(path, SOUND, SOUND | {"quarter": "2026Q2"}, SOUND | {"quarter": "2026Q3"})
    told = answer("submit", path, "--address", "127.0.0.1:1", "--token", "none", status=1)["reports"]
    assert [row["error"]["reason"] for row in told] == ["UNAVAILABLE"]
