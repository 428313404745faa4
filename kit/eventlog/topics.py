"""The map of the whole flow: every topic, what it carries, who writes it and who reads it.

Open this file first, then one service's ``consumer.py``, ``handlers.py`` and ``core/``.
``docs/data-flow.md`` is generated from this table, and a test compares it with what each service declares.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

DEAD_LETTER_SUFFIX = ".dead-letter"
"""What a topic's name gets appended to name the topic that keeps what could not be handled."""


class Key(Enum):
    """What the partition of a record is chosen by. Per key, order holds."""

    WORKER = "worker pseudonym"
    PLATFORM = "platform"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class Topic:
    """One row of the map."""

    name: str
    """Topic name, the same on every adapter."""
    key: Key
    """What the partition is chosen by."""
    payload: str
    """Full name of the protobuf message a record's value holds."""
    writers: tuple[str, ...]
    """Services that append to it."""
    readers: tuple[str, ...]
    """Services that consume it."""
    says: str
    """One line: what a record means."""
    compacted: bool = False
    """Only the last record of a key matters; the log may drop earlier ones."""
    scaled: bool = False
    """Takes the installation's partition count; the others have one partition and keep total order."""
    retention_days: int | None = None
    """For how long the log keeps records at least; None: for ever. What is dropped is in the archive."""
    dead_letter: bool = field(default=True)
    """Whether records that can never be handled are kept, with the reason, in ``<name>.dead-letter``."""

    @property
    def dead_letter_name(self) -> str:
        """Name of the topic that keeps what could not be handled."""
        return self.name + DEAD_LETTER_SUFFIX


EVENT_RETENTION_DAYS = 21
"""Workhours reads events again up to its horizon, 14 days back; a week more, so that a long outage, too, ends
before the log has dropped what it needs."""

FINDING_RETENTION_DAYS = 92
"""A quarter, as the longest period that is reported on: by then who reads findings keeps what it needs of
them, and whoever comes later has them from workhours' and algo_audit's own stores."""

EVERY_SERVICE = ("registry", "intake", "workhours", "algo_audit", "notify")
"""Each checks its callers by the directory, which is read from the registry's topic; so does the registry."""

WORK_SESSIONS = Topic(
    name="work-sessions",
    key=Key.WORKER,
    payload="quzhong.api.events.v1.WorkSessionColumns",
    writers=("intake",),
    readers=("intake", "workhours", "algo_audit"),
    says="Workers going online and offline, and their breaks: one record per partition and commit group.",
    retention_days=EVENT_RETENTION_DAYS,
    scaled=True,
)
DISPATCHES = Topic(
    name="dispatches",
    key=Key.WORKER,
    payload="quzhong.api.events.v1.DispatchColumns",
    writers=("intake",),
    readers=("intake", "workhours", "algo_audit"),
    says="Orders offered, accepted, rejected, picked up, completed, cancelled: one record per partition "
    "and commit group.",
    retention_days=EVENT_RETENTION_DAYS,
    scaled=True,
)
REGISTRY = Topic(
    name="registry",
    key=Key.ENTITY,
    payload="quzhong.api.registry.v1.DirectoryEntry",
    writers=("registry",),
    readers=EVERY_SERVICE,
    says="Platforms, partner firms, authorities, unions, credentials, areas and declared thresholds, as they"
    " stand now.",
    compacted=True,
)
PSEUDONYM_LINKS = Topic(
    name="pseudonym-links",
    key=Key.ENTITY,
    payload="quzhong.api.registry.v1.PseudonymSuccession",
    writers=("registry",),
    readers=("intake",),
    says="Which pseudonym of a worker follows which when the key is changed. Apart from the registry's other"
    " topic, so that nobody reads it but who moves events.",
    retention_days=EVENT_RETENTION_DAYS,
)
ACTIVITY = Topic(
    name="activity",
    key=Key.PLATFORM,
    payload="quzhong.api.events.v1.WorkforceActivity",
    writers=("workhours",),
    readers=("registry", "notify"),
    says="How many workers were active, by platform, area and day: the denominator of every rate"
    " per thousand.",
)
FINDINGS = Topic(
    name="findings",
    key=Key.PLATFORM,
    payload="quzhong.api.events.v1.Finding",
    writers=("registry", "workhours", "algo_audit"),
    readers=("algo_audit", "notify"),
    says="What a rule or an audit found, and duties due or overdue, with evidence; a later revision amends an"
    " earlier one.",
    retention_days=FINDING_RETENTION_DAYS,
)
AGREEMENTS = Topic(
    name="agreements",
    key=Key.PLATFORM,
    payload="quzhong.api.algo_audit.v1.Agreement",
    writers=("algo_audit",),
    readers=("registry",),
    says="What a union and a platform agreed on: the registry declares it, from its effective date on.",
)
NOTICES = Topic(
    name="notices",
    key=Key.PLATFORM,
    payload="quzhong.api.notify.v1.Notice",
    writers=("notify",),
    readers=(),
    says="Warnings that were sent, for whoever archives or forwards them.",
)

TOPICS: tuple[Topic, ...] = (
    WORK_SESSIONS,
    DISPATCHES,
    REGISTRY,
    PSEUDONYM_LINKS,
    ACTIVITY,
    FINDINGS,
    AGREEMENTS,
    NOTICES,
)
"""Every topic, in the order of the flow."""


def of_service(service: str) -> tuple[Topic, ...]:
    """What a service writes or reads: all that it may see of a log with access rules."""
    return tuple(topic for topic in TOPICS if service in (*topic.writers, *topic.readers))


def by_name(name: str) -> Topic:
    """The row of a topic name, or of a dead-letter topic's name.

    Raises:
        KeyError: if no such topic is declared here.
    """
    for topic in TOPICS:
        if name in (topic.name, topic.dead_letter_name):
            return topic
    raise KeyError(f"topic {name!r} is not declared in kit/eventlog/topics.py")
