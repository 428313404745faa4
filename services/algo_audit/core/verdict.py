"""Where a declared threshold stands against the baseline of its cohort.

Let a = A(τ) in the reference and [l, u] its interval; b ≤ a the share strictly better than τ, which differs
from a where values are equal to τ; [low, high] the declared middle band of attainment;
s the share under which a threshold counts as the strictest (default one half); and q the p-value of "at
least s can meet it" after false discovery control over all cohorts of the audit. The first row that
holds:

| verdict               | holds when             | in words                                                 |
|-----------------------|------------------------|----------------------------------------------------------|
| INSUFFICIENT_EVIDENCE | no publishable cell    | too few orders or workers to say anything                |
| INSUFFICIENT_EVIDENCE | l < low and high < u   | the interval holds the whole middle: stricter and laxer  |
|                       |                        | are both possible                                        |
| LAXER                 | b > high               | more than the middle do better than it                   |
| WITHIN_MIDDLE         | low ≤ a and b ≤ high   | it takes the middle                                      |
| STRICTEST             | a < low, a < s, q ≤ 5% | stricter than the middle, and certainly under half of    |
|                       |                        | the safe reference can meet it (最严算法)                |
| STRICTER              | a < low otherwise      | stricter than the middle, but not certainly under half   |

Where all charge 10 % the middle is 10–10 %, and who declares 10 % takes it, though all of the reference
meets it: a alone would call that laxer. b decides between these two only; what is charged rests on a.

Two consequences. A limit that 45 % can meet, band 40–60 %, takes the middle: the band *is* the declared
tolerance around one half, and the strictest edge begins beyond it. And the graver word needs certainty,
counted over everything that the audit judged, because a finding is a charge: doubt leaves it at STRICTER.
(A band declared higher, say 70–90 %, makes STRICTER the verdict of every limit that at least half, yet
not enough, can meet.)

Whether the limit is also below the floor of feasibility is a question of its own and stands beside the
verdict.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from services.algo_audit.core.baseline import MiddleBand
from services.algo_audit.core.intervals import Interval


class Verdict(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.Verdict."""

    WITHIN_MIDDLE = 1
    STRICTER = 2
    STRICTEST = 3
    LAXER = 4
    INSUFFICIENT_EVIDENCE = 5


VERDICT_TEXT: dict[Verdict, tuple[str, str]] = {
    Verdict.WITHIN_MIDDLE: ("处于中间区间", "within the middle"),
    Verdict.STRICTER: ("严于中间区间", "stricter than the middle"),
    Verdict.STRICTEST: ("最严算法", "strictest algorithm"),
    Verdict.LAXER: ("宽于中间区间", "laxer than the middle"),
    Verdict.INSUFFICIENT_EVIDENCE: ("证据不足", "insufficient evidence"),
}
"""Chinese and English, for anything a person reads."""


class Doubt(StrEnum):
    """Why the evidence is insufficient."""

    CELL_TOO_SMALL = "CELL_TOO_SMALL"
    """No reference with enough workers and orders to be published."""
    INTERVAL_HOLDS_MIDDLE = "INTERVAL_HOLDS_MIDDLE"
    """The interval of attainment reaches past both ends of the middle band."""
    BAND_PARTLY_COVERED = "BAND_PARTLY_COVERED"
    """The declared distance range ends inside the band: its orders are not those the limit applies to."""


DOUBT_TEXT: dict[Doubt, tuple[str, str]] = {
    Doubt.CELL_TOO_SMALL: ("样本过少，不予公布", "too few workers or orders to publish"),
    Doubt.INTERVAL_HOLDS_MIDDLE: ("置信区间过宽", "the interval is too wide"),
    Doubt.BAND_PARTLY_COVERED: (
        "限时的距离范围未覆盖整个区间",
        "the limit covers the distance band only in part",
    ),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and the reason if the evidence does not suffice."""

    verdict: Verdict
    doubt: Doubt | None = None


LEVEL = 0.05
"""Of what an audit calls strictest, at most this share is expected to be wrong: the field's custom."""


def judge(
    share: float,
    interval: Interval,
    band: MiddleBand,
    *,
    adjusted_p: float,
    level: float = LEVEL,
    strictest_below: float = 0.5,
    better: float | None = None,
) -> Judgement:
    """The verdict on a threshold that `share` of the reference meets; the table at the top of this file.

    `better`: the share strictly better than it (baseline.share_better); None: no value is equal to it.

    `adjusted_p`: discovery.p_value(…, share=strictest_below), adjusted over its family; NaN (not tested) is
    never certain. `strictest_below` = 0.5: 国市监网监发〔2021〕38号 forbids the strictest algorithm as a
    standard and gives no number; one half is the audit's declared reading, "under half of the safe
    reference can meet it".
    """
    if interval.low < band.low and interval.high > band.high:
        return Judgement(Verdict.INSUFFICIENT_EVIDENCE, Doubt.INTERVAL_HOLDS_MIDDLE)
    if (share if better is None else better) > band.high:
        return Judgement(Verdict.LAXER)
    if share >= band.low:
        return Judgement(Verdict.WITHIN_MIDDLE)
    if share < strictest_below and adjusted_p <= level:
        return Judgement(Verdict.STRICTEST)
    return Judgement(Verdict.STRICTER)
