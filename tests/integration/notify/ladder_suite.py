"""A city with officials and a clock that the test moves: cases driven up the ladder over the socket."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import grpc
import psycopg
from psycopg import sql

from kit.eventlog.port import EventLog, NewRecord
from kit.eventlog.topics import REGISTRY
from kit.ledger import Entry
from kit.ledger.stored import StoreSource
from kit.security import tokens
from kit.security.caller import Role
from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.notify.v1 import casework_pb2 as pb
from quzhong.api.notify.v1 import casework_pb2_grpc, notify_pb2
from quzhong.api.registry.v1 import registry_pb2
from tests.integration.notify.notify_suite import (
    RunningNotify,
    Said,
    activity,
    eventually,
    finding,
    prepared,
    running_notify,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 3, 9)
"""The day of the first warning; what it is about lies in the week before."""
DAY = timedelta(days=1)

OFFICIALS = {
    "li": ("tangshan", ("130200",)),
    "zhao": ("qianan", ("130283",)),
    "sun": ("lunan", ("130202",)),
}
"""Department and areas of each."""


def moment_ms(day: date, clock: str = "10:00") -> int:
    """A moment in Shanghai, epoch milliseconds."""
    return int(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI).timestamp() * 1000)


@dataclass
class HandClock:
    """Stands still until it is moved."""

    now_ms: int = moment_ms(MONDAY)

    def __call__(self) -> int:
        return self.now_ms


def register_officials(log: EventLog, given: dict[str, str]) -> None:
    """Beside the parties of ``notify_suite``: officials, and a second department of the city."""
    parties = [
        registry_pb2.Party(
            party_id="transport",
            role=registry_pb2.ROLE_REGULATOR,
            name=events.LocalText(zh="唐山市交通运输局", en="Transport"),
            area_codes=["130200"],
            profile=registry_pb2.PartyProfile(unit_id="transport"),
        ),
        registry_pb2.Party(
            party_id="auditor",
            role=registry_pb2.ROLE_AUDITOR,
            name=events.LocalText(zh="审计员", en="Auditor"),
        ),
    ]
    parties += [
        registry_pb2.Party(
            party_id=official,
            role=registry_pb2.Role.ValueType(Role.OFFICIAL),
            name=events.LocalText(zh=f"负责人{official}", en=official.title()),
            area_codes=areas,
            department_id=department,
        )
        for official, (department, areas) in OFFICIALS.items()
    ]
    # "tangshan" is the human-resources bureau from here on.
    parties.append(
        registry_pb2.Party(
            party_id="tangshan",
            role=registry_pb2.ROLE_REGULATOR,
            name=events.LocalText(zh="唐山市人社局", en="Tangshan"),
            area_codes=["130200"],
            profile=registry_pb2.PartyProfile(unit_id="human-resources"),
        )
    )
    entries = [registry_pb2.DirectoryEntry(party=party) for party in parties]
    for party in parties:
        if party.party_id in given:
            continue
        token = tokens.issue()
        given[party.party_id] = token.token
        entries.append(
            registry_pb2.DirectoryEntry(
                credential=registry_pb2.Credential(
                    credential_id=token.credential_id,
                    party_id=party.party_id,
                    secret_sha256=token.secret_sha256,
                )
            )
        )
    log.append([NewRecord(REGISTRY.name, entry.SerializeToString(), key=b"entity") for entry in entries])


def store_of(database_url: str) -> str:
    """The setting by which a service keeps its data there; empty: in its folder."""
    if not database_url.startswith("postgresql"):
        return ""
    with psycopg.connect(database_url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"{name}_notify")))
    return database_url.replace(name, name + "_{service}")


@dataclass
class City:
    """Notify at work in it."""

    notify: RunningNotify
    clock: HandClock
    case_id: str = ""
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count())

    def act(self, party: str, method: str, *, request_id: str = "", **content: Any) -> Any:
        """Call ``CaseworkService``; the request gets an id of its own unless one is named."""
        request = getattr(pb, f"{method}Request")(**content)
        if "request_id" in request.DESCRIPTOR.fields_by_name:
            request.request_id = request_id or f"request-{next(self.numbers)}"
        with grpc.insecure_channel(self.notify.host.address) as channel:
            stub = casework_pb2_grpc.CaseworkServiceStub(channel)
            metadata = [("authorization", f"Bearer {self.notify.tokens[party]}")]
            return getattr(stub, method)(request, metadata=metadata, timeout=20)

    def on(self, day: date, clock: str = "10:00") -> None:
        """Move the clock, and wait for what the policy does."""
        self.clock.now_ms = moment_ms(day, clock)
        eventually(self.notify.unit.drained)

    def file(self, party: str = "tangshan") -> notify_pb2.GetCaseResponse:
        answer: notify_pb2.GetCaseResponse = self.notify.as_(party).call(
            "GetCase", notify_pb2.GetCaseRequest(case_id=self.case_id)
        )
        return answer

    @property
    def state(self) -> str:
        return notify_pb2.CaseState.Name(self.file().case.state).removeprefix("CASE_STATE_")

    @property
    def deadline(self) -> date:
        return date.fromisoformat(self.file().case.deadline)

    def entries(self) -> list[Entry]:
        """What notify's ledger has."""
        source = StoreSource(self.notify.unit._store, "notify")
        return [entry for entry in source.entries() if isinstance(entry, Entry)]

    def steps(self) -> list[str]:
        """What the case went through."""
        names = [notify_pb2.CaseTrigger.Name(step.trigger) for step in self.file().steps]
        return [name.removeprefix("CASE_TRIGGER_") for name in names]

    def notices(self) -> list[str]:
        names = [notify_pb2.NoticeKind.Name(notice.kind) for notice in self.file().notices]
        return [name.removeprefix("NOTICE_KIND_") for name in names]

    def notice_id(self, kind: str) -> str:
        """Of the latest of its kind."""
        value = notify_pb2.NoticeKind.Value(f"NOTICE_KIND_{kind}")
        return [notice.notice_id for notice in self.file().notices if notice.kind == value][-1]

    def week(self, last: date, findings: int, tag: str) -> list[Said]:
        """Seven days of 1,000 active workers up to ``last``, on the last of them so many over their hours."""
        days = [last - back * DAY for back in range(7)]
        said: list[Said] = [activity(1_000, day=day.isoformat()) for day in days]
        said += [finding(f"{tag}-{number}", at_ms=moment_ms(last, "12:00")) for number in range(findings)]
        return said

    def propose_by_silence(self) -> None:
        """Let the deadline of the warning pass."""
        self.on(self.deadline + DAY, "00:00")
        assert self.state == "SUMMONS_PROPOSED"

    def approve(self, official: str = "li") -> None:
        self.act(official, "ApproveSummons", case_id=self.case_id, reason="同意约谈")

    def send(self, day: date, **content: Any) -> Any:
        request = pb.SendSummonsRequest(place="唐山市人社局三楼会议室", attendees="负责人", **content)
        request.start_time.FromMilliseconds(moment_ms(day, "10:00"))
        request.end_time.FromMilliseconds(moment_ms(day, "11:00"))
        return self.act(
            "tangshan",
            "SendSummons",
            case_id=self.case_id,
            start_time=request.start_time,
            end_time=request.end_time,
            place=request.place,
            attendees=request.attendees,
            joint_department_ids=request.joint_department_ids,
        )

    def hold(self, day: date) -> None:
        """From an approved summons to a talk that was held."""
        self.send(day)
        self.on(day, "11:30")
        self.act("tangshan", "RecordTalk", case_id=self.case_id, minutes="企业说明情况并承诺整改。")


@contextmanager
def running_city(log: EventLog, data_dir: Path, **settings: Any) -> Iterator[City]:
    """A city whose platform swift was warned on ``MONDAY``: 20 of 1,000 workers went past their hours."""
    given = prepared(log)
    register_officials(log, given)
    clock = HandClock()
    with running_notify(log, data_dir, given, clock=clock, **settings) as notify:
        city = City(notify, clock)
        notify.say(*city.week(MONDAY - 2 * DAY, 20, "first"))
        (case,) = notify.as_("tangshan").call("ListCases", notify_pb2.ListCasesRequest()).cases
        city.case_id = case.case_id
        yield city
