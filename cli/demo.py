"""``quzhong demo``: a simulated city day through the whole suite, over real sockets."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from google.protobuf.timestamp_pb2 import Timestamp

from cli.city_rows import CityRows
from cli.connection import Connection, fresh_request_id
from cli.embedded import EmbeddedSuite
from cli.findings import PAGE, Summary, digest, finding_ids, summary_of
from cli.output import Output
from cli.parties import (
    DELIVERY_TIME,
    OFFICIAL,
    OFFICIAL_ID,
    REGULATOR,
    REGULATOR_ID,
    REGULATOR_UNIT,
    UNION,
    UNION_ID,
    Name,
    declare_limits,
    platform_token,
    supervisor_token,
)
from kit.clock import Clock, system_clock
from quzhong import (
    Advisory,
    AdvisoryKind,
    AdvisoryWatch,
    Client,
    LocalPseudonymiser,
    Totals,
    watch_advisories,
)
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.events.v1 import events_pb2
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.registry.v1 import registry_pb2
from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS
from services.algo_audit.core.day_cells import midnight_ms
from services.algo_audit.core.public_periods import Partition, period_of
from simulator import CITY_CODE, City, Platform

PSEUDONYM_KEY = b"quzhong demo: nobody in it is real"
"""The same in each run, so that two runs give the same findings; a real key is secret."""

LEAD_ROWS = 2_000
"""How many rows of a platform may be unanswered: about a quarter of an hour of the largest one. In a city all
platforms live through the same hour; one that ran ahead would make the others' orders look unfinished."""

DRAIN_S = 120.0


@dataclass(frozen=True, slots=True)
class FirstAlert:
    """The first alert that reached the regulator."""

    alert: notify_pb2.Alert
    seconds: float
    """After the start of the command."""


@dataclass(frozen=True, slots=True)
class FirstAdvisory:
    """The first advice to a platform, as the regulator saw it go out."""

    advisory: Advisory
    seconds: float
    """After the start of the command."""


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """What the city day came to."""

    city: City
    totals: tuple[Totals, ...]
    """Of each platform, in the city's order."""
    findings: Summary
    digest: str
    """Of the ids of all findings: equal in two runs."""
    audit: algo_audit_pb2.Audit
    cases: tuple[notify_pb2.Case, ...]
    warnings: int
    first: FirstAlert | None
    advisory: FirstAdvisory | None
    regulator_token: str
    official_token: str
    union_token: str
    platform_tokens: tuple[str, ...]
    """In the city's order."""
    seconds: float


def demo_clock(city: City) -> Clock:
    """The present, but never before the simulated day is over: intake refuses events of the future.

    Of a day that is still to come it goes on from that day's end: a service waits for moments that a clock
    which stands would never reach.
    """
    over = int(max(city.dispatches.time_ms.max(), city.sessions.time_ms.max()))
    began_s = time.monotonic()
    return lambda: max(system_clock(), over + int(1_000 * (time.monotonic() - began_s)))


def run_demo(suite: EmbeddedSuite, city: City, output: Output, began_s: float) -> DemoOutcome:
    """Register everybody, stream the day for all platforms at once, audit, and gather what came of it.

    ``began_s``: when the command started, ``time.monotonic``.
    """
    with ExitStack() as open_things:
        admin = open_things.enter_context(Connection(suite.address, suite.admin_token))
        areas = [str(CITY_CODE)]
        tokens = [_admit(admin, suite.address, platform, city) for platform in city.platforms]
        regulator_token = supervisor_token(
            admin, REGULATOR_ID, registry_pb2.ROLE_REGULATOR, REGULATOR, areas, unit_id=REGULATOR_UNIT
        )
        official_token = supervisor_token(
            admin, OFFICIAL_ID, registry_pb2.ROLE_OFFICIAL, OFFICIAL, areas, department_id=REGULATOR_ID
        )
        union_token = supervisor_token(admin, UNION_ID, registry_pb2.ROLE_UNION, UNION, areas)
        regulator = open_things.enter_context(Connection(suite.address, regulator_token))
        first = open_things.enter_context(_first_alert(regulator, output, began_s))
        watch = watch_advisories(suite.address, regulator_token)
        advised = open_things.enter_context(_first_advisory(watch, output, began_s))
        totals = _stream(suite.address, city, tokens, output)
        output.say("等待判定完成……", "Waiting for the verdicts…")
        suite.drain(DRAIN_S)
        audit = regulator.call(
            regulator.algo_audit.RunAudit,
            audit_request(city),
        ).audit
        suite.drain(DRAIN_S)
        cases = _cases(regulator)
        return DemoOutcome(
            city=city,
            totals=totals,
            findings=summary_of(regulator),
            digest=digest(finding_ids(regulator)),
            audit=audit,
            cases=cases,
            warnings=sum(_warnings(regulator, case) for case in cases),
            first=first[0] if first else None,
            advisory=advised[0] if advised else None,
            regulator_token=regulator_token,
            official_token=official_token,
            union_token=union_token,
            platform_tokens=tuple(tokens),
            seconds=round(time.monotonic() - began_s, 3),
        )


