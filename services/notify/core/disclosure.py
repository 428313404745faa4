"""Which figures may be told to whoever sees aggregates only: none of too few workers, and none that others
would reveal.

A figure is a set of base cells: its findings are their sum, its workers their union. A base cell is one area,
platform and rule in one month; every row of every report of the month, totals included, is a figure, whatever
area it is asked for. They are decided together, so that no two answers give more than one report does.

1. A figure of 1 to 9 workers (``privacy.LEAST_WORKERS``) is hidden.
2. The *rest* of a told figure is what its told cells leave. A rest must be empty or large enough, and so must
   what one rest leaves of another that it lies within.
3. No hidden figure of too few workers may be a linear combination of rests: then it could be computed.
4. Where 2 fails, the smallest cell of the figure is hidden with it (complementary suppression; Hundepool et
   al., Statistical Disclosure Control, 2012, ch. 4), or the figure itself if it has none. Where 3 fails, the
   smallest figure that takes part in the combination is.

Hiding only ever grows, so this ends. What audits publish is decided along a tree (algo_audit's
``core/privacy.py``), where no two totals cross; here those of areas, platforms and rules do, so the tree's
argument does not hold and step 3 is needed.

Not covered: what follows from figures not being negative, and a report read before and after a late finding
amended it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr, solve_triangular

from services.notify.core.privacy import too_few

Figure = frozenset[int]
"""Numbers of base cells."""

_NEAR = 1e-7
"""Of 0/1 vectors in a thousand dimensions: far above rounding, far below any true distance."""


def tellable(workers: Sequence[frozenset[str]], figures: Collection[Figure]) -> frozenset[Figure]:
    """Those of ``figures`` that may be told. Each base cell is to be among them by itself.

    ``workers`` are those of each base cell; none where its findings are about standards of assessment.
    """
    return _Decision(workers, figures).told()


class _Decision:
    def __init__(self, workers: Sequence[frozenset[str]], figures: Collection[Figure]) -> None:
        self._workers = workers
        self._counts: dict[Figure, int] = {}
        self._told = {figure for figure in figures if not self._few(figure)}
        self._sensitive = sorted(set(figures) - self._told, key=sorted)

    def told(self) -> frozenset[Figure]:
        while self._hide_what_small_rests_reveal() or self._hide_what_can_be_computed():
            pass
        return frozenset(self._told)

    def _few(self, cells: Figure) -> bool:
        if cells not in self._counts:
            self._counts[cells] = len(frozenset().union(*(self._workers[cell] for cell in cells)))
        return too_few(self._counts[cells])

    def _known(self) -> Figure:
        """Every cell that is told by itself."""
        return frozenset().union(*(figure for figure in self._told if len(figure) == 1))

    def _rests(self) -> dict[Figure, list[Figure]]:
        """Told figures by their rest, smallest first."""
        known = self._known()
        rests: dict[Figure, list[Figure]] = {}
        for figure in sorted(self._told, key=lambda each: (len(each), sorted(each))):
            if rest := figure - known:
                rests.setdefault(rest, []).append(figure)
        return rests

    def _hide_what_small_rests_reveal(self) -> bool:
        rests = self._rests()
        small = [(figure, frozenset[int]()) for rest in rests if self._few(rest) for figure in rests[rest]]
        if not small:
            by_size = sorted(rests, key=len)
            small = [
                (rests[rest][0], rests[inner][0])
                for place, rest in enumerate(by_size)
                for inner in by_size[:place]
                if inner < rest and self._few(rest - inner)
            ]
        for figure, outside in small:
            self._hide_within(figure, outside)
        return bool(small)

    def _hide_what_can_be_computed(self) -> bool:
        rests, known = self._rests(), self._known()
        in_the_way = _combined({figure - known for figure in self._sensitive}, list(rests))
        for rest in in_the_way:
            self._told.difference_update(rests[rest])
        return bool(in_the_way)

    def _hide_within(self, figure: Figure, outside: Figure = frozenset()) -> None:
        """Hide the smallest told cell of the figure, else the figure."""
        cells = [
            cell for cell in figure - outside if frozenset((cell,)) in self._told and self._workers[cell]
        ]
        if cells:
            smallest = min(cells, key=lambda cell: (len(self._workers[cell]), cell))
            self._told.discard(frozenset((smallest,)))
        else:
            self._told.discard(figure)


def _combined(targets: Collection[Figure], rests: Sequence[Figure]) -> set[Figure]:
    """Of each target that is a linear combination of the rests the smallest rest that takes part in it."""
    place = {cell: number for number, cell in enumerate(sorted(frozenset().union(*rests)))}
    asked = sorted((target for target in targets if target <= place.keys()), key=sorted)
    if not (asked and rests):
        return set()

    def columns(figures: Sequence[Figure]) -> NDArray[np.float64]:
        matrix = np.zeros((len(place), len(figures)))
        for number, figure in enumerate(figures):
            matrix[[place[cell] for cell in figure], number] = 1.0
        return matrix

    vectors = columns(asked)
    basis, triangle, order = qr(columns(rests), mode="economic", pivoting=True, check_finite=False)
    sizes = np.abs(np.diag(triangle))
    rank = int((sizes > _NEAR * sizes[0]).sum())
    along = basis[:, :rank].T @ vectors
    computed = np.abs(vectors - basis[:, :rank] @ along).max(axis=0) < _NEAR
    shares = np.abs(solve_triangular(triangle[:rank, :rank], along[:, computed])) > _NEAR
    return {
        min(
            (rests[order[number]] for number in np.flatnonzero(share)),
            key=lambda rest: (len(rest), sorted(rest)),
        )
        for share in shares.T
    }
