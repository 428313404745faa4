"""Rule family "no_push": no order is offered to a worker past a limit, nor for `window` after the last order.

In words
    The rule named by `of`, one of continuous work above this one in the pack, says when a worker passed its
    limit, and when the order in hand was completed. An offer (`offers`: instants of that state) is a breach,
    and the platform's doing, from the moment the limit was passed until `window` after the completion; at
    exactly `window` after it, it is allowed again. While an order is in hand the completion is not known, and
    every offer counts. There is no lesser tier: one breach for each instant of an offer, several offers at
    one instant being one.
    Detail: `offers`, `platforms` (those that offered, comma-separated), `since_completion_s` (not while an
    order was in hand).

`of` puts into its breaches' detail `no_push_from_ms`, the completion of the spell's last order, unless one is
in hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.workhours.core.param_reader import ParamReader
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity, Verdict

NAME: Final = "no_push"
COMPLETED_AT: Final = "no_push_from_ms"
"""In the detail of a breach of the rule built upon: when its last order was completed."""


@dataclass(frozen=True, slots=True)
class Params:
    of: str
    """Id of the rule built upon."""
    offers: str
    """The state whose instants are offers."""
    window_ms: int


def parse(params: ParamReader) -> Params:
    """Reads of, offers (one state) and window."""
    offers = params.states("offers")
    if len(offers) != 1:
        raise params.refuse("offers", ", ".join(sorted(offers)), "name the one state of offers")
    parsed = Params(of=params.rule_id("of"), offers=next(iter(offers)), window_ms=params.duration("window"))
    params.finish()
    return parsed


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """Every instant of a forbidden offer, ascending. ``earlier`` holds the verdicts of ``params.of``.

    Raises KeyError if it does not: the pack's loader sees to it that ``of`` stands above.
    """
    offered: dict[int, list[Interval]] = {}
    for offer in timeline.instants(params.offers):
        offered.setdefault(offer.start_ms, []).append(offer)
    breaches = [verdict for verdict in earlier[params.of] if verdict.severity is Severity.BREACH]
    verdicts = []
    for at_ms in sorted(offered):
        spell = next((each for each in breaches if _forbids(each, at_ms, params.window_ms)), None)
        if spell is not None:
            verdicts.append(_breach(at_ms, offered[at_ms], spell, params.window_ms))
    return verdicts


def _forbids(spell: Verdict, at_ms: int, window_ms: int) -> bool:
    completed_ms = _completed_ms(spell)
    return spell.start_ms <= at_ms and (completed_ms is None or at_ms < completed_ms + window_ms)


def _completed_ms(spell: Verdict) -> int | None:
    completed_ms = spell.detail.get(COMPLETED_AT)
    return None if completed_ms is None else int(completed_ms)


def _breach(at_ms: int, offers: Sequence[Interval], spell: Verdict, window_ms: int) -> Verdict:
    completed_ms = _completed_ms(spell)
    in_hand = completed_ms is None or at_ms < completed_ms
    since_ms = 0 if in_hand or completed_ms is None else at_ms - completed_ms
    detail: dict[str, int | str | bool] = {"offers": len(offers)}
    if platforms := sorted({offer.platform for offer in offers} - {""}):
        detail["platforms"] = ",".join(platforms)
    if not in_hand:
        detail["since_completion_s"] = since_ms // 1000
    return Verdict(
        severity=Severity.BREACH,
        start_ms=at_ms,
        end_ms=at_ms,
        period_start_ms=at_ms,
        period_end_ms=at_ms,
        measured_ms=since_ms,
        limit_ms=window_ms,
        detail=detail,
    )
