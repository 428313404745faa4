"""Alerts about cases and letters as an Atom feed (RFC 4287), built by ``feedgen``.

An entry's id is a tag URI (RFC 4151) of the alert, the same whatever address the portal has: a reader that
moves to another portal of the installation knows what it has read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from feedgen.feed import FeedGenerator

from services.portal.core.alerts import Alert
from services.portal.core.language import Language
from services.portal.core.names import Names

TAG = "tag:quzhong,2022:"
"""2022: the year of the notice (唐人社字〔2022〕1号)."""

_SEVERITIES = {
    Language.CHINESE: ("未知", "提示", "达到上限", "超限"),
    Language.ENGLISH: ("unknown", "prompt", "limit reached", "breach"),
}
_AUTHORS = {Language.CHINESE: "取中监管平台", Language.ENGLISH: "Quzhong"}


class Subject(NamedTuple):
    """What a feed is about."""

    tag: str
    """``area/130200`` or ``department/…``: with ``TAG`` the feed's id."""
    title: str
    address: str
    """Where the feed is read."""
    site: str
    """Where the portal is, without a slash at its end."""


def atom(subject: Subject, alerts: Sequence[Alert], names: Names, language: Language) -> bytes:
    """The feed, newest entry first: the same bytes for the same alerts and names."""
    feed = FeedGenerator()
    feed.id(TAG + subject.tag)
    feed.title(_clean(subject.title))
    feed.language(str(language))
    feed.author({"name": _AUTHORS[language]})
    feed.link(href=subject.address, rel="self", type="application/atom+xml")
    feed.link(href=subject.site + "/cases", rel="alternate", type="text/html")
    feed.updated(_moment(newest_ms(alerts)))
    for alert in alerts:
        _add(feed, subject, alert, names, language)
    return bytes(feed.atom_str(pretty=False))


def newest_ms(alerts: Sequence[Alert]) -> int:
    """When the feed last changed, epoch milliseconds; 0 if there is nothing in it."""
    return max((alert.create_time_ms or 0 for alert in alerts), default=0)


def _add(feed: FeedGenerator, subject: Subject, alert: Alert, names: Names, language: Language) -> None:
    entry = feed.add_entry(order="append")
    entry.id(TAG + alert.alert_id)
    entry.title(_clean(alert.title.to(language)))
    entry.updated(_moment(alert.create_time_ms or 0))
    entry.published(_moment(alert.create_time_ms or 0))
    entry.category(term=alert.kind.name.lower())
    page = f"/cases/{alert.case_id}" if alert.case_id else "/cases"
    entry.link(href=subject.site + page, rel="alternate", type="text/html")
    severity = _SEVERITIES[language][alert.severity]
    parts = (
        names.platform(alert.platform_id, language),
        names.area(alert.area_code, language),
        alert.rule_id,
        severity,
    )
    entry.summary(_clean((" · " if language is Language.ENGLISH else "·").join(parts)))


def _moment(epoch_ms: int) -> datetime:
    return datetime.fromtimestamp(epoch_ms / 1000, tz=UTC)


def _clean(text: str) -> str:
    """Without what XML cannot hold, and on one line."""
    return "".join(
        " " if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") or each in "\ufffe\uffff" else each
        for each in text
    )
