"""What came of a day, and whether two runs came to the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from google.protobuf.message import Message

from cli.connection import Connection
from cli.demo import audit_request
from kit.eventlog.port import EventLog
from kit.eventlog.topics import FINDINGS, NOTICES
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.workhours.v1 import workhours_pb2
from simulator import City

PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the end, without the moments at which it was written and the way by which it came about.

    Of the way, some is chance in any run: whether a mistake was judged before its correction came, and so
    whether a finding has a revision more, or a case was opened once more or was withdrawn.
    """

    findings: dict[str, bytes]
    """What stands, by id."""
    cases: dict[str, bytes]
    notices: dict[str, bytes]
    audit: bytes
    """Figures of an audit over all orders."""

    def digests(self) -> dict[str, str]:
        """Sixteen digits of each, which are the same for the same."""
        return {
            "findings": _digest(self.findings.values()),
            "cases": _digest(self.cases.values()),
            "notices": _digest(self.notices.values()),
            "audit": _digest([self.audit]),
        }

    def difference(self, other: Outcome) -> str:
        """In words; empty if there is none."""
        said = []
        for name in ("findings", "cases", "notices"):
            ours, theirs = getattr(self, name), getattr(other, name)
            differing = sorted(
                each for each in ours.keys() | theirs.keys() if ours.get(each) != theirs.get(each)
            )
            if differing:
                only = [each for each in differing if (each in ours) != (each in theirs)]
                said.append(f"{len(differing)} {name} ({len(only)} in one run only), such as {differing[:3]}")
        if self.audit != other.audit:
            said.append("the audit's figures")
        return "; ".join(said)


def audited(address: str, token: str, city: City) -> bytes:
    """The figures of an audit of all orders; what it charges goes the way of all findings."""
    with Connection(address, token) as regulator:
        audit = regulator.call(regulator.algo_audit.RunAudit, audit_request(city)).audit
    audit.ClearField("create_time")
    return _told(audit)


def outcome(addresses: Mapping[str, str], token: str, audit: bytes) -> Outcome:
    """As the regulator reads it from each service."""
    with Connection(addresses["workhours"], token) as workhours:
        findings = _findings(workhours)
    with Connection(addresses["notify"], token) as notify:
        cases, notices = _cases(notify)
    return Outcome(findings, cases, notices, audit)


def _findings(workhours: Connection) -> dict[str, bytes]:
    pages = workhours.pages(
        workhours.workhours.ListFindings,
        lambda token: workhours_pb2.ListFindingsRequest(page_size=PAGE, page_token=token),
        lambda response: response.next_page_token,
    )
    return {each.finding_id: _settled(each) for page in pages for each in page.findings}


def _settled(finding: findings_pb2.Finding) -> bytes:
    for name in ("revision", "changes", "create_time"):
        finding.ClearField(name)
    finding.working_time.ClearField("watermark_time")
    return _told(finding)


def _cases(notify: Connection) -> tuple[dict[str, bytes], dict[str, bytes]]:
    pages = notify.pages(
        notify.notify.ListCases,
        lambda token: notify_pb2.ListCasesRequest(page_size=PAGE, page_token=token),
        lambda response: response.next_page_token,
    )
    cases, notices = {}, {}
    for case in [case for page in pages for case in page.cases]:
        request = notify_pb2.GetCaseRequest(case_id=case.case_id, findings_size=1)
        for notice in notify.call(notify.notify.GetCase, request).notices:
            assert notice.notice_id not in notices
            notice.ClearField("create_time")
            notices[notice.notice_id] = _told(notice)
        if case.state == notify_pb2.CASE_STATE_WITHDRAWN:
            continue
        for name in ("create_time", "update_time", "openings"):
            case.ClearField(name)
        cases[case.case_id] = _told(case)
    return cases, notices


def require_none_doubled(log: EventLog, found: Outcome) -> None:
    """The topics have each revision and each letter in one wording, and lack none that people see."""
    revisions: dict[tuple[str, int], bytes] = {}
    for value in _values(log, FINDINGS.name):
        finding = findings_pb2.Finding.FromString(value)
        if finding.HasField("working_time"):
            one = finding.finding_id, finding.revision
            assert revisions.setdefault(one, value) == value, f"{one} is there in two wordings"
    last = {
        finding_id: findings_pb2.Finding.FromString(value)
        for (finding_id, _), value in sorted(revisions.items())
    }
    standing = {
        finding_id: _settled(finding)
        for finding_id, finding in last.items()
        if finding.state == findings_pb2.FINDING_STATE_STANDS
    }
    assert standing == found.findings, "the topic of findings and the service that found them differ"
    letters: dict[str, bytes] = {}
    for value in _values(log, NOTICES.name):
        notice = notify_pb2.Notice.FromString(value)
        assert letters.setdefault(notice.notice_id, value) == value, f"{notice.notice_id} went out twice"
    assert letters.keys() == found.notices.keys(), "the topic of notices and their service differ"


def _values(log: EventLog, topic: str) -> list[bytes]:
    ends, reader, values = log.end_offsets(topic), log.reader(topic), list[bytes]()
    try:
        while any(reader.position().get(number, 0) < end for number, end in ends.items()):
            values += [record.value for record in reader.poll(1.0)]
    finally:
        reader.close()
    return values


def _told(message: Message) -> bytes:
    return message.SerializeToString(deterministic=True)


def _digest(values: Iterable[bytes]) -> str:
    return sha256(b"".join(sha256(value).digest() for value in sorted(values))).hexdigest()[:16]
