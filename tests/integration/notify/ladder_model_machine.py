"""The ladder's state machine: whatever befalls a city, notify does what the model says, crashes or not."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kit.errors import QuzhongError
from quzhong.api.notify.v1 import casework_pb2 as pb
from services.notify.core.alerts import Audience
from tests.integration.notify import ladder_model as model
from tests.integration.notify.ladder_model import AT_ONCE, DAY, RATE, SHANGHAI, Counted, Ladder, Told, Where
from tests.integration.notify.ladder_model_city import AREA, City

PLACES = [Where("swift", RATE, AREA), Where("swift", AT_ONCE, AREA), Where("steady", RATE, AREA)]
BEGIN_MS = int(datetime(2026, 3, 9, 9, tzinfo=SHANGHAI).timestamp() * 1000)
H_MS = 3_600_000
KEEP_MS = 7 * 24 * H_MS
"""Answers are kept for seven days."""

CRASHES = st.none() | st.integers(-1, 60)
"""Where the process dies: nowhere, after the commit, or at a point of the transaction."""

METHODS = {
    "SUMMONS_PROPOSED": "ProposeSummons",
    "SUMMONS_APPROVED": "ApproveSummons",
    "SUMMONS_DECLINED": "DeclineSummons",
    "SUMMONS_SENT": "SendSummons",
    "TALK_MOVED": "MoveTalk",
    "SUMMONS_CANCELLED": "CancelSummons",
    "TALK_HELD": "RecordTalk",
    "FAILED_TO_APPEAR": "RecordTalk",
    "ORDER_ISSUED": "OrderRectification",
    "TIME_EXTENDED": "DecideExtension",
    "ESCALATED": "EscalateCase",
    "CLOSED": "CloseCase",
}

REPLIES = {"ACKNOWLEDGEMENT": 1, "ANSWER": 2, "PROGRESS": 3, "EXTENSION_ASKED": 4}


class LadderMachine(RuleBasedStateMachine):
    """Given a ``url`` by ``new_url``: of an empty database, for each example another one."""

    new_url: Any

    def __init__(self) -> None:
        super().__init__()
        self.city = City(type(self).new_url(), BEGIN_MS)
        self.ladder = Ladder()
        self.told: list[Told] = []
        self.requests: list[tuple[int, str, Any, Any]] = []
        self.appeals: list[tuple[str, Told, str]] = []
        self.disputed: dict[str, list[tuple[int, str]]] = {}
        self.absences: list[tuple[date, date]] = []
        self.entered: Counter[str] = Counter()
        self.number = 0
        self.token = 0
        self.watched: list[str] = []

    # What happens in the city

    @initialize(workers=st.sampled_from([60, 100]), found=st.lists(st.sampled_from(PLACES), unique=True))
    def a_city_at_work(self, workers: int, found: list[Where]) -> None:
        self._hear([], self._fortnight(["swift", "steady"], workers), None)
        for where in found:
            self._find(where, self.today - DAY, 2, None)
        self._pass_to(self.city.now_ms, None)

    def _goes_on(self, data: st.DataObject, crash: int | None) -> None:
        """What is next on the ladder, as a rule."""
        where = data.draw(st.sampled_from(self.open_cases))
        case = self.ladder.cases[where]
        match case.state:
            case "WARNED" if data.draw(st.booleans()):
                self._reply(where, len(case.answerable) - 1, "ANSWER", self.today, crash)
            case "SUMMONS_PROPOSED":
                self._act(where, "SUMMONS_APPROVED", data, crash, usual=True)
            case "SUMMONS_APPROVED":
                self._act(where, "SUMMONS_SENT", data, crash, usual=True)
            case "SUMMONS_SCHEDULED":
                self._pass_to(max(self.city.now_ms, case.talk_ms), None)
                self._act(where, data.draw(st.sampled_from(["TALK_HELD", "FAILED_TO_APPEAR"])), data, crash)
            case "TALK_HELD" | "ESCALATED":
                self._act(where, "ORDER_ISSUED", data, crash, usual=True)
            case "OPEN":
                self._pass_to(self.city.now_ms + 24 * H_MS, crash)
            case _:
                assert case.deadline is not None
                self._hear([], self._fortnight([where.platform_id], 100), None)
                self._pass_to(max(self.city.now_ms, _ms(case.deadline + DAY)), crash)
                self._pass_to(self.city.now_ms + 3 * H_MS, crash)

    @rule(
        platform=st.sampled_from(["swift", "steady"]), workers=st.sampled_from([40, 100, 300]), crash=CRASHES
    )
    def workers_go_out(self, platform: str, workers: int, crash: int | None) -> None:
        self._hear([], self._fortnight([platform], workers), crash)

    @rule(
        where=st.sampled_from(PLACES),
        back=st.integers(0, 4),
        workers=st.sampled_from([1, 2, 3, 8]),
        crash=CRASHES,
    )
    def workers_go_past_their_hours(self, where: Where, back: int, workers: int, crash: int | None) -> None:
        self._find(where, self.today - back * DAY, workers, crash)

    @precondition(lambda self: self.told)
    @rule(data=st.data(), crash=CRASHES)
    def findings_are_amended_and_repeated(self, data: st.DataObject, crash: int | None) -> None:
        batch: list[Told] = []
        for told in data.draw(st.lists(st.sampled_from(self.told), min_size=1, max_size=4)):
            change = data.draw(
                st.sampled_from(["repeated", "withdrawn", "stands", "milder", "moved", "earlier"])
            )
            latest = max(
                (each for each in [*self.told, *batch] if each.finding_id == told.finding_id),
                key=lambda each: each.revision,
            )
            again = latest._replace(revision=latest.revision + 1, stands=change != "withdrawn")
            match change:
                case "repeated":
                    again = told
                case "milder":
                    again = again._replace(grave=False)
                case "moved":
                    again = again._replace(where=data.draw(st.sampled_from(PLACES)))
                case "earlier":
                    again = again._replace(day=again.day - DAY)
                case _:
                    again = again._replace(grave=True)
            batch.append(again)
        self._hear(batch, [], crash)

    @precondition(lambda self: self.open_cases)
    @rule(data=st.data(), one_in=st.integers(0, 5), crash=CRASHES)
    def all_of_a_case_is_withdrawn(self, data: st.DataObject, one_in: int, crash: int | None) -> None:
        if one_in:
            return
        case = self.ladder.cases[data.draw(st.sampled_from(self.open_cases))]
        gone = [
            told._replace(revision=told.revision + 1, stands=False)
            for told in self.ladder.standing(case.where, date.min)
        ]
        self._hear(gone, [], crash)

    # Time

    @rule(hours=st.sampled_from([1, 7, 24, 72, 7 * 24]), crash=CRASHES)
    def time_passes(self, hours: int, crash: int | None) -> None:
        self._pass_to(self.city.now_ms + hours * H_MS, crash)

    @rule(hours=st.sampled_from([1, 24, 7 * 24]))
    def the_process_is_down(self, hours: int) -> None:
        self.city.restart()
        self._move_to(self.city.now_ms + hours * H_MS)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), hours=st.sampled_from([0, 3]), crash=CRASHES)
    def a_deadline_passes(self, data: st.DataObject, hours: int, crash: int | None) -> None:
        deadline = self.ladder.cases[data.draw(st.sampled_from(self.waiting))].deadline
        assert deadline is not None
        self._pass_to(max(self.city.now_ms, _ms(deadline + DAY) + hours * H_MS), crash)

    @precondition(lambda self: self.in_state("SUMMONS_SCHEDULED"))
    @rule(data=st.data(), crash=CRASHES)
    def the_time_of_a_talk_comes(self, data: st.DataObject, crash: int | None) -> None:
        case = self.ladder.cases[data.draw(st.sampled_from(self.in_state("SUMMONS_SCHEDULED")))]
        self._pass_to(max(self.city.now_ms, case.talk_ms), crash)

    # What people do

    @precondition(lambda self: self.open_cases)
    @rule(data=st.data(), crash=CRASHES)
    def somebody_does_what_is_next(self, data: st.DataObject, crash: int | None) -> None:
        lawful = [
            (where, trigger)
            for where in self.open_cases
            for trigger in self.ladder.lawful(where, self.city.now_ms)
        ]
        if lawful:
            self._act(*data.draw(st.sampled_from(lawful)), data, crash)

    @precondition(lambda self: self.ladder.cases)
    @rule(data=st.data(), trigger=st.sampled_from(sorted(METHODS)), crash=CRASHES)
    def somebody_does_whatever(self, data: st.DataObject, trigger: str, crash: int | None) -> None:
        self._act(data.draw(st.sampled_from(sorted(self.ladder.cases))), trigger, data, crash)

    @precondition(lambda self: self.answerable)
    @rule(
        data=st.data(),
        kind=st.sampled_from(["ANSWER", "ANSWER", *REPLIES]),
        days=st.integers(0, 12),
        crash=CRASHES,
    )
    def a_platform_replies(self, data: st.DataObject, kind: str, days: int, crash: int | None) -> None:
        where = data.draw(st.sampled_from(self.answerable))
        letters = len(self.ladder.cases[where].answerable)
        number = data.draw(st.sampled_from([letters - 1, *range(letters)]))
        self._reply(where, number, kind, self.today + days * DAY, crash)

    @precondition(lambda self: self.told and self.ladder.cases)
    @rule(data=st.data(), crash=CRASHES)
    def a_platform_appeals(self, data: st.DataObject, crash: int | None) -> None:
        where = data.draw(st.sampled_from(sorted(self.ladder.cases)))
        of_case = [told for told in self.ladder.findings.values() if told.where == where]
        told = data.draw(st.sampled_from(of_case or list(self.ladder.findings.values())))
        expected = ""
        if told.where != where or told not in self.ladder.standing(where, date.min):
            expected = "FINDING_NOT_IN_CASE"
        elif any("filed" in each or told.revision in each for each in self.disputed.get(told.finding_id, [])):
            expected = "APPEAL_EXISTS"
        request = pb.AppealFindingRequest(
            case_id=self.city.case_id(where), finding_id=told.finding_id, grounds="该骑手当日已休息。"
        )
        answer = self._ask(where.platform_id, request, expected, crash)
        if answer is not None:
            self.ladder.see_to_deadline(self.ladder.cases[where], self.city.now_ms)
            self.appeals.append((answer.appeal.appeal_id, told, where.platform_id))
            self.disputed.setdefault(told.finding_id, []).append((told.revision, "filed"))
            self.entered["finding_appeal.filed"] += 1

    @precondition(lambda self: self.appeals)
    @rule(data=st.data(), uphold=st.booleans(), crash=CRASHES)
    def a_department_decides_on_an_appeal(self, data: st.DataObject, uphold: bool, crash: int | None) -> None:
        appeal_id, told, _ = data.draw(st.sampled_from(self.appeals))
        disputes = self.disputed[told.finding_id]
        expected = "" if (told.revision, "filed") in disputes else "APPEAL_DECIDED"
        request = pb.DecideFindingAppealRequest(appeal_id=appeal_id, uphold=uphold, reason="经核实。")
        if self._ask("bureau", request, expected, crash) is None:
            return
        disputes[disputes.index((told.revision, "filed"))] = (told.revision, "decided")
        self.entered["finding_appeal.upheld" if uphold else "finding_appeal.rejected"] += 1
        if uphold:
            self.ladder.set_aside(told.where, told.finding_id, self.city.now_ms)
        else:
            self.ladder.see_to_deadline(self.ladder.cases[told.where], self.city.now_ms)

    @rule(days=st.integers(0, 20), crash=CRASHES)
    def an_official_is_away(self, days: int, crash: int | None) -> None:
        last = self.today + days * DAY
        request = pb.SetAbsenceRequest()
        request.absence.deputy_id = "zhao"
        request.absence.first_date, request.absence.last_date = self.today.isoformat(), last.isoformat()
        self._ask("li", request, "", crash)
        self.absences.append((self.today, last))
        self.entered["absence.set"] += 1

    # What the machine does

    @precondition(lambda self: self.requests)
    @rule(data=st.data())
    def a_request_comes_again(self, data: st.DataObject) -> None:
        asked_ms, party, request, answer = data.draw(st.sampled_from(self.requests))
        if self.city.now_ms - asked_ms <= KEEP_MS:
            before = self.city.rows()
            assert self.city.call(party, request) == answer
            assert self.city.rows() == before

    @rule(crash=st.booleans())
    def letters_leave(self, crash: bool) -> None:
        self.city.relay(crash=crash)
        assert self.city.sent() == self.city.notice_ids()

    @rule(limit=st.integers(1, 7))
    def a_watcher_resumes(self, limit: int) -> None:
        page, seen = self.city.reading.alerts_after(Audience(), self.token, limit)
        assert [each.sequence for each in page] == sorted({each.sequence for each in page})
        self.watched += [each.alert.alert_id for each in page]
        self.token = max(self.token, seen)

    # What holds at any time

    @invariant()
    def every_case_is_where_the_model_has_it(self) -> None:
        stored = self.city.cases()
        assert stored.keys() == self.ladder.cases.keys()
        for where, case in self.ladder.cases.items():
            known = stored[where]
            steps, told = known.steps, (where, known, case)
            assert [trigger for _, trigger, _ in steps] == case.trace, told
            assert (known.state, known.openings) == (case.state, case.openings), told
            assert (known.deadline, known.extendable_to) == (case.deadline, case.extendable_to), told
            assert known.joint == case.joint, told
            assert known.letters == case.letters, told
            at = "NEW"
            for before, trigger, after in steps:
                assert before == at, told
                assert trigger == "ALL_WITHDRAWN" or model.TABLE[before, trigger] == after
                at = after
            if case.state not in model.ENDS:
                since = (
                    case.settled_through if case.settled_through == date.min else case.settled_through + DAY
                )
                assert known.findings == len(self.ladder.standing(where, since)), told

    def teardown(self) -> None:
        """Everything comes to rest: nothing lost, nothing twice, and the ledger has it all."""
        self.city.relay(crash=False)
        self.every_case_is_where_the_model_has_it()
        letters = self.city.notice_ids()
        assert self.city.sent() == letters
        assert len(letters) == sum(len(case.letters) for case in self.ladder.cases.values())
        for limit in (3, 10_000):
            self.a_watcher_resumes(limit)
        page, _ = self.city.reading.alerts_after(Audience(), 0, 100_000)
        assert self.watched == [each.alert.alert_id for each in page]
        told_of_steps = Counter(each.alert.case_id for each in page if not each.alert.finding_id)
        entries = Counter(entry.action for entry in self.city.entered())
        subjects = Counter(
            entry.subject for entry in self.city.entered() if entry.action.startswith("notice.")
        )
        assert subjects == Counter(f"notice/{each}" for each in letters)
        for case in self.city.cases().values():
            for _, _, after in case.steps:
                self.entered[f"case.{after.lower()}"] += 1
            assert told_of_steps[case.case_id] >= len(case.steps)
        for action, number in self.entered.items():
            # Refused again after a crash is refused twice; everything else is entered once, whatever happens.
            fits = (
                entries[action] >= number if action == "case.approval_refused" else entries[action] == number
            )
            assert fits, action
        self.city.close()

    # How

    @property
    def today(self) -> date:
        return model.local(self.city.now_ms)

    @property
    def open_cases(self) -> list[Where]:
        return [where for where, case in sorted(self.ladder.cases.items()) if case.state not in model.ENDS]

    @property
    def waiting(self) -> list[Where]:
        return [where for where in self.open_cases if self.ladder.cases[where].deadline is not None]

    @property
    def answerable(self) -> list[Where]:
        return [where for where, case in sorted(self.ladder.cases.items()) if case.answerable]

    def in_state(self, state: str) -> list[Where]:
        return [where for where in self.open_cases if self.ladder.cases[where].state == state]

    def _fortnight(self, platforms: list[str], workers: int) -> list[Counted]:
        days = [self.today - back * DAY for back in range(14)]
        return [
            Counted(each, AREA, day, half, workers // 2)
            for each in platforms
            for day in days
            for half in (0, 1)
        ]

    def _hear(self, told: list[Told], counts: list[Counted], crash: int | None) -> None:
        self.city.hear(told, counts, crash)
        self.told += told
        self.ladder.hear(told, counts, self.city.now_ms)

    def _find(self, where: Where, day: date, workers: int, crash: int | None) -> None:
        new = []
        for worker in range(workers):
            self.number += 1
            new.append(Told(f"f{self.number}", 1, True, True, where, f"w{worker}", day))
        self._hear(new, [], crash)

    def _reply(self, where: Where, number: int, kind: str, until: date, crash: int | None) -> None:
        notice_id = self.city.cases()[where].answerable[number]
        expected, late = self.ladder.reply(where, number, kind, self.city.now_ms, until)
        request = pb.ReplyToNoticeRequest(
            notice_id=notice_id, kind=pb.ReplyKind.ValueType(REPLIES[kind]), text="已核查。"
        )
        if kind == "EXTENSION_ASKED":
            request.asked_until = until.isoformat()
        answer = self._ask(where.platform_id, request, expected, crash)
        if answer is not None:
            assert answer.reply.late == late
            self.entered[f"reply.{kind.lower()}"] += 1

    def _move_to(self, now_ms: int) -> None:
        # The calendar of the State Council ends with the year.
        self.city.now_ms = min(max(now_ms, self.city.now_ms), _ms(date(2026, 10, 1)))

    def _pass_to(self, now_ms: int, crash: int | None) -> None:
        """Let the clock stand there, and then go on for as long as the policy has something to do."""
        self._move_to(now_ms)
        for _ in range(6):
            self.city.now_ms += model.QUIET_MS + 1_000
            self.city.tick(crash)
            self.ladder.tick(self.city.now_ms)
            if self.city.at_rest():
                return
        raise AssertionError("the policy comes to no rest")

    def _act(
        self, where: Where, trigger: str, data: st.DataObject, crash: int | None, *, usual: bool = False
    ) -> None:
        """Whatever somebody may ask for; ``usual``: in a way that is granted."""
        now_ms, case_id = self.city.now_ms, self.city.case_id(where)
        deadline = self.ladder.cases[where].deadline or self.today
        until = deadline + (0 if usual else data.draw(st.integers(0, 6))) * DAY
        talk = model.working_days_after(self.today, model.NOTICE_WORKING_DAYS)
        if not usual:
            talk = self.today + data.draw(st.sampled_from([0, 1, 4, 5, 7])) * DAY
        at_ms = _ms(talk) + 10 * H_MS
        request = getattr(pb, f"{METHODS[trigger]}Request")(case_id=case_id)
        party = "bureau"
        match trigger:
            case "SUMMONS_APPROVED" | "SUMMONS_DECLINED":
                party = "li" if usual else data.draw(st.sampled_from(["li", "li", "wang", "zhao", "bureau"]))
            case "SUMMONS_SENT" | "TALK_MOVED":
                request.start_time.FromMilliseconds(at_ms)
                request.end_time.FromMilliseconds(at_ms + H_MS)
                request.place = "三楼会议室"
            case "TALK_HELD":
                request.minutes = "企业说明情况。"
            case "FAILED_TO_APPEAR":
                request.failed_to_appear = True
            case "TIME_EXTENDED":
                request.until = until.isoformat()
            case "ORDER_ISSUED":
                request.deadline = until.isoformat() if until != deadline else ""
        if "reason" in request.DESCRIPTOR.fields_by_name:
            request.reason = "理由"
        ordered = until if trigger != "ORDER_ISSUED" or request.deadline else None
        if trigger in self.ladder.lawful(where, now_ms) and not self._may(party, trigger, where):
            expected = "APPROVAL_NOT_YOURS"
            self.entered["case.approval_refused"] += 1
        else:
            expected = self.ladder.act(where, trigger, now_ms, until=ordered, at_ms=at_ms)
        self._ask(party, request, expected, crash)

    def _may(self, party: str, trigger: str, where: Where) -> bool:
        if trigger not in ("SUMMONS_APPROVED", "SUMMONS_DECLINED"):
            return True
        li_is_away = any(first <= self.today <= last for first, last in self.absences[-1:])
        return {"li": True, "wang": self.ladder.cases[where].joint, "zhao": li_is_away}.get(party, False)

    def _ask(self, party: str, request: Any, expected: str, crash: int | None) -> Any:
        """The answer, which a repeat gets again; None if it is refused as expected, and nothing changed."""
        self.number += 1
        request.request_id = f"request-{self.number}"
        before = self.city.rows()
        refused, answer = None, None
        try:
            answer = self.city.once(lambda: self.city.call(party, request), crash)
        except QuzhongError as error:
            refused = error
        if refused is not None:
            assert refused.reason == expected, (refused.message, expected)
            assert refused.zh
            if expected != "APPROVAL_NOT_YOURS":
                assert self.city.rows() == before, "a refusal changed something"
            return None
        assert not expected, f"{type(request).__name__} ought to be refused: {expected}"
        after = self.city.rows()
        assert self.city.call(party, request) == answer
        assert self.city.rows() == after, "a repeat changed something"
        self.requests.append((self.city.now_ms, party, request, answer))
        return answer


def _ms(day: date) -> int:
    return int(datetime.combine(day, datetime.min.time(), SHANGHAI).timestamp() * 1000)


for _number in range(6):
    # Rules are drawn evenly: as often as this, so that cases get up the ladder.
    _rule = rule(data=st.data(), crash=CRASHES)(LadderMachine._goes_on)
    setattr(LadderMachine, f"the_ladder_goes_on_{_number}", precondition(lambda self: self.open_cases)(_rule))
