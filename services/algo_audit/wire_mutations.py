"""By what a mutation of ``ConsultationService`` or ``AppealService`` is recognised when it comes again."""

from __future__ import annotations

from typing import Any

from kit.requests import content_sha256
from kit.security.caller import current_caller
from services.algo_audit.mutations import Mutation


def mutation_of(request: Any) -> Mutation:
    """The current caller's request: any message with a ``request_id``."""
    return Mutation(current_caller().party_id, request.request_id, content_sha256(request))
