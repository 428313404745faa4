"""China's holidays and make-up days, as the State Council announced them: from chinesecalendar."""

from __future__ import annotations

from chinese_calendar import constants

from kit.working_days import WorkingDays


def chinese_working_days() -> WorkingDays:
    """The calendar, for the years the installed chinesecalendar knows; upgrade it each December."""
    holidays = frozenset(constants.holidays)
    return WorkingDays(holidays, frozenset(constants.workdays), frozenset(day.year for day in holidays))
