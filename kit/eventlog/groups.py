"""How a group shares partitions out: pure, for the adapters that keep membership themselves.

A partition passes through three states, and only its claim row says which:

    claimed by A ──A: on_revoked, then release──▶ unclaimed ──B settles──▶ claimed by B
         └──────────A timed out: the row is dropped by whoever settles next──┘

Nobody coordinates: each member computes the same shares from the same rows and takes only what is unclaimed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kit.eventlog.port import TopicPartition


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where one member stands."""

    held: frozenset[TopicPartition]
    """Claims it has had. What it thinks it owns beyond these was lost to a time-out."""
    surplus: frozenset[TopicPartition]
    """Of ``held``: due to another member now; to be given up."""
    gained: frozenset[TopicPartition]
    """Due to it and unclaimed until now."""


def owner_of(partition: TopicPartition, members: Collection[str]) -> str:
    """Who is due a partition: by its number alone, so that equal numbers of different topics stay together.

    A worker's events lie at one number in several topics (co-partitioning), and one process needs them all.
    """
    in_order = sorted(members)
    return in_order[partition.partition % len(in_order)]


def settle(
    member: str,
    members: Collection[str],
    partitions: Collection[TopicPartition],
    claims: Mapping[TopicPartition, str],
) -> Settlement:
    """What ``member`` holds, must give up and may take, given the live members and the claims as they are."""
    held = frozenset(partition for partition, owner in claims.items() if owner == member)
    due = frozenset(partition for partition in partitions if owner_of(partition, members) == member)
    return Settlement(held=held, surplus=held - due, gained=due - claims.keys())
