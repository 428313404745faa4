"""Faults that can be planted in the weeks, each by itself, and where each one sits.

Nothing is drawn for a fault: the weeks with it and the weeks without it differ in the columns it is about and
in nothing else. Workers do not answer to a fault (a limit that nobody can meet makes nobody ride faster), so
the reference that an audit measures against stays what it was.
"""

from dataclasses import dataclass

LIMIT_PLATFORM = 2
"""Index into ``Weeks.platforms``, as are the next four."""
RATCHET_PLATFORM = 0
PENALTY_PLATFORM = 1
UNDERPAID_PLATFORM = 0
FIRM_PLATFORM = 1
UNDERPAID_AREA = 130203
"""路北区, the area with the most workers."""
FIRM = 2
"""Index into ``Weeks.partner_firms``."""

RATCHET_PER_DAY = 0.01
"""By so much of itself a limit shrinks from day to day: in 28 days to about three quarters."""
UNDERPAID_SHARE = 0.8
"""What the underpaid earn in the middle, of the minimum wage: nearly all of them lie below it."""
FIRM_PAY_FACTOR = 0.7
"""Below four fifths, the usual first sign of disparity."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Which truths an audit should find. All off: none."""

    limit_below_speed: bool = False
    """Platform C declares, and shows, the limits it has in the one-day city: under a tenth of the reference
    meets them in any distance band, and beyond 2 km the ride and the shortest wait and hand-over at 15 km/h
    take longer. Truth: strictest algorithm in five bands, below the floor of feasibility in three."""
    ratchet: bool = False
    """Platform A shows limits that tighten by 1 % a day at equal distance. They begin above the declared
    limit and reach it on the last day, so no order is held to less than was declared. Truth: a ratchet, and
    only that."""
    undeclared_penalty: bool = False
    """Platform B takes 1 yuan of an order that is 20 min beyond its limit, some 2 % of its orders, and has
    declared no penalties. Truth: an undeclared rule."""
    underpaid_cohort: bool = False
    """Platform A pays in 路北区 so little that nearly every worker there earns less than ``minimum_wage_fen``
    an hour of order time after commission. Truth: pay below the minimum wage in one cohort. It is by its
    nature a disparity between districts of platform A, too."""
    partner_firm_disparity: bool = False
    """Platform B pays workers of one partner firm 0.7 of what others get for the same order. Truth: a
    disparity by partner firm. They still earn more than the minimum wage."""
