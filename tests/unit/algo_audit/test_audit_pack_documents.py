"""Packs as files: the pages of the PDF, CSV that Excel opens, Parquet that computes."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from services.algo_audit.core.pack_model import Column, PackDocument, Section, Table, Text
from services.algo_audit.pack_documents import Format, Language, render
from services.algo_audit.pack_documents.charts import Scale
from services.algo_audit.pack_documents.pdf import compiled, content_of
from tests.unit.algo_audit import pack_example as example

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def pack() -> PackDocument:
    return example.pack()


@pytest.mark.parametrize("language", Language)
def test_the_pdf_has_pages_and_the_same_pack_the_same_bytes(pack: PackDocument, language: Language) -> None:
    first = render(pack, Format.PDF, language)
    assert first.content.startswith(b"%PDF-")
    assert first.content.rstrip().endswith(b"%%EOF")
    assert b"NotoSansSC" in first.content
    assert first.content_type == "application/pdf"
    assert first.file_name == f"quzhong-pack-20260410-d41a7be0930c-{language.tag}.pdf"
    assert render(pack, Format.PDF, language).content == first.content
    pages = compiled(pack, language, "png", ppi=40)
    assert 3 <= len(pages) <= 8
    assert all(page.startswith(PNG) for page in pages)


def test_texts_of_people_never_become_markup(pack: PackDocument) -> None:
    hostile = '#panic("x") $1/0$ *bold* @ref <label> \\ ] } " `#import` //'
    section = Section("offers", Text(hostile, hostile), (Text(hostile, hostile),), query=hostile)
    table = Table((Column("by", Text(hostile, hostile)),), ((Text(hostile, hostile),),))
    document = replace(pack, sections=(*pack.sections, replace(section, table=table)))
    document = replace(document, title=Text(hostile, hostile), data_version=hostile)
    assert compiled(document, Language.EN, "pdf")[0].startswith(b"%PDF-")


def test_a_table_over_many_pages_repeats_its_heading(pack: PackDocument) -> None:
    row = (Text("某分组", "some cohort"), 1.0)
    columns = Column("cohort", Text("分组", "cohort")), Column("value", Text("值", "value"), "min")
    long = Section("long", Text("长表", "A long table"), (), Table(columns, (row,) * 200))
    document = replace(pack, sections=(long,))
    assert len(compiled(document, Language.ZH, "png", ppi=30)) >= 4


def test_an_interval_is_one_column_for_people_and_the_one_platform_is_not_repeated(
    pack: PackDocument,
) -> None:
    content = content_of(pack, Language.EN)
    applied = next(each for each in content["sections"] if each["id"] == "applied-delivery_time")
    titles = [head["title"] for head in applied["blocks"][0]["heads"]]
    assert titles == [
        "cohort",
        "declared",
        "applied (median)",
        "orders held to stricter",
        "interval",
        "orders",
        "workers",
        "finding",
    ]
    (row,) = applied["blocks"][0]["rows"]
    assert [cell["text"] for cell in row][3:5] == ["34.0", "29.0–39.0"]


def test_places_on_a_strip_lie_within_it(pack: PackDocument) -> None:
    content = content_of(pack, Language.ZH)
    strips = content["sections"][1]["blocks"][0]
    places = [place for row in strips["rows"] for place in row["places"].values() if place is not None]
    assert places
    assert all(0 <= place <= 1 for place in places)
    for row in strips["rows"]:
        at = row["places"]
        assert at["p10"] <= at["p25"] <= at["p50"] <= at["p75"] <= at["p90"]


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([3.0, 42.0], 0.0, 50.0),
        ([95.0, 97.0], 95.0, 97.0),
        ([5.0], 2.0, 8.0),
        ([], 0.0, 1.0),
        ([-3.0, 4.0], -4.0, 4.0),
    ],
)
def test_an_axis_holds_its_values_and_ends_at_ticks(values: list[float], low: float, high: float) -> None:
    scale = Scale.over(values, from_zero=True)
    assert (scale.low, scale.high) == pytest.approx((low, high))
    assert len(scale.ticks("min")) <= 8


def test_csv_opens_in_excel_and_computes_nothing(pack: PackDocument) -> None:
    evil = Section(
        "evil",
        Text("甲", "a"),
        (),
        Table((Column("name", Text("名", "name")),), ((Text("=cmd()", "=cmd()"),), (Text("李", "Li"),))),
    )
    rendered = render(replace(pack, sections=(*pack.sections, evil)), Format.CSV_ZIP, Language.ZH)
    assert rendered.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(rendered.content)) as archive:
        names = archive.namelist()
        assert names[0] == "words.txt"
        assert "01-standing.csv" in names
        assert all(archive.read(name).startswith(b"\xef\xbb\xbf") for name in names)
        rows = _rows(archive, "01-standing.csv")
        assert rows[0][:2] == ["分组", "公示标准（分钟）"]
        assert "达到率 95% 区间 下限（%）" in rows[0]
        assert float(rows[1][1]) == 8.0
        evil_name = next(name for name in names if name.endswith("evil.csv"))
        assert _rows(archive, evil_name)[1:] == [["'=cmd()"], ["李"]]
        assert "AlgoAuditService/GetAudit" in archive.read("words.txt").decode("utf-8-sig")
    assert render(replace(pack, sections=(*pack.sections, evil)), Format.CSV_ZIP, Language.ZH) == rendered


def _rows(archive: zipfile.ZipFile, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))


def test_parquet_has_every_cell_once_with_number_or_text(pack: PackDocument) -> None:
    rendered = render(pack, Format.PARQUET, Language.EN)
    table = pq.read_table(io.BytesIO(rendered.content))
    assert table.column_names == ["section", "row", "column", "number", "text"]
    cells = sum(len(s.table.rows) * len(s.table.columns) for s in pack.sections if s.table is not None)
    assert table.num_rows == cells
    rows = table.to_pylist()
    assert not any(row["number"] is not None and row["text"] is not None for row in rows)
    p50 = [row["number"] for row in rows if (row["section"], row["column"]) == ("standing", "p50")]
    standing = pack.section("standing").table
    assert standing is not None
    assert p50 == list(standing.column("p50"))
    about = json.loads(table.schema.metadata[b"quzhong"])
    assert about["data_version"] == "d41a7be0930c"
    units = {each["name"]: each["unit"] for each in about["sections"][1]["columns"]}
    assert units["p50"] == "min"
