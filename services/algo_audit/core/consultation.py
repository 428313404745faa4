"""A consultation: what may follow what, and who may do it.

    opened ──▶ OPEN ──the other side accepts the latest offer──▶ AGREED
               │  ▲ └─────────either side gives up, saying why──▶ FAILED
               └──┘ an offer of either side

Offers follow each other in any order: a side may better its own. Only the latest can be accepted, and not by
the side that made it. AGREED and FAILED are ends; nothing follows them.

Source: 唐人社字〔2022〕1号 二.8 (limits are fixed in consultation with the union). What has to be
consulted on, and how often: ``agenda``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from types import MappingProxyType

from services.algo_audit.core.agenda import Topic
from services.algo_audit.core.free_text import checked_text
from services.algo_audit.core.proposal import Proposal, check_effective, check_proposals
from services.algo_audit.core.refused import Because, RefusedError
from services.algo_audit.core.shanghai import moment

MOST_OFFERS = 30
"""Of one consultation, so that every answer holds them all; who is not agreed by then begins anew."""


class State(IntEnum):
    """The values equal ``quzhong.api.algo_audit.v1.ConsultationState``."""

    OPEN = 1
    AGREED = 2
    FAILED = 3


class Side(IntEnum):
    """The values equal ``quzhong.api.algo_audit.v1.Side``."""

    UNION = 1
    PLATFORM = 2


class Action(Enum):
    """What a step does; the values are the contract's."""

    OPENED = "OPENED"
    OFFERED = "OFFERED"
    AGREED = "AGREED"
    FAILED = "FAILED"


TRANSITIONS: Mapping[tuple[State, Action], State] = MappingProxyType(
    {
        (State.OPEN, Action.OFFERED): State.OPEN,
        (State.OPEN, Action.AGREED): State.AGREED,
        (State.OPEN, Action.FAILED): State.FAILED,
    }
)
"""Every step there is after the first. What is not in the table cannot happen."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is consulted on, by whom. It never changes."""

    platform_id: str
    union_id: str
    topic: Topic
    metric_id: str
    area_code: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """What the pack rests on. It never changes."""

    period_start_ms: int
    period_end_ms: int
    audit_id: str
    data_version: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a side proposes."""

    number: int
    """From 1."""
    side: Side
    party_id: str
    proposals: tuple[Proposal, ...]
    effective_ms: int
    text: str
    create_ms: int


@dataclass(frozen=True, slots=True)
class Step:
    """Who did what, when."""

    create_ms: int
    side: Side
    party_id: str
    action: Action
    text: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation as it stands."""

    consultation_id: str
    subject: Subject
    frozen: Frozen
    state: State
    opened_by: Side
    create_ms: int
    history: tuple[Step, ...]
    offers: tuple[Offer, ...] = ()
    accepted_offer: int = 0
    """Number of the offer that was accepted; 0: none."""
    end_ms: int | None = None

    @property
    def accepted(self) -> Offer | None:
        """The offer that was agreed on."""
        return self.offers[self.accepted_offer - 1] if self.accepted_offer else None


def side_of(subject: Subject, party_id: str) -> Side:
    """Which side a party is.

    Raises:
        RefusedError: (PARTY) if it is neither.
    """
    if party_id == subject.union_id:
        return Side.UNION
    if party_id == subject.platform_id:
        return Side.PLATFORM
    raise RefusedError(
        Because.PARTY,
        "consultation_id",
        "NOT_A_SIDE",
        f"{party_id!r} is no side of it; only {subject.union_id!r} and {subject.platform_id!r} take steps",
        f"{party_id} 不是协商方；仅 {subject.union_id} 与 {subject.platform_id} 可操作",
    )


def opened(
    consultation_id: str, subject: Subject, frozen: Frozen, party_id: str, text: str, now_ms: int
) -> Consultation:
    """A new consultation, on a pack that was frozen for it.

    Raises:
        RefusedError: as of ``side_of`` and ``checked_text``.
    """
    side = side_of(subject, party_id)
    first = Step(now_ms, side, party_id, Action.OPENED, checked_text("text", text))
    return Consultation(consultation_id, subject, frozen, State.OPEN, side, now_ms, history=(first,))


