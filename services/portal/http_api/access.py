"""Who asks a program's question, and which question it is.

A program shows its token in ``Authorization: Bearer``. A page of the portal's own may ask with the reader's
cookie; what changes something then needs the key of the reader's forms in ``Form-Key``, as every form does.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header

from services.portal.web import TheReader


def _read(reader: TheReader) -> str:
    return reader.require_token()


def _write(
    reader: TheReader, form_key: Annotated[str, Header(alias="Form-Key", include_in_schema=False)] = ""
) -> str:
    token = reader.require_token()
    if reader.by_cookie:
        reader.check_form(form_key)
    return token


TheToken = Annotated[str, Depends(_read)]
"""Of somebody who is signed in; what may be asked with it is the services' to say."""

TheWritersToken = Annotated[str, Depends(_write)]
"""The same, of somebody who surely means to change something."""

RequestId = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,64}$",  # kit.requests.check_request_id
        description="Chosen by you for each request, e.g. a UUID: the same again within 7 days changes "
        "nothing and gets the earlier answer.",
        examples=["0b6f1c52-9a3e-4f0e-8b3d-6f7c0d3f9a11"],
    ),
]
