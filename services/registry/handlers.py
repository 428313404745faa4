"""What the registry does with a call: check, then write and publish in one transaction.

Each mutation goes the same way:

1. the core checks the fields, before anything is read, so that a wrong field is named whatever else holds;
2. in one transaction: a repeat gets its earlier answer; else the entity, its record for topic ``registry``
   and the answer are written;
3. the answer goes out once the topic has the record, so that what it says holds for whoever calls next.
"""

from __future__ import annotations

from collections.abc import Sequence

from kit.clock import Clock
from kit.errors import NotFoundError
from kit.requests import check_request_id
from kit.security.caller import Caller
from services.registry.core.areas import Area, Areas
from services.registry.core.pages import Page, page_of
from services.registry.core.parties import Role
from services.registry.core.sight import sees_threshold
from services.registry.core.thresholds import Declaration, Threshold, check_declaration, declare
from services.registry.mutations import once, require_published
from services.registry.ports import Publication, RegistryStore, Request, Transaction
from services.registry.refusals import field_errors


class Registry:
    """The use cases around thresholds and areas; parties are in ``parties``."""

    def __init__(self, store: RegistryStore, publication: Publication, areas: Areas, clock: Clock) -> None:
        self._store = store
        self._publication = publication
        self._areas = areas
        self._clock = clock

    def declare_threshold(self, request: Request, declaration: Declaration) -> Threshold:
        """A platform's threshold from a date on.

        Raises:
            InvalidArgumentError: for a field that makes no sense, or that would change the past.
            NotFoundError: PLATFORM_UNKNOWN; only an administrator can meet it.
            AlreadyExistsError: REQUEST_ID_REUSED.
            LogUnavailableError: (retryable) it is kept, but the other services cannot be told yet.
        """
        check_request_id(request.request_id)
        with field_errors():
            check_declaration(declaration, self._areas)
        now_ms = self._clock()

        def add_version(transaction: Transaction) -> str:
            platform = transaction.party(declaration.platform_id)
            if platform is None or platform.role is not Role.PLATFORM:
                raise NotFoundError(
                    f"platform_id: no platform is called {declaration.platform_id!r}; register it first",
                    zh=f"platform_id：未登记平台 {declaration.platform_id!r}；请先登记",
                    field="platform_id",
                    reason="PLATFORM_UNKNOWN",
                )
            versions = transaction.versions(declaration.threshold_id)
            with field_errors():
                threshold, is_new = declare(declaration, versions, now_ms)
            if is_new:
                transaction.put_threshold(threshold)
            return threshold.key

        with self._store.write() as transaction:
            key, _ = once(transaction, request, lambda: add_version(transaction), now_ms)
            versions = transaction.versions(declaration.threshold_id)
        require_published(self._publication)
        return next(version for version in versions if version.key == key)

    def thresholds(
        self, caller: Caller, platform_id: str, metric_id: str, page: Page
    ) -> tuple[Sequence[Threshold], str]:
        """All versions of the thresholds the caller sees, by threshold and version; and the next token.

        An empty ``platform_id`` or ``metric_id`` does not restrict.

        Raises:
            InvalidArgumentError: for a page that makes no sense.
        """
        with self._store.read() as view:
            thresholds = view.thresholds(platform_id, metric_id)
        visible = [threshold for threshold in thresholds if sees_threshold(caller, threshold)]
        with field_errors():
            return page_of(visible, lambda threshold: threshold.sort_key, page.size, page.token)

    def areas(self, parent_code: str, page: Page) -> tuple[Sequence[Area], str]:
        """The areas within one, or all, by code; and the next page's token.

        Raises:
            InvalidArgumentError: for an unknown parent, or a page that makes no sense.
        """
        with field_errors():
            within = self._areas.within(parent_code)
            return page_of(within, lambda area: area.area_code, page.size, page.token)