def offered(
    consultation: Consultation,
    party_id: str,
    proposals: Sequence[Proposal],
    effective_ms: int,
    text: str,
    now_ms: int,
) -> Consultation:
    """The consultation after an offer.

    Raises:
        RefusedError: if it has ended, the party is no side, the offer makes no sense, or there are too many.
    """
    moved = _step(consultation, party_id, Action.OFFERED, text, now_ms)
    subject = consultation.subject
    if len(consultation.offers) >= MOST_OFFERS:
        raise RefusedError(
            Because.STATE,
            "consultation_id",
            "OFFERS_TOO_MANY",
            f"has {MOST_OFFERS} offers already; accept the latest, or FailConsultation and open another",
            f"已有 {MOST_OFFERS} 个方案；请接受最新方案，或终止后另行发起协商",
        )
    check_proposals(proposals, subject.metric_id, subject.area_code)
    check_effective(effective_ms, now_ms)
    last = moved.history[-1]
    offer = Offer(
        number=len(consultation.offers) + 1,
        side=last.side,
        party_id=party_id,
        proposals=tuple(proposals),
        effective_ms=effective_ms,
        text=last.text,
        create_ms=now_ms,
    )
    return replace(moved, offers=(*consultation.offers, offer))


def agreed(
    consultation: Consultation, party_id: str, offer_number: int, text: str, now_ms: int
) -> Consultation:
    """The consultation after a side accepts the other's latest offer.

    Raises:
        RefusedError: if it has ended, the party is no side, there is no offer, the number is not the
            latest's, it is the party's own side that made it, or what it proposes would have begun already.
    """
    moved = _step(consultation, party_id, Action.AGREED, text, now_ms)
    if not consultation.offers:
        raise RefusedError(
            Because.STATE,
            "offer_number",
            "NO_OFFER",
            "nobody has made an offer yet; MakeOffer first",
            "尚无任何方案；请先用 MakeOffer 提出",
        )
    latest = consultation.offers[-1]
    if offer_number != latest.number:
        raise RefusedError(
            Because.STATE,
            "offer_number",
            "OFFER_NOT_LATEST",
            f"{offer_number} is not the latest offer; read offer {latest.number}, then accept that",
            f"方案 {offer_number} 不是最新方案；请查看方案 {latest.number} 后再接受",
        )
    if latest.side is moved.history[-1].side:
        raise RefusedError(
            Because.STATE,
            "offer_number",
            "OWN_OFFER",
            f"{offer_number} is your own side's offer; the other side accepts it, or makes another",
            f"方案 {offer_number} 由己方提出；应由对方接受或另提",
        )
    if latest.effective_ms < now_ms:
        raise RefusedError(
            Because.STATE,
            "offer_number",
            "OFFER_EXPIRED",
            f"{offer_number} was to hold from {moment(latest.effective_ms)}, which is over; make a new offer",
            f"方案 {offer_number} 的生效时间 {moment(latest.effective_ms)} 已过；请重新提出方案",
        )
    return replace(moved, accepted_offer=latest.number, end_ms=now_ms)


def failed(consultation: Consultation, party_id: str, text: str, now_ms: int) -> Consultation:
    """The consultation after a side ends it without agreement.

    Raises:
        RefusedError: if it has ended, the party is no side, or it says no reason.
    """
    moved = _step(consultation, party_id, Action.FAILED, checked_text("text", text, required=True), now_ms)
    return replace(moved, end_ms=now_ms)


def _step(consultation: Consultation, party_id: str, action: Action, text: str, now_ms: int) -> Consultation:
    side = side_of(consultation.subject, party_id)
    to_state = TRANSITIONS.get((consultation.state, action))
    if to_state is None:
        ended = "agreed" if consultation.state is State.AGREED else "failed"
        ended_zh = "达成一致" if consultation.state is State.AGREED else "终止"
        raise RefusedError(
            Because.STATE,
            "consultation_id",
            "CONSULTATION_ENDED",
            f"{consultation.consultation_id} has {ended}; OpenConsultation begins another",
            f"{consultation.consultation_id} 已{ended_zh}；请用 OpenConsultation 另行发起",
        )
    step = Step(now_ms, side, party_id, action, checked_text("text", text))
    return replace(consultation, state=to_state, history=(*consultation.history, step))
