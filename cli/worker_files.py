"""Workers' time in a file: a conformance case (JSON) or events (CSV).

    JSON   {"rule_pack", "tz", "intervals": [{"start", "end", "state", "platform"?, "worker"?}], …}
    CSV    intervals         worker, start, end, state[, platform]
           platform events   event_id, worker_id, order_id, event_time, kind[, platform_id]

A record that cannot be taken is kept as `Rejected`, with where it stands, and the others go on.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cli.file_columns import heading_of, one_of
from cli.file_times import FIRST_YEAR, LAST_YEAR, FileTimes
from cli.output import CommandError
from cli.trips import open_text
from services.workhours.core.contradictions import contradictions
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.timeline import Interval
from services.workhours.core.work_events import DispatchKind
from services.workhours.core.worker_timeline import DispatchEvent, Order, orders_of, stated

INTERVAL_COLUMNS: Final = ("worker", "start", "end", "state")
EVENT_COLUMNS: Final = ("event_id", "worker_id", "order_id", "event_time", "kind")

_NOT_STATED: Final = 0
"""The service of an event: every pack judges it."""
_NOT_A_TIME: Final = (
    f"不是 {FIRST_YEAR} 至 {LAST_YEAR} 年间的 ISO 8601 时间",
    f"not an ISO 8601 time of {FIRST_YEAR} to {LAST_YEAR}",
)
_EMPTY: Final = ("为空", "empty")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that was left out."""

    where: str
    """ "line 7" of a CSV file, "intervals[3]" of a case."""
    field: str
    value: str
    zh: str
    en: str


@dataclass(slots=True)
class WorkersTime:
    """What the file says of each worker."""

    intervals: dict[str, list[Interval]] = field(default_factory=dict)
    """By worker; the name is empty in a case that has only one."""
    events: dict[str, list[DispatchEvent]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)

    def last_ms(self) -> int | None:
        """The latest moment stated; None if there is none."""
        ends = [each.end_ms for intervals in self.intervals.values() for each in intervals]
        times = [event.time_ms for events in self.events.values() for event in events]
        return max(ends + times, default=None)

    def timelines(self, pack: RulePack, known_until_ms: int) -> dict[str, list[Interval]]:
        """By worker: intervals in the pack's states; contradictory orders are rejected on the way."""
        of_worker = {worker: list(intervals) for worker, intervals in self.intervals.items()}
        sources = {state.id: state.source for state in pack.states if state.source is not None}
        longest = max((rule.lengths.get("max_open_order", 0) for rule in pack.rules), default=0)
        for worker, events in self.events.items():
            orders = orders_of(events, {_NOT_STATED})
            self.rejected += [fault for order in orders for fault in _contradictions(order)]
            found = stated(orders, sources, known_until_ms, longest or known_until_ms)
            of_worker[worker] = [each.interval for each in found]
        return of_worker


class _RecordError(ValueError):
    def __init__(self, field: str, value: object, texts: tuple[str, str]) -> None:
        super().__init__(texts[1])
        self.field = field
        self.value = "" if value is None else str(value)
        self.zh, self.en = texts


def read_case(path: Path) -> dict[str, Any]:
    """The case as it is written.

    Raises:
        CommandError: if the file is no JSON object with a list of intervals.
    """
    try:
        case = json.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}：不是 UTF-8", f"{path}: not UTF-8", reason="BAD_CASE") from error
    except RecursionError as error:
        raise CommandError(
            f"{path}：嵌套过深，不是用例", f"{path}: nested too deep to be a case", reason="BAD_CASE"
        ) from error
    except json.JSONDecodeError as error:
        where = f"{path}:{error.lineno}"
        raise CommandError(
            f"{where}：不是 JSON：{error.msg}", f"{where}: not JSON: {error.msg}", reason="BAD_CASE"
        ) from error
    if not isinstance(case, dict) or not isinstance(case.get("intervals"), list):
        raise CommandError(
            f"{path}：应为带 intervals 列表的 JSON 对象",
            f"{path}: write a JSON object with a list intervals: [{{start, end, state}}, …]",
            reason="BAD_CASE",
        )
    return case


def case_time(case: Mapping[str, Any], pack: RulePack, times: FileTimes, until_ms: int | None) -> WorkersTime:
    """The intervals of a case; one without an end lasts to ``until_ms``, or to the last moment stated."""
    found = WorkersTime()
    open_ones: list[tuple[str, int, str, str]] = []
    for at, record in enumerate(case["intervals"]):
        try:
            if not isinstance(record, dict):
                raise _RecordError("", record, ("应为对象", "write an object {start, end, state}"))
            worker, platform = str(record.get("worker") or ""), str(record.get("platform") or "")
            start_ms, state = _time(record, "start", times), _state(record, pack)
            if record.get("end") is None:
                open_ones.append((worker, start_ms, state, platform))
                continue
            interval = _interval(record, start_ms, state, platform, times)
        except _RecordError as error:
            found.rejected.append(Rejected(f"intervals[{at}]", error.field, error.value, error.zh, error.en))
            continue
        found.intervals.setdefault(worker, []).append(interval)
    starts = [start_ms for _, start_ms, _, _ in open_ones]
    last_ms = until_ms or max([*starts, found.last_ms() or 0], default=0)
    for worker, start_ms, state, platform in open_ones:
        going_on = Interval(start_ms, max(start_ms, last_ms), state, platform)
        found.intervals.setdefault(worker, []).append(going_on)
    return found


