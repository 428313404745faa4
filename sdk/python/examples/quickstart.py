"""The quick start: one order of one rider, handed in."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import grpc

from quzhong import (
    Client,
    DispatchKind,
    DispatchRow,
    ObliviousPseudonymiser,
    PrivateKeyJwt,
    ServiceKind,
    Vehicle,
)

address = os.environ["QUZHONG_ADDRESS"]
key = Path(os.environ["QUZHONG_KEY_FILE"]).read_bytes()
credential = PrivateKeyJwt(os.environ["QUZHONG_CLIENT_ID"], key, os.environ["QUZHONG_TOKEN_URL"])
plain = "QUZHONG_PLAIN" in os.environ  # a suite on this machine
transport = None if plain else grpc.ssl_channel_credentials()

with (
    ObliviousPseudonymiser(address, credential, credentials=transport) as pseudonyms,
    Client(
        address,
        credential,
        "platform-a",
        pseudonymiser=pseudonyms,
        credentials=transport,
        on_rejected=lambda row: print(row.index, row.field, row.reason, row.message),
    ) as client,
):
    accepted = datetime.now(UTC) - timedelta(hours=1)
    for kind, minutes in ((DispatchKind.ACCEPTED, 0), (DispatchKind.COMPLETED, 25)):
        client.add_dispatch(
            DispatchRow(
                event_id=f"{accepted:%Y%m%dT%H%M%S}-{kind.name}",
                identity="11010519491231002X",  # stays in this process
                order_id=f"order-{accepted:%Y%m%dT%H%M%S}",
                event_time=accepted + timedelta(minutes=minutes),
                kind=kind,
                area_code="130203",
                service=ServiceKind.FOOD_DELIVERY,
                vehicle=Vehicle.E_BIKE,
                distance_m=2_300,
            )
        )
    client.flush()  # sends what is there, and waits for the answers
    print(client.totals)
