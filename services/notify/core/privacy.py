"""Which counts of workers may be told to whoever sees aggregates only (a union)."""

from __future__ import annotations

LEAST_WORKERS = 10
"""No cell with fewer workers is told: the figure of the project's privacy rule, which audits keep as well."""


def too_few(workers: int) -> bool:
    """Whether a count would tell of single workers. Nobody is not few: such a cell is about no worker."""
    return 0 < workers < LEAST_WORKERS
