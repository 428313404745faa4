"""``WorkhoursService``: decode, ask the store, encode what the caller may see."""

from __future__ import annotations

from collections.abc import Iterator

import grpc

from kit.errors import InvalidArgumentError, NotFoundError
from kit.grpc.paging import page_key, page_size, page_token, resume_after, resume_token
from kit.grpc.watching import Watching
from kit.security.caller import Caller, current_caller
from kit.security.finding_view import as_seen_by
from kit.security.sight import sight_of
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc
from services.workhours.core.continuous_work import Severity
from services.workhours.ports import Change, Filter, Reading, Stated

WATCH_PAGE = 500
"""Revisions read at once by a watcher that is behind."""


class WorkhoursServicer(workhours_pb2_grpc.WorkhoursServiceServicer):
    """Read side of workhours."""

    def __init__(self, reading: Reading, watching: Watching) -> None:
        self._reading = reading
        self._watching = watching

    def ListFindings(  # noqa: N802
        self, request: workhours_pb2.ListFindingsRequest, context: grpc.ServicerContext
    ) -> workhours_pb2.ListFindingsResponse:
        caller = current_caller()
        size = page_size(request.page_size)
        (after_id,) = page_key(request.page_token, str) or ("",)
        found = self._reading.page(_filter(caller, request.filter), str(after_id), size + 1)
        return workhours_pb2.ListFindingsResponse(
            findings=[_seen(caller, stated) for stated in found[:size]],
            next_page_token=page_token(found[size - 1].finding_id) if len(found) > size else "",
        )

    def GetFinding(  # noqa: N802
        self, request: workhours_pb2.GetFindingRequest, context: grpc.ServicerContext
    ) -> workhours_pb2.GetFindingResponse:
        caller = current_caller()
        sight = sight_of(caller)
        revisions = [_finding(value) for value in self._reading.revisions(request.finding_id)]
        seen = [each for each in revisions if sight.sees(each.platform_id, each.area_code)]
        # One that is not the caller's to see is answered as if it did not exist.
        if not seen or seen[-1] is not revisions[-1]:
            raise NotFoundError(
                f"finding_id: no finding {request.finding_id[:64]!r} you may see; ListFindings names them",
                zh=f"finding_id：没有您可以查看的认定 {request.finding_id[:64]!r}；可用 ListFindings 查询",
                field="finding_id",
                reason="FINDING_NOT_FOUND",
            )
        *earlier, current = (as_seen_by(caller, each) for each in seen)
        return workhours_pb2.GetFindingResponse(finding=current, earlier=earlier)

    def WatchFindings(  # noqa: N802
        self, request: workhours_pb2.WatchFindingsRequest, context: grpc.ServicerContext
    ) -> Iterator[workhours_pb2.WatchFindingsResponse]:
        caller = current_caller()
        wanted = _filter(caller, request.filter)
        newest = self._reading.newest()
        after = resume_after(request.resume_token, newest)
        context.add_callback(self._watching.ring)
        if not request.resume_token:
            # What stands, in the order in which it was stated: every token on the way is a place to resume.
            # What is stated meanwhile is left to the changes, as a withdrawal among it would be passed over.
            while page := self._reading.standing(wanted, after, WATCH_PAGE):
                for stated in page:
                    if stated.sequence <= newest:
                        yield _message(_seen(caller, stated), stated.sequence)
                after = page[-1].sequence
                if after >= newest:
                    break
            after = newest
        for change in self._watching.follow(
            lambda after: self._reading.changes(wanted, after, WATCH_PAGE), after, context.is_active
        ):
            yield _message(_changed(caller, change), change.sequence)

    def SummariseFindings(  # noqa: N802
        self, request: workhours_pb2.SummariseFindingsRequest, context: grpc.ServicerContext
    ) -> workhours_pb2.SummariseFindingsResponse:
        wanted = _filter(current_caller(), request.filter)
        counts = self._reading.summary(wanted, Severity(wanted.least_severity or Severity.BREACH))
        return workhours_pb2.SummariseFindingsResponse(
            rules=[
                workhours_pb2.RuleSummary(rule_id=count.rule_id, spells=count.spells, workers=count.workers)
                for count in counts
            ]
        )


def _filter(caller: Caller, asked: workhours_pb2.FindingFilter) -> Filter:
    """What was asked for, within what the caller may see."""
    least = asked.least_severity
    if least and least not in Severity._value2member_map_:
        raise InvalidArgumentError(
            f"filter.least_severity: {least} is no severity; send one of {', '.join(Severity.__members__)}",
            zh=f"filter.least_severity：{least} 不是严重程度；可用：{'、'.join(Severity.__members__)}",
            field="filter.least_severity",
        )
    return Filter(
        sight=sight_of(caller, platform_id=asked.platform_id, area_code=asked.area_code),
        rule_id=asked.rule_id,
        least_severity=least,
        include_withdrawn=asked.include_withdrawn,
    )


def _finding(value: bytes) -> findings_pb2.Finding:
    return findings_pb2.Finding.FromString(value)


def _seen(caller: Caller, stated: Stated) -> findings_pb2.Finding:
    return as_seen_by(caller, _finding(stated.value))


def _changed(caller: Caller, change: Change) -> findings_pb2.Finding:
    """A revision for its watcher; one that took the finding out of their sight, as its withdrawal there."""
    if change.in_sight:
        return _seen(caller, change)
    gone = as_seen_by(caller, _finding(change.before))
    gone.revision = _finding(change.value).revision
    gone.state = findings_pb2.FINDING_STATE_WITHDRAWN
    gone.changes[:] = ["state: STANDS → WITHDRAWN", "platform_id or area_code: another answers for it now"]
    return gone


def _message(finding: findings_pb2.Finding, sequence: int) -> workhours_pb2.WatchFindingsResponse:
    return workhours_pb2.WatchFindingsResponse(finding=finding, resume_token=resume_token(sequence))
