"""A period report as tables: what CSV, XLSX and PDF have in common."""

from __future__ import annotations

from collections.abc import Sequence

from kit.table_files.tables import Table, Value
from services.notify.core.findings import local_day
from services.notify.core.period_report import Row
from services.notify.core.text import Text
from services.notify.documents import Language
from services.notify.period_reports.reporting import PeriodReport, Praised

WITHHELD = "*"
"""In place of a figure that is not told: an empty cell could be taken for none."""

_HEADINGS = (
    Text("地区", "area"),
    Text("平台", "platform"),
    Text("规则", "rule"),
    Text("名称", "name"),
    Text("认定", "findings"),
    Text("劳动者", "workers"),
    Text("每千人", "per thousand"),
    Text("立案", "cases opened"),
    Text("警示", "warnings"),
    Text("按期答复", "answered in time"),
    Text("约谈", "summonses"),
    Text("责令整改", "orders"),
    Text("结案", "closed"),
    Text("联合处置", "escalated"),
    Text("撤销", "withdrawn"),
)
_WORDS = 4

_FIGURES = Text("分地区、平台和规则的数字", "Figures by area, platform and rule")
_TYPICAL = Text("典型案例", "Typical cases")
_GOOD = Text("守法诚信名单", "Good conduct")


def title_of(report: PeriodReport) -> Text:
    """Of the whole report."""
    period, area = report.period.title, report.area
    gap = " " if area.zh[-1:].isdigit() else ""  # a code that nobody named, before a year
    return Text(
        f"{area.zh}{gap}{period.zh}平台用工监管情况",
        f"Supervision of platform work in {area.en}, {period.en}",
    )


def notes_of(report: PeriodReport) -> list[Text]:
    """What a reader has to know to read the figures."""
    made = local_day(report.create_ms)
    notes = [
        Text(
            f"数据截至 {made.year}年{made.month}月{made.day}日；"
            "此后到达的事件、更正和申诉结果可能使以往期间的数字变动。",
            f"As of {made}. What comes later, amendments and appeals included, may change these figures.",
        ),
        Text(
            "“劳动者”为去重人数，各行相加不等于合计；每千人比例以期间内在岗人数最多的一日为分母，"
            "只按单个平台计算。",
            "Workers are distinct ones: rows do not add up to totals. Rates are of one platform each, per "
            "thousand of its workers active on the day of the period with the most of them.",
        ),
    ]
    if report.aggregates_only:
        notes.append(
            Text(
                f"“{WITHHELD}”表示不予公布：该数字涉及不足 10 名劳动者，或者可由其他数字推算得出此类数字；"
                "合计中的劳动者人数取整到十。",
                f"“{WITHHELD}” is withheld: it would tell of fewer than 10 workers, or let such a number be "
                "worked out. Workers of totals are told in tens.",
            )
        )
    return notes


def figures_of(report: PeriodReport, language: Language) -> Table:
    """One line a row of the report."""
    return Table(
        language.pick(_FIGURES),
        [language.pick(heading) for heading in _HEADINGS],
        [[*titled.row.cell, language.pick(titled.title), *_numbers(titled.row)] for titled in report.rows],
        _WORDS,
    )


def typical_of(report: PeriodReport, language: Language) -> Table:
    """One line a case."""
    return Table(
        language.pick(_TYPICAL),
        [language.pick(Text("问题", "matter")), language.pick(Text("经过", "what happened"))],
        [[language.pick(each.title), language.pick(each.story)] for each in report.typical_cases],
        2,
    )


def good_of(praised: Sequence[Praised], names: Sequence[Text], language: Language) -> Table:
    """One line a platform."""
    return Table(
        language.pick(_GOOD),
        [language.pick(Text("平台", "platform")), language.pick(Text("理由", "why"))],
        [
            [language.pick(name), language.pick(each.reason)]
            for each, name in zip(praised, names, strict=True)
        ],
        2,
    )


def _numbers(row: Row) -> list[Value]:
    withheld = row.findings is None
    rate = None if row.rate_per_thousand is None else round(row.rate_per_thousand, 1)
    steps = row.steps
    return [
        WITHHELD if row.findings is None else row.findings,
        WITHHELD if row.workers is None else row.workers,
        WITHHELD if withheld and row.cell.platform_id else rate,
        steps.cases_opened,
        steps.warnings,
        steps.answered_in_time,
        steps.summonses,
        steps.orders,
        steps.closed,
        steps.escalated,
        steps.withdrawn,
    ]
