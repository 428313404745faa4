"""Who acts in the season's demo, and what each does: a department, an official, a platform.

They see what their credential lets them see, over gRPC as anybody does, and take the next lawful step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from google.protobuf.timestamp_pb2 import Timestamp

from cli.connection import Connection, fresh_request_id
from cli.findings import PAGE
from kit.clock import SHANGHAI
from quzhong.api.notify.v1 import casework_pb2, notify_pb2

TALK_AFTER = dt.timedelta(days=7)
"""From the summons to the talk: more than the working days of notice that the policy asks for."""
TALK_AT = dt.time(10, 0)
TALK_LASTS = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Said:
    """The same in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did on a day."""

    day: dt.date
    who: str
    text: Said


class _Reader:
    """The strict platform's cases, as the reader's credential shows them."""

    def __init__(self, connection: Connection, platform_id: str) -> None:
        self.connection = connection
        self.platform_id = platform_id

    def cases(self) -> tuple[notify_pb2.Case, ...]:
        """The platform's cases that the reader may see, newest first."""
        pages = self.connection.pages(
            self.connection.notify.ListCases,
            lambda token: notify_pb2.ListCasesRequest(
                platform_id=self.platform_id, page_size=PAGE, page_token=token
            ),
            lambda response: response.next_page_token,
        )
        return tuple(case for page in pages for case in page.cases)

    def files(self) -> Iterator[notify_pb2.GetCaseResponse]:
        """Each case with its steps and letters, the oldest first."""
        for case in reversed(self.cases()):
            request = notify_pb2.GetCaseRequest(case_id=case.case_id, findings_size=1)
            yield self.connection.call(self.connection.notify.GetCase, request)

    def file_of(self, rule_id: str) -> notify_pb2.GetCaseResponse | None:
        """The case of a rule; None if there is none."""
        return next((each for each in self.files() if each.case.rule_id == rule_id), None)


class Department(_Reader):
    """The labour authority of the county: summons, talks, orders."""

    def act(self, today: dt.date) -> Iterator[Deed]:
        """Send the summons that was approved, hold the talk on its day, order to rectify after it."""
        for found in self.files():
            if notify_pb2.CASE_TRIGGER_SUMMONS_SENT in found.next_steps:
                yield self._summon(found.case, today)
            elif notify_pb2.CASE_TRIGGER_TALK_HELD in found.next_steps and found.case.deadline == str(today):
                self._hold_talk(found.case, today)
                self._order(found.case)
                yield Deed(
                    today,
                    "department",
                    Said(
                        f"约谈如期举行，部门发出限期整改通知书（{found.case.title.zh}）",
                        f"talk held, and an order to rectify ({found.case.title.en})",
                    ),
                )

    def _summon(self, case: notify_pb2.Case, today: dt.date) -> Deed:
        day = today + TALK_AFTER
        self.connection.call(
            self.connection.casework.SendSummons,
            casework_pb2.SendSummonsRequest(
                request_id=fresh_request_id(),
                case_id=case.case_id,
                start_time=_moment(day, dt.timedelta()),
                end_time=_moment(day, TALK_LASTS),
                place="唐山市路北区人力资源和社会保障局 301 会议室（演示）",
                attendees="平台负责人、算法负责人",
            ),
        )
        said = Said(
            f"部门发出约谈通知书，约谈日期 {day}（{case.title.zh}）",
            f"department summons for talks on {day} ({case.title.en})",
        )
        return Deed(today, "department", said)

    def _hold_talk(self, case: notify_pb2.Case, today: dt.date) -> None:
        self.connection.call(
            self.connection.casework.RecordTalk,
            casework_pb2.RecordTalkRequest(
                request_id=fresh_request_id(),
                case_id=case.case_id,
                minutes="平台承认派单规则未保障骑手休息，当场承诺限期改正。（演示）",
                commitments=[
                    casework_pb2.Commitment(
                        text="连续接单满 4 小时即停止推送订单 20 分钟。",
                        due_date=str(today + dt.timedelta(days=3)),
                    )
                ],
            ),
        )

    def _order(self, case: notify_pb2.Case) -> None:
        self.connection.call(
            self.connection.casework.OrderRectification,
            casework_pb2.OrderRectificationRequest(
                request_id=fresh_request_id(),
                case_id=case.case_id,
                measures="调整派单规则，骑手连续接单满 4 小时即停止推送订单 20 分钟，并报送改正情况。",
            ),
        )


class Official(_Reader):
    """A named official with the right to approve a summons."""

    def act(self, today: dt.date) -> Iterator[Deed]:
        """Approve what the policy proposed."""
        for found in self.files():
            if notify_pb2.CASE_TRIGGER_SUMMONS_APPROVED in found.next_steps:
                self.connection.call(
                    self.connection.casework.ApproveSummons,
                    casework_pb2.ApproveSummonsRequest(
                        request_id=fresh_request_id(),
                        case_id=found.case.case_id,
                        reason="警示后未见改正，同意约谈。（演示）",
                    ),
                )
                said = Said(
                    f"主管人员批准约谈（{found.case.title.zh}）",
                    f"official approves the summons ({found.case.title.en})",
                )
                yield Deed(today, "official", said)


class StrictPlatform(_Reader):
    """The platform that overworks its riders: silent when warned, it mends what it was ordered to mend."""

    def __init__(self, connection: Connection, platform_id: str) -> None:
        super().__init__(connection, platform_id)
        self._put_right_from: dt.date | None = None

    def has_put_right(self, day: dt.date) -> bool:
        """Whether its riders rest on that day."""
        return self._put_right_from is not None and day >= self._put_right_from

    def act(self, today: dt.date) -> Iterator[Deed]:
        """Say nothing to a warning; change what an order asks for, and report it."""
        for found in self.files():
            if found.case.state != notify_pb2.CASE_STATE_RECTIFYING or self._put_right_from is not None:
                continue
            self._put_right_from = today + dt.timedelta(days=1)
            order = max(
                (each for each in found.notices if each.kind == notify_pb2.NOTICE_KIND_RECTIFICATION),
                key=lambda notice: notice.create_time.ToMilliseconds(),
            )
            self.connection.call(
                self.connection.casework.ReplyToNotice,
                casework_pb2.ReplyToNoticeRequest(
                    request_id=fresh_request_id(),
                    notice_id=order.notice_id,
                    kind=casework_pb2.REPLY_KIND_PROGRESS,
                    text="已修改派单规则，自次日起连续接单满 4 小时即停止推送订单 20 分钟。（演示）",
                ),
            )
            yield Deed(
                today,
                "platform",
                Said(
                    "平台报告整改进展，骑手自次日起按时休息",
                    "platform reports progress; its riders rest from now on",
                ),
            )


def _moment(day: dt.date, later: dt.timedelta) -> Timestamp:
    moment = Timestamp()
    moment.FromMilliseconds(int((dt.datetime.combine(day, TALK_AT, SHANGHAI) + later).timestamp() * 1000))
    return moment
