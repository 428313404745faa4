"""What every mutation of the registry has in common: once, checked, and told to everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from kit.errors import LogUnavailableError
from kit.requests import KEEP_MS, request_id_reused
from services.registry.ports import EarlierAnswer, Publication, Request


class Answers(Protocol):
    """The part of a transaction that remembers what requests were answered."""

    def earlier_answer(self, party_id: str, request_id: str) -> EarlierAnswer | None: ...

    def keep_answer(self, request: Request, entity: str, now_ms: int, keep_ms: int) -> None: ...


def once(answers: Answers, request: Request, act: Callable[[], str], now_ms: int) -> tuple[str, bool]:
    """The id of what ``act`` wrote, now or when the request came first; and whether it was now.

    Raises:
        AlreadyExistsError: REQUEST_ID_REUSED.
    """
    earlier = answers.earlier_answer(request.party_id, request.request_id)
    if earlier is None:
        entity = act()
        answers.keep_answer(request, entity, now_ms, KEEP_MS)
        return entity, True
    if earlier.content_sha256 != request.content_sha256:
        raise request_id_reused(request.request_id)
    return earlier.entity, False


def require_published(publication: Publication) -> None:
    """Return once what was committed stands in its topic.

    Raises:
        LogUnavailableError: (retryable) it is kept, but the other services cannot be told yet.
    """
    if not publication.wait():
        raise LogUnavailableError(
            "kept, but the other services cannot be told yet; send the same request again",
            zh="已保存，但暂时无法通知其他服务；请重发同一请求",
            reason="NOT_PUBLISHED_YET",
        )
