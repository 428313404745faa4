"""The figures of an employment report, one row a figure: what template, checks and comparisons go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

Figures = Mapping[str, int]
"""By ``Figure.name``; what is not known yet is not there."""


class Unit(Enum):
    """What a figure counts, and above which it is a slip of the pen."""

    HEADS = ("人", "heads", 50_000_000)
    """The whole country has some 84 million workers of new forms (全国总工会, 2023), a city far fewer."""
    TIMES = ("次", "times", 50_000_000)
    FEN = ("分", "fen", 10_000_000_000_000_00)
    """10 trillion yuan, a twelfth of the country's yearly product."""

    def __init__(self, zh: str, en: str, highest: int) -> None:
        self.zh = zh
        self.en = en
        self.highest = highest


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure."""

    name: str
    """The field of ``EmploymentFigures``."""
    zh: str
    en: str
    unit: Unit
    compared: bool = False
    """Whether a leap from the quarter before has to be explained."""


FIGURES: tuple[Figure, ...] = (
    Figure("workers_labour_relation", "建立劳动关系人数", "Workers in a labour relation", Unit.HEADS, True),
    Figure(
        "workers_partial_relation",
        "不完全符合确立劳动关系情形人数",
        "Workers not fully in a labour relation",
        Unit.HEADS,
        True,
    ),
    Figure("workers_autonomous", "自主经营人数", "Autonomous workers", Unit.HEADS, True),
    Figure("workers_total", "季末用工总人数", "Workers at the end of the quarter", Unit.HEADS, True),
    Figure(
        "workers_in_quarter", "本季曾提供劳动人数", "Workers at any time in the quarter", Unit.HEADS, True
    ),
    Figure("labour_contracts", "已订立劳动合同人数", "Workers with a labour contract", Unit.HEADS),
    Figure("written_agreements", "已订立书面协议人数", "Workers with a written agreement", Unit.HEADS),
    Figure(
        "insured_employee_pension",
        "参加企业职工基本养老保险人数",
        "Insured: employee pension",
        Unit.HEADS,
    ),
    Figure(
        "insured_employee_medical",
        "参加企业职工基本医疗保险人数",
        "Insured: employee medical",
        Unit.HEADS,
    ),
    Figure(
        "insured_resident_pension",
        "参加城乡居民基本养老保险人数",
        "Insured: resident pension",
        Unit.HEADS,
    ),
    Figure(
        "insured_resident_medical",
        "参加城乡居民基本医疗保险人数",
        "Insured: resident medical",
        Unit.HEADS,
    ),
    Figure("insured_work_injury", "参加工伤保险人数", "Insured: work injury", Unit.HEADS),
    Figure("insured_occupational_injury", "参加职业伤害保障人数", "Covered: occupational injury", Unit.HEADS),
    Figure("insured_commercial", "投保商业保险人数", "Insured: commercial accident or liability", Unit.HEADS),
    Figure("injuries", "伤害事件数", "Injury events", Unit.TIMES),
    Figure("injuries_fatal", "其中：死亡事件数", "Of them deaths", Unit.TIMES),
    Figure("injuries_covered", "其中：已获保障事件数", "Of them covered by insurance", Unit.TIMES),
    Figure("training_sessions", "开展培训场次", "Training sessions held", Unit.TIMES),
    Figure("training_attendances", "参加培训人次", "Heads in training sessions", Unit.TIMES),
    Figure("pay_paid_fen", "本季已支付报酬", "Pay of the quarter paid", Unit.FEN, True),
    Figure("pay_overdue_fen", "本季拖欠报酬", "Pay of the quarter overdue", Unit.FEN),
    Figure("workers_with_overdue_pay", "被拖欠报酬人数", "Workers with overdue pay", Unit.HEADS),
)
"""In the order of the form; names and order are those of the contract's message."""

BY_NAME: Mapping[str, Figure] = {figure.name: figure for figure in FIGURES}
