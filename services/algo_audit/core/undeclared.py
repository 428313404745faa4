"""Cohorts in which a platform declared nothing: what is done there, for a consultation to begin from.

There is nothing to judge, so there is no verdict and no attainment; the reference, its middle and the floor
of feasibility are the same as of a declared threshold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from services.algo_audit.core.audit import Audited, CohortAudit, touched, unjudged
from services.algo_audit.core.cohort_keys import ASSESSED_BY
from services.algo_audit.core.cohort_tree import AreaNames, cohort_of
from services.algo_audit.core.metrics import Key
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.thresholds import DeclaredThreshold

_ANY_VALUE = 1.0
"""Of a threshold that stands for none: nothing that is told of it rests on its value."""


def services_of(observations: Observations, platform: int) -> list[int]:
    """The services that a platform works in, ascending; every one there is, if it has no rows."""
    service = observations.keys[Key.SERVICE]
    own = service[observations.platform == platform]
    codes: list[int] = np.unique(own if len(own) else service).tolist()
    return [code for code in codes if code in ASSESSED_BY]


def undeclared_in(
    audited: Audited,
    platform: int,
    services: Sequence[int],
    *,
    area: int = 0,
    area_names: AreaNames | None = None,
) -> list[CohortAudit]:
    """The cohorts of some services in which a platform declared nothing, with their baselines; those that may
    not be shown are left out. ``area`` as in ``audit``. Linear in the rows of each different reference."""
    found = []
    for service in services:
        anything = DeclaredThreshold(platform, audited.metric.id, _ANY_VALUE, service=service)
        for row in untouched(audited, anything, area=area, area_names=area_names):
            node = audited.population.node(tuple(code for _, code in row.cohort.keys))
            reference = audited.population.reference(platform, node)
            if reference is not None:
                found.append(replace(row, reference=reference.kind, baseline=reference.baseline))
    return found


def undeclared_cohort(
    audited: Audited, platform: int, service: int, cohort_id: str, *, area: int = 0
) -> CohortAudit:
    """The cohort of a service by its id, not judged. ``area`` as in ``audit``. Raises LookupError if there is
    none of this name, or the platform declared something in it."""
    anything = DeclaredThreshold(platform, audited.metric.id, _ANY_VALUE, service=service)
    for row in untouched(audited, anything, area=area):
        if row.cohort.id == cohort_id:
            return row
    raise LookupError(f"cohort: {cohort_id!r} is none of service {service} in which nothing is declared")


def untouched(
    audited: Audited,
    proposed: DeclaredThreshold,
    *,
    area: int = 0,
    area_names: AreaNames | None = None,
) -> Iterator[CohortAudit]:
    """The cohorts that a threshold would touch and in which its platform declared none, not judged, in
    order."""
    declared = {
        (row.threshold.service, row.cohort.id) for row in audited.cohorts if row.platform == proposed.platform
    }
    for keys in touched(proposed, audited.population, audited.params.bands, area):
        cohort = cohort_of(keys, audited.params.bands, area_names)
        if (proposed.service, cohort.id) not in declared:
            yield unjudged(proposed, cohort, audited.metric, audited.params)
