"""The course of a consultation as sections of its pack: what was done, what was offered, what that would do
beside what is declared, what was agreed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from types import MappingProxyType

from services.algo_audit.core.consultation import Action, Consultation, Offer, Side, Step
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.metrics import METRICS, Direction, Metric
from services.algo_audit.core.pack_columns import same
from services.algo_audit.core.pack_model import Cell, Column, Section, Table, Text
from services.algo_audit.core.pack_standing import TERMS
from services.algo_audit.core.pack_units import SHARE, counted, distances, shown
from services.algo_audit.core.pack_what_if import AS_DECLARED, HOW_PENALTIES, effect_cells, effect_columns
from services.algo_audit.core.proposal import SERVICE_NAMES
from services.algo_audit.core.shanghai import day, minute
from services.algo_audit.core.thresholds import no_end
from services.algo_audit.core.verdict import VERDICT_TEXT
from services.algo_audit.core.what_if import WhatIf

_SIDES = {Side.UNION: Text("工会方", "union"), Side.PLATFORM: Text("平台方", "platform")}
_ACTIONS = {
    Action.OPENED: Text("发起协商", "opened the consultation"),
    Action.OFFERED: Text("提出方案 {}", "made offer {}"),
    Action.AGREED: Text("接受方案 {}，达成一致", "accepted offer {}: agreed"),
    Action.FAILED: Text("终止协商，未达成一致", "ended the consultation without agreement"),
}
_PARTIAL = Text("只适用于一部分", "for a part of it only")
_COHORTS_NAMED = 3
"""In a sentence; the table has all."""
_TOO_FEW = Text("样本过少，不予公布", "too few to be shown")


@dataclass(frozen=True, slots=True)
class CohortEffect:
    """What one threshold of an offer would do in one cohort."""

    cohort: Text
    offered: WhatIf | None
    """None where the cohort is too small to be shown."""
    declared: WhatIf | None
    """The same of the threshold in force."""
    middle: Interval | None
    """In the metric's unit."""
    floor: float | None
    """Of feasibility; None where there is none."""
    partial: bool
    """It holds for a part of the cohort's distances or places only."""


def course_sections(
    consultation: Consultation,
    effects: Mapping[int, Sequence[CohortEffect]],
    areas: Mapping[str, Text] = MappingProxyType({}),
) -> list[Section]:
    """What has happened so far. ``effects``: offer number → one for each threshold and cohort it touches.
    ``areas``: GB/T 2260 code → name; the code itself where nobody names it."""
    query = f'ConsultationService/GetConsultation {{"consultation_id": "{consultation.consultation_id}"}}'
    metric = METRICS[consultation.subject.metric_id]
    made = accumulate(step.action is Action.OFFERED for step in consultation.history)
    course = tuple(_words(step, offers) for step, offers in zip(consultation.history, made, strict=True))
    sections = [Section("course", Text("协商经过", "The course of the consultation"), course, query=query)]
    if consultation.offers:
        title = Text("双方方案", "The offers")
        sections.append(
            Section("offers", title, table=_thresholds(metric, consultation.offers, areas), query=query)
        )
    if any(effects.values()):
        sections.append(_effects(metric, consultation, effects, query))
    if consultation.accepted is not None:
        title = Text("达成的标准", "The agreement")
        agreed = _thresholds(metric, [consultation.accepted], areas)
        sections.append(Section("agreement", title, table=agreed, query=query))
    return sections


def _words(step: Step, offers: int) -> Text:
    """``offers``: how many had been made then, this step's included: offers are numbered from 1."""
    side, action, time = _SIDES[step.side], _ACTIONS[step.action], minute(step.create_ms)
    said = Text(f"：“{step.text}”", f": “{step.text}”") if step.text else Text("。", ".")
    return Text(
        f"{time}（北京时间），{side.zh}（{step.party_id}）{action.zh.format(offers)}{said.zh}",
        f"{time} (UTC+8): the {side.en} ({step.party_id}) {action.en.format(offers)}{said.en}",
    )


def _thresholds(metric: Metric, offers: Iterable[Offer], areas: Mapping[str, Text]) -> Table:
    show = shown(metric.unit)
    columns = (
        Column("offer", Text("方案", "offer"), "number"),
        Column("side", Text("提出方", "by")),
        Column("service", Text("业务", "service")),
        Column("area", Text("地区", "area")),
        Column("distance", Text("距离", "distance")),
        Column("value", Text("标准", "threshold"), show.unit),
        Column("effective", Text("生效日期", "from")),
    )
    rows = tuple(
        (
            offer.number,
            _SIDES[offer.side],
            Text(*SERVICE_NAMES[proposal.service]),
            areas.get(proposal.area_code, same(proposal.area_code)),
            distances(proposal.distance_start_m, no_end(proposal.distance_end_m)),
            show.number(proposal.value),
            same(day(offer.effective_ms)),
        )
        for offer in offers
        for proposal in offer.proposals
    )
    return Table(columns, rows)


