"""The same day twice: undisturbed in one process, and under faults in many."""

from __future__ import annotations

import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from sqlalchemy.engine import make_url

from cli.embedded import EmbeddedSuite
from kit.eventlog.kafka import KafkaEventLog
from kit.eventlog.open import open_event_log
from services.notify.adapters.policy_file import SHIPPED
from tests.chaos import outcome
from tests.chaos.faults import BROKER, DATABASE, TWO_AT_ONCE, Fault, How, draw
from tests.chaos.flow import Day, Platforms, Progress, admit, letters_wait, no_letter_waits, notify_has_read
from tests.chaos.installation import Installation, installed, installed_with_replicas
from tests.chaos.outcome import Outcome
from tests.support.suite import eventually

PATIENCE_S = 120.0
"""Longest wait for anything."""
ONCE_IT_ANSWERS = ", once it answers"
"""Ends the kind under which a server's kill is counted once more, without the time of its own start."""
_BEFORE_NOTIFY = ("registry", "intake", "workhours", "algo_audit")
UNDISTURBED = "no fault"
"""What the rounds without a fault are counted with: how long the events themselves take."""
ROUNDS_BETWEEN = 10
"""So many rounds with faults between two without."""
_QUIET, _LONG_QUIET = "  quiet:\n    value: 5 s\n", "  quiet:\n    value: 12 h\n"
"""Faults hold events up for longer than the policy waits for more, and so does a day of a million events; a
letter has to rest on the whole day."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a disturbed run showed."""

    found: Outcome
    accepted: int
    resent: int
    """Calls of platforms that had to be made again."""
    recovery_s: Mapping[str, Sequence[float]]
    """By kind of fault: from its end (a kill: from the kill) until all events have had their effects."""
    ended_by_itself: Counter[str]
    """By process: how often it ended because something it needs at its start was away."""

    def lines(self) -> Iterator[str]:
        """As a table."""
        every = self._of_faults()
        yield f"{'time to recover, s':<36}{'times':>7}{'p50':>8}{'p95':>8}{'most':>8}"
        for kind, seconds in [*sorted(self.recovery_s.items()), ("all faults", every)]:
            p50, p95 = np.percentile(seconds, [50, 95])
            yield f"{kind:<36}{len(seconds):>7}{p50:>8.2f}{p95:>8.2f}{max(seconds):>8.2f}"

    def _of_faults(self) -> list[float]:
        return [
            each
            for kind, seconds in self.recovery_s.items()
            if kind != UNDISTURBED and not kind.endswith(ONCE_IT_ANSWERS)
            for each in seconds
        ]


def undisturbed(folder: Path, day: Day) -> tuple[Outcome, int]:
    """What the day comes to in one process over SQLite, and how many rows were accepted."""
    folder.mkdir()
    patient = patch.dict(os.environ, QUZHONG_NOTIFY_POLICY=str(_patient_policy(folder)))
    with patient, EmbeddedSuite(folder, kafka="", portal=False, partitions=4) as suite:
        tokens, regulator = admit(suite.address, suite.admin_token, day.city)
        with closing(Platforms(suite.address, tokens, day.requests)) as platforms:
            platforms.release(1.0)
            platforms.await_answers(10 * PATIENCE_S)
            suite.drain(10 * PATIENCE_S, *_BEFORE_NOTIFY)
            audit = outcome.audited(suite.address, regulator, day.city)
            suite.drain(PATIENCE_S, *_BEFORE_NOTIFY)
            notify_url = f"sqlite:///{folder / 'notify.db'}"
            with closing(open_event_log(f"sqlite:///{folder / 'log.db'}")) as log:
                eventually(lambda: notify_has_read(log, notify_url), 10 * PATIENCE_S)
            _judged(notify_url)
            suite.drain(PATIENCE_S)
            addresses = dict.fromkeys(("workhours", "notify"), suite.address)
            return outcome.outcome(addresses, regulator, audit), platforms.accepted


def disturbed(
    folder: Path,
    day: Day,
    *,
    faults: int,
    seed: int,
    say: Callable[[str], None],
    two_at_once: float = TWO_AT_ONCE,
) -> Report:
    """What it comes to under faults drawn from a seed."""
    with installed(folder, _patient_policy(folder)) as installation:
        drawn = draw(faults, seed, installation.targets(), installation.session_s, two_at_once)
        return _under(installation, day, list(drawn), say)


