"""An audited file as a document: the same sheet as a consultation pack, on the file's own figures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from cli.audit_figures import Cohort, Judged
from cli.audit_report import AuditReport, notes_on
from services.algo_audit.core.audit import METHOD_VERSION
from services.algo_audit.core.pack_method import method_section
from services.algo_audit.core.pack_model import Cell, Column, PackDocument, Section, Table, Text
from services.algo_audit.core.pack_standing import ADVERSE, STANDING_ID, TERMS, judged_columns
from services.algo_audit.core.pack_units import SHARE, counted
from services.algo_audit.core.verdict import VERDICT_TEXT

OWN_FILE = (
    Text("对照人群", "Reference"),
    Text(
        "文件中的全部有效行，互为对照；没有按天气或工时剔除任何一行，车速过快的行只有注明时才剔除。与服务端"
        "“以其他平台为对照”的结论不可直接比较。",
        "All usable rows of the file, each beside the others; none is left out for weather or hours, those "
        "that went too fast only where it says so. Not to be compared with a verdict of the service, which "
        "holds a platform against the others.",
    ),
    Text("只有这一份文件", "there is only this file"),
)


def sheet_of(report: AuditReport, create_ms: int) -> PackDocument:
    """The sheet. Reads the file once more, for its digest. Raises OSError if it cannot be read."""
    subject = report.subject
    version = digest_of(report.file)
    sections = [_words(report), _standing(report)]
    left_out = report.left_out()
    if left_out or report.rows.problems:
        sections.append(_data(report, left_out))
    sections.append(
        method_section(
            report.metric,
            report.params,
            method_version=METHOD_VERSION,
            data_version=version,
            particular=(OWN_FILE,),
            with_floor=any(cohort.floor is not None for cohort in report.figures.cohorts),
            suppressed=False,
        )
    )
    name = report.file.name
    return PackDocument(
        title=Text(f"核算：{subject.zh}", f"Audit: {subject.en}"),
        subtitle=Text(
            f"文件 {name}，{len(report.rows):,} 行有效", f"File {name}, {len(report.rows):,} usable rows"
        ),
        data_version=version,
        create_ms=create_ms,
        sections=tuple(sections),
    )


def digest_of(path: Path) -> str:
    """The first 16 hexadecimal digits of the file's SHA-256, as it lies on disk."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()[:16]}"


def _words(report: AuditReport) -> Section:
    said = [_whole(report)]
    said += [_threshold(report, number) for number in range(len(report.thresholds))]
    said += report.cautions(options=False)
    return Section("words", Text("本材料说明什么", "What this says"), tuple(said))


def _whole(report: AuditReport) -> Text:
    whole, show = report.figures.whole, report.show
    assert whole.baseline is not None
    p10, _, p50, _, p90 = (show.words(value) for value in whole.baseline.percentiles)
    middle = show.range_words(whole.baseline.middle.low, whole.baseline.middle.high)
    of = f"，来自 {whole.workers:,} 名劳动者" if report.rows.has_worker else ""
    of_en = f" of {whole.workers:,} workers" if report.rows.has_worker else ""
    return Text(
        f"共 {whole.rows:,} 行{of}：一半不超过 {p50.zh}，十分之一不超过 {p10.zh}，十分之九不超过 {p90.zh}。"
        f"中间区间为 {middle.zh}。",
        f"{whole.rows:,} rows{of_en}: half are up to {p50.en}, a tenth up to {p10.en}, nine tenths up to "
        f"{p90.en}. The middle is {middle.en}.",
    )


