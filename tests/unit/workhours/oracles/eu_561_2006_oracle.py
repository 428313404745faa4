"""The rules of Regulation (EC) 561/2006 by brute force: slot by slot, from the text, as slowly as it likes.

A history is a list of slots of equal length from a moment on; each slot is the set of states it was spent in.
All breaches are (code, first slot, slot after the last), in slots; see the pack for what is not judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

DRIVE = "driving"
BUSY = {"driving", "other_work", "work", "availability", "movement_ferry"}
CROSSING = {"rest_ferry", "movement_ferry"}
Breach = tuple[str, int, int]


@dataclass(frozen=True)
class History:
    slots: Sequence[frozenset[str]]
    slot_min: int
    """Minutes a slot."""
    monday: int
    """The slot number at which a fixed week begins; may be negative or past the end."""

    def __post_init__(self) -> None:
        assert 60 % self.slot_min == 0

    def slots_of(self, hours: float) -> int:
        return round(hours * 60 / self.slot_min)

    @cached_property
    def busy_slots(self) -> list[bool]:
        return [bool(states & BUSY) for states in self.slots]

    def busy(self, at: int) -> bool:
        return self.busy_slots[at]

    def drives(self, at: int) -> bool:
        return DRIVE in self.slots[at]

    def week(self, at: int) -> int:
        return (at - self.monday) // self.slots_of(168)


def breaches(history: History) -> list[Breach]:
    """All breaches of all rules, sorted."""
    first = next((at for at in range(len(history.slots)) if history.busy(at)), None)
    if first is None:
        return []
    return sorted(
        [
            *break_after_four_and_a_half_hours(history),
            *weeks(history, first),
            *days(history, first),
            *weekly_rests(history, first),
        ]
    )


def break_after_four_and_a_half_hours(history: History) -> list[Breach]:
    """Art. 7, and Art. 4(q): the driving period begins with driving."""
    found: list[list[int]] = []
    driven = pause = 0
    running = had_fifteen = violating = False
    for at in range(len(history.slots)):
        if not history.busy(at):
            pause += 1
            continue
        minutes, pause = pause * history.slot_min, 0
        if running and (minutes >= 45 or (had_fifteen and minutes >= 30)):
            running = False
        elif running and minutes >= 15:
            had_fifteen = True
        if not history.drives(at):
            continue
        if not running:
            running, driven, had_fifteen, violating = True, 0, False, False
        if driven >= history.slots_of(4.5):
            if violating:
                found[-1][1] = at + 1
            else:
                found.append([at, at + 1])
            violating = True
        driven += 1
    return [("eu.break_45min_after_4h30_driving", start, end) for start, end in found]


def weeks(history: History, first: int) -> list[Breach]:
    """Art. 6(2) and 6(3)."""
    found: list[Breach] = []
    last = history.week(len(history.slots) - 1)
    driven = [(at, history.week(at)) for at in range(len(history.slots)) if history.drives(at)]
    for code, hours, count, earliest in (
        ("eu.weekly_driving_56h", 56, 1, history.week(first)),
        ("eu.fortnightly_driving_90h", 90, 2, history.week(first) - 1),
    ):
        for week in range(earliest, last + 1):
            driving = [at for at, of_week in driven if week <= of_week < week + count]
            beyond = driving[history.slots_of(hours) :]
            if beyond:
                found.append((code, beyond[0], beyond[-1] + 1))
    return found


@dataclass(frozen=True)
class Rest:
    """The slots of one rest, those that interrupt it, and how often they do."""

    slots: tuple[int, ...]
    interrupting: tuple[int, ...]
    times: int


def possible_rests(history: History, first: int) -> list[Rest]:
    """Every rest, uninterrupted or as Art. 9(1) lets it be interrupted; by start, the longest first."""
    blocks: list[list[int]] = []
    for at in range(first, len(history.slots)):
        if history.busy(at):
            continue
        if blocks and blocks[-1][-1] == at - 1:
            blocks[-1].append(at)
        else:
            blocks.append([at])
    rests: list[Rest] = []
    for number in range(len(blocks)):
        for times in (2, 1, 0):
            if number + times >= len(blocks):
                continue
            start, end = blocks[number][0], blocks[number + times][-1] + 1
            within = range(start, end)
            interrupting = tuple(at for at in within if history.busy(at))
            aboard = any(history.slots[at] & CROSSING for at in within)
            if times and not (aboard and len(interrupting) <= history.slots_of(1)):
                continue
            rests.append(Rest(tuple(at for at in within if not history.busy(at)), interrupting, times))
    return rests


def longest_run(slots: Sequence[int]) -> int:
    longest = run = 0
    for number, at in enumerate(slots):
        run = run + 1 if number and slots[number - 1] == at - 1 else 1
        longest = max(longest, run)
    return longest


def kind(history: History, rest: Rest, before: Sequence[Rest]) -> str | None:
    """Art. 4(g): what the rest is as the end of a day that had the rests ``before`` it."""
    if len(rest.slots) >= history.slots_of(11):
        return "regular"
    for first in before:
        if (
            len(first.slots) >= history.slots_of(3)
            and first.slots[-1] < rest.slots[0]
            and first.times + rest.times <= 2
            and len(first.interrupting) + len(rest.interrupting) <= history.slots_of(1)
            and len(rest.slots) >= history.slots_of(9)
        ):
            return "split"
    return "reduced" if longest_run(rest.slots) >= history.slots_of(9) else None


def longest_first(history: History, rest: Rest, before: Sequence[Rest]) -> Rest | None:
    """The first part that goes with ``rest``: whose interruptions are excused."""
    fitting = [
        first
        for first in before
        if len(first.slots) >= history.slots_of(3)
        and first.slots[-1] < rest.slots[0]
        and first.times + rest.times <= 2
        and len(first.interrupting) + len(rest.interrupting) <= history.slots_of(1)
    ]
    return max(fitting, key=lambda first: len(first.slots), default=None)


def part_before(rest: Rest, deadline: int) -> Rest | None:
    """Art. 8(2): only what falls within the 24 hours counts."""
    slots = tuple(at for at in rest.slots if at < deadline)
    if not slots:
        return None
    interrupting = tuple(at for at in rest.interrupting if at < slots[-1])
    return Rest(slots, interrupting, sum(1 for one, two in pairwise(slots) if two != one + 1))


def days(history: History, first: int) -> list[Breach]:
    """Art. 6(1), 8(2) and 8(4): day after day, from the end of one daily rest to the next."""
    rests = possible_rests(history, first)
    found: list[Breach] = []
    extended: dict[int, int] = {}
    start: int | None = first
    reduced = 0
    while start is not None:
        of_day = [rest for rest in rests if rest.slots[0] >= start]
        ending = next(
            (
                rest
                for rest in of_day
                if kind(history, rest, of_day) in ("regular", "split")
                or (rest.times == 0 and kind(history, rest, of_day) == "reduced")
            ),
            None,
        )
        day_end = ending.slots[0] if ending else len(history.slots)
        found += driving_of_day(history, start, day_end, ending, of_day, extended)
        found += rest_of_day(history, start, day_end, ending, of_day, reduced)
        deadline = start + history.slots_of(24)
        if ending:
            cut = part_before(ending, deadline)
            if longest_run(ending.slots) >= history.slots_of(24):
                reduced = 0
            elif reduced < 3 and cut is not None and kind(history, cut, of_day) == "reduced":
                reduced += 1
            start = ending.slots[-1] + 1 if ending.slots[-1] + 1 < len(history.slots) else None
        else:
            start = None
    return found


def driving_of_day(
    history: History,
    start: int,
    day_end: int,
    ending: Rest | None,
    of_day: Sequence[Rest],
    extended: dict[int, int],
) -> list[Breach]:
    first = longest_first(history, ending, of_day) if ending else None
    excused = first.interrupting if first else ()
    driving = [at for at in range(start, day_end) if history.drives(at) and at not in excused]
    week = history.week(start)
    hours = 10 if extended.get(week, 0) < 2 else 9
    if len(driving) > history.slots_of(9):
        extended[week] = extended.get(week, 0) + 1
    beyond = driving[history.slots_of(hours) :]
    return [("eu.daily_driving_9h", beyond[0], beyond[-1] + 1)] if beyond else []


def rest_of_day(
    history: History, start: int, day_end: int, ending: Rest | None, of_day: Sequence[Rest], reduced: int
) -> list[Breach]:
    deadline = start + history.slots_of(24)
    cut = part_before(ending, deadline) if ending else None
    amounts_to = kind(history, cut, of_day) if cut else None
    if amounts_to in ("regular", "split") or (amounts_to == "reduced" and reduced < 3):
        return []
    nine_will_do = reduced < 3 or any(
        len(first.slots) >= history.slots_of(3)
        and first.slots[-1] < min(day_end, deadline - history.slots_of(9))
        for first in of_day
    )
    latest = deadline - history.slots_of(9 if nine_will_do else 11)
    for end in (day_end, min(deadline, len(history.slots))):
        acts = [at for at in range(latest, end) if history.busy(at)]
        if acts:
            return [("eu.daily_rest", acts[0], acts[-1] + 1)]
    return []


def weekly_rests(history: History, first: int) -> list[Breach]:
    """Art. 8(6) and 8(9)."""
    found: list[Breach] = []
    rests = [
        rest.slots
        for rest in possible_rests(history, first)
        if rest.times == 0 and len(rest.slots) >= history.slots_of(24)
    ]
    anchor = first
    for rest in [*rests, (len(history.slots),)]:
        acts = [at for at in range(anchor + history.slots_of(144), rest[0]) if history.busy(at)]
        if acts:
            found.append(("eu.weekly_rest", acts[0], acts[-1] + 1))
        anchor = rest[-1] + 1
    return found + short_fortnights(history, first, rests)


def short_fortnights(history: History, first: int, rests: Sequence[Sequence[int]]) -> list[Breach]:
    """Two weekly rests in any two weeks, a regular one among them; one in two weeks counts in one only."""
    credits_: list[tuple[set[int], bool]] = []
    for rest in rests:
        touched = {history.week(at) for at in rest}
        if len(rest) >= len(touched) * history.slots_of(45):
            credits_ += [({week}, True) for week in touched]
        else:
            credits_.append((touched, len(rest) >= history.slots_of(45)))
    found: list[Breach] = []
    week = history.week(first)
    size = history.slots_of(168)
    while history.monday + (week + 2) * size <= len(history.slots):
        end = history.monday + (week + 2) * size
        if history.monday + week * size >= first:
            here = [credit for credit in credits_ if credit[0] & {week, week + 1}]
            inside = [credit for credit in here if max(credit[0]) <= week + 1]
            if enough(here):
                if not enough(inside):
                    for credit in here:
                        if credit not in inside:
                            credit[0].intersection_update({week + 1})  # no longer to be had later
            else:
                stop = min((rest[0] for rest in rests if rest[0] >= end), default=len(history.slots))
                acts = [at for at in range(end, stop) if history.busy(at)]
                if acts:
                    found.append(("eu.weekly_rest", acts[0], acts[-1] + 1))
        week += 1
    return found


def enough(credits_: Sequence[tuple[set[int], bool]]) -> bool:
    return len(credits_) >= 2 and any(regular for _, regular in credits_)
