"""Documents of rules as the contract says them: for answers, for the log, and for the store."""

from __future__ import annotations

from kit.grpc.moments import epoch_ms
from quzhong.api.events.v1 import events_pb2
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import declared_rules_pb2 as pb
from services.registry.core.rule_changes import RuleChange
from services.registry.core.rule_documents import RuleDocument, RuleField, Rules


def rules_of(message: pb.DeclareRulesRequest | pb.RuleDocument) -> Rules:
    """What a platform declares, or declared."""
    return Rules(
        message.platform_id,
        message.kind,
        message.area_code,
        message.service,
        message.title.zh,
        message.title.en,
        tuple(_field_of(one) for one in message.fields),
        message.wording,
        epoch_ms(message.effective_time, "effective_time"),
        message.consultation_id,
    )


def rule_document_message(document: RuleDocument) -> pb.RuleDocument:
    """A version of a document."""
    rules = document.rules
    message = pb.RuleDocument(
        document_id=rules.document_id,
        version=document.version,
        platform_id=rules.platform_id,
        kind=pb.RuleKind.ValueType(rules.kind),
        area_code=rules.area_code,
        service=events_pb2.ServiceKind.ValueType(rules.service),
        title=LocalText(zh=rules.title_zh, en=rules.title_en),
        fields=map(_field_message, rules.fields),
        wording=rules.wording,
        consultation_id=rules.consultation_id,
    )
    message.effective_time.FromMilliseconds(rules.effective_ms)
    message.create_time.FromMilliseconds(document.create_ms)
    return message


def rule_document_of(content: bytes) -> RuleDocument:
    """What the store holds of a version."""
    message = pb.RuleDocument.FromString(content)
    return RuleDocument(rules_of(message), message.version, message.create_time.ToMilliseconds())


def rule_change_message(change: RuleChange) -> pb.RuleChange:
    """One provision that differs."""
    message = pb.RuleChange(kind=pb.RuleChangeKind.ValueType(change.kind), field_id=change.field_id)
    if change.before is not None:
        message.before.CopyFrom(_field_message(change.before))
    if change.after is not None:
        message.after.CopyFrom(_field_message(change.after))
    return message


def _field_of(message: pb.RuleField) -> RuleField:
    kind = message.WhichOneof("value")
    value = getattr(message, kind) if kind else None
    return RuleField(message.field_id, message.title.zh, message.title.en, value, message.unit)


def _field_message(one: RuleField) -> pb.RuleField:
    message = pb.RuleField(
        field_id=one.field_id, title=LocalText(zh=one.title_zh, en=one.title_en), unit=one.unit
    )
    if isinstance(one.value, bool):
        message.flag = one.value
    elif isinstance(one.value, str):
        message.text = one.value
    elif one.value is not None:
        message.number = one.value
    return message
