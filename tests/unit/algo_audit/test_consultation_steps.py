"""The state machine of consultations against an oracle that only counts, over any sequence of steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.agenda import YEAR_MS, Topic, checked_topic, duty
from services.algo_audit.core.cohort_keys import DAY_MS
from services.algo_audit.core.consultation import (
    MOST_OFFERS,
    Action,
    Consultation,
    Frozen,
    Side,
    State,
    Subject,
    agreed,
    failed,
    offered,
    opened,
)
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.core.refused import Because, RefusedError

MIDNIGHT_MS = 1_775_232_000_000
"""2026-04-04 00:00 in Asia/Shanghai."""
SUBJECT = Subject("swift", "city-union", Topic.TIME_AND_ROUTING, "delivery_time", "130200")
FROZEN = Frozen(1, 2, "audit", "data")
PROPOSALS = [Proposal("delivery_time", "130200", 1, 0, 3_000, 1_800.0)]
SIDES = {"city-union": Side.UNION, "swift": Side.PLATFORM}


def new(party: str = "city-union", now_ms: int = MIDNIGHT_MS) -> Consultation:
    return opened("c-1", SUBJECT, FROZEN, party, " 请协商 ", now_ms)


def offer(consultation: Consultation, party: str, now_ms: int = MIDNIGHT_MS) -> Consultation:
    return offered(consultation, party, PROPOSALS, MIDNIGHT_MS + DAY_MS, "", now_ms)


@dataclass(frozen=True)
class Tried:
    """A step somebody tries, valid or not."""

    action: Literal["offer", "accept", "fail"]
    party: str
    number: int
    text: str
    hours: int
    """Since the last."""
    days_ahead: int
    """Of an offer's effective date."""


STEPS = st.lists(
    st.builds(
        Tried,
        action=st.sampled_from(["offer", "offer", "offer", "accept", "accept", "fail"]),
        party=st.sampled_from(["city-union", "swift", "stranger"]),
        number=st.integers(0, 6),
        text=st.sampled_from(["", "because"]),
        hours=st.integers(0, 30),
        days_ahead=st.integers(-1, 3),
    ),
    max_size=14,
)


@given(STEPS)
def test_a_step_is_taken_exactly_when_the_oracle_says_so_and_nothing_is_lost(steps: list[Tried]) -> None:
    consultation, now_ms = new(), MIDNIGHT_MS
    state, offers, taken = "open", list[tuple[str, int]](), ["OPENED"]
    for tried in steps:
        now_ms += tried.hours * 3_600_000
        effective_ms = (now_ms - MIDNIGHT_MS) // DAY_MS * DAY_MS + MIDNIGHT_MS + tried.days_ahead * DAY_MS
        side = tried.party in SIDES
        match tried.action:
            case "offer":
                legal = side and state == "open" and effective_ms >= now_ms
            case "accept":
                legal = (
                    side
                    and state == "open"
                    and tried.number == len(offers) > 0
                    and offers[-1][0] != tried.party
                    and offers[-1][1] >= now_ms
                )
            case "fail":
                legal = side and state == "open" and bool(tried.text)
        before = consultation
        try:
            match tried.action:
                case "offer":
                    consultation = offered(
                        consultation, tried.party, PROPOSALS, effective_ms, tried.text, now_ms
                    )
                case "accept":
                    consultation = agreed(consultation, tried.party, tried.number, tried.text, now_ms)
                case "fail":
                    consultation = failed(consultation, tried.party, tried.text, now_ms)
        except RefusedError:
            assert not legal
            assert consultation is before
            continue
        assert legal
        if tried.action == "offer":
            offers.append((tried.party, effective_ms))
        else:
            state = "agreed" if tried.action == "accept" else "failed"
        taken.append({"offer": "OFFERED", "accept": "AGREED", "fail": "FAILED"}[tried.action])
        assert consultation.history[:-1] == before.history, "what was done stays on record"
        assert consultation.offers[: len(before.offers)] == before.offers
        assert consultation.history[-1].create_ms == now_ms
        assert consultation.history[-1].side is SIDES[tried.party]
    assert consultation.state.name.lower() == state
    assert [step.action.value for step in consultation.history] == taken
    assert [(one.party_id, one.effective_ms) for one in consultation.offers] == offers
    assert [one.number for one in consultation.offers] == list(range(1, len(offers) + 1))
    assert (consultation.end_ms is None) == (state == "open")
    assert consultation.accepted == (consultation.offers[-1] if state == "agreed" else None)


