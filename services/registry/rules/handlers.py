"""Rules platforms declare as documents: declared, listed, compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.clock import Clock
from kit.errors import NotFoundError
from kit.requests import check_request_id
from services.registry.core.areas import Areas, overlap
from services.registry.core.pages import Page, page_of
from services.registry.core.parties import Role
from services.registry.core.rule_documents import (
    RuleDocument,
    Rules,
    checked_rules,
    declare_rules,
    in_force,
)
from services.registry.core.sight import Viewer, sees_declared
from services.registry.mutations import once, require_published
from services.registry.ports import Publication, Request
from services.registry.refusals import field_errors
from services.registry.rules.ports import RuleStore, RuleTransaction, RuleView


@dataclass(frozen=True, slots=True)
class RuleFilter:
    """Which documents are asked for; what is empty does not restrict."""

    platform_id: str = ""
    kind: int = 0
    area_code: str = ""
    in_force_ms: int | None = None


class DeclaredRules:
    """The use cases of ``DeclaredRulesService``."""

    def __init__(
        self, store: RuleStore, publication: Publication, areas: Areas, clock: Clock, notice_days: int
    ) -> None:
        self._store = store
        self._publication = publication
        self._areas = areas
        self._clock = clock
        self._notice_days = notice_days

    def declare(self, request: Request, rules: Rules) -> RuleDocument:
        """A version of a platform's document.

        Raises:
            InvalidArgumentError: for a field that makes no sense; NOTICE_TOO_SHORT.
            NotFoundError: PLATFORM_UNKNOWN, only an administrator can meet it; CONSULTATION_UNKNOWN.
            AlreadyExistsError: REQUEST_ID_REUSED.
            LogUnavailableError: (retryable) it is kept, but the other services cannot be told yet.
        """
        check_request_id(request.request_id)
        with field_errors():
            rules = checked_rules(rules, self._areas)
        now_ms = self._clock()
        with self._store.write() as transaction:
            key, _ = once(transaction, request, lambda: self._add(transaction, rules, now_ms), now_ms)
            versions = transaction.rule_versions(rules.document_id)
        require_published(self._publication)
        return next(version for version in versions if version.key == key)

    def documents(self, viewer: Viewer, wanted: RuleFilter, page: Page) -> tuple[Sequence[RuleDocument], str]:
        """The versions the viewer sees, by document and version; and the next page's token.

        Raises:
            InvalidArgumentError: for an unknown area, or a page that makes no sense.
        """
        with field_errors():
            if wanted.area_code:
                self._areas.check("area_code", wanted.area_code)
        with self._store.read() as view:
            documents = view.rule_documents(wanted.platform_id)
        if wanted.in_force_ms is not None:
            documents = _holding(documents, wanted.in_force_ms)
        visible = [
            one
            for one in documents
            if sees_declared(viewer, one.rules.platform_id, one.rules.area_code)
            and wanted.kind in (0, one.rules.kind)
            and (not wanted.area_code or overlap(wanted.area_code, one.rules.area_code))
        ]
        with field_errors():
            return page_of(visible, lambda one: one.sort_key, page.size, page.token)

    def pair(
        self, viewer: Viewer, document_id: str, before: int, after: int
    ) -> tuple[RuleDocument, RuleDocument]:
        """Two versions to compare; 0 is the last one, and the one before it.

        Raises:
            NotFoundError: DOCUMENT_UNKNOWN, also for what the viewer does not see; RULE_VERSION_UNKNOWN.
        """
        with self._store.read() as view:
            versions = {one.version: one for one in view.rule_versions(document_id)}
        last = versions.get(max(versions, default=0))
        if last is None or not sees_declared(viewer, last.rules.platform_id, last.rules.area_code):
            raise NotFoundError(
                f"document_id: there is none {document_id[:100]!r}; ListRuleDocuments tells which there are",
                zh=f"document_id：没有规则文件 {document_id[:100]!r}；可用 ListRuleDocuments 查询",
                field="document_id",
                reason="DOCUMENT_UNKNOWN",
            )
        after = after or last.version
        before = before or after - 1
        for field, version in (("after_version", after), ("before_version", before)):
            if version not in versions:
                raise NotFoundError(
                    f"{field}: {document_id!r} has no version {version}; there are 1–{last.version}",
                    zh=f"{field}：{document_id!r} 没有第 {version} 版；现有 1–{last.version}",
                    field=field,
                    reason="RULE_VERSION_UNKNOWN",
                )
        return versions[before], versions[after]

    def _add(self, transaction: RuleTransaction, rules: Rules, now_ms: int) -> str:
        platform = transaction.party(rules.platform_id)
        if platform is None or platform.role is not Role.PLATFORM:
            raise NotFoundError(
                f"platform_id: no platform is called {rules.platform_id!r}; register it first",
                zh=f"platform_id：未登记平台 {rules.platform_id!r}；请先登记",
                field="platform_id",
                reason="PLATFORM_UNKNOWN",
            )
        _check_agreed(transaction, rules)
        with field_errors():
            document, is_new = declare_rules(
                rules, transaction.rule_versions(rules.document_id), now_ms, self._notice_days
            )
        if is_new:
            transaction.put_rule_document(document)
        return document.key


def _check_agreed(view: RuleView, rules: Rules) -> None:
    """That the consultation named ended in an agreement of this platform; another's is as unknown as none."""
    if rules.consultation_id and view.agreed_platform(rules.consultation_id) != rules.platform_id:
        raise NotFoundError(
            f"consultation_id: no agreement of {rules.platform_id!r} is called {rules.consultation_id!r}; "
            "leave it empty, or wait until the agreement has arrived",
            zh=f"consultation_id：没有平台 {rules.platform_id!r} 的协商协议 {rules.consultation_id!r}；"
            "请留空，或待协议达成并送达登记处后再申报",
            field="consultation_id",
            reason="CONSULTATION_UNKNOWN",
        )


def _holding(documents: Sequence[RuleDocument], at_ms: int) -> list[RuleDocument]:
    versions: dict[str, list[RuleDocument]] = {}
    for one in documents:
        versions.setdefault(one.rules.document_id, []).append(one)
    held = (in_force(each, at_ms) for each in versions.values())
    return [one for one in held if one is not None]
