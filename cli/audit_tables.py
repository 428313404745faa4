"""What an audited file shows, for people: tables, and what is to be known about them."""

from __future__ import annotations

from typing import Any

from rich.console import RenderableType
from rich.text import Text as Line

from cli.audit_figures import Cohort, Judged
from cli.audit_report import NO_ROWS, AuditReport, notes_on, rows_en
from cli.output import Output
from services.algo_audit.core.pack_model import Text, number_text
from services.algo_audit.core.pack_standing import TERMS
from services.algo_audit.core.pack_units import SHARE, counted
from services.algo_audit.core.verdict import VERDICT_TEXT, Verdict

_STYLES = {
    Verdict.STRICTEST: "bold red",
    Verdict.STRICTER: "yellow",
    Verdict.WITHIN_MIDDLE: "green",
    Verdict.LAXER: "cyan",
    Verdict.INSUFFICIENT_EVIDENCE: "dim",
}


def pages_of(report: AuditReport, output: Output) -> list[RenderableType]:
    """The tables, and what is to be known about them."""
    pages: list[RenderableType] = [_percentiles(report, output)]
    if report.thresholds:
        pages.append(_thresholds(report, output))
    notes = [_middle_note(report)]
    notes += [
        Text(f"未计入 {count:,} 行：{text.zh}", f"Left out, {rows_en(count)}: {text.en}")
        for _, text, count in report.left_out()
    ]
    notes += report.cautions(options=True)
    pages += [Line(output.pick(*note), style="dim") for note in notes]
    return pages


def _middle_note(report: AuditReport) -> Text:
    band = f"{report.params.middle.low * 100:g}–{report.params.middle.high * 100:g}"
    if report.metric in TERMS:
        what = counted(report.metric)
        return Text(
            f"中间区间：{band}% 的{what.zh}条件不优于它的标准。区间为 95%，已计入同一劳动者的数据彼此相关。",
            f"The middle: thresholds than which {band} % of {what.en} have no better terms. Intervals are of "
            "95 % and know that what one worker does is alike.",
        )
    return Text(
        f"中间区间：{band}% 能达到的标准。区间为 95%，已计入同一劳动者的数据彼此相关。",
        f"The middle: thresholds that {band} % can meet. Intervals are of 95 % and know that what one "
        "worker does is alike.",
    )


def _percentiles(report: AuditReport, output: Output) -> RenderableType:
    unit = f"（{report.unit.zh}）" if report.unit.zh else "", f", {report.unit.en}" if report.unit.en else ""
    table = output.table(
        (f"{report.subject.zh}{unit[0]}", f"{report.subject.en}{unit[1]}"),
        ("分组", "cohort"),
        ("数量", "n"),
        ("劳动者", "workers"),
        *((f"P{p}", f"P{p}") for p in (10, 25, 50)),
        ("P50 区间", "P50 interval"),
        *((f"P{p}", f"P{p}") for p in (75, 90)),
        ("中间区间", "the middle"),
        *([("可行下限", "floor")] if _has_floor(report) else []),
    )
    for cohort in report.figures.cohorts:
        base, workers = cohort.baseline, f"{cohort.workers:,}" if report.rows.has_worker else "—"
        if base is None:
            table.add_row(
                output.pick(cohort.zh, cohort.en),
                "0",
                "0" if report.rows.has_worker else "—",
                output.pick(*NO_ROWS),
                style="dim",
            )
            continue
        p10, p25, p50, p75, p90 = (_number(report, value) for value in base.percentiles)
        spans = (
            f"{_number(report, each.low)}–{_number(report, each.high)}"
            for each in (base.p50_interval, base.middle)
        )
        interval, middle = spans
        floor = (
            [] if not _has_floor(report) else ["—" if cohort.floor is None else _number(report, cohort.floor)]
        )
        table.add_row(
            output.pick(cohort.zh, cohort.en),
            f"{cohort.rows:,}",
            workers,
            p10,
            p25,
            p50,
            interval,
            p75,
            p90,
            middle,
            *floor,
        )
    return table


def _thresholds(report: AuditReport, output: Output) -> RenderableType:
    missing = report.missing
    table = output.table(
        ("各项标准所处位置", "Where each threshold stands"),
        ("标准", "threshold"),
        ("分组", "cohort"),
        (f"{report.meeting.zh} %", f"{report.meeting.en}, %"),
        ("95% 区间", "95 % interval"),
        (f"{missing.zh} %", f"{missing.en}, %"),
        ("结论", "verdict"),
        ("说明", "note"),
        text_columns=2,
    )
    for column in table.columns[-2:]:
        column.justify = "left"
    for number, threshold in enumerate(report.thresholds):
        for place, cohort in enumerate(report.figures.cohorts):
            words = output.pick(*report.show.words(threshold)) if place == 0 else ""
            _row(report, table, words, cohort, cohort.judged[number], output)
        table.add_section()
    return table


def _row(
    report: AuditReport, table: Any, threshold: str, cohort: Cohort, judged: Judged, output: Output
) -> None:
    name = output.pick(cohort.zh, cohort.en)
    verdict = judged.judgement.verdict
    words = Line(output.pick(*VERDICT_TEXT[verdict]), style=_STYLES[verdict])
    note = output.pick(*notes_on(judged))
    standing = judged.standing
    if standing is None:
        table.add_row(threshold, name, "—", "—", "—", words, note)
        return
    low, high = _percent(standing.interval.low), _percent(standing.interval.high)
    share = _percent(standing.attainment)
    table.add_row(threshold, name, share, f"{low}–{high}", _percent(1 - standing.attainment), words, note)


def _has_floor(report: AuditReport) -> bool:
    return any(cohort.floor is not None for cohort in report.figures.cohorts)


def _number(report: AuditReport, value: float) -> str:
    return number_text(report.show.number(value), report.show.unit)


def _percent(share: float) -> str:
    return number_text(SHARE.number(share), "%")
