"""Which rows are acceptable, and why the others are not.

Whole columns are tested first, in a few operations each. Only where a column may hold a fault are its values
looked at one by one. A row is answered with its first fault, in the order of the fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from services.intake.core.personal_data import (
    LOOKS_LIKE_NAME,
    LOOKS_LIKE_NATIONAL_ID,
    LOOKS_LIKE_PHONE,
    lines_with_numbers,
    personal_data,
)
from services.intake.core.rows import NOT_STATED, Fault, Int64s, Rows

EARLIEST_MS = 946_684_800_000
"""2000-01-01: no such platform is older, so an earlier time is a unit error (seconds for milliseconds)."""


class TextForm:
    """What an identifier may look like."""

    def __init__(self, characters: str, least: int, most: int, *, says: str, zh: str) -> None:
        """``characters``: those allowed, as a class of a regular expression; ``least``, ``most``: lengths."""
        self.least, self.most = least, most
        self.says, self.zh = says, zh
        self._pattern = re.compile(f"{characters}{{{least},{most}}}")
        self._allowed = bytes(code for code in range(128) if re.match(characters, chr(code)))

    def fits(self, value: str) -> bool:
        """Whether one value has this form."""
        return self._pattern.fullmatch(value) is not None

    def all_fit(self, values: Sequence[str], joined: bytes) -> bool:
        """Whether all values have it; ``joined``: by line feeds, which then are all that is not allowed."""
        lengths = set(map(len, values))
        return (
            joined.translate(None, delete=self._allowed) == b"\n" * (len(values) - 1)
            and self.least <= min(lengths)
            and max(lengths) <= self.most
        )


IDENTIFIER = TextForm(
    "[!-~]",
    1,
    64,
    says="1–64 printable ASCII characters without spaces",
    zh="1–64 个可打印 ASCII 字符，不含空格",
)
PSEUDONYM = TextForm(
    "[A-Za-z0-9_-]",
    16,
    64,
    says="a pseudonym of 16–64 of A–Z a–z 0–9 _ -",
    zh="16–64 位化名，仅含 A–Z a–z 0–9 _ -",
)
FIRM = TextForm(
    "[A-Za-z0-9._-]",
    0,
    64,
    says="at most 64 of A–Z a–z 0–9 . _ -",
    zh="至多 64 位，仅含 A–Z a–z 0–9 . _ -",
)


@dataclass(frozen=True, slots=True)
class Range:
    """What a quantity may be; the bounds belong to it."""

    least: int
    most: int
    says: str
    """Unit and bounds in words."""
    zh: str


_DURATION = Range(1_000, 86_400_000, "1 s to 24 h, in ms", "单位为毫秒，1 秒至 24 小时")
_MONEY = Range(0, 10_000_000, "fen, at most 100,000 yuan", "单位为分，不超过 10 万元")

# Upper bounds catch unit errors, not rare truths.
RANGES: Mapping[str, Range] = {
    "distance_m": Range(0, 500_000, "metres, at most 500 km", "单位为米，不超过 500 公里"),
    "promised_duration": _DURATION,
    "estimated_duration": _DURATION,
    "pay_fen": _MONEY,
    "commission_fen": _MONEY,
    "penalty_fen": _MONEY,
    "statutory_holiday": Range(0, 1, "no or yes", "0 为否，1 为是"),
}

MOST_VERSION = 65_534
"""One less than the log's column of two bytes holds: the last is ``kit.columns.versions.MOVED_AWAY``."""

WORKER_ERASED = "WORKER_ERASED"
"""The reason of rows of which nothing is kept, not even as a dead letter."""

