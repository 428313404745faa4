"""What an audited file shows, before it is laid out: its subject, what is in no figure, what to beware of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cli.audit_figures import Figures, Judged
from cli.audit_rows import AuditColumns, LeftOut, Rows, Source
from services.algo_audit.core.feasibility import KM_H
from services.algo_audit.core.metrics import Direction, Metric
from services.algo_audit.core.pack_model import UNITS, Text
from services.algo_audit.core.pack_standing import BELOW_FLOOR, TERMS
from services.algo_audit.core.pack_units import SHARE, Shown, shown
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.verdict import DOUBT_TEXT

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
    faster: int
    """Rows in the figures that went faster on average than is lawful."""

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
    def lawful_km_h(self) -> float:
        """The speed of the floor."""
        return self.params.floor.lawful_speed_m_s / KM_H

    @property
    def meeting(self) -> Text:
        """What values do that meet a threshold."""
        if self.metric in TERMS:
            return Text("条件不优于标准", "no better terms")
        return Text("达到率", "can meet it")

    @property
    def missing(self) -> Text:
        """What values do that do not meet a threshold."""
        if self.metric in TERMS:
            return Text("条件优于标准", "better terms")
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

    def cautions(self, *, options: bool) -> list[Text]:
        """What a reader must know before the figures are used. ``options``: of the command too; who reads the
        sheet on a table has none."""
        said = []
        if self.faster:
            share, speed = SHARE.words(self.faster / len(self.rows)), f"{self.lawful_km_h:g} km/h"
            what_next = Text(
                "请用 --lawful-only 剔除，或用 --lawful-speed 指明该类车辆的法定时速。",
                " Leave them out with --lawful-only, or state what is lawful for these vehicles with "
                "--lawful-speed.",
            )
            said.append(
                Text(
                    f"{self.faster:,} 行（{share.zh}）的平均车速超过法定时速 {speed}，但已计入；其用时不宜"
                    f"作为安全的对照。{what_next.zh if options else ''}",
                    f"Faster on average than the lawful {speed}, and counted all the same: "
                    f"{rows_en(self.faster)} ({share.en}). Their times are no safe reference."
                    f"{what_next.en if options else ''}",
                )
            )
        if censored := int(self.rows.censored.sum()):
            said.append(
                Text(
                    f"{censored:,} 行未完成，按右删失计入（用时长于所见，Kaplan–Meier 估计）。",
                    f"Not seen to their end, and counted as longer than seen (right-censored, Kaplan–Meier): "
                    f"{rows_en(censored)}.",
                )
            )
        if unfinished := self.rows.left_out[LeftOut.END_NOT_STATED]:
            what_next = Text(
                "如有取消时间，请用 --until-column 指明。", " Name their last time with --until-column."
            )
            said.append(
                Text(
                    f"{unfinished:,} 行没有结束时间，未计入；若多为偏慢或未完成的订单，实际用时比表中更长，"
                    f"中间区间也应更宽。{what_next.zh if options else ''}",
                    f"Without an end, and in no figure: {rows_en(unfinished)}. If these are slow or "
                    "unfinished orders, work takes longer than shown, and the middle is laxer."
                    f"{what_next.en if options else ''}",
                )
            )
        if not self.rows.has_worker:
            said.append(NO_WORKER)
        return [*said, NOT_SUPPRESSED]


def rows_en(count: int) -> str:
    """1 row, 2 rows."""
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


def notes_on(judged: Judged) -> Text:
    """What stands beside a verdict; empty where nothing does."""
    notes = [NO_ROWS] if judged.standing is None else []
    if judged.below_floor:
        notes.append(BELOW_FLOOR)
    if judged.judgement.doubt is not None:
        notes.append(Text(*DOUBT_TEXT[judged.judgement.doubt]))
    return Text("；".join(note.zh for note in notes), "; ".join(note.en for note in notes))