def audit_request(city: City) -> algo_audit_pb2.RunAuditRequest:
    """The audit of the calendar month of the simulated day: a period that a union may be told of."""
    day = (int(city.dispatches.time_ms.min()) + SHANGHAI_OFFSET_MS) // DAY_MS
    first, last = period_of(Partition.MONTH, day)
    return algo_audit_pb2.RunAuditRequest(
        request_id=fresh_request_id(),
        metric_id=DELIVERY_TIME,
        area_code=str(CITY_CODE),
        period_start_time=Timestamp(seconds=midnight_ms(first) // 1_000),
        period_end_time=Timestamp(seconds=midnight_ms(last + 1) // 1_000),
    )


def _admit(admin: Connection, address: str, platform: Platform, city: City) -> str:
    """Register a platform and declare its limits; its token."""
    name = Name(platform.name_zh, platform.name_en)
    token = platform_token(admin, platform.id, name, [str(CITY_CODE)])
    with Connection(address, token) as own:
        declare_limits(own, platform, city)
    return token


def _stream(address: str, city: City, tokens: Sequence[str], output: Output) -> tuple[Totals, ...]:
    """Send every platform's day, all at once and in step, each through a client of its own."""
    rows = CityRows(city, LocalPseudonymiser(PSEUDONYM_KEY))
    with output.progress() as progress, ExitStack() as open_clients:

        def client_of(number: int) -> Client:
            platform = city.platforms[number]
            name = output.pick(platform.name_zh, platform.name_en)
            task = progress.add_task(name, total=rows.count(number))
            client = Client(
                address,
                tokens[number],
                platform.id,
                queue_rows=LEAD_ROWS,
                on_answer=lambda answer: progress.update(task, advance=answer.rows),
            )
            return open_clients.enter_context(client)

        clients = [client_of(number) for number in range(len(tokens))]
        hand_in(rows, clients)
        return tuple(client.totals for client in clients)


def hand_in(rows: CityRows, clients: Sequence[Client]) -> None:
    """Send every platform's rows in the order in which they arrive, and wait for the answers."""
    for number, row in rows.rows():
        if isinstance(row, events_pb2.Dispatch):
            clients[number].add_dispatch(row)
        else:
            clients[number].add_work_session(row)
    for client in clients:
        client.flush()


@contextmanager
def _first_alert(regulator: Connection, output: Output, began_s: float) -> Iterator[list[FirstAlert]]:
    """Watch alerts as a regulator would, and say the first finding when it comes; it is in the list then."""
    seen: list[FirstAlert] = []

    def watch(messages: Iterable[notify_pb2.WatchAlertsResponse]) -> None:
        for message in messages:
            if message.alert.kind == notify_pb2.ALERT_KIND_FINDING:
                seen.append(FirstAlert(message.alert, round(time.monotonic() - began_s, 3)))
                title = output.pick(message.alert.title.zh, message.alert.title.en)
                output.say(
                    f"首个发现（启动后 {seen[0].seconds:.1f} 秒）：{title}",
                    f"First finding, {seen[0].seconds:.1f} s after the start: {title}",
                )
                return

    request = notify_pb2.WatchAlertsRequest()
    with regulator.stream(regulator.notify.WatchAlerts, request) as messages:
        thread = threading.Thread(target=watch, args=[messages], name="first-alert", daemon=True)
        thread.start()
        yield seen
    thread.join()


@contextmanager
def _first_advisory(watch: AdvisoryWatch, output: Output, began_s: float) -> Iterator[list[FirstAdvisory]]:
    """Watch what platforms are advised, and say the first when it comes; it is in the list then."""
    seen: list[FirstAdvisory] = []

    def follow() -> None:
        for each in watch:
            seen.append(FirstAdvisory(each.advisory, round(time.monotonic() - began_s, 3)))
            output.say(*_spoken(each.advisory))
            return

    thread = threading.Thread(target=follow, name="first-advisory", daemon=True)
    with watch:
        thread.start()
        yield seen
    thread.join()


ADVICE = {
    AdvisoryKind.UNSPECIFIED: ("见说明", "see the text"),
    AdvisoryKind.MINUTES_LEFT: ("临近上限", "near the limit"),
    AdvisoryKind.LIMIT_REACHED: ("到达上限", "limit reached"),
    AdvisoryKind.NO_PUSH: ("停止推送", "push no order"),
    AdvisoryKind.CLEARED: ("解除", "cleared"),
}


def _spoken(advisory: Advisory) -> tuple[str, str]:
    """One line in Chinese and in English: the kind, what is left, whom it is about."""
    kind_zh, kind_en = ADVICE[advisory.kind]
    left_zh = left_en = ""
    if advisory.minutes_left is not None:
        minutes = advisory.minutes_left.total_seconds() / 60
        left_zh, left_en = f"，剩余 {minutes:.0f} 分钟", f", {minutes:.0f} min left"
    return (
        f"首条建议：{kind_zh}{left_zh}，发给 {advisory.platform_id}，劳动者 {advisory.worker_id}",
        f"First advice: {kind_en}{left_en}, to {advisory.platform_id}, worker {advisory.worker_id}",
    )


def _cases(regulator: Connection) -> tuple[notify_pb2.Case, ...]:
    pages = regulator.pages(
        regulator.notify.ListCases,
        lambda token: notify_pb2.ListCasesRequest(page_size=PAGE, page_token=token),
        lambda response: response.next_page_token,
    )
    return tuple(case for page in pages for case in page.cases)


def _warnings(regulator: Connection, case: notify_pb2.Case) -> int:
    """How many warnings (警示函) went out in a case."""
    request = notify_pb2.GetCaseRequest(case_id=case.case_id, findings_size=1)
    notices = regulator.call(regulator.notify.GetCase, request).notices
    return sum(notice.kind == notify_pb2.NOTICE_KIND_WARNING for notice in notices)
