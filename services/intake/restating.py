"""Events under other pseudonyms than those they were said under: as they go to the log, and once more later.

The table at its shortest, ``a → b`` being a link, ``k`` an event's key, ``s`` the salt of ``b``:

| on the log | is from then on | |
|---|---|---|
| ``a, k, version 0`` | ``b, k ^ s, version 0`` | the same again under the successor |
| | ``a, k, version 65535, deleted`` | and gone where it was |
| ``b, k, version 0``, before the link | the same two, under ``b`` | so that its versions find each other |
| ``b, k ^ s, version 0`` | | where it belongs |

All of it is a function of what stands there, so that doing it twice says nothing new (ADR 3, 12, 20).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kit.columns import EventBatch, concat, statement_keys
from kit.columns.versions import MOVED_AWAY
from services.intake.core.event_index import Keys
from services.intake.hashing import hashes, interned
from services.intake.ports import ToPart
from services.intake.succession import Successions


def under_successors(batch: EventBatch, successions: Successions) -> EventBatch:
    """Events as platforms say them, with plain keys, as they are written while these links are in force."""
    words = batch.dictionaries["worker"]
    successors = successions.successors(words)
    salts = successions.worker_salts(successors)
    if not salts.any():  # who follows somebody has a salt
        return batch
    workers, codes = interned(successors)
    columns = {
        **batch.columns,
        "event_key": batch["event_key"] ^ salts[batch["worker"]],
        "worker": codes.astype(batch["worker"].dtype)[batch["worker"]],
    }
    return replace(batch, dictionaries={**batch.dictionaries, "worker": workers}, columns=columns)


def restated(batch: EventBatch, successions: Successions) -> EventBatch | None:
    """What has to be written so that these events, read from the log, stand where they belong.

    None if they do already.
    """
    plain = replace(batch, columns={**batch.columns, "event_key": _plain(batch)})
    words = batch.dictionaries["worker"]
    # What those of whom a link was undone have under other keys is parted already, or will be: some of it is
    # another worker's.
    apart = successions.are_apart(words)[batch["worker"]]
    own = plain["event_key"] ^ successions.worker_salts(words)[batch["worker"]]
    return _moved(batch, under_successors(plain, successions), ~apart | (batch["event_key"] == own))


def parted(
    batch: EventBatch, successions: Successions, each: ToPart, on_record: Callable[[Keys], Keys]
) -> EventBatch | None:
    """The same where two workers had been taken for one, of all that stands under either's pseudonyms.

    An event is the old one's if it ever stood under a pseudonym of the old one, or is on record as said under
    it: what was said while the link was in force stood under the new one only.
    """
    plain = _plain(batch)
    of_olds = np.isin(batch.names("worker"), each.olds)
    recorded = on_record(plain)
    digests = hashes(each.olds)[:, None]
    on_record_as_old = ((recorded ^ digests) >> np.uint64(32) == 0).any(axis=0) & (recorded != 0)
    is_old = np.isin(plain, plain[of_olds]) | on_record_as_old
    words, codes = interned(batch.dictionaries["worker"], each.olds[:1])
    worker = np.where(is_old, 0, codes[batch["worker"]])
    said = replace(
        batch,
        dictionaries={**batch.dictionaries, "worker": words},
        columns={**batch.columns, "event_key": plain, "worker": worker.astype(batch["worker"].dtype)},
    )
    return _moved(batch, under_successors(said, successions), np.ones(len(batch), dtype=np.bool_))


def _moved(batch: EventBatch, there: EventBatch, may: NDArray[np.bool_]) -> EventBatch | None:
    """What has to be written so that the rows that may move stand ``there``; None if they do."""
    stays = (there["event_key"] == batch["event_key"]) & (there.names("worker") == batch.names("worker"))
    moving = np.flatnonzero(may & ~stays & (batch["version"] < MOVED_AWAY))
    if not len(moving):
        return None
    # The same event may stand under two pseudonyms, and a row of the log may be there twice.
    place = batch["event_key"] ^ hashes(batch.dictionaries["worker"])[batch["worker"]]
    said, gone = (
        moving[np.unique(keys[moving], return_index=True)[1]]
        for keys in (statement_keys(place, batch["version"]), place)
    )
    return concat([there.take(said), _deleted(batch.take(gone))])


def worker_digests(batch: EventBatch, successions: Successions, on_record: Callable[[Keys], Keys]) -> Keys:
    """As whose events intake remembers these, by XXH64: shape ``(n,)``.

    A worker of several pseudonyms is one: the one whom the event is on record under, else the one it is said
    under, so that it can be told should the link turn out wrong.
    ``on_record``: the subjects that events were accepted with (``core.accepted``), 0 where there is none.
    """
    words = batch.dictionaries["worker"]
    chains = successions.chains(words)
    deepest = max(map(len, chains), default=1)
    members = np.stack(
        [hashes([chain[min(depth, len(chain) - 1)] for chain in chains]) for depth in range(deepest)], axis=1
    )[batch["worker"]]
    digests: Keys = hashes(words)[batch["worker"]]
    linked = np.flatnonzero(members[:, -1] != members[:, 0])
    if not len(linked):
        return digests
    keys = batch["event_key"][linked]
    _, first, event = np.unique(keys, return_index=True, return_inverse=True)
    recorded = on_record(keys)
    # One that is said under several for the first time, all in this batch, is as the first of them says.
    recorded = np.where(recorded == 0, digests[linked][first[event]], recorded)
    for depth in range(deepest):
        earlier = members[linked, depth]
        same = np.flatnonzero((earlier ^ recorded) >> np.uint64(32) == 0)
        digests[linked[same]] = earlier[same]
    return digests


def by_partition(batch: EventBatch, count: int) -> Iterator[tuple[int, EventBatch]]:
    """The batch cut by its workers' partitions (``kit.eventlog.partitioner``), rows in their order."""
    remainders: Keys = hashes(batch.dictionaries["worker"]) % np.uint64(count)
    of_worker: NDArray[np.uint16] = remainders.astype(np.uint16)  # sorts fast
    return batch.split(of_worker[batch["worker"]])


def by_worker(batch: EventBatch, most_rows: int) -> Iterator[EventBatch]:
    """The batch cut into parts of whole workers; a worker with more than ``most_rows`` rows is cut too."""
    order = np.argsort(batch["worker"], kind="stable")
    changes = np.flatnonzero(np.diff(batch["worker"][order])) + 1
    start = 0
    while start < len(order):
        within = changes[(changes > start) & (changes <= start + most_rows)]
        end = len(order) if len(order) - start <= most_rows else start + most_rows
        if end < len(order) and len(within):
            end = int(within[-1])
        yield batch.take(order[start:end])
        start = end


def _deleted(batch: EventBatch) -> EventBatch:
    columns = {
        **batch.columns,
        "version": np.full(len(batch), MOVED_AWAY, dtype=batch["version"].dtype),
        "deleted": np.ones(len(batch), dtype=batch["deleted"].dtype),
    }
    return replace(batch, columns=columns)


def _plain(batch: EventBatch) -> Keys:
    """The keys events have as their platforms say them."""
    keys = np.empty(len(batch), dtype=np.uint64)
    event_ids = batch.texts["event_ids"]
    for code, platform_id in enumerate(batch.dictionaries["platform"]):
        rows: NDArray[np.intp] = np.flatnonzero(batch["platform"] == code)
        keys[rows] = hashes([event_ids[row] for row in rows.tolist()], prefix=f"{platform_id}\n")
    return keys
