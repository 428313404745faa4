"""What documents of rules need from outside."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from services.registry.core.rule_documents import RuleDocument
from services.registry.ports import Transaction, View


class RuleView(View, Protocol):
    """Parties and documents of rules as of one moment. Lists come in any order."""

    def rule_versions(self, document_id: str) -> list[RuleDocument]: ...

    def rule_documents(self, platform_id: str) -> list[RuleDocument]:
        """All versions of all; an empty id does not restrict."""
        ...


class RuleTransaction(RuleView, Transaction, Protocol):
    """A view that can be written."""

    def put_rule_document(self, document: RuleDocument) -> None:
        """A new version; it goes out to topic ``registry`` with the same commit."""
        ...


class RuleStore(Protocol):
    """Where documents are kept: the registry's own store."""

    def read(self) -> AbstractContextManager[RuleView]: ...

    def write(self) -> AbstractContextManager[RuleTransaction]:
        """Committed at the end of the block, rolled back if it raises; one at a time."""
        ...
