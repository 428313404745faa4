"""What each role may look at: a role that is forgotten somewhere must see nothing, never all."""

from __future__ import annotations

import pytest

from kit.errors import InvalidArgumentError, PermissionDeniedError
from kit.security.caller import AGGREGATES_ONLY, EVERYWHERE, Caller, Role
from kit.security.finding_view import as_seen_by
from kit.security.sight import Sight, may_see_aggregates, own_areas, sight_of
from quzhong.api.events.v1 import findings_pb2

CITY, LUBEI, LUNAN = "130200", "130203", "130202"


def caller(role: Role, *platform_ids: str) -> Caller:
    return Caller("somebody", role, (LUBEI,), platform_ids)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_runs_or_audits_the_suite_is_everywhere(role: Role) -> None:
    everywhere = role in (Role.ADMINISTRATOR, Role.SERVICE, Role.AUDITOR)
    assert (role in EVERYWHERE) is everywhere
    assert caller(role).sees_area(LUNAN) is everywhere
    assert may_see_aggregates(caller(role), LUNAN) is everywhere
    assert (own_areas(caller(role)) is None) is everywhere


@pytest.mark.parametrize("role", list(Role))
def test_unions_firms_and_associations_see_no_single_worker(role: Role) -> None:
    aggregates = role in (Role.UNION, Role.PARTNER_FIRM, Role.ASSOCIATION)
    assert caller(role).sees_workers is not aggregates
    assert (role in AGGREGATES_ONLY) is aggregates


@pytest.mark.parametrize(
    ("who", "sees", "foreign"),
    [
        (Caller("swift", Role.PLATFORM, (LUBEI,)), ["swift"], ["steady"]),
        (Caller("swift", Role.PLATFORM, (LUBEI,), ("steady",)), ["swift"], ["steady"]),
        (caller(Role.PARTNER_FIRM, "swift", "rapid"), ["swift", "rapid"], ["steady", "somebody"]),
        (caller(Role.PARTNER_FIRM), [], ["swift", "steady", ""]),
        (caller(Role.UNION), ["swift", "steady"], []),
        (caller(Role.UNION, "swift"), ["swift"], ["steady"]),
        (caller(Role.REGULATOR, "swift"), ["swift", "steady"], []),
        (caller(Role.OFFICIAL), ["swift", "steady"], []),
        (caller(Role.ASSOCIATION), ["swift", "steady"], []),
    ],
)
def test_which_platforms_are_foreign(who: Caller, sees: list[str], foreign: list[str]) -> None:
    assert all(who.sees_platform(platform) for platform in sees)
    for platform in foreign:
        assert not who.sees_platform(platform)
        with pytest.raises(PermissionDeniedError) as refused:
            who.require_platform(platform)
        assert refused.value.reason == "FOREIGN_PLATFORM"


def test_a_firm_of_one_platform_sees_that_one_within_its_areas() -> None:
    assert sight_of(caller(Role.PARTNER_FIRM, "swift")) == Sight("swift", (LUBEI,))
    assert sight_of(caller(Role.PARTNER_FIRM, "swift"), area_code=CITY) == Sight("swift", (LUBEI,))
    with pytest.raises(PermissionDeniedError):
        sight_of(caller(Role.PARTNER_FIRM, "swift"), area_code=LUNAN)


@pytest.mark.parametrize("who", [caller(Role.PARTNER_FIRM, "swift", "rapid"), caller(Role.PARTNER_FIRM)])
def test_a_sight_of_one_platform_is_never_widened_to_all(who: Caller) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        sight_of(who)
    assert refused.value.reason == "PLATFORM_MISSING"


def finding() -> findings_pb2.Finding:
    return findings_pb2.Finding(
        finding_id="f-1",
        worker_id="pseudonym",
        changes=["event_ids: added swift/1", "event_ids: added steady/2", "platform_ids: added steady"],
        working_time=findings_pb2.WorkingTimeEvidence(
            event_ids=["swift/1", "steady/2"], platform_ids=["swift", "steady"]
        ),
    )


@pytest.mark.parametrize("role", sorted(AGGREGATES_ONLY))
def test_who_sees_aggregates_is_shown_no_worker_and_no_event(role: Role) -> None:
    seen = as_seen_by(caller(role, "swift"), finding())
    assert not seen.finding_id
    assert not seen.worker_id
    assert not seen.changes
    assert not seen.working_time.event_ids


def test_a_platform_is_shown_its_own_events_only() -> None:
    seen = as_seen_by(Caller("swift", Role.PLATFORM), finding())
    assert list(seen.working_time.event_ids) == ["swift/1"]
    assert list(seen.working_time.platform_ids) == ["swift"]
    assert list(seen.changes) == ["event_ids: added swift/1"]


@pytest.mark.parametrize("role", [Role.REGULATOR, Role.OFFICIAL, Role.AUDITOR, Role.ADMINISTRATOR])
def test_authorities_are_shown_everything(role: Role) -> None:
    assert as_seen_by(caller(role), finding()) == finding()