_PERSONAL = {
    LOOKS_LIKE_NAME: ("a personal name", "姓名"),
    LOOKS_LIKE_PHONE: ("a telephone number", "电话号码"),
    LOOKS_LIKE_NATIONAL_ID: ("a national ID number", "身份证号码"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What the checks compare with."""

    now_ms: int
    """The present, epoch milliseconds."""
    max_skew_ms: int
    """How far a platform's clock may be ahead."""
    knows_area: Callable[[str], bool]
    """Whether a code of GB/T 2260 is loaded."""
    most_choices: Mapping[str, int]
    """Enumerations by field name → greatest value of the contract."""
    erased_ms: Mapping[str, int] = field(default_factory=dict)
    """Workers whose data were erased → the moment before which their events are gone, epoch milliseconds."""


def check(rows: Rows, limits: Limits) -> list[Fault]:
    """The first fault of every row that has one, by row."""
    first: dict[int, Fault] = {}
    if len(rows):
        for fault in _faults(rows, limits):
            first.setdefault(fault.row, fault)
    return [first[row] for row in sorted(first)]


def _faults(rows: Rows, limits: Limits) -> Iterator[Fault]:
    if limits.erased_ms:
        yield from _erased(rows, limits.erased_ms)  # ahead of whatever would have the row kept
    yield from _texts(rows)
    yield from _times(rows.event_time_ms, limits)
    yield from _areas(rows.area_codes, limits.knows_area)
    yield from _bounded(rows, limits.most_choices)
    yield from _versions(rows.version, rows.deleted)


def _erased(rows: Rows, erased_ms: Mapping[str, int]) -> Iterator[Fault]:
    never = np.iinfo(np.int64).min
    before_ms = np.array([erased_ms.get(worker, never) for worker in rows.worker_ids], dtype=np.int64)
    for row in np.flatnonzero(rows.event_time_ms < before_ms).tolist():
        moment = _iso(int(before_ms[row]))
        yield Fault(
            row,
            "worker_id",
            WORKER_ERASED,
            "worker_id: this worker's data were erased on request, and nothing from before "
            f"{moment} is taken in again; leave such events out and send what happened since",
            f"worker_id：该劳动者的数据已应请求删除，{moment} 之前的事件不再受理；请勿重报，只报送此后的事件",
        )


def _texts(rows: Rows) -> Iterator[Fault]:
    columns = [("event_id", rows.event_ids, IDENTIFIER), ("worker_id", rows.worker_ids, PSEUDONYM)]
    if rows.order_ids is not None:
        columns.append(("order_id", rows.order_ids, IDENTIFIER))
    if rows.partner_firm_ids is not None:
        columns.append(("partner_firm_id", rows.partner_firm_ids, FIRM))
    lines, suspects = [], []
    for column, (_, values, form) in enumerate(columns):
        joined = "\n".join(values).encode()
        if not form.all_fit(values, joined):
            unfit = [row for row, value in enumerate(values) if not form.fits(value)]
            suspects += [(column, row) for row in unfit]
            joined = "\n".join(_without(values, unfit)).encode()
        lines.append(joined)
    # Every line is one value now, so the place of a line tells column and row.
    suspects += [divmod(place, len(rows)) for place in lines_with_numbers(b"\n".join(lines)).tolist()]
    for column, row in sorted(suspects):
        field, values, form = columns[column]
        if fault := _text_fault(row, field, values[row], form):
            yield fault


def _without(values: Sequence[str], rows: Iterable[int]) -> list[str]:
    kept = list(values)
    for row in rows:
        kept[row] = ""
    return kept


def _text_fault(row: int, field: str, value: str, form: TextForm) -> Fault | None:
    if reason := personal_data(value):
        what, what_zh = _PERSONAL[reason]
        return Fault(
            row,
            field,
            reason,
            f"{field}: looks like {what}; send a pseudonym (the value is not kept)",
            f"{field}：疑似{what_zh}；请改用化名（原值不予保存）",
        )
    if not form.fits(value):
        shown, shown_zh = _shown(value)
        return Fault(
            row,
            field,
            "MALFORMED" if value else "MISSING",
            f"{field}: {shown} is not {form.says}",
            f"{field}：{shown_zh}不符合要求：{form.zh}",
        )
    return None


def _times(times: Int64s, limits: Limits) -> Iterator[Fault]:
    for row in np.flatnonzero(times < EARLIEST_MS).tolist():
        value = int(times[row])
        if value == 0:
            yield Fault(
                row,
                "event_time",
                "MISSING",
                "event_time: missing; send when it happened",
                "event_time：缺失；请填写发生时间",
            )
        else:
            yield Fault(
                row,
                "event_time",
                "EVENT_TIME_TOO_EARLY",
                f"event_time: {_iso(value)} is before 2000; is the unit right?",
                f"event_time：{_iso(value)} 早于 2000 年；请检查时间单位",
            )
    for row in np.flatnonzero(times > limits.now_ms + limits.max_skew_ms).tolist():
        value = int(times[row])
        ahead_s, allowed_s = (value - limits.now_ms) // 1000, limits.max_skew_ms // 1000
        yield Fault(
            row,
            "event_time",
            "EVENT_TIME_IN_FUTURE",
            f"event_time: {_iso(value)} is {ahead_s} s ahead of this server, more than the {allowed_s} s of "
            "skew allowed; synchronise the sender's clock (NTP)",
            f"event_time：{_iso(value)} 比服务器时间快 {ahead_s} 秒，超过允许的 {allowed_s} 秒；"
            "请校准时钟（NTP）",
        )


def _areas(codes: Sequence[str], knows_area: Callable[[str], bool]) -> Iterator[Fault]:
    unknown = {code for code in set(codes) if not knows_area(code)}
    if not unknown:
        return
    for row, code in enumerate(codes):
        if code in unknown:
            shown, shown_zh = _shown(code)
            yield Fault(
                row,
                "area_code",
                "AREA_UNKNOWN" if code else "MISSING",
                f"area_code: {shown} is no loaded code of GB/T 2260; see RegistryService.ListAreas",
                f"area_code：{shown_zh}不在已加载的 GB/T 2260 代码中；请用 RegistryService.ListAreas 查询",
            )


def _bounded(rows: Rows, most_choices: Mapping[str, int]) -> Iterator[Fault]:
    """Enumerations and quantities, all as one table: a line a field."""
    bounds = [(1 if field == "kind" else 0, most_choices[field]) for field in rows.choices]
    bounds += [(RANGES[field].least, RANGES[field].most) for field in rows.numbers]
    fields = [*rows.choices, *rows.numbers]
    table = np.array([*rows.choices.values(), *rows.numbers.values()])
    least, most = np.array(bounds).T[:, :, None]
    wrong = (table < least) | (table > most)
    wrong[len(rows.choices) :] &= table[len(rows.choices) :] != NOT_STATED
    for line, row in np.argwhere(wrong).tolist():
        value = int(table[line, row])
        yield (_choice if line < len(rows.choices) else _quantity)(row, fields[line], value, *bounds[line])


def _choice(row: int, field: str, value: int, least: int, most: int) -> Fault:
    return Fault(
        row,
        field,
        "UNKNOWN_VALUE" if value else "MISSING",
        f"{field}: {value} is not one of {least}–{most} of this version of the contract",
        f"{field}：取值 {value} 不在本版接口定义的 {least}–{most} 之内；请改用其中的值",
    )


def _quantity(row: int, field: str, value: int, least: int, most: int) -> Fault:
    allowed = RANGES[field]
    return Fault(
        row,
        field,
        "OUT_OF_RANGE",
        f"{field}: {value} is outside {least}–{most} ({allowed.says}); leave it out if unknown",
        f"{field}：{value} 超出 {least}–{most}（{allowed.zh}）；未知时请留空",
    )


def _versions(versions: Int64s, deleted: Int64s) -> Iterator[Fault]:
    for row in np.flatnonzero(versions > MOST_VERSION).tolist():
        yield Fault(
            row,
            "version",
            "OUT_OF_RANGE",
            f"version: {versions[row]} is beyond {MOST_VERSION}; count the corrections of an event from 1",
            f"version：{versions[row]} 超过 {MOST_VERSION}；请从 1 起为同一事件的更正编号",
        )
    for row in np.flatnonzero((deleted != 0) & (versions == 0)).tolist():
        yield Fault(
            row,
            "deleted",
            "DELETED_AT_FIRST",
            "deleted: true in version 0 deletes nothing; send the version after the one that was accepted, "
            "1 or more",
            "deleted：版本 0 不能删除事件；请使用已受理版本之后的版本号（1 或以上）",
        )


def _shown(value: str) -> tuple[str, str]:
    """A value as a message may name it: en, zh; the latter with the blank that sets it off from Han."""
    if personal_data(value):
        return "(withheld: looks like personal data)", "（疑似个人信息，不予显示）"
    shown = repr(value if len(value) <= 80 else value[:80] + "…")
    return shown, f"{shown} "


def _iso(epoch_ms: int) -> str:
    clipped = min(max(epoch_ms, -62_135_596_800_000), 253_402_300_799_000)
    return f"{np.datetime64(clipped, 'ms').astype('datetime64[s]')}Z"
