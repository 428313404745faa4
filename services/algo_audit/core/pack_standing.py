"""Where each declared threshold stands: one row a threshold and cohort, and the same in plain words.

A row whose cell is too small has no figure, and says so in words; nothing of it can be told from the others.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from services.algo_audit.core.audit import CohortAudit
from services.algo_audit.core.metrics import (
    COMMISSION_SHARE,
    HOURLY_EARNINGS,
    PENALTIES_PER_ORDER,
    PIECE_RATE,
    SUPPLEMENT_SHARE,
    Direction,
    Metric,
)
from services.algo_audit.core.pack_columns import PlatformName, same
from services.algo_audit.core.pack_model import Cell, Column, Section, Table, Text
from services.algo_audit.core.pack_units import SHARE, counted, shown
from services.algo_audit.core.privacy import WORKERS_BEYOND
from services.algo_audit.core.reference import ReferenceKind
from services.algo_audit.core.verdict import DOUBT_TEXT, VERDICT_TEXT, Doubt, Verdict

STANDING_ID = "standing"
ADVERSE = (Verdict.STRICTEST, Verdict.STRICTER)
REFERENCE_TEXT = {
    ReferenceKind.OTHERS: Text("其他平台", "other platforms"),
    ReferenceKind.ALL: Text("本平台自身", "its own"),
}
BELOW_FLOOR = Text("低于可行下限", "below the floor")
TERMS = (PIECE_RATE, COMMISSION_SHARE, HOURLY_EARNINGS, PENALTIES_PER_ORDER, SUPPLEMENT_SHARE)
"""Metrics of what workers get or give up: nobody "meets" them, some are on no better terms (see metrics)."""
_FEW_BEYOND = Text(
    f"分位数记作“—”的为样本不足：其外的劳动者不足 {WORKERS_BEYOND} 人，所列即会是某一个人的数值。",
    f"A percentile shown as “—” has fewer than {WORKERS_BEYOND} workers beyond it: it would be what one "
    "person did or earned.",
)
_NAMED = 3
"""Cohorts named in a sentence; the table has all."""


def judged_columns(unit: str, declared: Text) -> tuple[Column, ...]:
    """A cohort, the threshold that ``declared`` names, and where it stands in it; what follows counts."""
    return (
        Column("cohort", Text("分组", "cohort")),
        Column("declared", declared, unit),
        Column("attainment", Text("达到率", "attainment"), "%"),
        Column("attainment_low", Text("达到率 95% 区间", "95 % interval"), "%"),
        Column("attainment_high", Text("达到率 95% 区间", "95 % interval"), "%"),
        Column("verdict", Text("结论", "verdict")),
        Column("note", Text("说明", "note")),
        *(Column(f"p{p}", Text(f"P{p}", f"P{p}"), unit) for p in (10, 25, 50, 75, 90)),
        Column("p50_low", Text("P50 区间", "P50 interval"), unit),
        Column("p50_high", Text("P50 区间", "P50 interval"), unit),
        Column("middle_low", Text("中间区间", "the middle"), unit),
        Column("middle_high", Text("中间区间", "the middle"), unit),
        Column("floor", Text("可行下限", "floor"), unit),
    )


def standing_section(
    metric: Metric, rows: Sequence[CohortAudit], platform: PlatformName, *, query: str
) -> Section:
    """The table of everything that was judged."""
    unit = shown(metric.unit).unit
    what = counted(metric)
    several = len({row.platform for row in rows}) > 1
    columns = (
        *((Column("platform", Text("平台", "platform")),) if several else ()),
        *judged_columns(unit, Text("公示标准", "declared")),
        Column("orders", Text("订单数", "orders"), "orders"),
        Column("workers", Text("劳动者数", "workers"), "workers"),
        Column("censored", Text("未完成（右删失）", "unfinished"), "orders"),
        Column("adjusted_p", Text("校正后 p", "adjusted p"), "p"),
        Column("reference", Text("对照", "reference")),
    )
    table = Table(columns, tuple(_row(metric, row, platform, several=several) for row in rows))
    return Section(
        id=STANDING_ID,
        title=Text("各项标准所处位置", "Where each threshold stands"),
        paragraphs=(
            Text(
                "每行是一项公示标准在一个分组（同类、同距离）中的位置。达到率是对照人群中"
                f"{_meeting(metric).zh}的{what.zh}占比；区间已计入同一劳动者的数据彼此相关。",
                "A row is one declared threshold in one cohort: like work at like distance. Attainment is "
                f"the share of the reference's {what.en} that {_meeting(metric).en}; the interval knows "
                "that what one worker does is alike.",
            ),
            *((_FEW_BEYOND,) if any(_held_back(row) for row in rows) else ()),
        ),
        table=table,
        query=query,
    )


def _held_back(row: CohortAudit) -> bool:
    base = row.baseline
    return base is not None and None in (base.p10, base.p25, base.p75, base.p90)


def _row(metric: Metric, row: CohortAudit, platform: PlatformName, *, several: bool) -> tuple[Cell, ...]:
    show = shown(metric.unit).number
    first: tuple[Cell, ...] = (same(platform(row.platform)),) if several else ()
    cohort = Text(row.cohort.label_zh, row.cohort.label_en)
    verdict = Text(*VERDICT_TEXT[row.verdict])
    floor = show(row.feasibility.floor) if row.feasibility is not None else None
    base, standing = row.baseline, row.standing
    declared = show(row.threshold.value)
    if base is None or standing is None:
        held_back = (None, None, None, verdict, _note(row), *(None,) * 9, floor, *(None,) * 5)
        return (*first, cohort, declared, *held_back)
    return (
        *first,
        cohort,
        declared,
        SHARE.number(standing.attainment),
        SHARE.number(standing.interval.low),
        SHARE.number(standing.interval.high),
        verdict,
        _note(row),
        *(
            None if value is None else show(value)
            for value in (base.p10, base.p25, base.p50, base.p75, base.p90)
        ),
        show(base.p50_interval.low),
        show(base.p50_interval.high),
        show(base.middle.low),
        show(base.middle.high),
        floor,
        base.orders,
        base.workers,
        base.censored,
        standing.adjusted_p,
        REFERENCE_TEXT[row.reference] if row.reference is not None else None,
    )


def _note(row: CohortAudit) -> Text | None:
    notes = []
    if row.below_floor:
        notes.append(BELOW_FLOOR)
    if row.judgement.doubt is not None:
        notes.append(Text(*DOUBT_TEXT[row.judgement.doubt]))
    return _joined(notes, "；", "; ") if notes else None


def words_on(metric: Metric, rows: Sequence[CohortAudit], platform: Text) -> list[Text]:
    """What the audit says of one platform's thresholds, as a person would say it. ``rows``: its own."""
    said = [_verdicts(rows, platform)]
    adverse = [
        (row.standing.attainment, place)
        for place, row in enumerate(rows)
        if row.verdict in ADVERSE and row.standing is not None
    ]
    if adverse:
        said.append(_hardest(metric, rows[min(adverse)[1]]))
    said += _below_floor(metric, [row for row in rows if row.below_floor])
    said += _doubts(row.judgement.doubt for row in rows if row.judgement.doubt is not None)
    return said


