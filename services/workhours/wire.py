"""Findings as the contract says them: the edge between ``core.finding`` and protobuf."""

from __future__ import annotations

from collections.abc import Callable

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.events.v1 import findings_pb2
from services.workhours.core.coverage import Coverage
from services.workhours.core.finding import Finding, FindingState
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.text import Text
from services.workhours.core.verdict import Severity
from services.workhours.ports import Revision


class Wire:
    """Encodes findings with the texts of their rule, and decodes them again."""

    def __init__(self, packs: Callable[[], RulePack]) -> None:
        """``packs``: the pack in force."""
        self._packs = packs
        self._pack: RulePack | None = None
        self._said: dict[tuple[str, Severity], tuple[findings_pb2.LocalText, findings_pb2.LocalText]] = {}
        """Rule and severity → title and citation by ``_pack``, each made once."""

    def to_proto(self, revision: Revision) -> findings_pb2.Finding:
        """The message a finding is on the topic, in the store and in answers."""
        finding = revision.finding
        evidence = findings_pb2.WorkingTimeEvidence(
            spell_start_time=timestamp(finding.spell_start_ms),
            spell_end_time=timestamp(finding.stated_until_ms),
            open=finding.open,
            watermark_time=timestamp(finding.watermark_ms),
            limit_time=timestamp(finding.limit_at_ms),
            no_push_start_time=timestamp(finding.no_push_start_ms),
            no_push_end_time=timestamp(finding.no_push_end_ms),
            event_ids=finding.event_ids,
            platform_ids=finding.platform_ids,
            must_rest_until_time=timestamp(finding.must_rest_until_ms),
            coverage=coverage_to_proto(finding.coverage),
        )
        _put(evidence.measured, finding.measured_ms)
        _put(evidence.limit, finding.limit_ms)
        for start, end, accumulated in finding.counter:
            step = evidence.counter.add()
            _put(step.start_time, start)
            _put(step.end_time, end)
            _put(step.accumulated, accumulated)
        title, citation = self._texts(finding.rule_id, Severity(finding.severity))
        return findings_pb2.Finding(
            finding_id=finding.finding_id,
            revision=finding.revision,
            state=findings_pb2.FindingState.ValueType(finding.state),
            severity=findings_pb2.Severity.ValueType(finding.severity),
            rule_id=finding.rule_id,
            pack_id=finding.pack_id,
            pack_version=finding.pack_version,
            platform_id=finding.platform_id,
            area_code=finding.area_code,
            worker_id=finding.worker_id,
            event_time=timestamp(finding.tier_at_ms),
            create_time=timestamp(revision.create_time_ms),
            title=title,
            citation=citation,
            changes=finding.changes,
            working_time=evidence,
        )

    def _texts(
        self, rule_id: str, severity: Severity
    ) -> tuple[findings_pb2.LocalText, findings_pb2.LocalText]:
        pack = self._packs()
        if pack is not self._pack:
            self._pack, self._said = pack, {}
        if (rule_id, severity) not in self._said:
            self._said[rule_id, severity] = _texts_of(pack, rule_id, severity)
        return self._said[rule_id, severity]


def _texts_of(
    pack: RulePack, rule_id: str, severity: Severity
) -> tuple[findings_pb2.LocalText, findings_pb2.LocalText]:
    rule = next((rule for rule in pack.rules if rule.id == rule_id), None)
    if rule is None:
        return findings_pb2.LocalText(zh=rule_id, en=rule_id), findings_pb2.LocalText()
    tier = rule.texts.of(severity) or rule.title
    first = rule.citations[0]
    citation = findings_pb2.LocalText(
        zh=f"{first.title.zh}（{first.standing.zh}，{first.issued}）：{first.clause.zh}",
        en=f"{first.title.en} ({first.standing.en}, {first.issued}): {first.clause.en}",
    )
    return local_text(tier), citation


def from_proto(message: findings_pb2.Finding) -> Finding:
    """The finding that ``Wire.to_proto`` was given."""
    evidence = message.working_time
    return Finding(
        finding_id=message.finding_id,
        rule_id=message.rule_id,
        pack_id=message.pack_id,
        pack_version=message.pack_version,
        worker_id=message.worker_id,
        severity=Severity(message.severity),
        platform_id=message.platform_id,
        area_code=message.area_code,
        tier_at_ms=message.event_time.ToMilliseconds(),
        spell_start_ms=evidence.spell_start_time.ToMilliseconds(),
        stated_until_ms=evidence.spell_end_time.ToMilliseconds(),
        open=evidence.open,
        watermark_ms=evidence.watermark_time.ToMilliseconds(),
        measured_ms=evidence.measured.ToMilliseconds(),
        limit_ms=evidence.limit.ToMilliseconds(),
        limit_at_ms=_moment(evidence, "limit_time"),
        no_push_start_ms=_moment(evidence, "no_push_start_time"),
        no_push_end_ms=_moment(evidence, "no_push_end_time"),
        platform_ids=tuple(evidence.platform_ids),
        event_ids=tuple(evidence.event_ids),
        counter=tuple(
            (
                step.start_time.ToMilliseconds(),
                step.end_time.ToMilliseconds(),
                step.accumulated.ToMilliseconds(),
            )
            for step in evidence.counter
        ),
        must_rest_until_ms=_moment(evidence, "must_rest_until_time"),
        coverage=_coverage(evidence.coverage) if evidence.HasField("coverage") else None,
        state=FindingState(message.state),
        revision=message.revision,
        changes=tuple(message.changes),
    )


def timestamp(epoch_ms: int | None) -> Timestamp | None:
    """A moment; None stays absent."""
    if epoch_ms is None:
        return None
    return Timestamp(seconds=epoch_ms // 1000, nanos=epoch_ms % 1000 * 1_000_000)


def _put(field: Timestamp | Duration, ms: int) -> None:
    """Set a field in its message, which takes half as long as to make one and copy it there."""
    field.seconds, field.nanos = ms // 1000, ms % 1000 * 1_000_000


def coverage_to_proto(coverage: Coverage | None) -> findings_pb2.Coverage | None:
    """The coverage of a window; None stays absent."""
    if coverage is None:
        return None
    return findings_pb2.Coverage(
        window_start_time=timestamp(coverage.window_start_ms),
        window_end_time=timestamp(coverage.window_end_ms),
        observed=duration(coverage.observed_ms),
        unknown=duration(coverage.unknown_ms),
    )


def _coverage(message: findings_pb2.Coverage) -> Coverage:
    return Coverage(
        window_start_ms=message.window_start_time.ToMilliseconds(),
        window_end_ms=message.window_end_time.ToMilliseconds(),
        observed_ms=message.observed.ToMilliseconds(),
    )


def duration(length_ms: int) -> Duration:
    """A length."""
    return Duration(seconds=length_ms // 1000, nanos=length_ms % 1000 * 1_000_000)


def local_text(text: Text) -> findings_pb2.LocalText:
    """A text in both languages."""
    return findings_pb2.LocalText(zh=text.zh, en=text.en)


def _moment(evidence: findings_pb2.WorkingTimeEvidence, field: str) -> int | None:
    if not evidence.HasField(field):  # type: ignore[arg-type]
        return None
    moment: Timestamp = getattr(evidence, field)
    return moment.ToMilliseconds()
