"""Topics on Apache Kafka as they are declared: partitions, retention, compaction, replicas, rights.

``plan`` compares what is declared with what a cluster has; ``apply`` does what the plan says. What cannot be
changed without harm (a topic's partition count) is refused, and nothing is ever deleted but access rules of
our own principals that are declared no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from kafka import KafkaAdminClient
from kafka import errors as kafka_errors
from kafka.admin import (
    ACL,
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ConfigResource,
    ConfigResourceType,
    ResourcePattern,
    ResourcePatternFilter,
    ResourceType,
)
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from kit.eventlog.declared import Declared, check_partitions, declared_topics
from kit.eventlog.port import MAX_RECORD_BYTES
from kit.eventlog.topics import Topic

FRAME_BYTES = 64 * 1024
"""Room for a record's own framing (batch header, headers' names) above ``MAX_RECORD_BYTES``."""

SEGMENT_MS = 43_200_000
"""12 h. A broker drops whole segments, once the last record of one is old enough. By default it begins the
next after a week only, so that little-used topics would keep records a week longer than is declared."""

PRINCIPAL = "User:quzhong-"
"""What the names of our users begin with, as access rules have them."""


SEEN_S = 15.0
"""So long the brokers of a cluster may take to hear of a change."""


def user_of(service: str) -> str:
    """Who a service is to the broker: its SCRAM user."""
    return f"{PRINCIPAL.removeprefix('User:')}{service.replace('_', '-')}"


class _NotYetError(Exception):
    """The plan is not empty yet."""


class Kind(Enum):
    """What a change does."""

    CREATE_TOPIC = "create topic"
    SET_CONFIG = "set"
    ALLOW = "allow"
    DISALLOW = "disallow"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to do."""

    kind: Kind
    what: str
    """The topic, or the right in words."""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Right:
    """What a service may do with a topic or a consumer group."""

    service: str
    operation: ACLOperation
    resource: ResourceType
    name: str

    def acl(self) -> ACL:
        """As the broker has it."""
        return ACL(
            f"User:{user_of(self.service)}",
            "*",
            self.operation,
            ACLPermissionType.ALLOW,
            ResourcePattern(self.resource, self.name),
        )


def topic_configs(topic: Declared, replication: int) -> dict[str, str]:
    """What a topic is set to."""
    days = topic.retention_days
    return {
        **({} if days is None or topic.compacted else {"segment.ms": str(SEGMENT_MS)}),
        "retention.ms": "-1" if days is None else str(days * 86_400_000),
        "cleanup.policy": "compact" if topic.compacted else "delete",
        "max.message.bytes": str(MAX_RECORD_BYTES + FRAME_BYTES),
        "message.timestamp.type": "LogAppendTime",
        # One replica may be away, and what was acknowledged is still on two.
        "min.insync.replicas": str(min(2, replication)),
    }


def topic_making(topic: Declared, replication: int) -> dict[str, dict[str, Any]]:
    """What ``KafkaAdminClient.create_topics`` takes for a topic."""
    return {
        topic.name: {
            "num_partitions": topic.partitions,
            "replication_factor": replication,
            "configs": topic_configs(topic, replication),
        }
    }


def rights(topics: Iterable[Topic], groups: Mapping[str, Sequence[str]]) -> Iterator[Right]:
    """Who may write and read what. ``groups`` has the consumer groups of each service.

    Whoever writes or reads a topic may put what cannot be handled into its dead-letter topic.
    """
    for topic in topics:
        for service in topic.writers:
            yield Right(service, ACLOperation.WRITE, ResourceType.TOPIC, topic.name)
        for service in topic.readers:
            yield Right(service, ACLOperation.READ, ResourceType.TOPIC, topic.name)
        if topic.dead_letter:
            for service in dict.fromkeys((*topic.writers, *topic.readers)):
                yield Right(service, ACLOperation.WRITE, ResourceType.TOPIC, topic.dead_letter_name)
    for service, names in groups.items():
        for name in names:
            yield Right(service, ACLOperation.READ, ResourceType.GROUP, name)


