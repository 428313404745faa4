"""What other thresholds would do: each cohort at its middle, and over the whole range."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.algo_audit.core.audit import Audited, CohortAudit
from services.algo_audit.core.metrics import Direction, Metric
from services.algo_audit.core.pack_model import Cell, Column, Section, Table, Text
from services.algo_audit.core.pack_standing import BELOW_FLOOR
from services.algo_audit.core.pack_units import SHARE, shown
from services.algo_audit.core.verdict import VERDICT_TEXT
from services.algo_audit.core.what_if import Answer, Frontier, Marks, WhatIf, frontier, what_if

MOST_COHORTS = 12
"""The strictest. The call that the section names answers for every other cohort."""

AS_DECLARED = Text("公示标准", "as declared")
_RECOMMENDED = Text("取中", "at the middle")

HOW_PENALTIES = Text(
    "罚款合计 = 公示的每单平均罚款（按全部订单平均，不只是达不到的订单）× 订单数 × 该标准下达不到的订单 ÷ "
    "公示标准下达不到的订单；未公示罚款的，或公示标准下没有订单达不到的，不列。",
    "Penalties: the declared penalty per order (a mean over all orders, not only those that miss) × orders × "
    "those that miss this threshold ÷ those that miss the declared one; left out where none is declared, or "
    "nothing misses the declared threshold.",
)
"""The formula of ``what_if``."""


@dataclass(frozen=True, slots=True)
class CohortWhatIf:
    """One cohort under other thresholds."""

    row: CohortAudit
    answer: Answer
    """At the middle, or at the floor where that is safer."""
    frontier: Frontier


def what_ifs(
    audited: Audited,
    platform: int,
    mean_penalty_fen: Mapping[str, float] | None = None,
    *,
    most: int = MOST_COHORTS,
) -> list[CohortWhatIf]:
    """For the strictest cohorts of a platform that have figures, in the order of the audit.

    ``mean_penalty_fen``: threshold id → the penalties_per_order that the platform declared.
    """
    rows = [row for row in audited.cohorts if row.platform == platform and row.standing is not None]
    strictest = sorted(rows, key=lambda row: row.standing.attainment if row.standing else 1.0)[:most]
    found = []
    for row in rows:
        if not any(row is each for each in strictest):
            continue
        where = platform, row.threshold.service, row.cohort.id
        if audited.of(*where) is not row:
            continue  # a threshold that another has replaced: what is asked of is the one in force
        penalty = (mean_penalty_fen or {}).get(row.threshold.id)
        curve = frontier(audited, *where, mean_penalty_fen=penalty)
        if curve is None or not curve.marks.recommended > 0:
            continue
        answer = what_if(audited, *where, curve.marks.recommended, penalty)
        if answer is not None:
            found.append(CohortWhatIf(row, answer, curve))
    return found


def what_if_sections(metric: Metric, cohorts: Sequence[CohortWhatIf], audit_id: str) -> list[Section]:
    """At the middle, and the frontier; nothing where no cohort has figures."""
    if not cohorts:
        return []
    unit = shown(metric.unit).unit
    effects = effect_columns(unit)
    marks = (
        Column("declared", Text("公示标准", "declared"), unit),
        Column("middle_low", Text("中间区间", "the middle"), unit),
        Column("middle_high", Text("中间区间", "the middle"), unit),
        Column("floor", Text("可行下限", "floor"), unit),
    )
    verdict = Column("verdict", Text("结论", "verdict")), Column("note", Text("说明", "note"))
    at_middle = tuple(
        (
            Text(each.row.cohort.label_zh, each.row.cohort.label_en),
            what,
            *effect_cells(metric, effect),
            *_verdict(effect),
        )
        for each in cohorts
        for what, effect in ((AS_DECLARED, each.answer.declared), (_RECOMMENDED, each.answer.what_if))
    )
    points = tuple(
        (
            Text(each.row.cohort.label_zh, each.row.cohort.label_en),
            *effect_cells(metric, point),
            *_marks(metric, each.frontier.marks),
        )
        for each in cohorts
        for point in each.frontier.points
    )
    cohort = Text("分组", "cohort")
    words = [
        Text(
            "同一分组内把标准移到取中的位置会怎样。订单数与劳动者数取整到十；取中的位置不低于可行下限。"
            f"{HOW_PENALTIES.zh}",
            "What would follow if the threshold moved to the middle of its cohort. Orders and workers are "
            f"in tens; the middle is never taken below the floor of feasibility. {HOW_PENALTIES.en}",
        )
    ]
    strict = Text("左", "left") if metric.direction is Direction.AT_MOST else Text("右", "right")
    drawn = Text(
        f"每条曲线是一个分组：横轴为标准，纵轴为能够达到的占比；越往{strict.zh}越严。",
        "Each curve is a cohort: the threshold along, the share that can meet it up; strict is to the "
        f"{strict.en}.",
    )
    return [
        Section(
            "what-if",
            Text("若标准取中", "If the threshold took the middle"),
            tuple(words),
            Table(
                (Column("cohort", cohort), Column("what", Text("情形", "case")), *effects, *verdict),
                at_middle,
            ),
            f'AlgoAuditService/GetWhatIf {{"cohort": {{"audit_id": "{audit_id}", …}}, "threshold": …}}',
        ),
        Section(
            "frontier",
            Text("标准与影响面", "Threshold against share affected"),
            (drawn,),
            Table((Column("curve", cohort), *effects, *marks), points),
            f'AlgoAuditService/GetFrontier {{"cohort": {{"audit_id": "{audit_id}", …}}}}',
        ),
    ]


def effect_columns(unit: str) -> tuple[Column, ...]:
    """What a threshold does, in the order of ``effect_cells``."""
    return (
        Column("threshold", Text("标准", "threshold"), unit),
        Column("attainment", Text("达到率", "attainment"), "%"),
        Column("attainment_low", Text("达到率 95% 区间", "95 % interval"), "%"),
        Column("attainment_high", Text("达到率 95% 区间", "95 % interval"), "%"),
        Column("orders_affected", Text("达不到的订单", "orders that miss"), "orders"),
        Column("workers_affected", Text("涉及劳动者", "workers affected"), "workers"),
        Column("penalty", Text("罚款合计", "penalties"), "CNY"),
    )


def effect_cells(metric: Metric, effect: WhatIf) -> tuple[Cell, ...]:
    return (
        shown(metric.unit).number(effect.threshold),
        SHARE.number(effect.attainment),
        SHARE.number(effect.interval.low),
        SHARE.number(effect.interval.high),
        effect.orders_affected,
        effect.workers_affected,
        None if effect.penalty_fen is None else shown("fen").number(effect.penalty_fen),
    )


def _marks(metric: Metric, marks: Marks) -> tuple[Cell, ...]:
    number = shown(metric.unit).number
    floor = None if marks.floor is None else number(marks.floor)
    declared = None if marks.declared is None else number(marks.declared)
    return declared, number(marks.middle.low), number(marks.middle.high), floor


def _verdict(effect: WhatIf) -> tuple[Cell, ...]:
    return Text(*VERDICT_TEXT[effect.verdict]), BELOW_FLOOR if effect.below_floor else None
