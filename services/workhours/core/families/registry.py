"""The families there are, by the name a pack calls them. One line each, alphabetical."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from services.workhours.core.families import (
    calendar_total,
    calendar_week_rest,
    continuous_work,
    contradictory_events,
    daily_driving,
    daily_rest,
    duty_limit,
    no_push,
    rest_days,
    rest_in_window,
    rolling_total,
    split_break,
    weekly_rest,
    work_period_break,
    work_period_total,
)
from services.workhours.core.families.family import Family

FAMILIES: Final[Mapping[str, Family]] = MappingProxyType(
    {
        calendar_total.NAME: calendar_total,
        calendar_week_rest.NAME: calendar_week_rest,
        continuous_work.NAME: continuous_work,
        contradictory_events.NAME: contradictory_events,
        daily_driving.NAME: daily_driving,
        daily_rest.NAME: daily_rest,
        duty_limit.NAME: duty_limit,
        no_push.NAME: no_push,
        rest_days.NAME: rest_days,
        rest_in_window.NAME: rest_in_window,
        rolling_total.NAME: rolling_total,
        split_break.NAME: split_break,
        weekly_rest.NAME: weekly_rest,
        work_period_break.NAME: work_period_break,
        work_period_total.NAME: work_period_total,
    }
)
