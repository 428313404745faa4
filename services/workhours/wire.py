"""Findings as the contract says them: the edge between ``core.finding`` and protobuf."""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.events.v1 import findings_pb2
from services.workhours.core.continuous_work import Severity
from services.workhours.core.finding import Finding, FindingState
from services.workhours.core.rule_pack import Rule, RulePack, Text
from services.workhours.ports import Revision


class Wire:
    """Encodes findings with the texts of their rule, and decodes them again."""

    def __init__(self, pack: RulePack) -> None:
        self._rules: Mapping[str, Rule] = {rule.id: rule for rule in pack.rules}

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
        )
        evidence.measured.FromMilliseconds(finding.measured_ms)
        evidence.limit.FromMilliseconds(finding.limit_ms)
        for start, end, accumulated in finding.counter:
            step = evidence.counter.add(start_time=timestamp(start), end_time=timestamp(end))
            step.accumulated.FromMilliseconds(accumulated)
        title, citation = self._texts(finding)
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

    def _texts(self, finding: Finding) -> tuple[findings_pb2.LocalText, findings_pb2.LocalText]:
        rule = self._rules.get(finding.rule_id)
        if rule is None:
            return findings_pb2.LocalText(zh=finding.rule_id, en=finding.rule_id), findings_pb2.LocalText()
        tier = {
            Severity.PROMPT: rule.texts.prompt,
            Severity.LIMIT_REACHED: rule.texts.limit_reached,
            Severity.BREACH: rule.texts.breach,
        }[finding.severity]
        first = rule.citations[0]
        citation = findings_pb2.LocalText(
            zh=f"{first.title.zh}（{first.standing.zh}，{first.issued}）：{first.clause.zh}",
            en=f"{first.title.en} ({first.standing.en}, {first.issued}): {first.clause.en}",
        )
        return _local(tier), citation


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
        state=FindingState(message.state),
        revision=message.revision,
        changes=tuple(message.changes),
    )


def timestamp(epoch_ms: int | None) -> Timestamp | None:
    """A moment; None stays absent."""
    if epoch_ms is None:
        return None
    return Timestamp(seconds=epoch_ms // 1000, nanos=epoch_ms % 1000 * 1_000_000)


def _local(text: Text) -> findings_pb2.LocalText:
    return findings_pb2.LocalText(zh=text.zh, en=text.en)


def _moment(evidence: findings_pb2.WorkingTimeEvidence, field: str) -> int | None:
    if not evidence.HasField(field):  # type: ignore[arg-type]
        return None
    moment: Timestamp = getattr(evidence, field)
    return moment.ToMilliseconds()
