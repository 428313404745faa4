"""``quzhong demo --days N``: a season with a moved clock; one platform goes through the whole ladder.

Each day of the season:

1. the clock is set to the end of the day, and every platform hands in its events;
2. the clock is set to when the day is over and judged (2 h after midnight, and quiet);
3. it becomes afternoon, and people do what the day asks of them (``cli/season_people.py``).

From the day on which it has promised so, the strict platform lets its riders rest; that is what the recheck
then finds in the data.
"""

from __future__ import annotations

import datetime as dt
import time
from contextlib import ExitStack
from dataclasses import dataclass

from cli.city_rows import CityRows
from cli.connection import Connection
from cli.demo import DRAIN_S, LEAD_ROWS, PSEUDONYM_KEY, hand_in
from cli.embedded import EmbeddedSuite
from cli.output import Output
from cli.parties import OFFICIAL, REGULATOR_UNIT, Name, platform_token, supervisor_token
from cli.season_people import Deed, Department, Official, StrictPlatform
from kit.clock import SHANGHAI
from quzhong import Client, LocalPseudonymiser, Totals
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.registry.v1 import registry_pb2
from simulator import CITY_CODE
from simulator.season import STRICT_PLATFORM, Season

JUDGED = dt.timedelta(hours=2, minutes=1)
"""After midnight: a day is over two hours after it ended, as the escalation policy says."""

FASTER = 60
"""A minute of the season takes a second: waits for quiet are short."""

OFFICE = dt.timedelta(hours=17)
"""When people have done their day's work: a talk of the day is over."""

CONTINUOUS_WORK = "cn-food-delivery-2025.continuous-work"

REGULATOR_ID, OFFICIAL_ID = "lubei-labour", "lubei-official"
REGULATOR = Name("唐山市路北区人力资源和社会保障局（演示）", "Lubei labour authority (demo)")


class SeasonClock:
    """The present of the whole suite: set by hand, and running fast in between. It never goes back."""

    def __init__(self, day: dt.date) -> None:
        self._since_s = time.monotonic()
        self._set_ms = 0
        self.set(day, dt.timedelta())

    def __call__(self) -> int:
        return self._set_ms + int((time.monotonic() - self._since_s) * 1000 * FASTER)

    def set(self, day: dt.date, after_midnight: dt.timedelta) -> None:
        """Let it be that long after midnight of the day, Asia/Shanghai."""
        moment = dt.datetime.combine(day, dt.time(), SHANGHAI) + after_midnight
        self._set_ms = max(self(), int(moment.timestamp() * 1000))
        self._since_s = time.monotonic()


@dataclass(frozen=True, slots=True)
class SeasonOutcome:
    """What the season came to."""

    season: Season
    totals: tuple[Totals, ...]
    deeds: tuple[Deed, ...]
    """What people did, in order of time."""
    case_file: notify_pb2.GetCaseResponse | None
    """The strict platform's case of continuous work; None if none was opened."""
    cases: tuple[notify_pb2.Case, ...]
    tokens: dict[str, str]
    """By what signs them in at the portal."""
    seconds: float


def run_season(
    suite: EmbeddedSuite, season: Season, clock: SeasonClock, output: Output, began_s: float
) -> SeasonOutcome:
    """Live through the season. ``began_s``: when the command started, ``time.monotonic``."""
    with ExitStack() as open_things:

        def connected(token: str) -> Connection:
            return open_things.enter_context(Connection(suite.address, token))

        admin = connected(suite.admin_token)
        areas = [str(CITY_CODE)]
        platform_tokens = [
            platform_token(admin, each.id, Name(each.name_zh, each.name_en), areas)
            for each in season.platforms
        ]
        counties = [str(code) for code in season.parameters.area_codes]
        regulator = supervisor_token(
            admin, REGULATOR_ID, registry_pb2.ROLE_REGULATOR, REGULATOR, counties, unit_id=REGULATOR_UNIT
        )
        official = supervisor_token(
            admin, OFFICIAL_ID, registry_pb2.ROLE_OFFICIAL, OFFICIAL, counties, department_id=REGULATOR_ID
        )
        strict = StrictPlatform(
            connected(platform_tokens[STRICT_PLATFORM]), season.platforms[STRICT_PLATFORM].id
        )
        department = Department(connected(regulator), strict.platform_id)
        people = (department, Official(connected(official), strict.platform_id), strict)
        clients = [
            open_things.enter_context(Client(suite.address, token, platform.id, queue_rows=LEAD_ROWS))
            for platform, token in zip(season.platforms, platform_tokens, strict=True)
        ]
        deeds: list[Deed] = []
        with output.progress() as progress:
            task = progress.add_task(output.pick("模拟天数", "days"), total=season.parameters.days)
            for number in range(season.parameters.days):
                day = season.parameters.first_day + dt.timedelta(days=number)
                clock.set(day, dt.timedelta(days=1))  # 1
                city = season.city(number, put_right=strict.has_put_right(day))
                hand_in(CityRows(city, LocalPseudonymiser(PSEUDONYM_KEY)), clients)
                suite.drain(DRAIN_S)
                clock.set(day + dt.timedelta(days=1), JUDGED)  # 2
                suite.drain(DRAIN_S)
                clock.set(day + dt.timedelta(days=1), OFFICE)  # 3
                for person in people:
                    for deed in person.act(day + dt.timedelta(days=1)):
                        deeds.append(deed)
                        output.say(f"{deed.day} {deed.text.zh}", f"{deed.day} {deed.text.en}")
                progress.update(task, advance=1)
        suite.drain(DRAIN_S)
        return SeasonOutcome(
            season=season,
            totals=tuple(client.totals for client in clients),
            deeds=tuple(deeds),
            case_file=strict.file_of(CONTINUOUS_WORK),
            cases=department.cases(),
            tokens={"regulator": regulator, "official": official}
            | {each.id: token for each, token in zip(season.platforms, platform_tokens, strict=True)},
            seconds=round(time.monotonic() - began_s, 3),
        )