def _effects(
    metric: Metric, consultation: Consultation, effects: Mapping[int, Sequence[CohortEffect]], query: str
) -> Section:
    """Cohort by cohort: what is declared, then each offer in its order."""
    unit = shown(metric.unit).unit
    columns = (
        Column("cohort", Text("分组", "cohort")),
        Column("what", Text("情形", "case")),
        *effect_columns(unit),
        Column("middle_low", Text("中间区间", "the middle"), unit),
        Column("middle_high", Text("中间区间", "the middle"), unit),
        Column("floor", Text("可行下限", "floor"), unit),
        Column("verdict", Text("结论", "verdict")),
        Column("note", Text("说明", "note")),
    )
    rows: dict[Text, list[tuple[Cell, ...]]] = {}
    for offer in consultation.offers:
        name = _named(offer)
        for effect in effects.get(offer.number, ()):
            of_cohort = rows.setdefault(effect.cohort, [])
            if not of_cohort and effect.declared is not None:
                of_cohort.append(_row(metric, effect, AS_DECLARED, effect.declared, None))
            note = _TOO_FEW if effect.offered is None else _PARTIAL if effect.partial else None
            of_cohort.append(_row(metric, effect, name, effect.offered, note))
    words = [
        Text(
            f"各方案在冻结数据上的效果，与公示标准对照：达不到的订单与涉及劳动者取整到十。{HOW_PENALTIES.zh}",
            "What each offer would do on the frozen data, beside what is declared. Orders and workers are in "
            f"tens. {HOW_PENALTIES.en}",
        ),
        *(_summary(offer, effects.get(offer.number, ())) for offer in consultation.offers),
        *(_first_offer(metric, offer, effects.get(offer.number, ())) for offer in consultation.offers),
    ]
    return Section(
        "offer-effects",
        Text("方案的效果", "What the offers would do"),
        tuple(each for each in words if each is not None),
        Table(columns, tuple(row for of_cohort in rows.values() for row in of_cohort)),
        query,
    )


def _row(
    metric: Metric, effect: CohortEffect, what: Text, does: WhatIf | None, note: Text | None
) -> tuple[Cell, ...]:
    number = shown(metric.unit).number
    unknown = (None,) * len(effect_columns(shown(metric.unit).unit))
    middle = effect.middle
    return (
        effect.cohort,
        what,
        *(unknown if does is None else effect_cells(metric, does)),
        None if middle is None else number(middle.low),
        None if middle is None else number(middle.high),
        None if effect.floor is None else number(effect.floor),
        None if does is None else Text(*VERDICT_TEXT[does.verdict]),
        note,
    )


def _summary(offer: Offer, effects: Sequence[CohortEffect]) -> Text | None:
    """The offer in one sentence; None where an order would count twice, or all of a cohort for a part."""
    known = [(each.declared, each.offered) for each in effects if each.declared and each.offered]
    cohorts = {each.cohort for each in effects}
    if not known or len(cohorts) < len(effects) or any(each.partial for each in effects):
        return None
    orders = sum(declared.orders for declared, _ in known)
    before, after = (sum(pair[place].orders_affected for pair in known) for place in (0, 1))
    fines = [(declared.penalty_fen, offered.penalty_fen) for declared, offered in known]
    costs = Text("", "")
    if all(first is not None and second is not None for first, second in fines):
        was, would = (shown("fen").words(sum(pair[place] or 0 for pair in fines)) for place in (0, 1))
        costs = Text(f"；罚款合计由 {was.zh} 变为 {would.zh}", f"; penalties go from {was.en} to {would.en}")
    name = _named(offer)
    return Text(
        f"{name.zh}：所涉分组共 {orders:,} 单，达不到标准的由 {before:,} 单变为 {after:,} 单{costs.zh}。",
        f"{name.en.capitalize()}: of the {orders:,} orders of the cohorts it touches, those that miss go "
        f"from {before:,} to {after:,}{costs.en}.",
    )


def _first_offer(metric: Metric, offer: Offer, effects: Sequence[CohortEffect]) -> Text | None:
    """What an offer would mean where nothing is declared, in one sentence; None if it is nowhere so."""
    known = [(each.cohort, each.offered) for each in effects if each.offered and not each.declared]
    if not known:
        return None
    name, what, meeting = _named(offer), counted(metric), _at_its_terms(metric)
    parts = [(cohort, SHARE.words(does.attainment)) for cohort, does in known[:_COHORTS_NAMED]]
    more = Text("等", " and so on") if len(known) > _COHORTS_NAMED else Text("", "")
    listed = "、".join(f"“{cohort.zh}”{share.zh}" for cohort, share in parts)
    listed_en = ", ".join(f"{share.en} in “{cohort.en}”" for cohort, share in parts)
    return Text(
        f"{name.zh}：尚无公示标准；{meeting.zh}的{what.zh}占比为{listed}{more.zh}。",
        f"{name.en.capitalize()}: nothing is declared yet; of the {what.en}, {listed_en}{more.en} "
        f"{meeting.en}.",
    )


def _at_its_terms(metric: Metric) -> Text:
    """What is so of the share that "meets" a threshold (metrics), said as people ask for it."""
    if metric not in TERMS:
        return Text("能够达到该标准", "can meet it")
    if metric.direction is Direction.AT_MOST:
        return Text("所得不高于该标准", "get no more than it")
    return Text("负担不低于该标准", "bear no less than it")


def _named(offer: Offer) -> Text:
    side = _SIDES[offer.side]
    return Text(f"方案 {offer.number}（{side.zh}）", f"offer {offer.number} ({side.en})")
