"""What stands beside a cohort's figures in tens: its censored rows, and those left out, by reason."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.cohort_tree import ROOT_DEPTH, UNKNOWN_CODE
from services.algo_audit.core.cutting import Tree
from services.algo_audit.core.metrics import Key
from services.algo_audit.core.observations import Exclusion
from services.algo_audit.core.privacy import additive_tens


class LeftOut:
    """The counts of one tree, rounded so that no sum of them tells more than tens."""

    def __init__(self, tree: Tree) -> None:
        self._levels = tree.levels
        self._keys = tree.keys
        self._reasons = list(tree.excluded)
        self._tens = _running(np.stack([additive_tens(c) for c in (tree.censored, *tree.excluded.values())]))
        self._beside = _unknown_distance(tree)

    def of(self, platforms: Sequence[int], depth: int, node: int) -> tuple[int, dict[Exclusion, int]]:
        """Of the platforms (codes) in a node at that depth: the censored, and the excluded by reason.

        Rows of unknown distance are told beside each distance.
        """
        level = self._levels[depth]
        of_pool = self._tens[:, list(platforms)]
        first, last = level.first_leaf[node : node + 2].tolist()
        told = of_pool[:, :, last] - of_pool[:, :, first]
        beside = self._beside.get(tuple(level.codes[node, :ROOT_DEPTH].tolist()))
        if beside is not None and Key.DISTANCE in self._keys[:depth]:
            at = 1 + self._reasons.index(Exclusion.DISTANCE_UNKNOWN)
            told[at] += of_pool[at, :, beside[1]] - of_pool[at, :, beside[0]]
        censored, *excluded = told.sum(axis=1).tolist()
        return censored, dict(zip(self._reasons, excluded, strict=True))


def _running(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Running totals over the leaves (last axis), from 0: one longer."""
    return np.concatenate([np.zeros((*counts.shape[:-1], 1), np.int64), np.cumsum(counts, axis=-1)], axis=-1)


def _unknown_distance(tree: Tree) -> dict[tuple[int, ...], tuple[int, int]]:
    """(service, vehicle) → the leaves of unknown distance there, first and last + 1."""
    if Key.DISTANCE not in tree.keys:
        return {}
    level = tree.levels[tree.keys.index(Key.DISTANCE) + 1]
    return {
        tuple(codes[:ROOT_DEPTH]): (int(level.first_leaf[node]), int(level.first_leaf[node + 1]))
        for node, codes in enumerate(level.codes.tolist())
        if codes[2] == UNKNOWN_CODE[Key.DISTANCE]
    }
