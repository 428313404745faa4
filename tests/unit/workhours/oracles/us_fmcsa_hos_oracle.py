"""49 CFR 395.3 and 395.1(g) by brute force, quarter hour by quarter hour, written from the rule's text.

A log is one state for every quarter of an hour. Nothing is shared with the engine: each quarter hour of
driving is looked at by itself, and every possible pairing of rests is tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

HOUR = 4
"""Quarter hours."""
CELL_MS = 15 * 60_000

Spans = list[tuple[int, int]]
Pairs = tuple[tuple[int, int], ...]
"""Rests by their number in the shift, first and second of each pair."""


def on_duty(state: str) -> bool:
    return state in ("driving", "on_duty")


def stretches(cells: Sequence[int]) -> list[tuple[int, int]]:
    """[start, end) of cells that follow each other."""
    found: list[tuple[int, int]] = []
    for cell in cells:
        if found and found[-1][1] == cell:
            found[-1] = (found[-1][0], cell + 1)
        else:
            found.append((cell, cell + 1))
    return found


def break_violations(log: Sequence[str]) -> list[tuple[int, int]]:
    """395.3(a)(3)(ii): driving with 8 h of driving behind, since the last half hour without any."""
    wrong = []
    driven = idle = 0
    for cell, state in enumerate(log):
        if state != "driving":
            idle += 1
            continue
        if idle >= HOUR // 2:
            driven = 0
        idle = 0
        if driven >= 8 * HOUR:
            wrong.append(cell)
        driven += 1
    return stretches(wrong)


def cycle_violations(
    log: Sequence[str], start_ms: int, zone: ZoneInfo, days: int, hours: int
) -> list[tuple[int, int]]:
    """395.3(b), (c): driving with the hours on duty behind, in ``days`` with today, since 34 h off duty."""
    wrong = []
    duty = [on_duty(state) for state in log]
    date = [
        datetime.fromtimestamp((start_ms + cell * CELL_MS) / 1000, tz=UTC).astimezone(zone).date().toordinal()
        for cell in range(len(log))
    ]
    restart = off = 0
    for cell, state in enumerate(log):
        if not on_duty(state):
            off += 1
            continue
        if off >= 34 * HOUR:
            restart = cell
        off = 0
        if state == "driving":
            oldest = next(before for before in range(cell + 1) if date[before] > date[cell] - days)
            worked = duty[max(restart, oldest) : cell].count(True)
            if worked >= hours * HOUR:
                wrong.append(cell)
    return stretches(wrong)


def shift_violations(log: Sequence[str]) -> list[tuple[range, list[tuple[Spans, Spans]]]]:
    """395.3(a)(2), (a)(3)(i) with 395.1(g)(1): every shift, with the verdicts (11 h, 14 h) that may stand.

    More than one only where several pairings leave the driver equally well off.
    """
    answers = []
    for shift, rests in _shifts(log):
        options: dict[tuple[int, int, int], list[tuple[list[int], list[int]]]] = {}
        for pairs in _pairings(rests, log, 0, -1, ()):
            too_long, too_late = _under(pairs, rests, shift, log)
            last_first = rests[pairs[-1][0]][1] if pairs else -1
            left_out = rests[pairs[-1][1]][1] - rests[pairs[-1][1]][0] if pairs else 0
            rank = (len(too_long) + len(too_late), -last_first, -left_out)
            options.setdefault(rank, []).append((too_long, too_late))
        best = options[min(options)]
        answers.append((shift, [(stretches(too_long), stretches(too_late)) for too_long, too_late in best]))
    return answers


def _shifts(log: Sequence[str]) -> list[tuple[range, list[tuple[int, int]]]]:
    """From the first work after 10 h off duty to the last before the next; the rests in it and after it."""
    duty = stretches([cell for cell, state in enumerate(log) if on_duty(state)])
    shifts: list[tuple[range, list[tuple[int, int]]]] = []
    begin = 0
    rests: list[tuple[int, int]] = []
    for number, (_, end) in enumerate(duty):
        last = number + 1 == len(duty)
        rest = (end, len(log) if last else duty[number + 1][0])
        rests.append(rest)
        if last or rest[1] - rest[0] >= 10 * HOUR:
            whole = range(duty[begin][0], end)
            shifts.append((whole, [(a, b) for a, b in rests if b - a >= 2 * HOUR]))
            begin, rests = number + 1, []
    return shifts


def _pairings(
    rests: list[tuple[int, int]], log: Sequence[str], start: int, chained: int, pairs: Pairs
) -> list[Pairs]:
    """Every way to pair rests one after another; ``chained``: one that may still be the first of a pair."""
    found = [pairs]
    firsts = ([chained] if chained >= 0 else []) + list(range(start, len(rests)))
    for first in firsts:
        for second in range(max(start, first + 1), len(rests)):
            if _is_pair(rests[first], rests[second], log):
                found += _pairings(rests, log, second + 1, second, (*pairs, (first, second)))
    return found


def _is_pair(one: tuple[int, int], other: tuple[int, int], log: Sequence[str]) -> bool:
    enough = (one[1] - one[0]) + (other[1] - other[0]) >= 10 * HOUR
    return enough and (_has_7h_sleeper(one, log) or _has_7h_sleeper(other, log))


def _has_7h_sleeper(rest: tuple[int, int], log: Sequence[str]) -> bool:
    asleep = 0
    for cell in range(*rest):
        asleep = asleep + 1 if log[cell] == "sleeper" else 0
        if asleep >= 7 * HOUR:
            return True
    return False


def _under(
    pairs: Pairs, rests: list[tuple[int, int]], shift: range, log: Sequence[str]
) -> tuple[list[int], list[int]]:
    """The quarter hours of driving past 11 h and past the window, under these pairs."""
    paired = {rest for pair in pairs for rest in pair}
    left_out = [any(rests[rest][0] <= cell < rests[rest][1] for rest in paired) for cell in range(len(log))]
    too_long, too_late = [], []
    for cell in shift:
        if log[cell] != "driving":
            continue
        count_from = shift.start
        for first, second in pairs:
            if rests[second][1] <= cell:
                count_from = rests[first][1]
        driven = log[count_from:cell].count("driving")
        elapsed = cell - count_from - left_out[count_from:cell].count(True)
        if driven >= 11 * HOUR:
            too_long.append(cell)
        if elapsed >= 14 * HOUR:
            too_late.append(cell)
    return too_long, too_late
