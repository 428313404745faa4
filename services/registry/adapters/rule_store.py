"""Documents of rules, over SQL: in the registry's own store, each version a row and a record of the topic."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table

from kit.clock import Clock
from kit.ledger import NOT_RECORDED, Recorder
from kit.storage.store import Store
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.adapters.part_store import PartStore
from services.registry.adapters.store import SqlTransaction
from services.registry.adapters.tables import METADATA, PARTY, is_storable
from services.registry.adapters.view import SqlView
from services.registry.core.rule_documents import RuleDocument
from services.registry.rules.messages import rule_document_message, rule_document_of

RULE_DOCUMENT = Table(
    "rule_document",
    METADATA,
    Column("document_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("platform_id", String, ForeignKey(PARTY.c.party_id), nullable=False),
    Column("content", LargeBinary, nullable=False, doc="quzhong.api.registry.v1.RuleDocument."),
)


class SqlRuleStore(PartStore["SqlRuleView", "SqlRuleTransaction"]):
    """Implements ``rules.ports.RuleStore``."""

    def __init__(self, store: Store, clock: Clock, recorder: Recorder = NOT_RECORDED) -> None:
        super().__init__(store, clock, recorder, SqlRuleView, SqlRuleTransaction)


class SqlRuleView(SqlView):
    """Implements ``rules.ports.RuleView``."""

    def rule_versions(self, document_id: str) -> list[RuleDocument]:
        """See the port."""
        if not is_storable(document_id):
            return []
        query = sa.select(RULE_DOCUMENT.c.content).where(RULE_DOCUMENT.c.document_id == document_id)
        return [rule_document_of(bytes(content)) for content in self._connection.scalars(query)]

    def rule_documents(self, platform_id: str) -> list[RuleDocument]:
        """See the port."""
        if not is_storable(platform_id):
            return []
        query = sa.select(RULE_DOCUMENT.c.content)
        if platform_id:
            query = query.where(RULE_DOCUMENT.c.platform_id == platform_id)
        return [rule_document_of(bytes(content)) for content in self._connection.scalars(query)]


class SqlRuleTransaction(SqlTransaction, SqlRuleView):
    """Implements ``rules.ports.RuleTransaction``."""

    def put_rule_document(self, document: RuleDocument) -> None:
        """See the port."""
        message = rule_document_message(document)
        self._connection.execute(
            sa.insert(RULE_DOCUMENT),
            {
                "document_id": document.rules.document_id,
                "version": document.version,
                "platform_id": document.rules.platform_id,
                "content": message.SerializeToString(),
            },
        )
        self._publish(f"rules/{document.key}", pb.DirectoryEntry(rule_document=message))
