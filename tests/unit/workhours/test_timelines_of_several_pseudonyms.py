"""One worker under several pseudonyms is drawn as under one."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from services.workhours.core.timeline import Span
from services.workhours.core.work_events import DispatchKind
from services.workhours.core.worker_timeline import DispatchEvent
from services.workhours.ports import WorkerEvents
from services.workhours.settings import WorkhoursSettings
from services.workhours.timelines import Timelines

MINUTE_MS = 60_000
START_MS = 1_773_590_400_000
WINDOW = Span(START_MS, START_MS + 86_400_000)
PACK = WorkhoursSettings().rule_pack()


@dataclass
class Histories:
    """``WorkerHistory`` from a table."""

    of: dict[str, tuple[DispatchEvent, ...]]

    def events(self, worker_id: str, from_ms: int, to_ms: int) -> WorkerEvents:
        events = self.of.get(worker_id, ())
        known = max((each.time_ms for each in events), default=0)
        return WorkerEvents(events, known, whole=True)


def shift(orders: int) -> list[DispatchEvent]:
    """Orders of 28 min, 2 min apart, by turns of two platforms."""
    return [
        DispatchEvent(
            START_MS + (number * 30 + minute) * MINUTE_MS,
            ("swift", "rapid")[number % 2],
            f"{number}-{kind}",
            f"order-{number}",
            int(kind),
            1,
            "130203",
            0,
        )
        for number in range(orders)
        for kind, minute in ((DispatchKind.ACCEPTED, 0), (DispatchKind.COMPLETED, 28))
    ]


@given(st.integers(1, 20), st.data())
def test_what_was_said_under_each_is_put_together(orders: int, data: st.DataObject) -> None:
    events = shift(orders)
    of_old = [data.draw(st.booleans()) for _ in events]
    parts = {
        "old": tuple(each for each, old in zip(events, of_old, strict=True) if old),
        "new": tuple(each for each, old in zip(events, of_old, strict=True) if not old),
    }
    whole = Timelines(lambda: PACK, Histories({"one": tuple(events)}))
    apart = Timelines(lambda: PACK, Histories(parts))

    def sees(platform_id: str, area_code: str) -> bool:
        return True

    assert apart.draw(["new", "old"], WINDOW, sees) == whole.draw(["one"], WINDOW, sees)


def test_what_is_on_a_platform_out_of_sight_is_not_drawn() -> None:
    drawn = Timelines(lambda: PACK, Histories({"one": tuple(shift(4))})).draw(
        ["one"], WINDOW, lambda platform_id, area_code: platform_id == "swift"
    )
    assert [each.interval.platform for each in drawn.intervals] == ["swift", "swift"]
