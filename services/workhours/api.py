"""``WorkhoursService``: decode, ask the store or a use case, encode what the caller may see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import grpc

from kit.errors import InvalidArgumentError, NotFoundError
from kit.grpc.moments import epoch_ms
from kit.grpc.paging import page_key, page_size, page_token, resume_after, resume_token
from kit.grpc.watching import Watching
from kit.security.caller import Caller, Role, current_caller
from kit.security.finding_view import as_seen_by
from kit.security.sight import Sight, record_sight, sight_of
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc
from services.workhours.core.timeline import Span
from services.workhours.core.verdict import Severity
from services.workhours.explaining import Explaining
from services.workhours.ports import (
    EVERYBODY,
    Advised,
    AdvisoryReading,
    Change,
    Filter,
    Reading,
    Stated,
    Whose,
)
from services.workhours.timelines import Timelines
from services.workhours.wire import coverage_to_proto, from_proto, local_text, timestamp
from services.workhours.wire_explained import (
    counter_to_proto,
    event_to_proto,
    interval_to_proto,
    rule_to_proto,
    verdict_to_proto,
)

WATCH_PAGE = 500
"""Revisions, or advisories, read at once by a watcher that is behind."""

LONGEST_TIMELINE_MS = 31 * 86_400_000
"""A month: what a page draws, and a few thousand intervals at most."""


class WorkhoursServicer(workhours_pb2_grpc.WorkhoursServiceServicer):
    """Read side of workhours."""

    def __init__(
        self,
        reading: Reading,
        advisories: AdvisoryReading,
        watching: Watching,
        explaining: Explaining,
        timelines: Timelines,
    ) -> None:
        self._reading = reading
        self._advisories = advisories
        self._watching = watching
        self._explaining = explaining
        self._timelines = timelines

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
        *earlier, current = (as_seen_by(caller, each) for each in self._revisions(caller, request.finding_id))
        return workhours_pb2.GetFindingResponse(finding=current, earlier=earlier)

    def Explain(  # noqa: N802
        self, request: workhours_pb2.ExplainRequest, context: grpc.ServicerContext
    ) -> workhours_pb2.ExplainResponse:
        caller = current_caller()
        message = self._revisions(caller, request.finding_id)[-1]
        finding = from_proto(message)
        explained = self._explaining.explain(finding)
        own = caller.platforms if caller.role in (Role.PLATFORM, Role.WORKER) else None
        answer = workhours_pb2.ExplainResponse(
            finding=as_seen_by(caller, message),
            still_stands=explained.still_stands,
            differences=explained.differences,
            events=[
                event_to_proto(each) for each in explained.events if own is None or each.platform_id in own
            ],
            notes=map(local_text, explained.notes),
        )
        if (again := explained.again) is not None:
            recomputed = verdict_to_proto(again, explained.known_until_ms, explained.coverage)
            answer.recomputed.CopyFrom(recomputed)
        if (rule := explained.rule) is not None:
            answer.rule.CopyFrom(rule_to_proto(explained.pack, rule, finding.severity))
        return answer

    def GetWorkerTimeline(  # noqa: N802
        self, request: workhours_pb2.GetWorkerTimelineRequest, context: grpc.ServicerContext
    ) -> workhours_pb2.GetWorkerTimelineResponse:
        caller = current_caller()
        worker_ids = _workers(caller, request.worker_id)
        window = _window(request)
        sight = _sight(caller)

        def sees(platform_id: str, area_code: str) -> bool:
            return sight.sees(platform_id, area_code) and caller.sees_platform(platform_id)

        drawn = self._timelines.draw(worker_ids, window, sees)
        found = self._reading.of_worker(Filter(sight, whose=_whose(caller)), worker_ids, *window)
        findings = [_finding(stated.value) for stated in found]
        stretches = {(each.rule_id, each.working_time.spell_start_time.ToMilliseconds()) for each in findings}
        return workhours_pb2.GetWorkerTimelineResponse(
            intervals=map(interval_to_proto, drawn.intervals),
            # Of a worker's time on platforms out of sight a counter tells what a finding in sight does.
            counters=[
                counter_to_proto(rule, verdict)
                for rule, verdict in drawn.counters
                if caller.platforms is None or (rule.id, verdict.period_start_ms) in stretches
            ],
            findings=[as_seen_by(caller, each) for each in findings],
            coverage=coverage_to_proto(drawn.coverage),
            known_until_time=timestamp(drawn.known_until_ms),
        )

    def ListAdvisories(  # noqa: N802
        self, request: workhours_pb2.ListAdvisoriesRequest, context: grpc.ServicerContext
    ) -> workhours_pb2.ListAdvisoriesResponse:
        size = page_size(request.page_size)
        read, after = self._advised(request)
        found = read(after, size + 1)
        page = found[:size]
        return workhours_pb2.ListAdvisoriesResponse(
            advisories=[_advisory(advised) for advised in page],
            resume_token=resume_token(page[-1].sequence if page else after),
            more=len(found) > size,
        )

    def WatchAdvisories(  # noqa: N802
        self, request: workhours_pb2.WatchAdvisoriesRequest, context: grpc.ServicerContext
    ) -> Iterator[workhours_pb2.WatchAdvisoriesResponse]:
        read, after = self._advised(request)
        context.add_callback(self._watching.ring)
        follow = self._watching.follow(lambda after: read(after, WATCH_PAGE), after, context.is_active)
        for advised in follow:
            yield workhours_pb2.WatchAdvisoriesResponse(
                advisory=_advisory(advised), resume_token=resume_token(advised.sequence)
            )

    def _advised(
        self, request: workhours_pb2.ListAdvisoriesRequest | workhours_pb2.WatchAdvisoriesRequest
    ) -> tuple[Callable[[int, int], Sequence[Advised]], int]:
        """What reads the advisories asked for after a number, so many at most, and which to begin after."""
        caller = current_caller()
        sight, whose = _sight(caller, platform_id=request.platform_id), _whose(caller)
        after = resume_after(request.resume_token, self._advisories.newest())
        return lambda after, limit: self._advisories.after(sight, whose, after, limit), after

    def _revisions(self, caller: Caller, finding_id: str) -> list[findings_pb2.Finding]:
        """Those of a finding's revisions that the caller may see, oldest first; the last is the current one.

        Raises:
            NotFoundError: if the current one is not theirs to see, as if the finding did not exist.
        """
        sight, whose = _sight(caller), _whose(caller)
        revisions = [_finding(value) for value in self._reading.revisions(finding_id)]
        seen = [
            each
            for each in revisions
            if sight.sees(each.platform_id, each.area_code)
            and (whose.worker_ids is None or each.worker_id in whose.worker_ids)
            and (whose.platform_ids is None or each.platform_id in whose.platform_ids)
        ]
        if not seen or seen[-1] is not revisions[-1]:
            raise NotFoundError(
                f"finding_id: no finding {finding_id[:64]!r} you may see; ListFindings names them",
                zh=f"finding_id：没有您可以查看的认定 {finding_id[:64]!r}；可用 ListFindings 查询",
                field="finding_id",
                reason="FINDING_NOT_FOUND",
            )
        return seen

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
        sight=_sight(caller, platform_id=asked.platform_id, area_code=asked.area_code),
        rule_id=asked.rule_id,
        least_severity=least,
        include_withdrawn=asked.include_withdrawn,
        whose=_whose(caller),
    )


def _sight(caller: Caller, *, platform_id: str = "", area_code: str = "") -> Sight:
    """Where the caller looks: a worker at their own record, everybody else at what is theirs to see."""
    see = record_sight if caller.role is Role.WORKER else sight_of
    return see(caller, platform_id=platform_id, area_code=area_code)


def _whose(caller: Caller) -> Whose:
    """Whose findings and advisories the caller may see, beside where."""
    return Whose(caller.worker_ids, caller.platforms) if caller.role is Role.WORKER else EVERYBODY


def _workers(caller: Caller, worker_id: str) -> tuple[str, ...]:
    """The pseudonyms of the one worker who is asked for. Raises PermissionDeniedError, FOREIGN_WORKER."""
    if caller.role is Role.WORKER and not worker_id:
        return caller.worker_ids
    caller.require_worker(worker_id)
    if not worker_id:
        raise InvalidArgumentError(
            "worker_id: missing; send the pseudonym", zh="worker_id：缺失；请填写化名", field="worker_id"
        )
    return (worker_id,)


def _window(request: workhours_pb2.GetWorkerTimelineRequest) -> Span:
    """The time asked for.

    Raises:
        InvalidArgumentError: if a moment is missing, or the time is empty or too long.
    """

    def refused(field: str, what: str, zh: str) -> InvalidArgumentError:
        return InvalidArgumentError(f"{field}: {what}", zh=f"{field}：{zh}", field=field)

    moments: list[int] = []
    for field in ("start_time", "end_time"):
        if not request.HasField(field):
            raise refused(field, "missing; send both ends of the time to draw", "缺失；请填写起止时刻")
        moments.append(epoch_ms(getattr(request, field), field))
    window = Span(*moments)
    if not 0 < window.length_ms <= LONGEST_TIMELINE_MS:
        raise refused(
            "end_time",
            "must be after start_time, by 31 days at most",
            "须晚于 start_time，且相距不超过 31 天",
        )
    return window


def _advisory(advised: Advised) -> workhours_pb2.Advisory:
    return workhours_pb2.Advisory.FromString(advised.value)


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
