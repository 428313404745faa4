"""What parameters of several routes have in common; long lists part by part, and where the next part is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Path, Query, Request, Response
from pydantic import AfterValidator
from pydantic_core import PydanticKnownError

from services.portal.core.listings import Part

AreaCode = Annotated[
    str, Query(pattern=r"^([0-9]{6})?$", description="GB/T 2260; a city's includes its counties.")
]
Quarter = Annotated[str, Query(pattern=r"^([0-9]{4}Q[1-4])?$", examples=["2026Q1"])]

Period = Annotated[
    str,
    Path(
        pattern=r"^[0-9]{4}-(0[1-9]|1[0-2]|Q[1-4])$",
        description="A month or a quarter.",
        examples=["2026-03", "2026-Q1"],
    ),
]


def _whole(text: str) -> str:
    if any("\ud800" <= each <= "\udfff" for each in text):
        raise PydanticKnownError("string_unicode")
    return text


Words = Annotated[str, AfterValidator(_whole)]
"""What is sent on to a service: JSON can hold what no encoding has."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_MS, _LAST_MS = -62_135_596_800_000, 253_402_300_799_999
"""What a Timestamp of the contract holds: the years 1–9999."""


def epoch_ms(moment: datetime) -> int:
    """Epoch milliseconds, of what lies beyond the contract's years the nearest it holds."""
    return min(max((moment - _EPOCH) // timedelta(milliseconds=1), _FIRST_MS), _LAST_MS)


def optional_epoch_ms(moment: datetime | None) -> int | None:
    """The same of what need not be given."""
    return None if moment is None else epoch_ms(moment)


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