def _threshold(report: AuditReport, number: int) -> Text:
    judged = report.figures.whole.judged[number]
    assert judged.standing is not None
    words, missing = report.show.words(judged.threshold), report.missing
    share = SHARE.words(1 - judged.standing.attainment)
    zh, en = VERDICT_TEXT[judged.judgement.verdict]
    parts = report.figures.cohorts[1:]
    adverse = [cohort for cohort in parts if cohort.judged[number].judgement.verdict in ADVERSE]
    floored = [cohort for cohort in parts if cohort.judged[number].below_floor]
    return Text(
        f"标准 {words.zh}：{share.zh} {missing.zh}，总体{zh}"
        + (f"；严于中间区间的分组：{_names(adverse, zh=True)}" if adverse else "")
        + (f"；低于可行下限：{_names(floored, zh=True)}" if floored else "")
        + "。",
        f"A threshold of {words.en}: {share.en} {missing.en}; overall {en}"
        + (f"; stricter than the middle in {_names(adverse, zh=False)}" if adverse else "")
        + (f"; below the floor of feasibility in {_names(floored, zh=False)}" if floored else "")
        + ".",
    )


def _names(cohorts: Iterable[Cohort], *, zh: bool) -> str:
    return "、".join(cohort.zh for cohort in cohorts) if zh else ", ".join(cohort.en for cohort in cohorts)


def _standing(report: AuditReport) -> Section:
    unit = report.show.unit
    columns = (
        *judged_columns(unit, Text("标准", "threshold")),
        Column("orders", Text("行数", "rows"), "rows"),
        Column("workers", Text("劳动者数", "workers"), "workers"),
        Column("adjusted_p", Text("校正后 p", "adjusted p"), "p"),
    )
    rows = [
        _row(report, cohort, cohort.judged[number] if report.thresholds else None)
        for number in range(max(1, len(report.thresholds)))
        for cohort in report.figures.cohorts
    ]
    what, meeting = counted(report.metric), report.meeting
    of_terms = report.metric in TERMS
    words = Text(
        "每行是一项标准在一个分组中的位置。"
        + (f"达到率是{meeting.zh}的{what.zh}占比，" if of_terms else "达到率的")
        + "区间已计入同一劳动者的数据彼此相关。",
        "A row is one threshold in one cohort. "
        + (f"Attainment is the share of {what.en} on {meeting.en}; its" if of_terms else "The")
        + " interval knows that what one worker does is alike.",
    )
    title = Text("各项标准所处位置", "Where each threshold stands")
    if not report.thresholds:
        words = Text(
            "各分组的分位数。没有给出标准，因此没有结论。",
            "The percentiles of each cohort. No threshold was given, so there is no verdict.",
        )
        title = Text("分位数", "Percentiles")
    return Section(STANDING_ID, title, (words,), Table(columns, tuple(rows)))


def _row(report: AuditReport, cohort: Cohort, judged: Judged | None) -> tuple[Cell, ...]:
    show, base = report.show.number, cohort.baseline
    standing = judged.standing if judged else None
    note = notes_on(judged) if judged else None
    floor = None if cohort.floor is None else show(cohort.floor)
    figures: tuple[Cell, ...] = (None,) * 9
    if base is not None:
        spans = base.p50_interval.low, base.p50_interval.high, base.middle.low, base.middle.high
        figures = tuple(show(value) for value in (*base.percentiles, *spans))
    return (
        Text(cohort.zh, cohort.en),
        show(judged.threshold) if judged else None,
        SHARE.number(standing.attainment) if standing else None,
        SHARE.number(standing.interval.low) if standing else None,
        SHARE.number(standing.interval.high) if standing else None,
        Text(*VERDICT_TEXT[judged.judgement.verdict]) if judged else None,
        note if note and note.zh else None,
        *figures,
        floor,
        cohort.rows,
        cohort.workers if report.rows.has_worker else None,
        standing.adjusted_p if standing else None,
    )


def _data(report: AuditReport, left_out: list[tuple[str, Text, int]]) -> Section:
    rows: list[tuple[Cell, ...]] = [(text, count) for _, text, count in left_out]
    if report.rows.problems:
        rows.append((Text("无法读取", "cannot be read"), len(report.rows.problems)))
    columns = Column("reason", Text("原因", "reason")), Column("rows", Text("行数", "rows"), "rows")
    words = Text(
        "没有计入的行，按原因列出；缺失不按零处理。",
        "Rows that are not in the figures, by reason; what is missing is no zero.",
    )
    return Section("data", Text("数据质量", "The quality of the data"), (words,), Table(columns, tuple(rows)))