def _verdicts(rows: Sequence[CohortAudit], platform: Text) -> Text:
    counts = Counter(row.verdict for row in rows)
    parts = [
        Text(
            f"{VERDICT_TEXT[verdict][0]} {counts[verdict]} 个",
            f"{counts[verdict]} {VERDICT_TEXT[verdict][1]}",
        )
        for verdict in (*ADVERSE, Verdict.WITHIN_MIDDLE, Verdict.LAXER, Verdict.INSUFFICIENT_EVIDENCE)
        if counts[verdict]
    ]
    listed = _joined(parts, "，", ", ")
    one = len(rows) == 1
    return Text(
        f"{platform.zh}：共判定 {len(rows)} 个分组，其中{listed.zh}。",
        f"{platform.en}: {len(rows)} {'cohort was' if one else 'cohorts were'} judged: {listed.en}.",
    )


def _hardest(metric: Metric, row: CohortAudit) -> Text:
    assert row.standing is not None
    assert row.baseline is not None
    show, what, meeting = shown(metric.unit), counted(metric), _meeting(metric)
    share = SHARE.words(row.standing.attainment)
    sure = SHARE.range_words(row.standing.interval.low, row.standing.interval.high)
    declared, middle = (
        show.words(row.threshold.value),
        show.range_words(row.baseline.middle.low, row.baseline.middle.high),
    )
    at, raised = at_the_middle(metric, row)
    proposal = show.words(at)
    why = (
        Text(
            "（P50 已越过可行下限，故以下限为准）", " (the floor of feasibility, for the P50 lies beyond it)"
        )
        if raised
        else Text("（P50）", " (the P50)")
    )
    return Text(
        f"受影响最大的是“{row.cohort.label_zh}”：标准为 {declared.zh}，对照人群中只有 {share.zh}（95% 区间 "
        f"{sure.zh}）的{what.zh}{meeting.zh}。中间区间为 {middle.zh}；取中的标准为 {proposal.zh}{why.zh}。",
        f"Hardest hit is “{row.cohort.label_en}”: the threshold is {declared.en}, and only {share.en} of "
        f"the reference's {what.en} (95 % interval {sure.en}) {meeting.en}. The middle is {middle.en}; a "
        f"threshold at the middle would be {proposal.en}{why.en}.",
    )