def csv_time(path: Path, pack: RulePack, times: FileTimes) -> WorkersTime:
    """The rows of a CSV file, plain or gzip, of either kind.

    Raises:
        BadInputError: if its columns are of neither kind, or it is empty.
        OSError: if it cannot be read.
    """
    found = WorkersTime()
    with open_text(path) as file:
        reader = csv.DictReader(file, restval="")
        take = _TAKES[one_of(heading_of(reader, path), _KINDS, path)]
        seen: dict[tuple[str, str], tuple[str, DispatchEvent]] = {}
        for line, row in _rows(reader, found):
            try:
                take(row, found, pack, times, seen)
            except _RecordError as error:
                found.rejected.append(Rejected(f"line {line}", error.field, error.value, error.zh, error.en))
    return found


def _rows(reader: csv.DictReader[str], found: WorkersTime) -> Iterator[tuple[int, dict[str, str]]]:
    rows = iter(reader)
    while True:
        try:
            yield reader.line_num + 1, next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            where = f"line {reader.line_num}"
            found.rejected.append(Rejected(where, "", "", f"不是 CSV：{error}", f"not CSV: {error}"))


def _interval_row(
    row: Mapping[str, str],
    found: WorkersTime,
    pack: RulePack,
    times: FileTimes,
    seen: dict[tuple[str, str], tuple[str, DispatchEvent]],
) -> None:
    worker = _filled(row, "worker")
    start_ms = _time(row, "start", times)
    interval = _interval(row, start_ms, _state(row, pack), row.get("platform") or "", times)
    found.intervals.setdefault(worker, []).append(interval)


def _event_row(
    row: Mapping[str, str],
    found: WorkersTime,
    pack: RulePack,
    times: FileTimes,
    seen: dict[tuple[str, str], tuple[str, DispatchEvent]],
) -> None:
    worker, event_id, kind = _filled(row, "worker_id"), _filled(row, "event_id"), _kind(row)
    event = DispatchEvent(
        time_ms=_time(row, "event_time", times),
        platform_id=row.get("platform_id") or "",
        event_id=event_id,
        order_id=_filled(row, "order_id"),
        kind=kind,
        service=_NOT_STATED,
        area_code=row.get("area_code") or "",
        version=0,
    )
    before_worker, before = seen.setdefault((event.platform_id, event_id), (worker, event))
    if (before_worker, before) != (worker, event):
        differs = ("同一事件编号已有不同内容", "this event_id was given before with other content")
        raise _RecordError("event_id", event_id, differs)
    if before is event and kind is not DispatchKind.COMPLAINED:  # it tells nothing of the worker's time
        found.events.setdefault(worker, []).append(event)


_KINDS: Final = {"events": EVENT_COLUMNS, "intervals": INTERVAL_COLUMNS}
_TAKES: Final = {"events": _event_row, "intervals": _interval_row}


def _contradictions(order: Order) -> Iterator[Rejected]:
    """What an order's events say against each other; its time is then what all of them agree on."""
    where, found = f"order {order.order_id}", contradictions(order)
    if found.early_end is not None:
        text = ("结束早于接单或取餐", "ends before it was accepted or picked up")
        yield Rejected(where, "event_time", found.early_end.event_id, *text)
    for kinds, moments in found.differing:
        name = " / ".join(kind.name.lower() for kind in kinds)
        text = (f"有 {moments} 个不同的 {name} 时间", f"has {moments} different times of {name}")
        yield Rejected(where, "kind", name, *text)


def _interval(
    record: Mapping[str, Any], start_ms: int, state: str, platform: str, times: FileTimes
) -> Interval:
    end_ms = _time(record, "end", times)
    if end_ms < start_ms:
        raise _RecordError("end", record["end"], ("早于开始时间", "before the start"))
    return Interval(start_ms, end_ms, state, platform)


def _time(record: Mapping[str, Any], column: str, times: FileTimes) -> int:
    try:
        return times.read(record.get(column))
    except (ValueError, OverflowError):
        raise _RecordError(column, record.get(column), _NOT_A_TIME) from None


def _state(record: Mapping[str, Any], pack: RulePack) -> str:
    states = [state.id for state in pack.states]
    state = record.get("state")
    if not isinstance(state, str) or state not in states:
        known = ", ".join(states)
        raise _RecordError("state", state, (f"规则包的状态有 {known}", f"the pack's states are {known}"))
    return state


def _kind(row: Mapping[str, str]) -> DispatchKind:
    name = _filled(row, "kind").upper().removeprefix("DISPATCH_KIND_")
    try:
        return DispatchKind(int(name)) if name.isdecimal() else DispatchKind[name]
    except (KeyError, ValueError):
        known = ", ".join(kind.name.lower() for kind in DispatchKind)
        raise _RecordError("kind", row["kind"], (f"可用 {known}", f"use one of {known}")) from None


def _filled(row: Mapping[str, str], column: str) -> str:
    text = (row.get(column) or "").strip()
    if not text:
        raise _RecordError(column, "", _EMPTY)
    return text
