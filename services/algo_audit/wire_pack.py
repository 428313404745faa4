"""Packs as the contract says them, and back: what was frozen is rendered later, as it was."""

from __future__ import annotations

from quzhong.api.algo_audit.v1 import algo_audit_pb2, consultation_pb2
from quzhong.api.events.v1.findings_pb2 import LocalText
from services.algo_audit.core.appeal import AppealCounts
from services.algo_audit.core.pack import period_words
from services.algo_audit.core.pack_model import Cell, Column, PackDocument, Section, Table, Text
from services.algo_audit.wire import timestamp
from services.algo_audit.wire_appeals import counts_to_proto


def pack_to_proto(
    document: PackDocument, audit: algo_audit_pb2.Audit, appeals: AppealCounts | None = None
) -> consultation_pb2.Pack:
    """The pack with the audit that it speaks of, whose id, period and data version it keeps."""
    pack = consultation_pb2.Pack(
        title_zh=document.title.zh,
        title_en=document.title.en,
        audit=audit,
        sections=[section_to_proto(section) for section in document.sections],
        create_time=timestamp(document.create_ms),
    )
    if appeals is not None:
        pack.appeals.CopyFrom(counts_to_proto(appeals))
    return pack


def pack_from_proto(pack: consultation_pb2.Pack) -> PackDocument:
    """The document that a pack was, with whatever sections have been added to it since.

    Raises ValueError for a unit that nobody can show, or a row of another length than the columns.
    """
    audit = pack.audit
    return PackDocument(
        title=Text(pack.title_zh, pack.title_en),
        subtitle=period_words(
            audit.period_start_time.ToMilliseconds(), audit.period_end_time.ToMilliseconds()
        ),
        data_version=audit.data_version,
        create_ms=pack.create_time.ToMilliseconds(),
        sections=tuple(_section(section) for section in pack.sections),
    )


def section_to_proto(section: Section) -> consultation_pb2.PackSection:
    """One section."""
    return consultation_pb2.PackSection(
        section_id=section.id,
        title=_local(section.title),
        text=[_local(paragraph) for paragraph in section.paragraphs],
        table=None if section.table is None else _table_to_proto(section.table),
        query=section.query,
    )


def _table_to_proto(table: Table) -> consultation_pb2.PackTable:
    return consultation_pb2.PackTable(
        columns=[
            consultation_pb2.PackColumn(name=each.name, title=_local(each.title), unit=each.unit)
            for each in table.columns
        ],
        rows=[consultation_pb2.PackRow(cells=[_cell_to_proto(cell) for cell in row]) for row in table.rows],
    )


def _cell_to_proto(cell: Cell) -> consultation_pb2.PackCell:
    if cell is None:
        return consultation_pb2.PackCell()
    if isinstance(cell, Text):
        return consultation_pb2.PackCell(text=_local(cell))
    return consultation_pb2.PackCell(number=cell)


def _section(section: consultation_pb2.PackSection) -> Section:
    return Section(
        id=section.section_id,
        title=_text(section.title),
        paragraphs=tuple(_text(paragraph) for paragraph in section.text),
        table=_table(section.table) if section.HasField("table") else None,
        query=section.query,
    )


def _table(table: consultation_pb2.PackTable) -> Table:
    return Table(
        tuple(Column(each.name, _text(each.title), each.unit) for each in table.columns),
        tuple(tuple(_cell(cell) for cell in row.cells) for row in table.rows),
    )


def _cell(cell: consultation_pb2.PackCell) -> Cell:
    match cell.WhichOneof("value"):
        case "number":
            return cell.number
        case "text":
            return _text(cell.text)
        case _:
            return None


def _local(text: Text) -> LocalText:
    return LocalText(zh=text.zh, en=text.en)


def _text(text: LocalText) -> Text:
    return Text(text.zh, text.en)
