"""Where data are kept: stores and their revisions, the log and its topics."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import kafka
import sqlalchemy as sa
from kafka import errors as kafka_errors

from cli.db_command import standings_of
from cli.doctor_checks import Check, Text, fault, warning, well
from cli.schemas import SCHEMAS
from cli.topics_command import GROUPS
from kit.clock import system_clock
from kit.errors import QuzhongError
from kit.eventlog.kafka_topics import KafkaTopics
from kit.eventlog.topics import TOPICS
from kit.settings import CommonSettings
from kit.storage.store import Store

MOST_SKEW_S = 5.0
"""Between machines of one installation. Intake takes rows five minutes ahead of its clock; access tokens end
by the second."""

BOOTSTRAP_S = 5.0
"""A broker that does not answer by then is away."""


def store_checks(settings: CommonSettings) -> Iterator[Check]:
    """Each store: whether it can be reached, and whether its tables are those of this release."""
    for name in SCHEMAS:
        what = f"store {name}"
        try:
            standings = standings_of(settings, name)
        except QuzhongError as error:
            yield fault(
                what,
                Text(error.zh, error.message),
                Text(
                    "请检查数据库是否运行、QUZHONG_STORE 与密码是否正确、网络是否放行",
                    "see that the database runs, QUZHONG_STORE and its password are right, and the network"
                    " lets us through",
                ),
            )
            continue
        pending = [revision for each in standings for revision in each.pending]
        made = [each.revision for each in standings if each.revision is not None]
        if pending:
            yield fault(
                what,
                Text(f"数据表落后：{'、'.join(pending)}", f"tables are behind: {', '.join(pending)}"),
                Text("请运行 quzhong db upgrade", "run `quzhong db upgrade`"),
            )
        elif not made:
            yield well(what, "尚未建立，首次启动时建立", "not made yet: the first start does")
        else:
            yield well(what, f"版本 {'、'.join(made)}", f"revision {', '.join(made)}")
    if settings.store:
        yield from _database_clock(settings)


def log_checks(settings: CommonSettings) -> Iterator[Check]:
    """Whether the log answers, and its topics and rights are as declared."""
    what = f"Kafka {settings.kafka}"
    if not settings.kafka:
        yield well("log", "内置日志（SQLite 文件）", "embedded, a SQLite file")
        return
    servers = settings.kafka.split(",")
    try:
        _reach(servers)
        admin = kafka.KafkaAdminClient(
            bootstrap_servers=servers,
            bootstrap_timeout_ms=int(BOOTSTRAP_S * 1000),
            **settings.kafka_security.arguments(),
        )
    except (kafka_errors.KafkaError, QuzhongError, OSError) as error:
        said = error.message if isinstance(error, QuzhongError) else f"{type(error).__name__}: {error}"
        yield fault(
            what,
            Text(f"无法连接：{said}", f"cannot be reached: {said}"),
            Text(
                "请检查代理是否运行，以及 QUZHONG_KAFKA 的地址、证书、用户与密码",
                "see that the broker runs, and look at QUZHONG_KAFKA: address, certificates, user, password",
            ),
        )
        return
    try:
        changes = KafkaTopics(
            admin, TOPICS, GROUPS, partitions=settings.partitions, replication=settings.kafka_replication
        ).plan()
    except (kafka_errors.KafkaError, QuzhongError) as error:
        said = error.message if isinstance(error, QuzhongError) else f"{type(error).__name__}: {error}"
        yield fault(
            what,
            Text(f"主题无法核对：{said}", f"its topics cannot be looked at: {said}"),
            Text(
                "请核对 QUZHONG_PARTITIONS，或为本用户授予 DESCRIBE 权限",
                "compare QUZHONG_PARTITIONS with the topics, or give this user the right to DESCRIBE",
            ),
        )
    else:
        if changes:
            names = ", ".join(sorted({change.what for change in changes})[:5])
            yield warning(
                what,
                Text(f"{len(changes)} 处与声明不一致：{names}", f"{len(changes)} differences: {names}"),
                Text(
                    "请先运行 quzhong topics apply --plan 查看，再 apply",
                    "look at `quzhong topics apply --plan`, then apply it",
                ),
            )
        else:
            yield well(what, "主题与权限符合声明", "topics and rights are as declared")
    finally:
        admin.close()


def _reach(servers: Sequence[str]) -> None:
    """Raises OSError if none of them is there: the client would try for long, and not say why."""
    for number, server in enumerate(servers, start=1):
        place = urlsplit(f"//{server.strip()}")
        try:
            with socket.create_connection((place.hostname or "", place.port or 9092), BOOTSTRAP_S):
                return
        except OSError:
            if number == len(servers):
                raise


def skew_check(what: str, skew_s: float, precision_s: float = 0.0) -> Check:
    """Of a clock that is ``skew_s`` ahead of ours, known to within ``precision_s``."""
    if abs(skew_s) > MOST_SKEW_S + precision_s:
        return fault(
            what,
            Text(f"与本机时钟相差 {skew_s:+.1f} 秒", f"is {skew_s:+.1f} s off this machine's clock"),
            Text("请在各机器上启用 NTP（chrony）", "have NTP (chrony) keep the clocks of all machines"),
        )
    return well(what, f"与本机相差 {skew_s:+.1f} 秒", f"{skew_s:+.1f} s off ours")


def _database_clock(settings: CommonSettings) -> Iterator[Check]:
    """Of the first store's database; of one that cannot be reached it has been said already."""
    name = next(iter(SCHEMAS), None)
    if name is None:
        return
    try:
        store = Store.open_to_read(settings.store_url(name))
        try:
            with store.read() as connection:
                began_s = time.monotonic()
                theirs_ms = connection.scalar(sa.text("SELECT extract(epoch FROM clock_timestamp()) * 1000"))
                took_s = time.monotonic() - began_s
        finally:
            store.close()
    except QuzhongError:
        return
    if theirs_ms is not None:
        yield skew_check("clock of the database", (float(theirs_ms) - system_clock()) / 1000 + took_s / 2)
