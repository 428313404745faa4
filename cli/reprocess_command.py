"""What ``quzhong reprocess`` does: judge a range of the log anew and tell how that differs from what stands.

Nothing live is touched: records are read outside any consumer group, judged in a log and a store of our own
in a temporary folder, and what stands is read from workhours' store.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from google.protobuf.timestamp_pb2 import Timestamp
from rich.table import Table

from cli.file_times import FileTimes
from cli.finding_difference import Difference, difference
from cli.output import CommandError, Output
from cli.reprocess_range import EVENT_TOPICS, Copied, copy_range
from kit.clock import system_clock
from kit.directory import Directory
from kit.eventlog.open import open_event_log
from kit.eventlog.port import EventLog
from kit.eventlog.topics import of_service
from kit.storage.store import Store
from quzhong.api.events.v1 import findings_pb2
from services.workhours.adapters.tables import CURRENT, REVISION
from services.workhours.app import WorkhoursUnit
from services.workhours.catalogue import SHIPPED, PackFileError
from services.workhours.core.finding import FindingState
from services.workhours.settings import Watermark, WorkhoursSettings

SHOWN = 20
"""Findings named to people, of each kind; ``--json`` has all."""
SHANGHAI = FileTimes(ZoneInfo("Asia/Shanghai"), named=False)
"""Times as people here read them."""
_LOOK_S = 0.1

Findings = Mapping[str, findings_pb2.Finding]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for."""

    from_ms: int | None
    """When the log took the first record, epoch ms; None: from its begin."""
    to_ms: int | None
    """The moment before which it took the last; None: to its end."""
    pack: str
    """Name of a pack that comes with the product, or its file; empty: the one the service judges by."""
    options: str
    """Choices the pack leaves, as in ``QUZHONG_WORKHOURS_RULE_OPTIONS``."""


def reprocess(output: Output, plan: Plan) -> None:
    """Judge the range and show the difference.

    Raises:
        CommandError: if there is no such pack, no log, or nothing in the range; or judging fails.
        LogUnavailableError, StorageUnavailableError: if the live log or store cannot be had.
    """
    settings = WorkhoursSettings()
    file = _pack_file(plan.pack) if plan.pack else settings.workhours_rule_pack
    with ExitStack() as stack:
        live = stack.enter_context(_live_log(settings))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="quzhong-reprocess-")))
        ours = WorkhoursSettings(
            data_dir=folder,
            kafka="",
            store="",
            workhours_rule_pack=file,
            workhours_rule_options=plan.options if plan.pack else settings.workhours_rule_options,
            workhours_watermark=Watermark.EVENT,  # of past events only they tell the time
        )
        try:
            pack = ours.rule_pack()
        except (PackFileError, ValueError) as fault:
            raise CommandError(
                f"规则包有误：{fault}", f"broken rule pack: {fault}", reason="BAD_PACK"
            ) from None
        own = open_event_log(ours.log_url)
        stack.callback(own.close)
        own.ensure_topics(of_service(WorkhoursUnit.name), live.partition_count(EVENT_TOPICS[0]))
        copied = _copy(output, live, own, plan, settings.workhours_history_days)
        if not copied.records:
            raise CommandError(
                "该时段内日志没有记录；请放宽 --from 和 --to",
                "the log took nothing in that range; widen --from and --to",
                reason="NOTHING_IN_RANGE",
            )
        directory = Directory(live, system_clock)  # it knows whose data were erased since
        directory.start()
        stack.callback(directory.stop)
        _judge(output, ours, own, directory)
        new = _within(standing(ours.store_url(WorkhoursUnit.name)), copied)
        stands = _within(standing(settings.store_url(WorkhoursUnit.name)), copied)
    found = difference(stands, new)
    document = {
        "pack": {"id": pack.id, "version": pack.version},
        "range": _told(plan, copied),
        "live": _counted(stands),
        "new": _counted(new),
        "same": found.same,
        "added": [_row(each) for each in found.added],
        "gone": [_row(each) for each in found.gone],
        "changed": [
            _row(each.new) | {"fields": {name: list(pair) for name, pair in each.fields.items()}}
            for each in found.changed
        ],
    }
    output.result(document, _by_rule(output, stands, new, found), *_named(output, found))


def standing(store_url: str) -> dict[str, findings_pb2.Finding]:
    """What stands in a store of workhours, by id.

    Raises:
        StorageUnavailableError: if it cannot be read.
    """
    store = Store.open_to_read(store_url)
    try:
        with store.read() as connection:
            values = connection.scalars(
                sa.select(REVISION.c.value)
                .join(CURRENT, CURRENT.c.sequence == REVISION.c.sequence)
                .where(REVISION.c.state == FindingState.STANDS.value)
            )
            found = [findings_pb2.Finding.FromString(value) for value in values]
    finally:
        store.close()
    return {each.finding_id: each for each in found}


def _pack_file(name: str) -> Path:
    file = Path(name) if name.endswith((".yaml", ".yml")) else SHIPPED / f"{name}.yaml"
    if not file.is_file():
        raise CommandError(
            f"没有规则包 {name}；可用 quzhong rules list 查看，或给出文件路径",
            f"there is no rule pack {name}; see `quzhong rules list`, or name its file",
            reason="NO_SUCH_PACK",
        )
    return file


