"""Typical cases (典型案例, 二.14): what happened and how it ended, told so that nobody can be identified.

Neither a worker nor the platform. Hence

* the platform is 某平台, the county is told as its city, days are told as how long after the warning;
* numbers are told in bands;
* a case is told only if its warning counted at least ``privacy.LEAST_WORKERS`` workers, or none at all
  (standards of assessment), and if at least ``LEAST_PLATFORMS`` platforms were active in the city: of two,
  each of them would know the other;
* duties are not told: who reports in time is no secret, and a late report is soon known whose;
* at most ``MOST`` are told, those that went furthest first, and no two of one rule, so that a period with one
  striking case does not tell it five times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.notify.core.findings import Place
from services.notify.core.privacy import too_few
from services.notify.core.recheck import Outcome, Recheck
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState

LEAST_PLATFORMS = 3
"""Platforms active in the city, so that 某平台 leaves it open which."""

MOST = 3
"""Typical cases of a period: enough to learn from."""

_ENDS = (CaseState.CLOSED, CaseState.ESCALATED)
"""A case is told once it has come to something."""


@dataclass(frozen=True, slots=True)
class History:
    """A case and the way it took in the round that ended in the period."""

    place: Place
    title: Text
    city: Text
    """The name of the city, whatever county it is of."""
    platforms_in_city: int
    """Active in the period."""
    warned_workers: int
    """As many as the warning counts; 0 if it counts none."""
    way: Sequence[tuple[date, CaseState]]
    """The states it entered, in order, with their days (Asia/Shanghai)."""
    recheck: Recheck | None = None
    """The last one."""


@dataclass(frozen=True, slots=True)
class TypicalCase:
    """One, told."""

    rule_id: str
    title: Text
    story: Text


def typical_cases(histories: Iterable[History]) -> list[TypicalCase]:
    """Those that may be told, the longest way first."""
    chosen: dict[str, History] = {}
    for history in sorted(histories, key=lambda each: (-_reach(each), -len(each.way), each.title.zh)):
        if _may_be_told(history):
            chosen.setdefault(history.place.rule_id, history)
    return [
        TypicalCase(history.place.rule_id, history.title, _story(history))
        for history in list(chosen.values())[:MOST]
    ]


def _may_be_told(history: History) -> bool:
    states = [state for _, state in history.way]
    return (
        not history.place.party_id
        and bool(states)
        and states[-1] in _ENDS
        and CaseState.WARNED in states
        and history.platforms_in_city >= LEAST_PLATFORMS
        and not too_few(history.warned_workers)
    )


def _reach(history: History) -> int:
    """How far it went: an order to rectify is more of a lesson than a talk, and that more than a warning."""
    states = {state for _, state in history.way}
    furthest = (
        CaseState.ESCALATED,
        CaseState.RECTIFYING,
        CaseState.FAILED_TO_APPEAR,
        CaseState.TALK_HELD,
        CaseState.ANSWERED,
    )
    return next((len(furthest) - at for at, state in enumerate(furthest) if state in states), 0)


_SENTENCES = {
    CaseState.ANSWERED: Text("该平台作出答复", "the platform answered"),
    CaseState.SUMMONS_SCHEDULED: Text("主管部门发出约谈通知", "it was summoned for talks"),
    CaseState.FAILED_TO_APPEAR: Text("该平台未按通知参加约谈", "nobody of it appeared"),
    CaseState.TALK_HELD: Text("主管部门约谈该平台", "the talk was held"),
    CaseState.RECTIFYING: Text("主管部门责令限期整改", "it was ordered to rectify"),
    CaseState.RECHECKING: Text("进入复查", "the recheck began"),
    CaseState.CLOSED: Text("经复查已改善，予以结案", "the case was closed as put right"),
    CaseState.ESCALATED: Text("转入多部门联合处置", "it was handed to several departments"),
}


def _story(history: History) -> Text:
    warned = next(day for day, state in history.way if state is CaseState.WARNED)
    sentences = [_opening(history)]
    for day, state in history.way:
        if state in _SENTENCES:
            said = _SENTENCES[state]
            if state is CaseState.CLOSED and (
                history.recheck is None or history.recheck.outcome is not Outcome.IMPROVED
            ):
                said = Text("由主管部门予以结案", "the department closed the case")
            after = _after((day - warned).days)
            sentences.append(Text(f"{after.zh}，{said.zh}", f"{after.en} {said.en}"))
    if history.recheck is not None and (change := _change(history.recheck)) is not None:
        sentences.append(change)
    return Text(
        "；".join(sentence.zh for sentence in sentences) + "。",
        "; ".join(sentence.en for sentence in sentences) + ".",
    )


def _opening(history: History) -> Text:
    counted = _workers(history.warned_workers)
    return Text(
        f"{history.city.zh}某平台存在“{history.title.zh}”问题{counted.zh}，主管部门予以警示",
        f"In {history.city.en} a platform was warned of “{history.title.en}”{counted.en}",
    )


_WORKER_BANDS = ((1000, "上千名", "more than a thousand"), (100, "上百名", "more than a hundred"))


def _workers(workers: int) -> Text:
    if not workers:
        return Text("", "")
    for least, zh, en in _WORKER_BANDS:
        if workers > least:
            return Text(f"，涉及{zh}劳动者", f", with {en} workers")
    zh, en = ("数十名", "some dozens of") if workers >= 30 else ("十余名至二三十名", "ten to thirty")
    return Text(f"，涉及{zh}劳动者", f", with {en} workers")


def _after(days: int) -> Text:
    """How long after the warning, in steps that no calendar gives away."""
    for most, zh, en in ((7, "一周之内", "within a week"), (14, "两周之内", "within two weeks")):
        if days <= most:
            return Text(zh, en)
    months = -(-days // 30)
    if months == 1:
        return Text("一个月之内", "within a month")
    return Text(f"{months} 个月之内", f"within {months} months")


def _change(recheck: Recheck) -> Text | None:
    """How far the rate fell, in bands; None if it did not, or nothing can be said of it."""
    if recheck.ratio is None or recheck.outcome is not Outcome.IMPROVED:
        return None
    if recheck.ratio == 0:
        return Text("复查期间未再发现同类问题", "nothing of the kind was found in the days of the recheck")
    for most, zh, en in ((0.25, "四分之三以上", "three quarters"), (0.5, "一半以上", "half")):
        if recheck.ratio <= most:
            return Text(f"发生率下降{zh}", f"the rate fell by more than {en}")
    return Text("发生率明显下降", "the rate fell markedly")
