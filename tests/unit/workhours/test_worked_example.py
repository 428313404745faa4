"""The worked example of the service's README, step by step."""

from __future__ import annotations

from services.workhours.core.finding import Finding
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.work_events import DispatchKind
from tests.unit.workhours.shifts import MINUTE, Row, at, orders
from tests.unit.workhours.test_working_time import Service, service

SPELL = "cn-food-delivery-2025.continuous-work"
PUSH = "cn-food-delivery-2025.no-push"


def _stand(running: Service) -> dict[str, list[Finding]]:
    """By rule: what stands."""
    found: dict[str, list[Finding]] = {SPELL: [], PUSH: []}
    for finding in running.stated():
        if finding.state.name == "STANDS":
            found[finding.rule_id].append(finding)
    return found


def _time_passes(clock: str) -> list[Row]:
    return [Row(9, 0, 90, DispatchKind.OFFERED, at(clock))]


def test_the_readme_tells_what_happens(pack: RulePack) -> None:
    with service(pack) as running:
        running.take(orders(("08:00", "08:45"), ("08:46", "09:31"), ("09:32", "10:17"), ("10:18", "11:03")))
        assert running.stated() == []

        fifth = orders(("11:04", "11:49"), first_order=4)
        running.take(fifth[:1])
        running.take(_time_passes("11:34"))
        (spell,) = running.stated()
        assert (spell.revision, spell.severity.name, spell.open) == (1, "PROMPT", True)
        assert spell.measured_ms == 210 * MINUTE

        running.take(fifth[1:] + orders(("11:50", "12:35"), first_order=5))
        (spell,) = running.stated()
        assert (spell.revision, spell.severity.name, spell.no_push_end_ms) == (2, "BREACH", at("12:55"))
        assert "severity: PROMPT → BREACH" in spell.changes
        assert "measured: 3:30:00 → 4:00:00" in spell.changes

        running.take([Row(0, 0, 60, DispatchKind.OFFERED, at("12:44"))])
        (push,) = _stand(running)[PUSH]
        assert (push.revision, push.severity.name, push.measured_ms) == (1, "BREACH", 9 * MINUTE)

        running.take(_time_passes("12:56"))
        (spell,) = _stand(running)[SPELL]
        assert (spell.revision, spell.open, spell.measured_ms) == (3, False, 270 * MINUTE)

        late = orders(("12:20", "12:50"), first_order=7)
        running.take(late)
        (spell,) = _stand(running)[SPELL]
        assert (spell.revision, spell.open, spell.no_push_end_ms) == (4, True, at("13:10"))
        assert _stand(running)[PUSH][0].revision == 2

        running.take([late[1].corrected(time=at("12:30"))])
        (spell,) = _stand(running)[SPELL]
        assert (spell.revision, spell.open, spell.measured_ms) == (5, False, 270 * MINUTE)
        assert _stand(running)[PUSH][0].revision == 3

        running.take(orders(("07:30", "07:50"), first_order=8))
        (moved,) = _stand(running)[SPELL]
        assert (moved.spell_start_ms, moved.revision, moved.measured_ms) == (at("07:30"), 1, 290 * MINUTE)
        (withdrawn,) = (each for each in running.stated() if each.finding_id == spell.finding_id)
        assert (withdrawn.revision, withdrawn.state.name) == (6, "WITHDRAWN")
