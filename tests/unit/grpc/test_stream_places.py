"""Places of streams: taken, given back, and nobody takes them all."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from kit.errors import OverloadedError
from kit.grpc.host import THREADS
from kit.grpc.stream_places import MOST_OF_A_PARTY, MOST_STREAMS, StreamPlaces


def test_one_party_leaves_places_to_the_others() -> None:
    places = StreamPlaces(most=3, most_of_a_party=2)
    with ExitStack() as open_streams:
        for party in ("swift", "swift"):
            open_streams.enter_context(places.taken(party))
        with pytest.raises(OverloadedError) as refused, places.taken("swift"):
            pass
        assert refused.value.reason == "STREAMS_TAKEN"
        open_streams.enter_context(places.taken("rapid"))
        with pytest.raises(OverloadedError), places.taken("steady"):
            pass
    with places.taken("swift"), places.taken("steady"):
        pass


def test_a_stream_that_fails_gives_its_place_back() -> None:
    places = StreamPlaces(most=1, most_of_a_party=1)
    for _ in range(3):
        with pytest.raises(KeyError), places.taken("swift"):
            raise KeyError
    with places.taken("swift"):
        pass


def test_streams_leave_threads_to_other_calls() -> None:
    assert MOST_OF_A_PARTY < MOST_STREAMS < THREADS
