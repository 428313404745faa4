"""Findings in at the log, cases, warnings and alerts out at the socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest

from kit.clock import system_clock
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.port import NewRecord
from kit.eventlog.sqlite import SqliteEventLog
from kit.eventlog.topics import ACTIVITY, FINDINGS, NOTICES, Topic
from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.notify.v1 import notify_pb2 as pb
from services.notify.consumer import READS, WRITES
from tests.integration.notify.notify_suite import (
    NOON_MS,
    RULE,
    RunningNotify,
    Said,
    activity,
    eventually,
    finding,
    overdue,
    prepared,
    running_notify,
)


@pytest.fixture
def log() -> MemoryEventLog:
    return MemoryEventLog()


@pytest.fixture
def notify(log: MemoryEventLog, tmp_path: Path) -> Iterator[RunningNotify]:
    with running_notify(log, tmp_path, prepared(log)) as running:
        yield running


def cases(notify: RunningNotify, party: str = "tangshan", **wish: Any) -> list[pb.Case]:
    return list(notify.as_(party).call("ListCases", pb.ListCasesRequest(**wish)).cases)


def alerts(notify: RunningNotify, party: str = "tangshan", **wish: Any) -> list[pb.Alert]:
    """Oldest first."""
    request = pb.ListAlertsRequest(filter=pb.AlertFilter(**wish))
    return list(reversed(notify.as_(party).call("ListAlerts", request).alerts))


def file(notify: RunningNotify, case_id: str, party: str = "tangshan", size: int = 0) -> pb.GetCaseResponse:
    answer: pb.GetCaseResponse = notify.as_(party).call(
        "GetCase", pb.GetCaseRequest(case_id=case_id, findings_size=size)
    )
    return answer


def watch(notify: RunningNotify, party: str, resume_token: str = "", **wish: Any) -> Any:
    request = pb.WatchAlertsRequest(resume_token=resume_token, filter=pb.AlertFilter(**wish))
    return notify.as_(party).call("WatchAlerts", request, timeout_s=60)


def records(log: MemoryEventLog, topic: str) -> list[bytes]:
    reader = log.reader(topic)
    return [record.value for record in reader.poll(0.1)]


def test_what_the_service_declares_is_what_the_map_of_topics_says() -> None:
    def named(topics: tuple[Topic, ...]) -> set[str]:
        return {topic.name for topic in topics}

    assert named(READS) == {"findings", "activity", "registry"}
    assert all("notify" in topic.readers for topic in READS)
    assert all("notify" in topic.writers for topic in WRITES)


def test_findings_gather_into_one_case_and_a_warning_goes_out_by_policy(
    notify: RunningNotify, log: MemoryEventLog
) -> None:
    notify.say(activity(120, partition=0), activity(80, partition=1))
    notify.say(finding("f1"), finding("f2"))
    (case,) = cases(notify)
    assert (case.state, case.findings, case.workers) == (pb.CASE_STATE_OPEN, 2, 2)
    assert case.rate_per_thousand == pytest.approx(10.0)  # above 5, but two workers are too few

    notify.say(finding("f3"))
    (case,) = cases(notify)
    assert (case.state, case.findings, case.workers) == (pb.CASE_STATE_WARNED, 3, 3)
    assert case.rate_per_thousand == pytest.approx(15.0)  # 3 of 120 + 80
    assert case.title.zh == "连续工作时间超限"

    answer = file(notify, case.case_id)
    (notice,) = answer.notices
    assert notice.body.zh.split("\n")[1] == "迅达外卖："
    assert "路北区" in notice.body.zh
    assert "折合每千人 15.0 名" in notice.body.zh
    assert [(step.from_state, step.to_state) for step in answer.steps] == [
        (pb.CASE_STATE_UNSPECIFIED, pb.CASE_STATE_OPEN),
        (pb.CASE_STATE_OPEN, pb.CASE_STATE_WARNED),
    ]
    assert {step.actor for step in answer.steps} == {"policy:tangshan-escalation@2.1.0"}
    eventually(lambda: len(records(log, NOTICES.name)) == 1)
    assert pb.Notice.FromString(records(log, NOTICES.name)[0]) == notice

    kinds = [alert.kind for alert in alerts(notify)]
    assert sorted(kinds) == [
        *[pb.ALERT_KIND_FINDING] * 3,
        pb.ALERT_KIND_CASE_OPENED,
        pb.ALERT_KIND_WARNING_SENT,
    ]
    assert kinds[-1] == pb.ALERT_KIND_WARNING_SENT


def test_the_worked_example_of_the_readme(notify: RunningNotify) -> None:
    prompt = events.SEVERITY_PROMPT
    steps: list[tuple[list[Said], list[int]]] = [
        ([activity(120), activity(80, partition=1)], []),
        ([finding("f1", severity=prompt)], [pb.ALERT_KIND_FINDING]),
        ([finding("f1", revision=2)], [pb.ALERT_KIND_FINDING_AMENDED, pb.ALERT_KIND_CASE_OPENED]),
        ([finding("f2")], [pb.ALERT_KIND_FINDING]),
        ([finding("f2")], []),
        ([finding("f3")], [pb.ALERT_KIND_FINDING, pb.ALERT_KIND_WARNING_SENT]),
        (
            [finding(f"f{n}", revision=9, stands=False) for n in (1, 2, 3)],
            [*[pb.ALERT_KIND_FINDING_AMENDED] * 3, pb.ALERT_KIND_CASE_WITHDRAWN],
        ),
        ([finding("f4")], [pb.ALERT_KIND_FINDING, pb.ALERT_KIND_CASE_OPENED]),
    ]
    rates = []
    for said, kinds in steps:
        known = len(alerts(notify))
        notify.say(*said)
        assert [alert.kind for alert in alerts(notify)[known:]] == kinds
        rates += [case.rate_per_thousand for case in cases(notify)]
    assert rates == [5.0, 10.0, 10.0, 15.0, 0.0, 5.0]  # 0.0: absent, as the case is withdrawn
    assert {case.state for case in cases(notify)} == {pb.CASE_STATE_OPEN}


def test_activity_that_arrives_after_the_findings_makes_the_warning_due(notify: RunningNotify) -> None:
    notify.say(*(finding(f"f{n}") for n in range(4)))
    (case,) = cases(notify)
    assert case.state == pb.CASE_STATE_OPEN
    assert not case.HasField("rate_per_thousand")
    notify.say(activity(100))
    (case,) = cases(notify)
    assert case.state == pb.CASE_STATE_WARNED
    assert case.rate_per_thousand == pytest.approx(40.0)


def test_after_drain_a_warning_that_waited_for_quiet_has_gone_out(
    log: MemoryEventLog, tmp_path: Path
) -> None:
    with running_notify(log, tmp_path, prepared(log), quiet="2 s") as notify:
        began_ms = system_clock()
        notify.say(activity(100), *(finding(f"f{n}") for n in range(3)))
        assert cases(notify)[0].state == pb.CASE_STATE_WARNED
        assert len(records(log, NOTICES.name)) == 1
        assert system_clock() - began_ms >= 2_000


def test_a_day_that_is_not_over_is_not_waited_for_and_is_judged_after_a_restart(tmp_path: Path) -> None:
    log = SqliteEventLog(tmp_path / "log.db")
    given = prepared(log)
    with running_notify(log, tmp_path, given, clock=lambda: NOON_MS) as notify:
        notify.say(activity(100), *(finding(f"f{n}") for n in range(3)))  # drained at noon
        assert cases(notify)[0].state == pb.CASE_STATE_OPEN
    next_morning_ms = NOON_MS + 15 * 3_600_000
    with running_notify(log, tmp_path, given, clock=lambda: next_morning_ms) as notify:
        eventually(notify.unit.drained)
        (case,) = cases(notify)
        (notice,) = file(notify, case.case_id).notices
        assert "至2026年3月16日" in file(notify, case.case_id).steps[-1].reason.zh
        assert [alert.kind for alert in alerts(notify)].count(pb.ALERT_KIND_WARNING_SENT) == 1
    with running_notify(log, tmp_path, given, clock=lambda: next_morning_ms) as notify:
        eventually(notify.unit.drained)
        assert list(file(notify, case.case_id).notices) == [notice]
    log.close()


def test_an_audit_finding_warns_at_once_and_cites_the_middle_of_the_algorithm(notify: RunningNotify) -> None:
    notify.say(audit_finding("audit-1"))
    (case,) = cases(notify)
    assert (case.state, case.findings, case.workers) == (pb.CASE_STATE_WARNED, 1, 0)
    assert not case.HasField("rate_per_thousand")
    assert "算法取中" in file(notify, case.case_id).notices[0].body.zh


def test_prompts_make_alerts_and_no_case(notify: RunningNotify) -> None:
    notify.say(finding("f1", severity=events.SEVERITY_PROMPT))
    assert cases(notify) == []
    (alert,) = alerts(notify)
    assert (alert.kind, alert.severity, alert.case_id) == (
        pb.ALERT_KIND_FINDING,
        events.SEVERITY_PROMPT,
        "",
    )

    notify.say(finding("f1", revision=2))
    (case,) = cases(notify)
    amended = alerts(notify)[1]
    assert (amended.kind, amended.severity, amended.case_id) == (
        pb.ALERT_KIND_FINDING_AMENDED,
        events.SEVERITY_BREACH,
        case.case_id,
    )


def test_redelivered_findings_and_activity_change_nothing(notify: RunningNotify) -> None:
    said: list[Said] = [activity(100), *(finding(f"f{n}") for n in range(5))]
    notify.say(*said)
    before = (cases(notify), alerts(notify), file(notify, cases(notify)[0].case_id))
    notify.say(*said, *reversed(said), activity(60))
    assert (cases(notify), alerts(notify), file(notify, cases(notify)[0].case_id)) == before


def test_a_case_is_withdrawn_with_its_last_finding_and_opened_anew_by_the_next(notify: RunningNotify) -> None:
    notify.say(activity(1_000), finding("f1"))
    notify.say(finding("f1", revision=3, stands=False))
    notify.say(finding("f1", revision=2))  # late, and lower: nothing
    (case,) = cases(notify)
    assert (case.state, case.findings, case.severity) == (pb.CASE_STATE_WITHDRAWN, 0, 0)
    (shown,) = file(notify, case.case_id).findings
    assert shown.state == events.FINDING_STATE_WITHDRAWN

    notify.say(finding("f2"))
    (again,) = cases(notify)
    assert (again.case_id, again.state, again.findings) == (case.case_id, pb.CASE_STATE_OPEN, 1)
    assert [alert.kind for alert in alerts(notify)] == [
        pb.ALERT_KIND_FINDING,
        pb.ALERT_KIND_CASE_OPENED,
        pb.ALERT_KIND_FINDING_AMENDED,
        pb.ALERT_KIND_CASE_WITHDRAWN,
        pb.ALERT_KIND_FINDING,
        pb.ALERT_KIND_CASE_OPENED,
    ]


def test_a_malformed_record_goes_to_the_dead_letters_and_its_neighbours_are_handled(
    notify: RunningNotify, log: MemoryEventLog
) -> None:
    timeless = finding("f0")
    timeless.ClearField("event_time")
    findings = (
        timeless,
        finding("f9", severity=0),
        finding("f8\0"),
        finding("f7", worker="w\0"),
        finding("f6", revision=2**31),
    )
    for value in (b"\xff\xff", *(each.SerializeToString() for each in findings)):
        log.append([NewRecord(FINDINGS.name, value, key=b"swift")])
    notify.say(finding("f1"))
    assert cases(notify)[0].findings == 1
    eventually(lambda: len(records(log, FINDINGS.dead_letter_name)) == 6)


def test_a_count_that_no_store_keeps_goes_to_the_dead_letters(
    notify: RunningNotify, log: MemoryEventLog
) -> None:
    beyond = activity(200)
    beyond.revision = 2**63
    notify.say(
        activity(2**31),
        activity(200, partition=2**31),
        activity(200, platform="swi\0ft"),
        beyond,
        finding("f1"),
    )
    assert not cases(notify)[0].HasField("rate_per_thousand")
    eventually(lambda: len(records(log, ACTIVITY.dead_letter_name)) == 4)


def test_findings_of_a_case_come_gravest_first_then_latest(notify: RunningNotify) -> None:
    notify.say(
        finding("early", at_ms=1_773_600_000_000),
        finding("late"),
        finding("prompt", severity=events.SEVERITY_PROMPT),
        finding("gone"),
        finding("gone", revision=2, stands=False),
    )
    (case,) = cases(notify)
    assert [f.finding_id for f in file(notify, case.case_id).findings] == ["late", "early", "gone"]
    assert [f.finding_id for f in file(notify, case.case_id, size=1).findings] == ["late"]


# Who sees what


def test_regulators_see_their_areas_and_platforms_themselves(notify: RunningNotify) -> None:
    notify.say(finding("f1", area="130203"), finding("f2", platform="steady", area="130202"))
    seen = {
        party: {(case.platform_id, case.area_code) for case in cases(notify, party)}
        for party in ("tangshan", "lunan", "swift", "steady", "admin")
    }
    swift, steady = ("swift", "130203"), ("steady", "130202")
    assert seen == {
        "tangshan": {swift, steady},
        "lunan": {steady},
        "swift": {swift},
        "steady": {steady},
        "admin": {swift, steady},
    }
    for party, places in seen.items():
        assert {(alert.platform_id, alert.area_code) for alert in alerts(notify, party)} == places

    assert {case.area_code for case in cases(notify, area_code="130202")} == {"130202"}
    assert {case.platform_id for case in cases(notify, platform_id="swift")} == {"swift"}
    assert cases(notify, rule_id="no-such-rule") == []

    case_id = cases(notify, "swift")[0].case_id
    for party in ("lunan", "steady"):
        with pytest.raises(grpc.RpcError) as refused:
            file(notify, case_id, party)
        assert refused.value.code() is grpc.StatusCode.NOT_FOUND
    with pytest.raises(grpc.RpcError) as refused:
        alerts(notify, "steady", platform_id="swift")
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED


def test_whose_duty_it_is_decides_who_sees_it(notify: RunningNotify) -> None:
    # One in an area of both firms, the others at the city's level, which is no area of theirs.
    notify.say(overdue("firm-c", area="130203"), overdue("firm-h"), overdue("swift"))

    def told(party: str, **wish: Any) -> set[str]:
        found = [alert for alert in alerts(notify, party, **wish) if alert.finding_id]
        return {alert.title.en.partition(":")[0] for alert in found}

    every = {"firm-c", "firm-h", "swift"}
    case_ids = {
        of: {case.case_id for case in cases(notify, of)} for of in ("tangshan", "firm-c", "firm-h", "swift")
    }
    assert {of: len(ids) for of, ids in case_ids.items()} == {
        "tangshan": 3,
        "firm-c": 1,
        "firm-h": 1,
        "swift": 3,
    }
    assert told("tangshan") == told("swift") == told("admin") == every
    assert told("steady") == set()
    for firm in ("firm-c", "firm-h"):
        (case_id,) = case_ids[firm]
        assert {alert.case_id for alert in alerts(notify, firm)} == {case_id}
        assert {alert.case_id for alert in alerts(notify, firm, platform_id="swift")} == {case_id}
        (told_of,) = file(notify, case_id, firm).findings
        assert told_of.duty.party_id == firm
        first = next(watch(notify, firm)).alert
        assert first.title.en == f"{firm}: overdue"
    # Unions and associations may read no firm's reports, nor hear that they are late.
    for party in ("union", "trade"):
        assert (alerts(notify, party), cases(notify, party)) == ([], [])
    (of_c,), (of_h,) = case_ids["firm-c"], case_ids["firm-h"]
    for party, case_id in (("firm-h", of_c), ("firm-c", of_h), ("union", of_c), ("trade", of_c)):
        with pytest.raises(grpc.RpcError) as refused:
            file(notify, case_id, party)
        assert refused.value.code() is grpc.StatusCode.NOT_FOUND


def audit_finding(finding_id: str) -> events.Finding:
    message = finding(finding_id)
    message.rule_id, message.worker_id = "algo-audit.strictest", ""
    message.audit.below_floor = True
    return message


def test_a_union_sees_of_fewer_than_10_workers_no_figure_and_no_text_that_has_one(
    notify: RunningNotify,
) -> None:
    notify.say(activity(100), *(finding(f"f{n}") for n in range(9)), finding("f1", revision=2))
    (case,) = cases(notify, "union")
    assert (case.suppressed, case.findings, case.workers) == (True, 0, 0)
    assert not case.HasField("rate_per_thousand")
    answer = file(notify, case.case_id, "union")
    assert answer.case == case
    assert (len(answer.findings), len(answer.notices), len(answer.steps)) == (0, 1, 2)
    assert not answer.notices[0].HasField("body")
    assert [step.HasField("reason") for step in answer.steps] == [True, False]
    for party in ("tangshan", "swift", "admin"):
        (whole,) = cases(notify, party)
        assert (whole.suppressed, whole.findings, whole.workers) == (False, 9, 9)
        assert len(file(notify, case.case_id, party).findings) == 9


def test_a_union_sees_the_figures_of_10_workers_and_still_no_single_one(notify: RunningNotify) -> None:
    notify.say(activity(100), *(finding(f"f{n}") for n in range(10)))
    (case,) = cases(notify, "union")
    assert [case] == cases(notify)
    assert (case.suppressed, case.workers, case.rate_per_thousand) == (False, 10, 100.0)
    answer = file(notify, case.case_id, "union")
    assert len(answer.findings) == 0
    seen, whole = answer.notices[0].body.zh, file(notify, case.case_id).notices[0].body.zh
    assert seen == (whole if "共有 10 名" in whole else "")  # the letter may have gone out at three already
    for trace in ("w-f", "swift/e1", "steady/e2"):
        assert trace not in str(answer)
        assert trace in str(file(notify, case.case_id))


def test_a_rate_over_fewer_than_10_workers_is_not_told_of_a_case_that_has_more(notify: RunningNotify) -> None:
    month_ago_ms = NOON_MS - 30 * 86_400_000
    notify.say(activity(10_000), *(finding(f"f{n}", at_ms=month_ago_ms) for n in range(10)), finding("now"))
    (case,) = cases(notify, "union")
    assert (case.suppressed, case.findings, case.workers) == (True, 11, 11)
    assert not case.HasField("rate_per_thousand")
    assert cases(notify)[0].rate_per_thousand == pytest.approx(0.1)


def test_a_letter_that_counted_few_stays_withheld_from_a_union_when_all_is_withdrawn(
    notify: RunningNotify,
) -> None:
    notify.say(activity(100), *(finding(f"f{n}") for n in range(4)))
    notify.say(*(finding(f"f{n}", revision=2, stands=False) for n in range(4)))
    (case,) = cases(notify, "union")
    assert (case.state, case.suppressed) == (pb.CASE_STATE_WITHDRAWN, False)
    answer = file(notify, case.case_id, "union")
    assert "4 名" not in str(answer)
    assert len(answer.findings) == 0
    assert "4 名" in file(notify, case.case_id).notices[0].body.zh


def test_a_union_hears_of_cases_warnings_and_audits_and_of_no_single_worker(notify: RunningNotify) -> None:
    stream = watch(notify, "union")
    notify.say(activity(100), *(finding(f"f{n}") for n in range(3)), finding("f1", revision=2))
    notify.say(audit_finding("a1"))
    heard = alerts(notify, "union")
    assert {(alert.rule_id, alert.kind) for alert in heard} == {
        (RULE, pb.ALERT_KIND_CASE_OPENED),
        (RULE, pb.ALERT_KIND_WARNING_SENT),
        ("algo-audit.strictest", pb.ALERT_KIND_FINDING),
        ("algo-audit.strictest", pb.ALERT_KIND_CASE_OPENED),
        ("algo-audit.strictest", pb.ALERT_KIND_WARNING_SENT),
    }
    assert [next(stream).alert for _ in heard] == heard
    stream.cancel()
    assert {alert.finding_id for alert in heard} == {""}
    with pytest.raises(grpc.RpcError) as refused:
        notify.as_("union").call("CreateWebhook", pb.CreateWebhookRequest())
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED


def test_a_union_sees_an_audits_findings_and_its_letter_which_concern_no_worker(
    notify: RunningNotify,
) -> None:
    notify.say(audit_finding("a1"))
    (case,) = cases(notify, "union")
    assert [case] == cases(notify)
    answer = file(notify, case.case_id, "union")
    assert (len(answer.findings), answer.notices[0].body) == (1, file(notify, case.case_id).notices[0].body)
    assert f"1．{answer.findings[0].title.zh}。" in answer.notices[0].body.zh


def test_a_platform_sees_of_the_evidence_its_own_events_only(notify: RunningNotify) -> None:
    notify.say(finding("f1"))
    (case,) = cases(notify, "swift")
    (shown,) = file(notify, case.case_id, "swift").findings
    assert shown.worker_id == "w-f1"
    assert list(shown.working_time.event_ids) == ["swift/e1"]
    assert list(shown.working_time.platform_ids) == ["swift"]


def test_what_changed_by_a_late_foreign_event_is_told_to_the_regulator_alone(notify: RunningNotify) -> None:
    amended = finding("f1", revision=2)
    common, own = "severity: LIMIT_REACHED → BREACH", "event_ids: late swift/e9"
    foreign = ["event_ids: late steady/e8", "platform_ids: swift → steady, swift"]
    amended.changes[:] = [common, own, *foreign]
    notify.say(finding("f1"), amended)
    (case,) = cases(notify)

    def told(party: str) -> list[str]:
        return [change for shown in file(notify, case.case_id, party).findings for change in shown.changes]

    assert told("tangshan") == [common, own, *foreign]
    assert told("swift") == [common, own]
    assert len(file(notify, case.case_id, "union").findings) == 0
    assert "steady" not in str(file(notify, case.case_id, "swift"))


# Watching


def test_a_watch_resumed_after_a_disconnect_has_no_gap_and_no_repeat(notify: RunningNotify) -> None:
    first = watch(notify, "tangshan")
    notify.say(*(finding(f"f{n}", area="130203") for n in range(3)))
    seen = [next(first) for _ in range(2)]
    first.cancel()
    notify.say(*(finding(f"g{n}", area="130204") for n in range(3)))  # while nobody watches
    second = watch(notify, "tangshan", resume_token=seen[-1].resume_token)
    seen += [next(second) for _ in range(6)]
    notify.say(finding("h1"))  # while it watches
    seen.append(next(second))
    second.cancel()
    assert [each.alert for each in seen] == alerts(notify)
    assert [int(each.resume_token) for each in seen] == list(range(1, 10))


def test_a_watch_begun_at_the_first_page_misses_nothing_even_when_its_filter_hears_little(
    notify: RunningNotify,
) -> None:
    notify.say(finding("f1"), finding("f2", platform="steady"))
    page = notify.as_("tangshan").call(
        "ListAlerts", pb.ListAlertsRequest(filter=pb.AlertFilter(platform_id="steady"), page_size=1)
    )
    stream = watch(notify, "tangshan", page.resume_token, platform_id="steady")
    notify.say(finding("f3"), finding("f4", platform="steady"))
    assert next(stream).alert.finding_id == "f4"
    stream.cancel()


def test_an_alert_reaches_a_watcher_by_a_wake_and_not_by_the_next_look(
    notify: RunningNotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.notify.alert_watch.LOOK_S", 3_600.0)
    stream = watch(notify, "tangshan")
    notify.say(finding("f1"))
    assert next(stream).alert.finding_id == "f1"
    notify.say(finding("f2"))
    assert {next(stream).alert.finding_id for _ in range(2)} == {"", "f2"}
    stream.cancel()


@pytest.mark.parametrize("token", ["x", "-1", "99", "1" * 30, "１"])
def test_a_token_that_nobody_gave_out_is_refused(notify: RunningNotify, token: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        next(watch(notify, "tangshan", token))
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


# Pages


def test_pages_of_cases_and_alerts_add_up_to_everything_once(notify: RunningNotify) -> None:
    notify.say(*(finding(f"f{n}", area=f"1302{n:02d}") for n in range(1, 8)))
    for method, request, of in (
        ("ListCases", pb.ListCasesRequest, "cases"),
        ("ListAlerts", pb.ListAlertsRequest, "alerts"),
    ):
        whole = list(getattr(notify.as_("tangshan").call(method, request()), of))
        paged: list[Any] = []
        token = ""
        while True:
            page = notify.as_("tangshan").call(method, request(page_size=3, page_token=token))
            paged += getattr(page, of)
            token = page.next_page_token
            if not token:
                break
        assert paged == whole
        assert len(whole) == (7 if of == "cases" else 14)
    with pytest.raises(grpc.RpcError) as refused:
        cases(notify, page_size=-1)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


def test_two_runs_over_the_same_data_give_the_same_cases_notices_and_alerts(
    notify: RunningNotify, tmp_path: Path
) -> None:
    said: list[Said] = [
        activity(100),
        *(finding(f"f{n}") for n in range(4)),
        finding("f0", revision=2, stands=False),
    ]

    def names(running: RunningNotify) -> tuple[set[str], set[str], set[str]]:
        running.say(*said)
        (case,) = cases(running)
        notices = {notice.notice_id for notice in file(running, case.case_id).notices}
        return {case.case_id}, notices, {alert.alert_id for alert in alerts(running)}

    other = MemoryEventLog()
    with running_notify(other, tmp_path / "other", prepared(other)) as again:
        assert names(notify) == names(again)
    assert cases(notify)[0].rule_id == RULE
