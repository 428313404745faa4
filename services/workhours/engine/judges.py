"""Which judges the rules of a pack need, and in what order they speak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.workhours.core.day_totals import DayTotals
from services.workhours.core.families import (
    calendar_total,
    continuous_work,
    contradictory_events,
    no_push,
    rest_days,
)
from services.workhours.core.rule_pack import Rule, RulePack
from services.workhours.core.work_events import Bools, Int64s
from services.workhours.engine.contradiction_judge import ContradictionJudge
from services.workhours.engine.offer_judge import OfferJudge
from services.workhours.engine.period_judge import PeriodJudge
from services.workhours.engine.spell_judge import Round, SpellJudge
from services.workhours.engine.stating import Fresh, News, Stating


@dataclass(frozen=True, slots=True)
class Judges:
    """A judge a rule of one pack."""

    spells: Sequence[SpellJudge]
    """Of continuous work; at least one."""
    offers: Sequence[tuple[SpellJudge, OfferJudge]]
    """Of orders pushed into a rest, each beside the judge of the spells that the rest comes after."""
    periods: Sequence[PeriodJudge]
    """Of local days and weeks: on the orders and the docket of the first judge of spells."""
    contradictions: Sequence[ContradictionJudge]

    @property
    def all(self) -> Sequence[SpellJudge | OfferJudge | PeriodJudge | ContradictionJudge]:
        """Every one of them."""
        return [*self.spells, *(judge for _, judge in self.offers), *self.periods, *self.contradictions]

    def news(self, watermarks: Int64s, days: DayTotals, fresh: Fresh) -> Iterator[News]:
        """Of everyone who is due now that each worker's watermark is here."""
        for judge in self.spells:
            round_ = judge.judge(watermarks)
            if round_ is None:
                continue
            yield from judge.news(round_, fresh)
            for of, offers in self.offers:
                if of is judge:
                    yield from offers.news(round_, fresh)
            if self.periods and judge is self.spells[0]:
                totals, growing = days.judged(round_.due, round_.judged.count), _growing(round_)
                for period in self.periods:
                    yield from period.news(round_.due, totals, growing, days, judge.docket, fresh)
        for contradictions in self.contradictions:
            yield from contradictions.news(fresh)


def judges_of(pack: RulePack, stating: Stating) -> Judges:
    """The judges that a pack needs.

    Raises:
        ValueError: if the pack has rules that platform events cannot feed, or none of continuous work.
    """
    sources = {state.id: state.source for state in pack.states}
    spells: list[SpellJudge] = []
    offers: list[tuple[SpellJudge, OfferJudge]] = []
    periods: list[PeriodJudge] = []
    contradictions: list[ContradictionJudge] = []
    for rule in pack.rules:
        params = rule.params
        if isinstance(params, continuous_work.Params):
            spells.append(SpellJudge(stating, rule, on_board=_on_board(rule, sources)))
        elif isinstance(params, no_push.Params):
            of = next(judge for judge in spells if judge.rule.id == params.of)
            offers.append((of, OfferJudge(stating, rule)))
        elif isinstance(params, contradictory_events.Params):
            contradictions.append(ContradictionJudge(stating, rule))
        elif isinstance(params, rest_days.Params) or (
            isinstance(params, calendar_total.Params) and params.window == "day"
        ):
            if not spells or _on_board(rule, sources) or spells[0].on_board:
                raise _unfit(rule, "put a rule of continuous work on order_in_hand before it")
            periods.append(PeriodJudge(stating, rule, spells[0].max_open_order_ms))
        else:
            raise _unfit(rule, "judge it with `quzhong check`, or leave it out of the service's pack")
    if not spells:
        raise ValueError(f"pack {pack.id}: it has no rule of continuous work that the service can judge")
    return Judges(spells, offers, periods, contradictions)


def _growing(round_: Round) -> Bools:
    """Beside each of the due: whether an order is in hand, so that the total grows by time alone."""
    growing = np.zeros(len(round_.due), dtype=np.bool_)
    growing[round_.due.place[round_.judged.running]] = True
    return growing


def _on_board(rule: Rule, sources: Mapping[str, str | None]) -> bool:
    """Whether a rule counts orders from pick-up on. Raises ValueError if events do not tell its states."""
    if getattr(rule.params, "not_rest", None):
        raise _unfit(rule, "judge it with `quzhong check`: no event tells the states of not_rest")
    found = {sources[state] for state in rule.params.states}
    if found == {"order_in_hand"}:
        return False
    if found == {"on_board"}:
        return True
    raise _unfit(rule, "its states must all be made from order_in_hand, or all from on_board")


def _unfit(rule: Rule, way_out: str) -> ValueError:
    return ValueError(
        f"rule {rule.id}: family {rule.family} cannot be judged from platform events here; {way_out}"
    )