def with_replicas_lost(folder: Path, day: Day, lost: Sequence[str], *, say: Callable[[str], None]) -> Report:
    """What it comes to when brokers, or the database, are lost one after the other for good."""
    with installed_with_replicas(folder, _patient_policy(folder)) as installation:
        return _under(installation, day, [(Fault(How.LOSE, each, 0.05, 0.0),) for each in lost], say)


def _under(
    installation: Installation, day: Day, drawn: Sequence[tuple[Fault, ...]], say: Callable[[str], None]
) -> Report:
    """That nothing is there twice is looked at on the way."""
    with (
        closing(KafkaEventLog(installation.broker.address)) as log,
        closing(Progress(log, lambda: installation.database.url)) as progress,
    ):
        processes = installation.processes
        tokens, regulator = admit(processes["registry"].address, installation.admin_token, day.city)
        with closing(Platforms(installation.intake_address, tokens, day.requests)) as platforms:
            recovery_s = _rounds(installation, platforms, progress, drawn, say)
            accepted, resent = platforms.accepted, platforms.resent
        say("the day is over; looking at what came of it")
        for process in processes.values():
            process.await_serving()
        audit = outcome.audited(processes["algo_audit"].address, regulator, day.city)
        progress.await_effects(PATIENCE_S)
        url = make_url(installation.database.url).set(database="quzhong_notify")
        _judged(url.render_as_string(hide_password=False))
        progress.await_effects(PATIENCE_S)
        addresses = {name: processes[name].address for name in ("workhours", "notify")}
        found = outcome.outcome(addresses, regulator, audit)
        outcome.require_none_doubled(log, found)
        return Report(found, accepted, resent, recovery_s, installation.ended_by_itself)


def _patient_policy(folder: Path) -> Path:
    """The policy that is shipped, but for its quiet."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert _QUIET in text
    policy = folder / "policy.yaml"
    policy.write_text(text.replace(_QUIET, _LONG_QUIET), encoding="utf-8")
    return policy


def _judged(notify_url: str) -> None:
    """Have all cases judged by the whole day."""
    no_letter_waits(notify_url)
    eventually(lambda: not letters_wait(notify_url), PATIENCE_S)


def _rounds(
    installation: Installation,
    platforms: Platforms,
    progress: Progress,
    drawn: Sequence[tuple[Fault, ...]],
    say: Callable[[str], None],
) -> dict[str, list[float]]:
    """A part of the day each, and a fault or two into it. Time to recover by kind."""
    rounds: list[tuple[Fault, ...]] = []
    for number, together in enumerate(drawn):
        if number % ROUNDS_BETWEEN == 0:
            rounds.append(())
        rounds.append(together)
    recovery_s: dict[str, list[float]] = defaultdict(list)
    for number, together in enumerate(rounds, 1):
        for fault in together:
            installation.prepare(fault)
        platforms.release(number / len(rounds))
        since_s = _strike(installation, together)
        if any(fault.how is How.LOSE for fault in together):
            assert platforms.waiting, "it was lost when nobody needed it"
        platforms.await_answers(PATIENCE_S)
        progress.await_effects(PATIENCE_S)
        now_s = time.monotonic()
        kind = UNDISTURBED if not together else together[0].kind if len(together) == 1 else "two at once"
        recovery_s[kind].append(now_s - since_s)
        if kind.startswith(How.KILL.value) and together[0].target in (BROKER, DATABASE):
            recovery_s[kind + ONCE_IT_ANSWERS].append(now_s - installation.server_answered_s)
        what = " + ".join(f"{each.how.value} {each.target} {each.lasts_s:.1f} s" for each in together)
        say(f"{number}/{len(rounds)} {what or kind}: {now_s - since_s:.2f} s")
    return dict(recovery_s)


def _strike(installation: Installation, together: Sequence[Fault]) -> float:
    """All of them at once; the moment from which on recovery is counted: that of the last."""
    began_s = time.monotonic()
    with ThreadPoolExecutor(max(1, len(together))) as threads:
        return max(threads.map(installation.strike, together), default=began_s)
