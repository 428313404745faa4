"""What ``quzhong topics apply`` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import kafka
from kafka import errors as kafka_errors
from rich.table import Table

from cli.output import CommandError, Output
from kit.errors import LogUnavailableError
from kit.eventlog.kafka_topics import Change, KafkaTopics, Kind
from kit.eventlog.topics import TOPICS
from kit.settings import CommonSettings

GROUPS: Mapping[str, Sequence[str]] = {
    "registry": ("registry",),
    "intake": ("intake-archive", "intake-links"),
    "workhours": ("workhours",),
    "algo_audit": ("algo_audit",),
    "notify": ("notify",),
}
"""Consumer groups by service. One that is missing could not be joined where brokers enforce access rules."""

_IN_WORDS = {
    Kind.CREATE_TOPIC: ("新建主题", "create topic"),
    Kind.SET_CONFIG: ("更改配置", "set"),
    Kind.ALLOW: ("授权", "allow"),
    Kind.DISALLOW: ("撤销授权", "disallow"),
}


def apply_topics(output: Output, *, only_plan: bool) -> None:
    """Compare, and change unless only the plan is wanted.

    Raises:
        CommandError: NO_KAFKA, if no cluster is named; KAFKA_REFUSED, if the cluster does not let us.
        PartitionCountError: if a topic is there with another partition count.
        LogUnavailableError: if no broker answers.
    """
    settings = CommonSettings()
    if not settings.kafka:
        raise CommandError(
            "未设置 QUZHONG_KAFKA：内置日志无须此步骤",
            "QUZHONG_KAFKA is not set: the embedded log needs none of this",
            reason="NO_KAFKA",
        )
    try:
        admin = kafka.KafkaAdminClient(
            bootstrap_servers=settings.kafka.split(","),
            bootstrap_timeout_ms=10_000,
            **settings.kafka_security.arguments(),
        )
    except kafka_errors.KafkaError as error:
        raise LogUnavailableError(
            f"Kafka {settings.kafka}: {error}", zh=f"Kafka {settings.kafka} 无法连接：{error}"
        ) from error
    try:
        topics = KafkaTopics(
            admin, TOPICS, GROUPS, partitions=settings.partitions, replication=settings.kafka_replication
        )
        changes = topics.plan() if only_plan else topics.apply()
    except kafka_errors.KafkaError as error:
        raise CommandError(
            f"Kafka {settings.kafka} 拒绝：{error}",
            f"Kafka {settings.kafka} refuses: {error}",
            reason="KAFKA_REFUSED",
        ) from error
    finally:
        admin.close()
    document = [
        {"do": each.kind.value, "what": each.what, "before": each.before, "after": each.after}
        for each in changes
    ]
    output.result(
        {"applied": not only_plan, "changes": document}, _page(changes, output, only_plan=only_plan)
    )


def _page(changes: Sequence[Change], output: Output, *, only_plan: bool) -> Table | str:
    if not changes:
        return output.pick("与声明一致，无须更改。", "As declared: nothing to do.")
    table = output.table(
        ("将作的更改", "To be done") if only_plan else ("已作的更改", "Done"),
        ("操作", "what"),
        ("对象", "of"),
        ("原值", "before"),
        ("新值", "after"),
        text_columns=4,
    )
    for change in changes:
        table.add_row(output.pick(*_IN_WORDS[change.kind]), change.what, change.before, change.after)
    return table