def refusal(call: object) -> tuple[Because, str, str]:
    with pytest.raises(RefusedError) as refused:
        call()  # type: ignore[operator]
    assert refused.value.zh.startswith(refused.value.field)
    return refused.value.because, refused.value.field, refused.value.reason


def test_the_first_step_is_on_record() -> None:
    consultation = new("swift")
    assert (consultation.state, consultation.opened_by) == (State.OPEN, Side.PLATFORM)
    (step,) = consultation.history
    assert (step.action, step.party_id, step.text) == (Action.OPENED, "swift", "请协商")


def test_only_the_two_sides_take_steps() -> None:
    assert refusal(lambda: offer(new(), "steady")) == (Because.PARTY, "consultation_id", "NOT_A_SIDE")
    assert refusal(lambda: new("other-union")) == (Because.PARTY, "consultation_id", "NOT_A_SIDE")


def test_nothing_follows_an_end() -> None:
    ended = failed(new(), "swift", "no", MIDNIGHT_MS)
    for call in (
        lambda: offer(ended, "swift"),
        lambda: failed(ended, "swift", "no", MIDNIGHT_MS),
        lambda: agreed(ended, "city-union", 1, "", MIDNIGHT_MS),
    ):
        assert refusal(call) == (Because.STATE, "consultation_id", "CONSULTATION_ENDED")


def test_what_can_be_accepted_is_the_latest_offer_of_the_other_side() -> None:
    first = offer(new(), "city-union")
    second = offer(first, "swift")
    for consultation, party, number, reason in (
        (new(), "swift", 1, "NO_OFFER"),
        (second, "swift", 1, "OFFER_NOT_LATEST"),
        (second, "swift", 2, "OWN_OFFER"),
        (first, "swift", 2, "OFFER_NOT_LATEST"),
    ):
        assert refusal(lambda c=consultation, p=party, n=number: agreed(c, p, n, "", MIDNIGHT_MS)) == (
            Because.STATE,
            "offer_number",
            reason,
        )
    assert agreed(second, "city-union", 2, "", MIDNIGHT_MS).accepted == second.offers[1]


def test_an_offer_can_be_accepted_up_to_the_moment_it_begins() -> None:
    standing = offer(new(), "swift")
    assert agreed(standing, "city-union", 1, "", MIDNIGHT_MS + DAY_MS).state is State.AGREED
    assert refusal(lambda: agreed(standing, "city-union", 1, "", MIDNIGHT_MS + DAY_MS + 1)) == (
        Because.STATE,
        "offer_number",
        "OFFER_EXPIRED",
    )


def test_a_side_may_better_its_own_offer_and_offers_end() -> None:
    consultation = new()
    for _ in range(MOST_OFFERS):
        consultation = offer(consultation, "swift")
    assert refusal(lambda: offer(consultation, "swift"))[2] == "OFFERS_TOO_MANY"
    assert agreed(consultation, "city-union", MOST_OFFERS, "", MIDNIGHT_MS).state is State.AGREED


def test_to_give_up_one_says_why() -> None:
    assert refusal(lambda: failed(new(), "swift", " ", MIDNIGHT_MS)) == (
        Because.FIELD,
        "text",
        "TEXT_MISSING",
    )


def test_the_duty_comes_a_year_after_the_last_end_or_the_registration() -> None:
    never = duty(registered_ms=5, last_end_ms=None, now_ms=5 + YEAR_MS)
    assert (never.due_ms, never.overdue) == (5 + YEAR_MS, False)
    assert duty(5, None, 6 + YEAR_MS).overdue
    again = duty(5, 1_000, 6 + YEAR_MS)
    assert (again.last_end_ms, again.due_ms, again.overdue) == (1_000, 1_000 + YEAR_MS, False)


def test_a_topic_is_one_of_the_agenda() -> None:
    assert checked_topic(4) is Topic.TIME_AND_ROUTING
    for topic in (0, 6):
        assert refusal(lambda t=topic: checked_topic(t)) == (Because.FIELD, "topic", "TOPIC_UNKNOWN")
