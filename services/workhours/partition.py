"""One partition under one rule pack: its events, the watermark, and a judge for each rule.

Nothing here is more than a cache of the store: it is loaded when the partition is assigned and thrown away
when it is revoked or a commit fails.
"""

from __future__ import annotations

from collections.abc import Iterable

from kit.columns import EventSet, Names
from services.workhours.core.rule_pack import RulePack
from services.workhours.history import History
from services.workhours.ports import Known
from services.workhours.rule_judge import News, RuleJudge


class Partition:
    """The state of one partition."""

    def __init__(
        self,
        pack: RulePack,
        names: dict[str, Names],
        events: EventSet,
        known: Iterable[Known],
        watermark_ms: int,
    ) -> None:
        """``events``, ``known`` and ``watermark_ms`` are what the store holds.

        The first judgement looks at all workers: the pack may be another one than when they were judged.
        """
        self._history = History(events, names)
        stored = self._history.catch_up()
        self._judges = {rule.id: RuleJudge(pack, rule, names) for rule in pack.rules}
        for item in known:
            if item.rule_id in self._judges:
                self._judges[item.rule_id].know(item)
        for judge in self._judges.values():
            judge.touch(stored)
        self.watermark_ms = watermark_ms
        """The moment up to which open spells are judged; never goes back."""

    def advance(self, watermark_ms: int) -> bool:
        """Let time pass up to here; whether it did."""
        passed = watermark_ms > self.watermark_ms
        self.watermark_ms = max(self.watermark_ms, watermark_ms)
        return passed

    def judge(self) -> list[News]:
        """Judge everyone whose verdict may have changed, by events added to the set or by time."""
        touched = self._history.catch_up()
        news: list[News] = []
        for judge in self._judges.values():
            judge.touch(touched)
            news += judge.judge(self._history, self.watermark_ms)
        return news
