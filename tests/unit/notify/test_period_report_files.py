"""A period report as CSV, XLSX and PDF: what anybody wrote stays text, what is withheld is marked."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kit.table_files.spreadsheets import csv_of, xlsx_of
from services.notify.core.period import parse_period
from services.notify.core.period_report import Row
from services.notify.core.period_steps import Cell, Steps
from services.notify.core.text import Text
from services.notify.core.typical_cases import TypicalCase
from services.notify.documents import Language
from services.notify.period_reports.pdf import report_pages
from services.notify.period_reports.reporting import PeriodReport, Praised, TitledRow
from services.notify.period_reports.tables import figures_of, good_of, notes_of, typical_of

EVIL = '=HYPERLINK("http://x","点这里")'
REPORT = PeriodReport(
    period=parse_period("2026-Q1"),
    area_code="130200",
    area=Text("唐山市", "Tangshan"),
    rows=[
        TitledRow(Row(Cell(), 1234, 310, None, Steps(9, 6, 2, 1, 3, 1, 2, 4)), Text("合计", "total")),
        TitledRow(
            Row(Cell(platform_id="swift"), 1200, 300, 12.3456, Steps(5, 4)), Text(EVIL, "+Swift #let x = 1")
        ),
        TitledRow(
            Row(Cell("130203", "swift", "cn-food-delivery-2025.continuous-work"), None, None, None, Steps()),
            Text("连续工作时间超限", "continuous work"),
        ),
    ],
    typical_cases=[TypicalCase("r", Text("连续工作时间超限", "work"), Text("唐山市某平台……", "A platform…"))],
    aggregates_only=True,
    create_ms=1_775_100_000_000,
)
FIGURES, TYPICAL = figures_of(REPORT, Language.ZH_CN), typical_of(REPORT, Language.ZH_CN)
GOOD = good_of(
    [Praised("calm", Text("期间未收到警示函。", "No warning."))], [Text("安心", "Calm")], Language.ZH_CN
)


def test_csv_opens_in_a_spreadsheet_with_chinese_and_without_formulas() -> None:
    content = csv_of(FIGURES)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0][:5] == ["地区", "平台", "规则", "名称", "认定"]
    assert rows[2][3] == "'" + EVIL
    assert rows[2][6] == "12.3"
    assert rows[3][4:7] == ["*", "*", "*"]
    assert rows[1][6] == ""  # a total over platforms has no rate: nothing is withheld there


def test_workbook_holds_texts_as_texts_and_numbers_as_numbers() -> None:
    notes = [note.zh for note in notes_of(REPORT)]
    book = load_workbook(io.BytesIO(xlsx_of([FIGURES, TYPICAL], notes, "说明", REPORT.create_ms)))
    assert book.sheetnames == ["分地区、平台和规则的数字", "典型案例", "说明"]
    sheet = book.worksheets[0]
    assert (sheet["D3"].value, sheet["D3"].data_type) == (EVIL, "s")
    assert (sheet["E2"].value, sheet["E2"].data_type) == (1234, "n")
    assert sheet["E4"].value == "*"
    assert "不足 10 名劳动者" in str(book["说明"]["A4"].value)


def test_the_same_report_has_the_same_pages_whatever_was_written_in_it() -> None:
    tables = [FIGURES, TYPICAL, GOOD]
    first, again = (report_pages(REPORT, tables, Language.ZH_CN) for _ in range(2))
    assert first == again
    assert first[0].startswith(b"%PDF-")


@pytest.mark.parametrize("language", list(Language))
def test_every_language_and_an_empty_report_can_be_laid_out(language: Language, tmp_path: Path) -> None:
    tables = [figures_of(REPORT, language), typical_of(REPORT, language)]
    (page,) = report_pages(REPORT, tables, language, "png", 60.0)
    assert page.startswith(b"\x89PNG")
    empty = PeriodReport(REPORT.period, "", REPORT.area, [], [], False, REPORT.create_ms)
    assert report_pages(empty, [typical_of(empty, language)], language)[0].startswith(b"%PDF-")


def test_note_on_what_is_withheld_is_for_those_from_whom_something_is() -> None:
    seen_whole = PeriodReport(REPORT.period, "", REPORT.area, [], [], False, REPORT.create_ms)
    assert len(notes_of(REPORT)) == len(notes_of(seen_whole)) + 1
    assert date(2026, 4, 2).isoformat() in notes_of(REPORT)[0].en
