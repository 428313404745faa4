"""What an audited file shows: tables for people, one document for programs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.text import Text as Line

from cli.audit_figures import PERCENTILES, Cohort, Figures, Judged
from cli.audit_rows import AuditColumns, Rows, Source
from cli.output import Output
from services.algo_audit.core.audit import METHOD_VERSION
from services.algo_audit.core.metrics import Direction, Metric
from services.algo_audit.core.pack_model import UNITS, Text, number_text
from services.algo_audit.core.pack_standing import BELOW_FLOOR
from services.algo_audit.core.pack_units import SHARE, Shown, shown
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.verdict import DOUBT_TEXT, VERDICT_TEXT, Verdict

NO_ROWS = Text("没有数据", "no rows")
NOT_SUPPRESSED = Text(
    "这是您自己的文件，未作隐私遮蔽；少于 10 名劳动者或 30 单的分组请勿对外公布。",
    "Your own file: nothing is held back. Do not publish cohorts of under 10 workers or 30 orders.",
)
NO_WORKER = Text(
    "未指明劳动者列：每行当作不同的人，区间会过窄，“最严”的结论会过多。请用 --worker-column 指明。",
    "No worker column: every row counts as somebody else, so intervals are too narrow and “strictest” "
    "comes too easily. Name it with --worker-column.",
)
_STYLES = {
    Verdict.STRICTEST: "bold red",
    Verdict.STRICTER: "yellow",
    Verdict.WITHIN_MIDDLE: "green",
    Verdict.LAXER: "cyan",
    Verdict.INSUFFICIENT_EVIDENCE: "dim",
}


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything that is said about a file."""

    file: Path
    metric: Metric
    columns: AuditColumns
    thresholds: tuple[float, ...]
    params: AuditParams
    rows: Rows
    figures: Figures

    @property
    def show(self) -> Shown:
        """How values are shown."""
        return shown(self.metric.unit)

    @property
    def unit(self) -> Text:
        """Of what is shown; a quantity of one's own has the unit that its user names."""
        unit = UNITS[self.show.unit]
        return Text(unit.zh or self.metric.unit, unit.en or self.metric.unit)

    @property
    def subject(self) -> Text:
        """What was measured, and from which columns."""
        columns = f"{self.columns.start} → {self.columns.end}"
        if self.columns.source is Source.COLUMN:
            columns = self.columns.value or ""
        if not self.metric.name_zh:
            return Text(columns, columns)
        if self.columns.source is Source.DURATION:
            # What the metric's own name says of from and to, the columns say here.
            return Text(
                f"{self.metric.name_zh.partition('（')[0]} {columns}",
                f"{self.metric.name_en.partition(' (')[0]} {columns}",
            )
        return Text(f"{self.metric.name_zh} {columns}", f"{self.metric.name_en} {columns}")

    @property
    def missing(self) -> Text:
        """What values do that do not meet a threshold."""
        if self.metric.direction is Direction.AT_MOST:
            return Text("超过标准", "over the limit")
        return Text("低于标准", "under the limit")

    def left_out(self) -> list[tuple[str, Text, int]]:
        """Reason, in words, rows: everything that is in no figure, or in no band or group."""
        said = [(reason.name, Text(*reason.value), count) for reason, count in self.rows.left_out.items()]
        outside, without = self.figures.outside_bands, self.figures.without_group
        if outside:
            said.append(
                (
                    "OUTSIDE_BANDS",
                    Text(
                        "距离未知或不在任何区间（仅计入全部）",
                        "distance unknown or in no band (counted in “all” only)",
                    ),
                    outside,
                )
            )
        if without:
            said.append(
                (
                    "GROUP_NOT_STATED",
                    Text("未注明分组（仅计入全部）", "group not stated (counted in “all” only)"),
                    without,
                )
            )
        return said

    def document(self) -> dict[str, Any]:
        """With ``--json``."""
        number = self.show.number
        return {
            "file": self.file.name,
            "metric": {
                "id": self.metric.id,
                "name": self.subject.en,
                "name_zh": self.subject.zh,
                "direction": self.metric.direction.value if self.thresholds or self.metric.name_zh else None,
            },
            "unit": self.unit.en,
            "rows": self.rows.read,
            "unreadable": len(self.rows.problems),
            "left_out": [
                {"reason": reason, "rows": count, "text": text.en, "text_zh": text.zh}
                for reason, text, count in self.left_out()
            ],
            "clustered_by_worker": self.rows.has_worker,
            "confidence": self.params.confidence,
            "middle_band": [self.params.middle.low, self.params.middle.high],
            "method_version": METHOD_VERSION,
            "suppressed": False,
            "thresholds": [_rounded(number(tau)) for tau in self.thresholds],
            "overall": self._cohort(self.figures.whole),
            "cohorts": [self._cohort(cohort) for cohort in self.figures.cohorts[1:]],
        }

    def _cohort(self, cohort: Cohort) -> dict[str, Any]:
        number, base = self.show.number, cohort.baseline
        percentiles = base.percentiles if base else (math.nan,) * len(PERCENTILES)
        return {
            "cohort": cohort.id,
            "by": cohort.kind,
            "name": cohort.en,
            "name_zh": cohort.zh,
            "n": cohort.rows,
            "workers": cohort.workers if self.rows.has_worker else None,
            **{
                f"p{round(100 * p)}": _rounded(number(x))
                for p, x in zip(PERCENTILES, percentiles, strict=True)
            },
            "p50_interval": [
                _rounded(number(base.p50_interval.low)),
                _rounded(number(base.p50_interval.high)),
            ]
            if base
            else None,
            "middle": [_rounded(number(base.middle.low)), _rounded(number(base.middle.high))]
            if base
            else None,
            "floor": None if cohort.floor is None else _rounded(number(cohort.floor)),
            "thresholds": [self._judged(each) for each in cohort.judged],
        }

    def _judged(self, judged: Judged) -> dict[str, Any]:
        standing, doubt = judged.standing, judged.judgement.doubt
        return {
            "threshold": _rounded(self.show.number(judged.threshold)),
            "attainment": None if standing is None else _rounded(standing.attainment),
            "attainment_interval": [_rounded(standing.interval.low), _rounded(standing.interval.high)]
            if standing
            else None,
            "share_missing": None if standing is None else _rounded(1 - standing.attainment),
            "p_value": None if standing is None else standing.p_value,
            "adjusted_p_value": None if standing is None else standing.adjusted_p,
            "verdict": judged.judgement.verdict.name,
            "doubt": "NO_ROWS" if standing is None else doubt.value if doubt else None,
            "below_floor": judged.below_floor,
        }

    def pages(self, output: Output) -> list[RenderableType]:
        """The tables, and what is to be known about them."""
        pages: list[RenderableType] = [self._percentiles(output)]
        if self.thresholds:
            pages.append(self._thresholds(output))
        notes = [self._middle_note()]
        notes += [
            Text(f"未计入 {count:,} 行：{text.zh}", f"Left out, {count:,} rows: {text.en}")
            for _, text, count in self.left_out()
        ]
        if not self.rows.has_worker:
            notes.append(NO_WORKER)
        notes.append(NOT_SUPPRESSED)
        pages += [Line(output.pick(*note), style="dim") for note in notes]
        return pages

    def _middle_note(self) -> Text:
        band = f"{self.params.middle.low * 100:g}–{self.params.middle.high * 100:g}"
        return Text(
            f"中间区间：{band}% 能达到的标准。区间为 95%，已计入同一劳动者的数据彼此相关。",
            f"The middle: thresholds that {band} % can meet. Intervals are of 95 % and know that what one "
            "worker does is alike.",
        )

    def _percentiles(self, output: Output) -> RenderableType:
        unit = f"（{self.unit.zh}）" if self.unit.zh else "", f", {self.unit.en}" if self.unit.en else ""
        table = output.table(
            (f"{self.subject.zh}{unit[0]}", f"{self.subject.en}{unit[1]}"),
            ("分组", "cohort"),
            ("数量", "n"),
            ("劳动者", "workers"),
            *((f"P{p}", f"P{p}") for p in (10, 25, 50)),
            ("P50 区间", "P50 interval"),
            *((f"P{p}", f"P{p}") for p in (75, 90)),
            ("中间区间", "the middle"),
            *([("可行底线", "floor")] if self._has_floor() else []),
        )
        for cohort in self.figures.cohorts:
            base, workers = cohort.baseline, f"{cohort.workers:,}" if self.rows.has_worker else "—"
            if base is None:
                table.add_row(
                    output.pick(cohort.zh, cohort.en),
                    "0",
                    "0" if self.rows.has_worker else "—",
                    output.pick(*NO_ROWS),
                    style="dim",
                )
                continue
            p10, p25, p50, p75, p90 = (self._number(value) for value in base.percentiles)
            spans = (
                f"{self._number(each.low)}–{self._number(each.high)}"
                for each in (base.p50_interval, base.middle)
            )
            interval, middle = spans
            floor = (
                [] if not self._has_floor() else ["—" if cohort.floor is None else self._number(cohort.floor)]
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

    def _thresholds(self, output: Output) -> RenderableType:
        missing = self.missing
        table = output.table(
            ("各项标准所处位置", "Where each threshold stands"),
            ("标准", "threshold"),
            ("分组", "cohort"),
            ("达到率 %", "can meet it, %"),
            ("95% 区间", "95 % interval"),
            (f"{missing.zh} %", f"{missing.en}, %"),
            ("结论", "verdict"),
            ("说明", "note"),
            text_columns=2,
        )
        for column in table.columns[-2:]:
            column.justify = "left"
        for number, threshold in enumerate(self.thresholds):
            for place, cohort in enumerate(self.figures.cohorts):
                words = output.pick(*self.show.words(threshold)) if place == 0 else ""
                self._row(table, words, cohort, cohort.judged[number], output)
            table.add_section()
        return table

    def _row(self, table: Any, threshold: str, cohort: Cohort, judged: Judged, output: Output) -> None:
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

    def _has_floor(self) -> bool:
        return any(cohort.floor is not None for cohort in self.figures.cohorts)

    def _number(self, value: float) -> str:
        return number_text(self.show.number(value), self.show.unit)


def notes_on(judged: Judged) -> Text:
    """What stands beside a verdict; empty where nothing does."""
    notes = [NO_ROWS] if judged.standing is None else []
    if judged.below_floor:
        notes.append(BELOW_FLOOR)
    if judged.judgement.doubt is not None:
        notes.append(Text(*DOUBT_TEXT[judged.judgement.doubt]))
    return Text("；".join(note.zh for note in notes), "; ".join(note.en for note in notes))


def _percent(share: float) -> str:
    return number_text(SHARE.number(share), "%")


def _rounded(value: float) -> float | None:
    """To what anybody needs; None where the data cannot bound it, for JSON has no infinity."""
    return round(value, 6) if math.isfinite(value) else None
