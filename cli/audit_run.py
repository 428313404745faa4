"""``quzhong audit``: thresholds beside what a file shows, with no services and nothing sent anywhere.

The path from file to verdict, in order:
    1  the metric, or a quantity of one's own; thresholds in its unit (`audit_quantities`)
    2  where the PDF is to go, so that nobody waits for a page that cannot be written
    3  the rows of the file (`audit_rows`)
    4  the figures: everything, each distance band, each group (`audit_figures`)
    5  tables or a document (`audit_tables`, `audit_json`), and the PDF (`audit_document`)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from cli.audit_figures import figures_of
from cli.audit_json import document_of
from cli.audit_quantities import distance_edges, quantity, value_factor
from cli.audit_report import AuditReport, rows_en
from cli.audit_rows import AuditColumns, LeftOut, Rows, Source, faster_than, read_rows
from cli.audit_tables import pages_of
from cli.bad_input import BadInputError
from cli.file_times import zone_named
from cli.language import Language
from cli.output import CommandError, Output
from cli.row_problems import show_problems
from kit.clock import Clock
from services.algo_audit.core.bands import DISTANCE_BANDS, DistanceBand, bands_from_edges
from services.algo_audit.core.feasibility import KM_H, FloorParams
from services.algo_audit.core.metrics import DELIVERY_TIME, IMPLIED_SPEED, METRICS, Direction, Level, Metric
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.proposal import highest

_SOURCES: Final = {DELIVERY_TIME.id: Source.DURATION, IMPLIED_SPEED.id: Source.SPEED}
"""Metrics that two columns of times make; every other needs a column of its own."""


@dataclass(frozen=True, slots=True)
class AuditWanted:
    """What the command line asks for; None: not given."""

    file: Path
    metric: str | None
    thresholds: Sequence[str]
    direction: str | None
    start: str
    end: str
    until: str | None
    value: str | None
    value_unit: str | None
    worker: str | None
    distance: str | None
    bands: str | None
    group: str | None
    lawful_speed_km_h: float
    pickup_wait_min: float
    handover_min: float
    lawful_only: bool
    timezone: str
    pdf: Path | None


def audit(wanted: AuditWanted, output: Output, clock: Clock) -> None:
    """Audit the file and show what was found.

    Raises:
        BadInputError: if an option or the file does not fit.
        CommandError: if no row has a value.
        OSError: if the file cannot be read.
    """
    metric = _metric(wanted)
    most = highest(metric.id) if metric.id in METRICS else float("inf")
    thresholds = tuple(quantity(text, metric.unit, "--threshold", most) for text in wanted.thresholds)
    columns = _columns(wanted, metric)
    params = AuditParams(
        bands=_bands(wanted),
        floor=FloorParams(
            lawful_speed_m_s=wanted.lawful_speed_km_h * KM_H,
            pickup_wait_s=wanted.pickup_wait_min * 60,
            handover_s=wanted.handover_min * 60,
        ),
    )
    zone = _zone(wanted.timezone)
    _check_target(wanted.pdf)
    rows = read_rows(wanted.file, columns, zone, output)
    if (wanted.bands is not None or wanted.lawful_only) and not rows.has_distance:
        zh, en = "文件没有距离列，请指定", "the file has no column of distances; name it"
        raise BadInputError("--distance-column", "", zh, en, reason="COLUMN_MISSING")
    show_problems(output, rows.problems)
    faster = faster_than(rows, metric, wanted.lawful_speed_km_h)
    if wanted.lawful_only:
        rows = rows.without(faster, LeftOut.FASTER_THAN_LAWFUL)
        faster = faster[:0]
    _refuse_if_empty(wanted.file, rows)
    report = AuditReport(
        file=wanted.file,
        metric=metric,
        columns=columns,
        thresholds=thresholds,
        params=params,
        rows=rows,
        figures=figures_of(rows, metric, thresholds, params),
        faster=int(faster.sum()),
    )
    if wanted.pdf is not None:
        _write_pdf(report, wanted.pdf, output, clock())
    output.result(document_of(report), *pages_of(report, output))


def _metric(wanted: AuditWanted) -> Metric:
    """1: a metric of the catalogue, or a quantity of one's own."""
    if wanted.metric is None and wanted.value is None:
        return _agreeing(DELIVERY_TIME, wanted.direction)
    known = METRICS.get(wanted.metric or "")
    if known is not None:
        return _agreeing(known, wanted.direction)
    if wanted.value is None:
        listed = ", ".join(METRICS)
        raise BadInputError(
            "--metric",
            wanted.metric or "",
            f"没有这个指标；可用：{listed}，或用 --value-column 指定自己的数值列",
            f"no such metric; use one of {listed}, or name a column of your own with --value-column",
            reason="UNKNOWN_METRIC",
        )
    if wanted.thresholds and wanted.direction is None:
        raise BadInputError(
            "--direction",
            "",
            "自选数值列给出标准时须指明方向：at-most（不高于标准为达到）或 at-least（不低于标准为达到）",
            "a threshold on a column of your own needs one: at-most (values up to it meet it) or at-least "
            "(values from it on do)",
            reason="DIRECTION_MISSING",
        )
    return Metric(
        id=wanted.metric or wanted.value,
        name_zh=wanted.metric or "",
        name_en=wanted.metric or "",
        unit=wanted.value_unit or "",
        direction=_direction(wanted.direction) or Direction.AT_MOST,
        level=Level.ORDER,
        keys=(),
        sources=(),
    )


