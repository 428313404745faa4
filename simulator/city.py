"""The city day: ``simulate(CityParameters(...)) -> City``.

Pure: no clock, no file, no global random state. Each part draws from its own generator, spawned from the
seed, so a change in one part leaves the random numbers of the others as they were.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.arrivals import arrival_order
from simulator.chance import Source, generator
from simulator.corrections import TableT, with_corrections
from simulator.dispatch_events import dispatch_events
from simulator.parameters import CityParameters
from simulator.platforms import Platform
from simulator.session_events import session_events
from simulator.shifts import draw_shifts
from simulator.tables import Dispatches, Sessions, numbered
from simulator.waves import ride_day
from simulator.workforce import draw_workforce


@dataclass(frozen=True, slots=True)
class City:
    """A city day as its platforms reported it."""

    parameters: CityParameters
    platforms: tuple[Platform, ...]
    worker_names: NDArray[np.str_]
    """Raw identities, ``worker-00017``: to be pseudonymised before anything is sent. One per person: a worker
    on two platforms has one name."""
    order_names: NDArray[np.str_]
    """Raw order numbers, ``order-0000017``, to be pseudonymised likewise."""
    dispatches: Dispatches
    sessions: Sessions

    def arrivals(self, platform: int) -> NDArray[np.int64]:
        """Indices into ``dispatches`` in the order in which this platform's events arrive.

        About ``late_event_share`` of them come late, about ``duplicate_event_share`` appear twice.

        Raises:
            IndexError: when there is no such platform.
        """
        return self._arrivals(platform, self.dispatches.platform, Source.DISPATCH_ARRIVALS)

    def session_arrivals(self, platform: int) -> NDArray[np.int64]:
        """Indices into ``sessions`` in the order in which this platform's events arrive.

        Raises:
            IndexError: when there is no such platform.
        """
        return self._arrivals(platform, self.sessions.platform, Source.SESSION_ARRIVALS)

    def stated_dispatches(self, platform: int) -> Dispatches:
        """What this platform states of its orders, in order of arrival: late, twice, wrong and put right.

        Raises:
            IndexError: when there is no such platform.
        """
        arriving = self.dispatches.take(self.arrivals(platform))
        return self._corrected(arriving, Source.DISPATCH_CORRECTIONS, platform)

    def stated_sessions(self, platform: int) -> Sessions:
        """What this platform states of its workers' sessions, likewise.

        Raises:
            IndexError: when there is no such platform.
        """
        arriving = self.sessions.take(self.session_arrivals(platform))
        return self._corrected(arriving, Source.SESSION_CORRECTIONS, platform)

    def _corrected(self, arriving: TableT, source: Source, platform: int) -> TableT:
        share = self.parameters.corrected_event_share
        return with_corrections(arriving, share, generator(self.parameters.seed, source, platform))

    def _arrivals(self, platform: int, column: NDArray[np.int8], source: Source) -> NDArray[np.int64]:
        if not 0 <= platform < len(self.platforms):
            raise IndexError(f"platform {platform}: the city has 0..{len(self.platforms) - 1}")
        return arrival_order(
            np.flatnonzero(column == platform),
            self.parameters.late_event_share,
            self.parameters.duplicate_event_share,
            generator(self.parameters.seed, source, platform),
        )


def simulate(parameters: CityParameters | None = None) -> City:
    """Build the city day; without parameters, the default city."""
    parameters = parameters or CityParameters()
    seed = parameters.seed
    workforce = draw_workforce(parameters, generator(seed, Source.WORKFORCE))
    shifts = draw_shifts(parameters, workforce, generator(seed, Source.SHIFTS))
    orders, worked = ride_day(parameters, workforce, shifts, generator(seed, Source.WAVES))
    return City(
        parameters=parameters,
        platforms=parameters.platforms,
        worker_names=numbered("worker-", parameters.workers, first=0, digits=5),
        order_names=numbered("order-", len(orders.worker), first=0),
        dispatches=dispatch_events(parameters, workforce, orders, worked, generator(seed, Source.DISPATCHES)),
        sessions=session_events(parameters, workforce, worked, generator(seed, Source.SESSIONS)),
    )
