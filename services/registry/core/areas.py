"""Places of GB/T 2260: six digits, two for the province, two for the city, two for the county.

Containment is in the digits: 130000 contains 130200 contains 130203. (``kit.security.caller.covers`` says the
same for callers; a test holds the two together.)
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from services.registry.core.field_error import FieldError

CODE_FORM = re.compile(r"[1-9][0-9]{5}")


@dataclass(frozen=True, slots=True)
class Area:
    """A place."""

    area_code: str
    parent_code: str
    """The smallest known area that contains it; empty for a province."""
    name_zh: str
    name_en: str


def significant(area_code: str) -> str:
    """The digits that are not padding: 130000 → 13, 130200 → 1302, 130203 → 130203."""
    if area_code.endswith("0000"):
        return area_code[:2]
    return area_code[:4] if area_code.endswith("00") else area_code


def covers(outer: str, inner: str) -> bool:
    """Whether an area is the other or contains it."""
    return inner.startswith(significant(outer))


def overlap(one: str, other: str) -> bool:
    """Whether two areas share ground: areas of GB/T 2260 do so only if one contains the other."""
    return covers(one, other) or covers(other, one)


class Areas:
    """The areas of an installation."""

    def __init__(self, named: Iterable[tuple[str, str, str]]) -> None:
        """Take ``(area_code, name_zh, name_en)`` in any order and find each one's parent.

        Raises:
            FieldError: for a code of another form, a code given twice, or an empty name.
        """
        rows = sorted(named)
        self._areas: dict[str, Area] = {}
        for code, name_zh, name_en in rows:
            if not CODE_FORM.fullmatch(code):
                raise FieldError(
                    "area_code", "AREA_CODE_FORM", f"{code!r} is not six digits", f"{code} 不是六位数字代码"
                )
            if code in self._areas:
                raise FieldError("area_code", "AREA_TWICE", f"{code} is given twice", f"{code} 重复")
            if not (name_zh and name_en):
                raise FieldError("name", "NAME_MISSING", f"{code} lacks a name", f"{code} 缺少名称")
            # Sorted, a container stands before what it contains, the smallest last.
            containers = [known for known in self._areas if covers(known, code)]
            self._areas[code] = Area(code, containers[-1] if containers else "", name_zh, name_en)

    def __iter__(self) -> Iterator[Area]:
        """All areas, by code."""
        return iter(self._areas.values())

    def __contains__(self, area_code: str) -> bool:
        return area_code in self._areas

    def within(self, parent_code: str) -> list[Area]:
        """The areas within one, itself excluded; all areas if the code is empty. By code.

        Raises:
            FieldError: if the parent is not known.
        """
        if not parent_code:
            return list(self)
        self.check("parent_code", parent_code)
        return [
            area for area in self if area.area_code != parent_code and covers(parent_code, area.area_code)
        ]

    def check(self, field: str, area_code: str) -> None:
        """Raise FieldError, naming ``field``, unless the area is known."""
        if area_code not in self._areas:
            raise FieldError(
                field,
                "AREA_UNKNOWN",
                f"{area_code!r} is no area registered here; ListAreas tells which are, e.g. {self._example}",
                f"{area_code!r} 不是本系统登记的地区代码；可用 ListAreas 查询，例如 {self._example}",
            )

    @property
    def _example(self) -> str:
        return next((code for code in self._areas if not code.endswith("0000")), "130200")


def parse_areas(text: str) -> Areas:
    """Areas from CSV with the header ``area_code,name_zh,name_en``; lines that begin with # are remarks.

    A further column ``parent_code`` may be there. An area's parent follows from its digits all the same: the
    column is held against them, so that a mistyped code, or areas that contain each other, are found.

    Raises:
        FieldError: naming the line: if a column or a name is missing, a code is of another form or given
            twice, or a parent is unknown or does not contain its area.
    """
    kept = [(number, line) for number, line in enumerate(text.splitlines(), 1) if not line.startswith("#")]
    reader = csv.DictReader([line for _, line in kept])
    for column in ("area_code", "name_zh", "name_en"):
        if column not in (reader.fieldnames or ()):
            raise FieldError(
                "header", "COLUMN_MISSING", f"column '{column}' is missing", f"缺少列 '{column}'"
            )
    rows = []
    lines: dict[str, int] = {}
    for row in reader:
        number = kept[reader.line_num - 1][0]
        code = row["area_code"] or ""
        try:
            Areas([(code, row["name_zh"] or "", row["name_en"] or "")])
            if code in lines:
                raise FieldError(
                    "area_code",
                    "AREA_TWICE",
                    f"{code} stands in line {lines[code]} already; remove one",
                    f"{code} 已见于第 {lines[code]} 行；请删去一行",
                )
        except FieldError as error:
            raise _in_line(number, error) from None
        lines[code] = number
        rows.append((code, row["name_zh"], row["name_en"], row.get("parent_code") or ""))
    for code, _, _, parent in rows:
        try:
            _check_parent(code, parent, lines)
        except FieldError as error:
            raise _in_line(lines[code], error) from None
    return Areas((code, name_zh, name_en) for code, name_zh, name_en, _ in rows)


def _check_parent(code: str, parent: str, known: Container[str]) -> None:
    if not parent:
        return
    if parent not in known:
        raise FieldError(
            "parent_code",
            "PARENT_UNKNOWN",
            f"{parent[:12]!r} of {code} is not in the file; add it, or leave the column empty",
            f"{code} 的上级 {parent[:12]!r} 不在文件中；请补充，或将该列留空",
        )
    # Containment by digits is a strict order, so what passes here has no cycles.
    if parent == code or not covers(parent, code):
        raise FieldError(
            "parent_code",
            "PARENT_NOT_CONTAINING",
            f"{parent} does not contain {code} by GB/T 2260; the parent's digits begin the area's",
            f"按 GB/T 2260，{parent} 不包含 {code}；上级代码应为下级代码的前缀",
        )


def _in_line(number: int, error: FieldError) -> FieldError:
    placed = FieldError(
        f"line {number}, {error.field}", error.reason, error.message.partition(": ")[2], error.zh
    )
    placed.zh = f"第 {number} 行，{error.zh}"
    return placed
