"""Long lists part by part: ``page_size`` and ``page_token`` in the address, and where the next part is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response
from pydantic import AfterValidator

from services.portal.core.listings import Part

AreaCode = Annotated[
    str, Query(pattern=r"^([0-9]{6})?$", description="GB/T 2260; a city's includes its counties.")
]
Quarter = Annotated[str, Query(pattern=r"^([0-9]{4}Q[1-4])?$", examples=["2026Q1"])]


def _whole(text: str) -> str:
    if any("\ud800" <= each <= "\udfff" for each in text):
        raise ValueError("half of a surrogate pair is no character")
    return text


Words = Annotated[str, AfterValidator(_whole)]
"""What is sent on to a service: JSON can hold what no encoding has."""

MOST = 1_000
"""``kit.grpc.paging.MAX_PAGE_SIZE``."""


@dataclass(frozen=True, slots=True)
class Turning:
    """The part that is asked for, and the way to the next one."""

    part: Part
    request: Request
    response: Response

    def on(self, next_page_token: str) -> None:
        """Tell in ``Link`` (RFC 8288) where the next part is; an empty token: there is none."""
        if not next_page_token:
            return
        kept = [each for each in self.request.query_params.multi_items() if each[0] != "page_token"]
        query = urlencode([*kept, ("page_token", next_page_token)])
        self.response.headers["Link"] = f'<{self.request.url.path}?{query}>; rel="next"'


def _turning(
    request: Request,
    response: Response,
    page_size: Annotated[int, Query(ge=0, le=MOST, description="0: 100.")] = 0,
    page_token: Annotated[str, Query(description="`next_page_token` of the part before.")] = "",
) -> Turning:
    return Turning(Part(page_size, page_token), request, response)


ThePart = Annotated[Turning, Depends(_turning)]
