"""Why the policy takes a step, in words that can be checked against the policy and the data."""

from __future__ import annotations

from datetime import date

from services.notify.core.escalation import WindowCount
from services.notify.core.letters.form import day_zh
from services.notify.core.policy import Rate
from services.notify.core.text import Text


def severe(rate: float, standard: float) -> Text:
    """The rate of the warning is grave by itself."""
    return Text(
        f"超限比例为每千人 {rate:.1f} 名，超过直接提请约谈的标准（每千人 {standard:g} 名）。",
        f"The rate is {rate:.1f} per thousand; above {standard:g}, talks are proposed at once.",
    )


def repeated(warnings: int, within_days: int) -> Text:
    """Warned again within the span."""
    return Text(
        f"{within_days} 日内因同一问题第 {warnings} 次被警示，提请约谈。",
        f"Warned {warnings} times on the same matter within {within_days} days; talks are proposed.",
    )


def unanswered(deadline: date) -> Text:
    """No answer by the deadline."""
    return Text(
        f"截至{day_zh(deadline)}未对警示函作出答复，提请约谈。",
        f"The warning was not answered by {deadline}; talks are proposed.",
    )


def observed(deadline: date) -> Text:
    """The days after an answer are over."""
    return Text(
        f"答复后的观察期于{day_zh(deadline)}届满，以数据复查。",
        f"The days observed after the answer ended on {deadline}; the data decide.",
    )


def rectification_over(deadline: date, observed_to: date) -> Text:
    """The order has run out."""
    return Text(
        f"整改期限于{day_zh(deadline)}届满，观察至{day_zh(observed_to)}后以数据复查。",
        f"The time to rectify ended on {deadline}; once days up to {observed_to} are observed, "
        "the data decide.",
    )


def above_again(count: WindowCount, rate: Rate) -> Text:
    """Above the standard again although answered."""
    return Text(
        f"答复后{day_zh(count.first)}至{day_zh(count.last)}，按在岗 {count.active} 名计，"
        f"共有 {count.workers} 名劳动者超限，"
        f"仍超过警示标准（每千人 {rate.workers_per_thousand:g} 名），提请约谈。",
        f"After the answer, from {count.first} to {count.last}, {count.workers} workers of {count.active} "
        f"active went past the limit, again above {rate.workers_per_thousand:g} per thousand; talks are "
        "proposed.",
    )


def summoned_again(summonses: int) -> Text:
    """Nobody appeared; once more."""
    return Text(
        f"第 {summonses} 次约谈无人到场，再次提请约谈。",
        f"Nobody appeared at summons {summonses}; talks are proposed again.",
    )


def never_appeared(summonses: int) -> Text:
    """Nobody appeared, too often."""
    return Text(
        f"{summonses} 次约谈均未到场，转由有关部门联合处置。",
        f"Nobody appeared at {summonses} summonses; the case goes to several departments.",
    )
