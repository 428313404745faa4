"""What else an audit charges platforms with, by what it is about: one row a metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.algo_audit.core.applied import AppliedParams, applied_rules
from services.algo_audit.core.declared import declared_for
from services.algo_audit.core.metrics import (
    COMMISSION_SHARE,
    DELIVERY_TIME,
    HOURLY_EARNINGS,
    PENALTIES_PER_ORDER,
    PIECE_RATE,
    Key,
)
from services.algo_audit.core.minimum_wage import MinimumWages
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.orders import Orders
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.parity import BY_MEDIAN, GroupNames, ParityParams, parity
from services.algo_audit.core.pay import PayParams, pay_standing
from services.algo_audit.core.ratchet import RatchetParams, ratchets
from services.algo_audit.core.report import AppliedRule, Charges, DataIssue, Parity, PayStanding
from services.algo_audit.core.thresholds import DeclaredThreshold, in_force

SEEN_ON_ORDERS = (DELIVERY_TIME.id, COMMISSION_SHARE.id, PENALTIES_PER_ORDER.id)
"""Metrics whose rule an order itself shows: it may be another than declared."""
COMPARED_BY_THRESHOLD = (DELIVERY_TIME.id,)
"""Metrics whose declared threshold one group may meet less often than another."""


@dataclass(frozen=True, slots=True)
class Charging:
    """The declared parameters of all charges."""

    audit: AuditParams
    wages: MinimumWages
    ratchet: RatchetParams = field(default_factory=RatchetParams)
    applied: AppliedParams = field(default_factory=AppliedParams)
    parity: ParityParams = field(default_factory=ParityParams)
    pay: PayParams = field(default_factory=PayParams)

    def speaks_of(self, metric_id: str) -> bool:
        """Whether there is something to say of a metric for which nobody declared a threshold."""
        return metric_id in (COMMISSION_SHARE.id, PENALTIES_PER_ORDER.id, HOURLY_EARNINGS.id, PIECE_RATE.id)

    def of(
        self,
        orders: Orders,
        observations: Observations,
        declared: Sequence[DeclaredThreshold],
        at_ms: int,
        firms: Sequence[str],
        *,
        county: int = 0,
        area_names: Mapping[int, tuple[str, str]] | None = None,
    ) -> Charges:
        """The charges of an audit of the observations' metric.

        ``orders``: of the area audited; ``observations``: of the whole city; ``county``: the area where it is
        a county's (GB/T 2260 code), else 0. ``declared``: all versions of all thresholds ever; ``at_ms``: the
        moment whose thresholds are audited. ``area_names``: as in ``PayParams``, beside those of ``pay``.
        """
        metric, minimum, bands = observations.metric, self.audit.minimum, self.audit.bands
        inside = observations
        if county:
            inside = observations.take(observations.keys[Key.AREA] == county)
        issues: list[DataIssue] = []
        groups: list[Parity] = []
        params = replace(self.pay, area_names={**self.pay.area_names, **(area_names or {})})
        names = GroupNames(firms=firms, districts=params.area_names)
        if metric.id in BY_MEDIAN:
            groups, issues = parity(inside, None, names, self.parity, minimum)
        elif metric.id in COMPARED_BY_THRESHOLD:
            tau = declared_for(inside, in_force(declared, at_ms), bands)
            groups, issues = parity(inside, tau, names, self.parity, minimum)
        pay: list[PayStanding] = []
        if metric.id == HOURLY_EARNINGS.id:
            pay, unknown = pay_standing(observations, self.wages, params, minimum, area=county)
            issues = [*issues, *unknown]
        applied: list[AppliedRule] = []
        if metric.id in SEEN_ON_ORDERS:
            applied = applied_rules(orders, declared, bands, self.applied, minimum, only=metric.id)
        limits = ratchets(orders, bands, self.ratchet, minimum) if metric.id == DELIVERY_TIME.id else []
        return Charges(ratchets=limits, applied=applied, parity=groups, pay=pay, data_issues=issues)
