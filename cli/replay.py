"""``quzhong replay``: a file of real trips through the SDK, the services, and back as findings."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from rich.table import Table

from cli.arrivals import TripEvents, dispatches, trip_events
from cli.choices import Arrival, Measure
from cli.connection import Connection
from cli.findings import Summary, findings_table, settled_summary, summary_of
from cli.output import CommandError, Output
from cli.parties import Name, platform_token
from cli.row_problems import show_problems
from cli.trips import Columns, read_trips
from quzhong import Client, LocalPseudonymiser, Rejected, Totals
from quzhong.api.events.v1 import events_pb2

PSEUDONYM_KEY = b"quzhong replay: a key for the sandbox"
"""Not a secret: whoever replays a file has its drivers before them, and a second replay into the same suite
has to make the same pseudonyms."""

BATCH_ROWS = 2_000
"""A file is sent as fast as it goes: four times the SDK's batch is a quarter of the commits."""

SETTLE_S = 300.0


@dataclass(frozen=True, slots=True)
class ReplayPlan:
    """What to send, and how."""

    file: Path
    columns: Columns
    zone: ZoneInfo
    platform_id: str
    area_code: str
    arrival: Arrival
    speed: float
    """Times as fast as real time; 0: as fast as it goes."""
    repeat: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where the rows go."""

    address: str
    token: str
    """The platform's."""
    settle: Callable[[], Summary]
    """Waits until everything sent has had its effects, and answers what was found."""


OpenTarget = Callable[[int], AbstractContextManager[Target]]
"""Given how many days the file spans."""

DAY_MS = 86_400_000


def replay(plan: ReplayPlan, output: Output, open_target: OpenTarget) -> None:
    """Send the file, wait, and print what was found.

    Raises:
        CommandError: if no row of the file can be read.
        BadInputError: if the file has no such columns.
    """
    trips = read_trips(plan.file, plan.columns, plan.zone)
    show_problems(output, trips.problems)
    if not len(trips):
        text = f"{plan.file}：没有可读取的行", f"{plan.file}: no row can be read"
        raise CommandError(*text, reason="NO_ROWS")
    events = trip_events(trips, plan.arrival)
    reasons: Counter[tuple[str, str, str]] = Counter()
    # As the file may come in any order, no event of it may count as late, or as too old.
    days = int((trips.end_ms.max() - trips.start_ms.min()) // DAY_MS) + 2
    with open_target(days) as suite:
        began = time.monotonic()
        totals = _send(plan, events, suite, output, reasons)
        output.say("等待判定完成……", "Waiting for the verdicts…")
        findings = suite.settle()
        seconds = round(time.monotonic() - began, 3)
    for (reason, field, message), count in reasons.most_common():
        output.say(
            f"退回 {count:,} 条：{reason}（{field}）", f"{count:,} rejected: {reason} ({field}): {message}"
        )
    document = {
        "sent": totals.sent,
        "accepted": totals.accepted,
        "duplicate": totals.duplicate,
        "rejected": totals.rejected,
        "findings": findings,
        "seconds": seconds,
    }
    output.result(document, _totals_table(output, totals, seconds), findings_table(output, findings))


@contextmanager
def suite_of_its_own(plan: ReplayPlan, measure: Measure | None, days: int) -> Iterator[Target]:
    """A suite in a temporary folder that judges so many days back, with the platform registered."""
    from cli.embedded import EmbeddedSuite  # the services are needed here only

    with (
        TemporaryDirectory(prefix="quzhong-replay-") as folder,
        EmbeddedSuite(Path(folder), kafka="", portal=False, measure=measure, history_days=days) as suite,
        Connection(suite.address, suite.admin_token) as admin,
    ):
        name = Name("回放平台", "Replayed platform")
        token = platform_token(admin, plan.platform_id, name, [plan.area_code])

        def settle() -> Summary:
            suite.drain(SETTLE_S, "workhours")  # what becomes of findings is not shown here
            return summary_of(admin, plan.platform_id)

        yield Target(suite.address, token, settle)


@contextmanager
def suite_at(address: str, token: str, plan: ReplayPlan) -> Iterator[Target]:
    """A suite that runs already and knows the platform."""
    with Connection(address, token) as platform:
        yield Target(address, token, lambda: settled_summary(platform, plan.platform_id, SETTLE_S))


def _send(
    plan: ReplayPlan,
    events: TripEvents,
    target: Target,
    output: Output,
    reasons: Counter[tuple[str, str, str]],
) -> Totals:
    pseudonymiser = LocalPseudonymiser(PSEUDONYM_KEY)
    totals = Totals()

    def count(rejected: Rejected) -> None:
        reasons[rejected.reason, rejected.field, rejected.message] += 1

    with output.progress() as progress:
        task = progress.add_task(output.pick("上报", "sending"), total=len(events) * plan.repeat)
        for _ in range(plan.repeat):
            # A client of its own each time: its request ids are new, so a repeat is judged row by row.
            with Client(
                target.address,
                target.token,
                plan.platform_id,
                batch_size=BATCH_ROWS,
                on_answer=lambda answer: progress.update(task, advance=answer.rows),
                on_rejected=count,
            ) as client:
                for row in _paced(events, dispatches(events, pseudonymiser, plan.area_code), plan.speed):
                    client.add_dispatch(row)
            totals += client.totals
    return totals


def _paced(
    events: TripEvents, rows: Iterable[events_pb2.Dispatch], speed: float
) -> Iterator[events_pb2.Dispatch]:
    """Each row when its time has come, counted from the first one's."""
    if speed == 0:
        yield from rows
        return
    began, first_ms = time.monotonic(), int(events.time_ms[0])
    for time_ms, row in zip(events.time_ms.tolist(), rows, strict=True):
        due = began + (time_ms - first_ms) / 1000 / speed
        time.sleep(max(0.0, due - time.monotonic()))
        yield row


def _totals_table(output: Output, totals: Totals, seconds: float) -> Table:
    table = output.table(
        ("上报结果", "Rows"),
        ("已上报", "sent"),
        ("受理", "accepted"),
        ("重复", "duplicate"),
        ("退回", "rejected"),
        ("秒", "seconds"),
        text_columns=0,
    )
    counts = (totals.sent, totals.accepted, totals.duplicate, totals.rejected)
    table.add_row(*(f"{each:,}" for each in counts), f"{seconds:.1f}")
    return table