@contextmanager
def _live_log(settings: WorkhoursSettings) -> Iterator[EventLog]:
    if not settings.kafka and not (settings.data_dir / "log.db").exists():
        raise CommandError(
            f"{settings.data_dir} 中没有事件日志；请设置 QUZHONG_DATA_DIR 或 QUZHONG_KAFKA",
            f"there is no event log in {settings.data_dir}; set QUZHONG_DATA_DIR or QUZHONG_KAFKA",
            reason="NO_LOG",
        )
    log = open_event_log(settings.log_url, settings.kafka_security)
    try:
        yield log
    finally:
        log.close()


def _copy(output: Output, live: EventLog, own: EventLog, plan: Plan, run_up_days: int) -> Copied:
    copied = Copied()
    with output.progress() as bars:
        bar = bars.add_task(output.pick("读取日志", "reading the log"), total=None)
        for copied in copy_range(live, own, plan.from_ms, plan.to_ms, run_up_days):
            bars.update(bar, completed=copied.records + copied.run_up_records)
    return copied


def _judge(output: Output, settings: WorkhoursSettings, log: EventLog, directory: Directory) -> None:
    unit = WorkhoursUnit(settings, log, system_clock, directory)
    unit.start()
    try:
        with output.err.status(output.pick("重新认定", "judging")):
            while not unit.drained():
                if not unit.healthy():
                    raise CommandError(
                        "认定中断；请查看上面的日志",
                        "judging has failed; see the log above",
                        reason="JUDGING_FAILED",
                    )
                time.sleep(_LOOK_S)
    finally:
        unit.stop()


def _within(findings: Findings, copied: Copied) -> dict[str, findings_pb2.Finding]:
    """Those that begin and end in the range: of others one side may know events that the other cannot."""
    first = copied.first_ms if copied.first_ms is not None else 0
    last = copied.last_ms

    def inside(finding: findings_pb2.Finding) -> bool:
        spell = finding.working_time
        return _ms(spell.spell_start_time) >= first and (last is None or _ms(spell.spell_end_time) <= last)

    return {name: finding for name, finding in findings.items() if inside(finding)}


def _ms(moment: Timestamp) -> int:
    return moment.ToMilliseconds()


def _told(plan: Plan, copied: Copied) -> dict[str, Any]:
    return {
        "from": _iso(plan.from_ms),
        "to": _iso(plan.to_ms),
        "records": copied.records,
        "run_up_records": copied.run_up_records,
        "events": copied.events,
        "unreadable_records": copied.unreadable,
        "compared_from": _iso(copied.first_ms),
        "compared_to": _iso(copied.last_ms),
    }


def _iso(moment_ms: int | None) -> str | None:
    if moment_ms is None:
        return None
    moment = Timestamp()
    moment.FromMilliseconds(moment_ms)
    return moment.ToJsonString()


def _counted(findings: Findings) -> dict[str, Any]:
    versions = sorted({f"{each.pack_id}@{each.pack_version}" for each in findings.values()})
    return {"findings": len(findings), "packs": versions}


def _row(finding: findings_pb2.Finding) -> dict[str, Any]:
    return {
        "finding_id": finding.finding_id,
        "rule_id": finding.rule_id,
        "severity": findings_pb2.Severity.Name(finding.severity),
        "platform_id": finding.platform_id,
        "worker_id": finding.worker_id,
        "event_time": finding.event_time.ToJsonString(),
    }


def _by_rule(output: Output, live: Findings, new: Findings, found: Difference) -> Table:
    table = output.table(
        ("重新认定与现行认定之差（按规则）", "Judged anew against what stands, by rule"),
        ("规则", "rule"),
        ("现行", "stand"),
        ("新", "anew"),
        ("新增", "added"),
        ("消失", "gone"),
        ("变更", "changed"),
    )
    groups = [
        list(live.values()),
        list(new.values()),
        found.added,
        found.gone,
        [c.new for c in found.changed],
    ]
    for rule in sorted({each.rule_id for group in groups for each in group}):
        table.add_row(rule, *(f"{sum(each.rule_id == rule for each in group):,}" for group in groups))
    return table


def _named(output: Output, found: Difference) -> Iterator[Table]:
    for title, findings in (
        (("新增", "Added"), found.added),
        (("消失", "Gone"), found.gone),
        (("变更", "Changed"), [each.new for each in found.changed]),
    ):
        if not findings:
            continue
        more = len(findings) - SHOWN
        rest = (f"（另有 {more} 项，见 --json）", f" ({more} more with --json)") if more > 0 else ("", "")
        table = output.table(
            (title[0] + rest[0], title[1] + rest[1]),
            ("认定", "finding"),
            ("规则", "rule"),
            ("平台", "platform"),
            ("劳动者", "worker"),
            ("时间（北京）", "time (Shanghai)"),
            text_columns=5,
        )
        for each in findings[:SHOWN]:
            moment = SHANGHAI.show(_ms(each.event_time))
            table.add_row(each.finding_id, each.rule_id, each.platform_id, each.worker_id, moment)
        yield table