class KafkaTopics:
    """Declared topics and rights beside those of a cluster."""

    def __init__(
        self,
        admin: KafkaAdminClient,
        topics: Sequence[Topic],
        groups: Mapping[str, Sequence[str]],
        *,
        partitions: int,
        replication: int,
    ) -> None:
        self._admin = admin
        self._replication = replication
        self._declared = list(declared_topics(topics, partitions))
        self._rights = {right.acl(): right for right in rights(topics, groups)}

    def plan(self) -> list[Change]:
        """What there is to do, in the order in which it is done.

        Raises:
            PartitionCountError: if a topic is there with another count.
        """
        there = self._partitions()
        changes: list[Change] = []
        configs = self._configs([each.name for each in self._declared if each.name in there])
        for topic in self._declared:
            wanted = topic_configs(topic, self._replication)
            if topic.name not in there:
                after = f"{topic.partitions} × {self._replication}, " + ", ".join(
                    f"{key}={value}" for key, value in wanted.items()
                )
                changes.append(Change(Kind.CREATE_TOPIC, topic.name, after=after))
                continue
            check_partitions(topic.name, topic.partitions, there[topic.name])
            for key, value in wanted.items():
                if (now := configs[topic.name].get(key, "")) != value:
                    changes.append(Change(Kind.SET_CONFIG, f"{topic.name} {key}", now, value))
        missing, stale = self._rights_to_change()
        changes += [Change(Kind.ALLOW, _in_words(acl)) for acl in missing]
        changes += [Change(Kind.DISALLOW, _in_words(acl)) for acl in stale]
        return changes

    def apply(self) -> list[Change]:
        """Do it; what was done. A second time there is nothing to do.

        Raises:
            PartitionCountError: if a topic is there with another count; nothing was done.
            kafka.errors.KafkaError: if the cluster refuses.
            tenacity.RetryError: if the cluster took it, and does not show it.
        """
        changes = self.plan()
        there = self._partitions()
        new: dict[str, dict[str, Any]] = {}
        for topic in self._declared:
            if topic.name not in there:
                new |= topic_making(topic, self._replication)
        if new:
            self._admin.create_topics(new, wait_for_metadata=True)
        resources = [
            ConfigResource(ConfigResourceType.TOPIC, topic.name, topic_configs(topic, self._replication))
            for topic in self._declared
            if topic.name in there
        ]
        if any(change.kind is Kind.SET_CONFIG for change in changes):
            self._admin.alter_configs(resources)
        missing, stale = self._rights_to_change()
        if missing:
            _require_all(self._admin.create_acls(missing))
        if stale:
            self._admin.delete_acls(stale)
        # A cluster tells of a change a moment after it has taken it.
        for attempt in Retrying(
            retry=retry_if_exception_type(_NotYetError), stop=stop_after_delay(SEEN_S), wait=wait_fixed(0.1)
        ):
            with attempt:
                if self.plan():
                    raise _NotYetError
        return changes

    def _partitions(self) -> dict[str, int]:
        described = self._admin.describe_topics([topic.name for topic in self._declared])
        return {each["name"]: len(each["partitions"]) for each in described if not each["error_code"]}

    def _configs(self, names: Sequence[str]) -> dict[str, dict[str, str]]:
        if not names:
            return {}
        resources = [ConfigResource(ConfigResourceType.TOPIC, name, None) for name in names]
        found: dict[str, dict[str, Any]] = self._admin.describe_configs(resources, config_filter="all")[
            "topic"
        ]
        return {
            name: {key: str(config["value"]) for key, config in configs.items()}
            for name, configs in found.items()
        }

    def _rights_to_change(self) -> tuple[list[ACL], list[ACL]]:
        """Those missing, and those declared no more; neither where the cluster asks nobody for rights."""
        there = self._acls()
        if there is None:
            return [], []
        missing = [acl for acl in self._rights if acl not in there]
        return missing, [acl for acl in there if acl not in self._rights]

    def _acls(self) -> set[ACL] | None:
        """Of our principals; None if the cluster asks nobody for rights."""
        anything = ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY)
        every = ACLFilter(None, None, ACLOperation.ANY, ACLPermissionType.ANY, anything)
        try:
            found, _ = self._admin.describe_acls(every)
        except kafka_errors.SecurityDisabledError:
            return None
        return {acl for acl in found if acl.principal.startswith(PRINCIPAL)}


def _require_all(answer: dict[str, list[Any]]) -> None:
    for error in answer["failed"]:
        raise error


def _in_words(acl: ACL) -> str:
    resource = acl.resource_pattern
    return (
        f"{acl.principal.removeprefix('User:')} {acl.operation.name.lower()} "
        f"{resource.resource_type.name.lower()} {resource.resource_name}"
    )
