"""What each scenario came to: pure functions of the script and of what arrived. One file a family."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from cli.conformance.judges.advice import judge_advisories, judge_no_push
from cli.conformance.judges.clock_skew import judge_clock_skew
from cli.conformance.judges.corrections import judge_corrections
from cli.conformance.judges.duplicates import judge_duplicates
from cli.conformance.judges.late_events import judge_late_events
from cli.conformance.judges.nobody import NOBODY_CONNECTED
from cli.conformance.judges.notice import judge_notice
from cli.conformance.judges.outage import judge_outage
from cli.conformance.observed import Observed
from kit.conformance import SCENARIOS, Verdict

Judge = Callable[[Mapping[str, Any], Observed], Verdict]

JUDGES: Mapping[str, Judge] = {
    "duplicates": judge_duplicates,
    "late_events": judge_late_events,
    "corrections": judge_corrections,
    "clock_skew": judge_clock_skew,
    "advisories": judge_advisories,
    "no_push": judge_no_push,
    "outage": judge_outage,
    "notice": judge_notice,
}


def judge(script: Mapping[str, Any], observed: Observed) -> tuple[Verdict, ...]:
    """Every scenario's verdict, in the order of the script."""
    verdicts = tuple(JUDGES[one.scenario_id](script, observed) for one in SCENARIOS)
    if observed.nobody_came:
        return tuple(replace(verdict, findings=(NOBODY_CONNECTED,)) for verdict in verdicts)
    return verdicts
