"""By what a mutation of ``ConsultationService`` or ``AppealService`` is recognised when it comes again."""

from __future__ import annotations

import hashlib
from typing import Any

from kit.security.caller import current_caller
from services.algo_audit.mutations import Mutation


def mutation_of(request: Any) -> Mutation:
    """The current caller's request: any message with a ``request_id``."""
    # The type's name is hashed too: two kinds of request may have the same bytes.
    content = request.DESCRIPTOR.full_name.encode() + b"\0" + request.SerializeToString(deterministic=True)
    return Mutation(current_caller().party_id, request.request_id, hashlib.sha256(content).digest())
