"""``quzhong report due``: which reports are owed until when."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from cli.connection import Connection
from cli.output import Output
from quzhong.api.registry.v1 import reports_pb2 as pb

STATES = {
    pb.DUE_STATE_UPCOMING: ("季度未结束", "upcoming"),
    pb.DUE_STATE_DUE: ("待报送", "due"),
    pb.DUE_STATE_OVERDUE: ("已逾期", "overdue"),
    pb.DUE_STATE_SUBMITTED: ("已报送", "submitted"),
    pb.DUE_STATE_ACKNOWLEDGED: ("已接收", "acknowledged"),
}


def due(address: str, token: str, wanted: pb.ListDueDatesRequest, output: Output) -> None:
    """Tell the due dates the caller sees: a firm its own, a platform its firms' too, a receiver by area."""
    found: list[pb.DueDate] = []
    with Connection(address, token) as own:

        def request_of(page_token: str) -> pb.ListDueDatesRequest:
            request = pb.ListDueDatesRequest(page_size=500, page_token=page_token)
            request.MergeFrom(wanted)
            return request

        for page in own.pages(own.reports.ListDueDates, request_of, lambda page: page.next_page_token):
            found += page.due_dates
    document = [
        {
            "report_id": one.report_id,
            "reporter_id": one.reporter_id,
            "platform_id": one.platform_id,
            "area_code": one.area_code,
            "quarter": one.quarter,
            "due_date": one.due_date,
            "state": pb.DueState.Name(one.state),
            "note": {"zh": one.note.zh, "en": one.note.en},
            "receiver_ids": list(one.receiver_ids),
        }
        for one in found
    ]
    output.result({"due_dates": document}, _table(found, output) if found else "")
    late = sum(one.state == pb.DUE_STATE_OVERDUE for one in found)
    output.say(f"{len(found)} 份，其中逾期 {late} 份", f"{len(found)} reports, {late} of them overdue")


def _table(found: Sequence[pb.DueDate], output: Output) -> Table:
    table = output.table(
        ("报送期限（北京时间）", "Due dates (Asia/Shanghai)"),
        ("季度", "Quarter"),
        ("报送单位", "Reporter"),
        ("平台", "Platform"),
        ("地区", "Area"),
        ("期限", "Due"),
        ("状态", "State"),
        text_columns=6,
    )
    for one in found:
        state = output.pick(*STATES.get(one.state, ("未知", "unknown")))
        table.add_row(one.quarter, one.reporter_id, one.platform_id, one.area_code, one.due_date, state)
    return table
