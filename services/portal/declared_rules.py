"""Use cases: the rules platforms declare, and what a version changed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from services.portal.core.names import Names
from services.portal.core.rules import RuleDifference, RuleDocument, RuleHistory, histories, history
from services.portal.handlers import names
from services.portal.ports import Registry, RuleQuery, Suite


@dataclass(frozen=True, slots=True)
class RulesView:
    histories: list[RuleHistory]
    names: Names


@dataclass(frozen=True, slots=True)
class RuleView:
    document: RuleDocument
    history: RuleHistory
    difference: RuleDifference | None
    """To the version before; None of the first."""
    names: Names


async def listed(suite: Suite, registry: Registry, token: str, query: RuleQuery, now_ms: int) -> RulesView:
    """Every document the reader may see, each with its versions."""
    documents, known = await asyncio.gather(registry.rule_documents(token, query), names(suite, token))
    return RulesView(histories(documents, now_ms), known)


async def shown(
    suite: Suite, registry: Registry, token: str, document_id: str, version: int, now_ms: int
) -> RuleView:
    """One version of a document with what it changed; ``version`` 0: the one in force, else the next.

    Raises NotFoundError for a document or a version there is not, or that is not the reader's to see.
    """
    # The first version there always is: it says which list its document is in, or that there is none such.
    first = (await registry.rule_difference(token, document_id, 1, 1)).after
    query = RuleQuery(kind=first.kind, area_code=first.area_code)
    documents, known = await asyncio.gather(registry.rule_documents(token, query), names(suite, token))
    versions = history((one for one in documents if one.document_id == document_id), now_ms)
    wanted = version or versions.shown.version
    if wanted == 1:
        return RuleView(first, versions, None, known)
    difference = await registry.rule_difference(token, document_id, wanted - 1, wanted)
    return RuleView(difference.after, versions, difference, known)
