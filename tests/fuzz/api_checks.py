"""Checks of our own for Schemathesis, beside all of its (``SCHEMATHESIS_HOOKS``)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import schemathesis
from schemathesis import GenerationMode


@schemathesis.check
def what_fits_the_document_is_refused_by_a_service_only(_ctx: Any, response: Any, case: Any) -> None:
    """The portal itself refuses nothing that its document allows: it names the service's status."""
    positive = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
    if response.status_code == HTTPStatus.BAD_REQUEST and positive:
        problem = json.loads(response.text)
        assert problem["metadata"].get("grpc_code"), problem


@schemathesis.check
def refusals_are_problem_documents(_ctx: Any, response: Any, case: Any) -> None:
    """Of whatever was asked (RFC 9457)."""
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        assert response.headers["content-type"] == ["application/problem+json"], response.headers
        problem = json.loads(response.text)
        assert problem["status"] == response.status_code
        assert problem["reason"], problem
        assert problem["detail"], problem


@schemathesis.check
def answers_tell_whether_they_may_be_kept(_ctx: Any, response: Any, case: Any) -> None:
    """What depends on who asks is nobody else's to keep; a read has a strong tag."""
    if case.method == "GET" and response.status_code == HTTPStatus.OK:
        assert response.headers["cache-control"] == ["private, no-cache"], response.headers
        assert response.headers["etag"][0].startswith('"'), response.headers
        assert "authorization" in response.headers["vary"][0].lower(), response.headers
