"""An appeal (申诉) of a worker against a penalty: filed once, answered once, late if not in time.

    filed ──▶ FILED ──the platform takes the penalty back──▶ UPHELD
                    └─the platform lets it stand───────────▶ REJECTED

A late answer is still an answer; that it was late stays on record.

唐人社字〔2022〕1号 二.8 wants workers heard and fixes no deadline; nor does any other source we know.
So the time for the answer is a parameter that the installation declares.
"""

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from services.algo_audit.core.free_text import checked_text
from services.algo_audit.core.refused import Because, RefusedError, wrong_field

REPLY_WITHIN_DAYS = 15
"""The default. NOT from a source: half a month, the usual time for an answer to a complaint."""

FEWEST_WORKERS = 10
"""As of every cell that leaves the service (``privacy.MinimumCell``)."""

HIGHEST_PENALTY_FEN = 10_000_000
"""100,000 yuan, as intake takes penalties: more is a mistaken unit."""

ERASED = "应本人要求已删除 / Erased on the worker's request"
"""Stands for what was said of a worker's appeal once their data are gone."""

_PSEUDONYM = re.compile("[A-Za-z0-9_-]{16,64}")
_ORDER_ID = re.compile("[!-~]{0,64}")


class State(IntEnum):
    """The values equal ``quzhong.api.algo_audit.v1.AppealState``."""

    FILED = 1
    UPHELD = 2
    REJECTED = 3


@dataclass(frozen=True, slots=True)
class Penalty:
    """What is appealed against."""

    platform_id: str
    worker_id: str
    """Pseudonym."""
    order_id: str
    """As the platform names it; empty if the penalty was not for an order."""
    penalty_fen: int


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal as it stands."""

    appeal_id: str
    penalty: Penalty
    grounds: str
    filed_by: str
    """The platform, or a union."""
    create_ms: int
    due_ms: int
    """By when the platform has to answer."""
    state: State = State.FILED
    reply: str = ""
    reply_ms: int | None = None

    def overdue(self, now_ms: int) -> bool:
        """Not answered in time, so far or for good."""
        return (now_ms if self.reply_ms is None else self.reply_ms) > self.due_ms


@dataclass(frozen=True, slots=True)
class AppealCounts:
    """The appeals of a platform in a period, in numbers; all 0 if they are suppressed."""

    filed: int = 0
    upheld: int = 0
    rejected: int = 0
    overdue: int = 0
    suppressed: bool = False
    """There were some, but of too few workers to be counted before others."""


def filed(
    appeal_id: str, penalty: Penalty, grounds: str, filed_by: str, now_ms: int, reply_within_ms: int
) -> Appeal:
    """A new appeal.

    Raises:
        RefusedError: for a field that makes no sense.
    """
    _check(penalty)
    grounds = checked_text("grounds", grounds, required=True)
    return Appeal(appeal_id, penalty, grounds, filed_by, now_ms, now_ms + reply_within_ms)


def answered(appeal: Appeal, party_id: str, outcome: int, reply: str, now_ms: int) -> Appeal:
    """The appeal after the platform's answer.

    Raises:
        RefusedError: if it is another platform's, was answered before, or lacks outcome or text.
    """
    if party_id != appeal.penalty.platform_id:
        raise RefusedError(
            Because.PARTY,
            "appeal_id",
            "NOT_THE_PLATFORM",
            f"only {appeal.penalty.platform_id!r} answers it, not {party_id!r}",
            f"仅 {appeal.penalty.platform_id} 可答复，{party_id} 不可",
        )
    if appeal.state is not State.FILED:
        raise RefusedError(
            Because.STATE,
            "appeal_id",
            "APPEAL_ANSWERED",
            f"{appeal.appeal_id} was answered ({appeal.state.name.lower()}) and stands; GetAppeal shows it",
            f"{appeal.appeal_id} 已答复，不可更改；可用 GetAppeal 查看",
        )
    if outcome not in (State.UPHELD, State.REJECTED):
        raise wrong_field(
            "outcome",
            "OUTCOME_UNKNOWN",
            f"{outcome} decides nothing; send 2 (upheld: the penalty is taken back) or 3 (rejected)",
            f"{outcome} 不是处理结果；请填写 2（申诉成立，撤销处罚）或 3（申诉不成立）",
        )
    return replace(
        appeal,
        state=State(outcome),
        reply=checked_text("reply", reply, required=True),
        reply_ms=now_ms,
    )


def publishable(counts: AppealCounts, workers: int) -> AppealCounts:
    """The counts, or that they are suppressed: of 1–9 different workers they would point at somebody."""
    return AppealCounts(suppressed=True) if 0 < workers < FEWEST_WORKERS else counts


def _check(penalty: Penalty) -> None:
    if not _PSEUDONYM.fullmatch(penalty.worker_id):
        # The value is not repeated: it may be somebody's name.
        raise wrong_field(
            "worker_id",
            "WORKER_ID_FORM",
            "is no pseudonym of 16–64 of A–Z a–z 0–9 _ -; send the one of the worker's events",
            "应为 16–64 位化名（仅含 A–Z a–z 0–9 _ -）；请填写该劳动者事件中的化名",
        )
    if not _ORDER_ID.fullmatch(penalty.order_id):
        raise wrong_field(
            "order_id",
            "ORDER_ID_FORM",
            f"{penalty.order_id[:64]!r} is not 1–64 printable ASCII characters; send it as in the events, or "
            "nothing if the penalty was for no order",
            f"{penalty.order_id[:64]!r} 应为 1–64 个可打印 ASCII 字符；请与事件一致，处罚不针对订单时不填",
        )
    if not 0 < penalty.penalty_fen <= HIGHEST_PENALTY_FEN:
        raise wrong_field(
            "penalty_fen",
            "PENALTY_OUT_OF_RANGE",
            f"{penalty.penalty_fen} is not above 0 and at most {HIGHEST_PENALTY_FEN}; send fen (1/100 yuan)",
            f"{penalty.penalty_fen} 应大于 0 且不超过 {HIGHEST_PENALTY_FEN}；单位为分",
        )