def at_the_middle(metric: Metric, row: CohortAudit) -> tuple[float, bool]:
    """The threshold at the P50, in the metric's unit, and whether the floor had to replace it: no
    recommendation goes below the floor. The row must have figures."""
    assert row.baseline is not None
    p50 = row.baseline.p50
    if row.feasibility is None:
        return p50, False
    floor = row.feasibility.floor
    below = p50 < floor if metric.direction is Direction.AT_MOST else p50 > floor
    return (floor, True) if below else (p50, False)


def _below_floor(metric: Metric, rows: Sequence[CohortAudit]) -> list[Text]:
    if not rows:
        return []
    show = shown(metric.unit)
    named = []
    for row in rows[:_NAMED]:
        assert row.feasibility is not None
        declared, floor = show.words(row.threshold.value), show.words(row.feasibility.floor)
        named.append(
            Text(
                f"{row.cohort.label_zh}（标准 {declared.zh}，下限 {floor.zh}）",
                f"{row.cohort.label_en} ({declared.en}, floor {floor.en})",
            )
        )
    listed = _joined(named, "、", "; ")
    more = Text("等", " and others") if len(rows) > _NAMED else Text("", "")
    return [
        Text(
            f"有 {len(rows)} 个分组的标准低于可行下限，全程按法定时速行驶也无法达到：{listed.zh}{more.zh}。",
            f"In {len(rows)} {'cohort' if len(rows) == 1 else 'cohorts'} the threshold lies below the floor "
            f"of feasibility: nobody can meet it at the lawful speed: {listed.en}{more.en}.",
        )
    ]


def _doubts(doubts: Iterable[Doubt]) -> list[Text]:
    counts = Counter(doubts)
    if not counts:
        return []
    reasons = [
        Text(f"{DOUBT_TEXT[doubt][0]}（{count}）", f"{DOUBT_TEXT[doubt][1]} ({count})")
        for doubt, count in sorted(counts.items())
    ]
    listed = _joined(reasons, "；", "; ")
    return [Text(f"证据不足的原因：{listed.zh}。", f"Why the evidence does not suffice: {listed.en}.")]


def _meeting(metric: Metric) -> Text:
    if metric in TERMS:
        return Text("条件不优于该标准", "are on terms no better than it")
    return Text("能够达到该标准", "can meet it")


def _joined(texts: Sequence[Text], between_zh: str, between_en: str) -> Text:
    return Text(between_zh.join(text.zh for text in texts), between_en.join(text.en for text in texts))
