"""A dispatch system in small, as a FastAPI app: riders go on and off duty, orders are accepted and completed,
and each of these is handed in as it happens.

    POST /shifts          {"rider", "kind": "ONLINE" | "OFFLINE" | "BREAK_START" | "BREAK_END", "at"?}
    POST /orders/{order}  {"rider", "kind": "ACCEPTED" | "PICKED_UP" | "COMPLETED", "distance_m"?, "at"?}
    GET  /handed-in

``at`` is for simulations; otherwise it is now. ``uvicorn app:app`` runs it, and SIGTERM ends it in order:
what cannot be delivered by then waits in the folder QUZHONG_SPOOL for the next run.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import grpc
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, Field

from quzhong import (
    AsyncClient,
    AsyncObliviousPseudonymiser,
    DispatchKind,
    DispatchRow,
    IdentityError,
    PrivateKeyJwt,
    Rejected,
    ServiceKind,
    UndeliveredError,
    Vehicle,
    WorkSessionKind,
    WorkSessionRow,
)

AREA = "130203"


class Said(BaseModel):
    """What every call says."""

    rider: str
    at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))  # noqa: TID251 - the edge


class Shift(Said):
    """A rider's shift went on."""

    kind: Literal["ONLINE", "OFFLINE", "BREAK_START", "BREAK_END"]


class Order(Said):
    """An order went on."""

    kind: Literal["ACCEPTED", "PICKED_UP", "COMPLETED"]
    distance_m: int | None = None


def event_id(*parts: str) -> str:
    """What tells one event from another for ever: here who, what and when; better the number of your own
    record. It is sent as it is: who is a pseudonym here too."""
    return re.sub(r"[^\w.-]", "-", ".".join(parts), flags=re.ASCII)[:64]


@asynccontextmanager
async def connected(app: FastAPI) -> AsyncIterator[None]:
    """The client lives as long as the app; leaving hands in what is there."""
    address = os.environ["QUZHONG_ADDRESS"]
    key = Path(os.environ["QUZHONG_KEY_FILE"]).read_bytes()  # noqa: ASYNC240 - nobody is served yet
    credential = PrivateKeyJwt(os.environ["QUZHONG_CLIENT_ID"], key, os.environ["QUZHONG_TOKEN_URL"])
    plain = "QUZHONG_PLAIN" in os.environ  # a suite on this machine
    tls = None if plain else grpc.ssl_channel_credentials()
    rejected: list[Rejected] = []
    async with (
        AsyncObliviousPseudonymiser(address, credential, credentials=tls) as pseudonyms,
        AsyncClient(
            address,
            credential,
            os.environ.get("QUZHONG_PLATFORM", "platform-a"),
            pseudonymiser=pseudonyms,
            credentials=tls,
            spool=os.environ.get("QUZHONG_SPOOL"),
            on_rejected=rejected.append,
        ) as client,
    ):
        app.state.pseudonyms, app.state.client, app.state.rejected = pseudonyms, client, rejected
        yield
        await client.close(timeout_s=20)  # sooner than whoever sent SIGTERM kills; the rest is in the spool


app = FastAPI(lifespan=connected)


@app.post("/shifts", status_code=202)
async def shift(request: Request, said: Shift) -> None:
    """Take it; it goes out with the next batch."""
    (worker,) = await request.app.state.pseudonyms.pseudonyms([said.rider])  # asks once for each rider
    at_ms = int(said.at.timestamp() * 1_000)
    await request.app.state.client.add_work_session(
        WorkSessionRow(
            event_id=event_id("shift", worker, said.kind, str(at_ms)),
            identity=said.rider,
            event_time=said.at,
            kind=WorkSessionKind[said.kind],
            area_code=AREA,
            vehicle=Vehicle.E_BIKE,
        )
    )


@app.post("/orders/{order}", status_code=202)
async def order(request: Request, order: str, said: Order) -> None:
    """Take it; it goes out with the next batch."""
    await request.app.state.pseudonyms.pseudonyms([said.rider])
    await request.app.state.client.add_dispatch(
        DispatchRow(
            event_id=event_id("order", order, said.kind),
            identity=said.rider,
            order_id=order,
            event_time=said.at,
            kind=DispatchKind[said.kind],
            area_code=AREA,
            service=ServiceKind.FOOD_DELIVERY,
            vehicle=Vehicle.E_BIKE,
            distance_m=said.distance_m,
        )
    )


@app.get("/handed-in")
async def handed_in(request: Request) -> dict[str, object]:
    """What became of it."""
    client: AsyncClient = request.app.state.client
    await client.flush(timeout_s=10)
    totals = client.totals
    return {
        "accepted": totals.accepted,
        "duplicate": totals.duplicate,
        "rejected": totals.rejected,
        "rejections": [{"field": each.field, "reason": each.reason} for each in request.app.state.rejected],
    }


@app.exception_handler(IdentityError)
async def wrong(_: Request, error: IdentityError) -> JSONResponse:
    """A number that cannot be right never gets further than here."""
    return JSONResponse({"error": str(error), "zh": error.zh}, 400)


@app.exception_handler(UndeliveredError)
async def away(request: Request, error: UndeliveredError) -> JSONResponse:
    """Kept, and tried again; the caller comes back later."""
    await request.app.state.client.resend()
    return JSONResponse({"error": str(error)}, 503)