def _agreeing(metric: Metric, direction: str | None) -> Metric:
    stated = _direction(direction)
    if stated is not None and stated is not metric.direction:
        own = metric.direction.value.replace("_", "-")
        raise BadInputError(
            "--direction",
            direction or "",
            f"与指标不符：{metric.id} 的方向是 {own}；请去掉该选项",
            f"does not fit the metric: {metric.id} is {own}; leave the option out",
            reason="DIRECTION_MISMATCH",
        )
    return metric


def _direction(text: str | None) -> Direction | None:
    return None if text is None else Direction(text.replace("-", "_"))


def _columns(wanted: AuditWanted, metric: Metric) -> AuditColumns:
    source = Source.COLUMN if wanted.value is not None else _SOURCES.get(metric.id)
    if source is None:
        raise BadInputError(
            "--value-column",
            "",
            f"指标 {metric.id} 无法由时间列算出，请指定数值列（每行一个数值）",
            f"{metric.id} cannot be made from two columns of times; name a column with one value a row",
            reason="COLUMN_MISSING",
        )
    if wanted.until is not None and source is not Source.DURATION:
        zh, en = "仅用于两列时间之间的时长", "goes with the time between two columns only"
        raise BadInputError("--until-column", wanted.until, zh, en, reason="UNTIL_WITHOUT_TIMES")
    if wanted.value_unit is not None and wanted.value is None:
        zh, en = "仅与 --value-column 一起使用", "goes with --value-column only"
        raise BadInputError("--value-unit", wanted.value_unit, zh, en, reason="UNIT_WITHOUT_COLUMN")
    factor = value_factor(wanted.value_unit, metric.unit) if wanted.value is not None else 1.0
    return AuditColumns(
        source=source,
        start=wanted.start,
        end=wanted.end,
        until=wanted.until,
        value=wanted.value,
        factor=factor,
        most=highest(metric.id) if metric.unit == "share" else math.inf,
        worker=wanted.worker,
        distance=wanted.distance,
        group=wanted.group,
    )


def _bands(wanted: AuditWanted) -> tuple[DistanceBand, ...]:
    if wanted.bands is None:
        return DISTANCE_BANDS
    return bands_from_edges(distance_edges(wanted.bands))


def _zone(name: str) -> ZoneInfo:
    zone = zone_named(name)
    if zone is None:
        zh, en = "不是 IANA 时区，例如 Asia/Shanghai", "is no IANA time zone, e.g. Asia/Shanghai"
        raise BadInputError("--timezone", name, zh, en, reason="UNKNOWN_TIMEZONE")
    return zone


def _check_target(pdf: Path | None) -> None:
    """2: whether the PDF has a place to go."""
    if pdf is None:
        return
    if pdf.is_dir() or not pdf.absolute().parent.is_dir():
        raise _unwritable(pdf)


def _unwritable(pdf: Path) -> BadInputError:
    zh, en = "无法写入，请给出现有文件夹中的文件名", "cannot be written; name a file in a folder that exists"
    return BadInputError("--pdf", str(pdf), zh, en, reason="NOT_WRITABLE")


def _refuse_if_empty(file: Path, rows: Rows) -> None:
    if len(rows):
        return
    if not rows.read and not rows.problems:
        zh, en = f"{file}：只有表头，没有数据行", f"{file}: it has a heading and not one row"
        raise CommandError(zh, en, reason="NO_ROWS")
    why = "；".join(f"{count:,} 行：{reason.value[0]}" for reason, count in rows.left_out.items())
    why_en = "; ".join(f"{rows_en(count)}: {reason.value[1]}" for reason, count in rows.left_out.items())
    raise CommandError(
        f"{file}：没有可用的行" + (f"（{why}）" if why else ""),
        f"{file}: no row can be used" + (f" ({why_en})" if why_en else ""),
        reason="NO_ROWS",
    )


def _write_pdf(report: AuditReport, pdf: Path, output: Output, now_ms: int) -> None:
    """5: typeset, and write."""
    from cli.audit_document import sheet_of
    from services.algo_audit import pack_documents as documents

    language = documents.Language.ZH if output.language is Language.ZH else documents.Language.EN
    try:
        page = documents.render(sheet_of(report, now_ms), documents.Format.PDF, language)
    except RuntimeError as error:
        raise CommandError(
            f"排版失败：{error}", f"typesetting failed: {error}", reason="TYPESETTING"
        ) from error
    try:
        pdf.write_bytes(page.content)
    except OSError as error:
        raise _unwritable(pdf) from error
    output.say(f"已写入 {pdf}", f"wrote {pdf}")
