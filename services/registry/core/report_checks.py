"""What may be wrong with a report: errors, which block, and warnings, which ask for an explanation.

===============================  ========  ==========================================================
check (after the figure's name)  severity  when
===============================  ========  ==========================================================
missing                          error     not given
out_of_range                     error     negative, or beyond what can be
sum                              error     the forms of employment do not add up to the total
exceeds                          error     a part is greater than its whole
without                          error     overdue pay without workers, or the reverse; heads without sessions
short                            warning   fewer contracts, agreements, insured or covered than expected
none_held                        warning   workers, but no training
overdue                          warning   pay is overdue
previous_quarter                 warning   a leap by more than the declared factor
seen                             warning   fewer workers than were seen in events
===============================  ========  ==========================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from services.registry.core.report_figures import BY_NAME, FIGURES, Figure, Figures, Unit


class CheckSeverity(IntEnum):
    """The values equal ``quzhong.api.registry.v1.CheckSeverity``."""

    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Check:
    """Something found."""

    check_id: str
    """The figure's name and the check's, with a dot between: the key of an explanation."""
    severity: CheckSeverity
    zh: str
    en: str
    explanation: str = ""

    @property
    def field(self) -> str:
        """The figure's name."""
        return self.check_id.partition(".")[0]

    @property
    def blocks(self) -> bool:
        """Whether the report cannot be submitted because of it."""
        return self.severity is CheckSeverity.ERROR or not self.explanation


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Declared limits of what needs no explanation."""

    change_factor: float
    """A figure may grow to this many times what it was, or shrink to its reciprocal."""
    least_compared: int
    """Figures that stay below it in both quarters are not compared; money is taken in yuan."""
    seen_share: float
    """The share of workers seen in events that a report must reach, 0–1."""


_FORMS = ("workers_labour_relation", "workers_partial_relation", "workers_autonomous")

_WHOLES: Mapping[str, str] = {
    "workers_total": "workers_in_quarter",
    "labour_contracts": "workers_in_quarter",
    "written_agreements": "workers_in_quarter",
    "insured_employee_pension": "workers_in_quarter",
    "insured_employee_medical": "workers_in_quarter",
    "insured_resident_pension": "workers_in_quarter",
    "insured_resident_medical": "workers_in_quarter",
    "insured_work_injury": "workers_in_quarter",
    "insured_occupational_injury": "workers_in_quarter",
    "insured_commercial": "workers_in_quarter",
    "injuries_fatal": "injuries",
    "injuries_covered": "injuries",
    "workers_with_overdue_pay": "workers_in_quarter",
}
"""A part may not exceed its whole."""

_EXPECTED: Mapping[str, tuple[str, str]] = {
    "labour_contracts": ("workers_labour_relation", "二.1"),
    "written_agreements": ("workers_partial_relation", "二.1"),
    "insured_employee_pension": ("workers_labour_relation", "二.6"),
    "insured_employee_medical": ("workers_labour_relation", "二.6"),
    "injuries_covered": ("injuries", "二.7"),
}
"""At least as many are expected, by which article (唐人社字〔2022〕1号)."""

_PAIRS = (
    ("workers_with_overdue_pay", "pay_overdue_fen"),
    ("pay_overdue_fen", "workers_with_overdue_pay"),
    ("training_attendances", "training_sessions"),
)
"""The first does not come without the second."""


def check_report(
    figures: Figures,
    explanations: Mapping[str, str],
    *,
    previous: Figures | None,
    seen_workers: int | None,
    tolerance: Tolerance,
) -> list[Check]:
    """Everything found, errors first, each with the explanation given for it.

    Args:
        previous: of the report of the quarter before, if there is one.
        seen_workers: the least number of workers there must have been, as events tell; None: unknown.
    """
    found = [*_alone(figures)]
    broken = {check.field for check in found}
    sound = {name: value for name, value in figures.items() if name not in broken}
    found += _together(sound)
    found += _expected(sound)
    found += _compared(sound, previous or {}, tolerance)
    found += _seen(sound, seen_workers, tolerance)
    told = [
        Check(
            check.check_id, check.severity, check.zh, check.en, explanations.get(check.check_id, "").strip()
        )
        for check in found
    ]
    return sorted(told, key=lambda check: -check.severity)


def _alone(figures: Figures) -> Iterator[Check]:
    for figure in FIGURES:
        value = figures.get(figure.name)
        if value is None:
            yield _error(
                figure, "missing", "未填写；没有发生的请填 0", "is missing; if there was none, send 0"
            )
        elif not 0 <= value <= figure.unit.highest:
            yield _error(
                figure,
                "out_of_range",
                f"{value} 不在 0–{figure.unit.highest} {figure.unit.zh}之间；请核对",
                f"{value} is not between 0 and {figure.unit.highest} {figure.unit.en}; check it",
            )


def _together(figures: Figures) -> Iterator[Check]:
    if {*_FORMS, "workers_total"} <= figures.keys():
        total, parts = figures["workers_total"], sum(figures[name] for name in _FORMS)
        if total != parts:
            yield _error(
                BY_NAME["workers_total"],
                "sum",
                f"{total} 不等于三种用工形式之和 {parts}；请核对",
                f"{total} is not the sum of the three forms of employment, {parts}; mend one of them",
            )
    for part, whole in _WHOLES.items():
        if part in figures and whole in figures and figures[part] > figures[whole]:
            yield _error(
                BY_NAME[part],
                "exceeds",
                f"{figures[part]} 大于“{BY_NAME[whole].zh}”{figures[whole]}；请核对",
                f"{figures[part]} exceeds {whole}, {figures[whole]}; mend one of them",
            )
    for one, other in _PAIRS:
        if figures.get(one, 0) > 0 and figures.get(other) == 0:
            yield _error(
                BY_NAME[one],
                "without",
                f"{figures[one]}，而“{BY_NAME[other].zh}”为 0；请核对",
                f"{figures[one]}, but {other} is 0; mend one of them",
            )


def _expected(figures: Figures) -> Iterator[Check]:
    for name, (least, article) in _EXPECTED.items():
        if name in figures and least in figures and figures[name] < figures[least]:
            yield _warning(
                BY_NAME[name],
                "short",
                f"{figures[name]} 少于“{BY_NAME[least].zh}”{figures[least]}（{article}）；请说明",
                f"{figures[name]} is below {least}, {figures[least]} (art. {article}); explain it",
            )
    if figures.get("training_sessions") == 0 and figures.get("workers_total", 0) > 0:
        yield _warning(
            BY_NAME["training_sessions"],
            "none_held",
            "有劳动者而未开展培训（二.5）；请说明",
            "there are workers, and no training was held (art. 二.5); explain it",
        )
    if figures.get("pay_overdue_fen", 0) > 0:
        yield _warning(
            BY_NAME["pay_overdue_fen"],
            "overdue",
            f"存在拖欠报酬 {_yuan(figures['pay_overdue_fen'])} 元（二.3）；请说明原因和支付日期",
            f"{_yuan(figures['pay_overdue_fen'])} yuan are overdue (art. 二.3); "
            "say why, and when they will be paid",
        )


def _compared(figures: Figures, previous: Figures, tolerance: Tolerance) -> Iterator[Check]:
    for figure in FIGURES:
        if not figure.compared or figure.name not in figures or figure.name not in previous:
            continue
        now, before = figures[figure.name], previous[figure.name]
        least = tolerance.least_compared * (1 if figure.unit is Unit.HEADS else 100)
        if max(now, before) < least:
            continue
        if max(now, before) > tolerance.change_factor * min(now, before):
            yield _warning(
                figure,
                "previous_quarter",
                f"由上季 {_told(figure, before)} 变为 {_told(figure, now)} {_unit(figure)[0]}，"
                f"超过 {tolerance.change_factor:g} 倍；请说明",
                f"went from {_told(figure, before)} to {_told(figure, now)} {_unit(figure)[1]}, "
                f"by more than the factor {tolerance.change_factor:g}; explain it",
            )


def _seen(figures: Figures, seen: int | None, tolerance: Tolerance) -> Iterator[Check]:
    if seen is not None and figures.get("workers_in_quarter", seen) < tolerance.seen_share * seen:
        yield _warning(
            BY_NAME["workers_in_quarter"],
            "seen",
            f"{figures['workers_in_quarter']} 少于事件数据中单日最多出现的劳动者 {seen} 人；请说明",
            f"{figures['workers_in_quarter']} is below the {seen} workers seen in events on the busiest day; "
            "explain it",
        )


def _yuan(fen: int) -> str:
    """Money as the form has it."""
    return f"{Decimal(fen) / 100:.2f}"


def _told(figure: Figure, value: int) -> str:
    return _yuan(value) if figure.unit is Unit.FEN else str(value)


def _unit(figure: Figure) -> tuple[str, str]:
    return ("元", "yuan") if figure.unit is Unit.FEN else (figure.unit.zh, figure.unit.en)


def _error(figure: Figure, check: str, zh: str, en: str) -> Check:
    return Check(f"{figure.name}.{check}", CheckSeverity.ERROR, f"{figure.zh}：{zh}", f"{figure.name}: {en}")


def _warning(figure: Figure, check: str, zh: str, en: str) -> Check:
    return Check(
        f"{figure.name}.{check}", CheckSeverity.WARNING, f"{figure.zh}：{zh}", f"{figure.name}: {en}"
    )
