"""The form of employment reports as a file: what is written is read, and no file costs more than it may."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import InvalidArgumentError
from kit.report_files.form import COLUMNS, FIGURE_OF, FIGURES, MONEY, column_of, write_reports, yuan
from kit.report_files.reading import amount, read_reports
from kit.report_files.tables import Limits
from quzhong.api.registry.v1 import reports_pb2

ABOUT = {"platform_id": "swift", "area_code": "130200", "quarter": "2026Q1"}
FIGURES_GIVEN = st.dictionaries(st.sampled_from(FIGURES), st.integers(0, 10**12))


def row(figures: dict[str, int]) -> list[object]:
    told = {column_of(name): yuan(value) if name in MONEY else value for name, value in figures.items()}
    return [({**ABOUT, **told}).get(name, "") for name in COLUMNS]


def test_the_columns_are_the_contract_s_with_money_in_yuan() -> None:
    assert tuple(FIGURE_OF.values()) == tuple(
        field.name for field in reports_pb2.EmploymentFigures.DESCRIPTOR.fields
    )
    assert {column_of(name) for name in MONEY} == {"pay_paid_yuan", "pay_overdue_yuan"}


@pytest.mark.parametrize("name", ["r.csv", "r.xlsx", "R.XLSX"])
@settings(max_examples=25, deadline=None)
@given(figures=FIGURES_GIVEN)
def test_what_is_written_is_read(name: str, figures: dict[str, int]) -> None:
    found = read_reports(name, write_reports(name, [row(figures)], {}))
    assert (found.faults, found.partial) == ([], [])
    assert [one.figures for one in found.rows] == [figures]


@given(st.integers(-(10**15), 10**15))
def test_amounts_are_read_as_people_write_them(number: int) -> None:
    assert amount(yuan(number), "pay_paid_fen") == number
    assert amount(f"{number:,}", "injuries") == number


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("many", "injuries"),
        ("1.5", "injuries"),
        ("1.234", "pay_paid_fen"),
        ("NaN", "injuries"),
        ("Infinity", "pay_paid_fen"),
        ("1e40", "injuries"),
        ("1,23", "injuries"),
    ],
)
def test_what_is_no_amount_is_told(text: str, figure: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        amount(text, figure)


def test_a_row_with_a_fault_is_partial_and_keeps_what_could_be_read() -> None:
    told = row({"injuries": 3, "workers_total": 5})
    told[COLUMNS.index("workers_total")] = "many"
    found = read_reports("r.csv", write_reports("r.csv", [told, row({"injuries": 1})], {}))
    assert [(one.row, one.column, one.value) for one in found.faults] == [
        (3, "workers_total", "many"),
        (4, "quarter", "2026Q1"),  # the same report again
    ]
    assert found.rows == []
    assert [one.figures for one in found.partial] == [{"injuries": 3}, {"injuries": 1}]


def test_more_rows_than_may_be_are_refused() -> None:
    content = write_reports("r.csv", [row({}) for _ in range(4)], {})
    with pytest.raises(InvalidArgumentError) as refused:
        read_reports("r.csv", content, Limits(rows=3))
    assert refused.value.reason == "TOO_MANY_ROWS"


def test_an_archive_that_unpacks_to_more_than_may_be_is_refused_unread() -> None:
    content = write_reports("r.xlsx", [row({})], {})
    with pytest.raises(InvalidArgumentError) as refused:
        read_reports("r.xlsx", content, Limits(unpacked=1000))
    assert refused.value.reason == "FILE_TOO_LARGE"


def test_a_sheet_that_says_it_is_as_wide_as_can_be_costs_no_memory() -> None:
    """Every row up to the last one would be filled up to column 16,384: 1 GB for some kilobytes."""
    plain, crafted = io.BytesIO(write_reports("r.xlsx", [], {})), io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(crafted, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', content)
                content = content.replace(b"</sheetData>", b'<row r="9000"><c r="A9000"/></row></sheetData>')
                assert b"XFD1048576" in content
                assert b"A9000" in content
            target.writestr(name, content)
    tracemalloc.start()
    try:
        assert read_reports("r.xlsx", crafted.getvalue()).faults == []
        assert tracemalloc.get_traced_memory()[1] < 32 * 1024 * 1024
    finally:
        tracemalloc.stop()
