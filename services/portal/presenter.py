"""From values to markup: what templates may say, in the reader's language and in Shanghai's time."""

from __future__ import annotations

import hashlib
import re
from calendar import month_name
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kit.clock import SHANGHAI
from services.portal.core import figures, origins, units
from services.portal.core.cases import lines_of_letter
from services.portal.core.changes import (
    EventsChange,
    Kind,
    LateEvent,
    ValueChange,
    moment_ms,
    parse_change,
    span_ms,
)
from services.portal.core.group_chart import line
from services.portal.core.language import Language, LocalText
from services.portal.core.names import Names
from services.portal.core.rules import RuleField
from services.portal.core.spell_chart import spell_chart
from services.portal.core.timeline_chart import timeline_chart
from services.portal.glossary import read_glossary
from services.portal.popups import Popups
from services.portal.texts import Texts

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


@dataclass(frozen=True, slots=True)
class Voice:
    """Bound to one language. Each method is a name in every template."""

    texts: Texts

    def say(self, text: LocalText) -> str:
        """A text that came from a service."""
        return text.to(self.texts.language)

    def headline(self, text: LocalText) -> str:
        """The same where it stands alone. A service's titles are written to stand in a sentence too."""
        said = self.say(text)
        return said[:1].upper() + said[1:]

    def moment(self, epoch_ms: int | None, *, zone: bool = False, seconds: bool = True) -> Markup:
        """``<time>`` with the moment in Shanghai; ``zone`` names it if no heading does."""
        if epoch_ms is None:
            return Markup("—")
        local = datetime.fromtimestamp(epoch_ms / 1000, tz=SHANGHAI)
        shown = local.strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")
        suffix = f" {self.texts('time.zone_short')}" if zone else ""
        return Markup('<time datetime="{}" title="{} {}">{}{}</time>').format(
            local.isoformat(timespec="milliseconds"), shown, self.texts("time.zone"), shown, suffix
        )

    def time_of_day(self, epoch_ms: int) -> str:
        """``14:05``, for axes."""
        return datetime.fromtimestamp(epoch_ms / 1000, tz=SHANGHAI).strftime("%H:%M")

    def span(self, milliseconds: float) -> str:
        """``4 小时 12 分钟``."""
        return figures.duration(milliseconds, self.texts.language)

    def lag(self, milliseconds: float) -> str:
        """``259 天 4 小时``: how late something came."""
        return figures.lag(milliseconds, self.texts.language)

    def band(self, cohort: str) -> str:
        """``5 公里以上（含）`` of a cohort's stable name ``5000-``."""
        return figures.distance_band(cohort, self.texts.language)

    def change(self, names: Names, text: str) -> str:
        """What changed in a revision, in words; as it came if the portal does not know it."""
        match parse_change(text):
            case ValueChange(field, kind, before, after):
                shown = [self._value(names, kind, value) for value in (before, after)]
                return f"{self.texts(f'change.{field}')}{self.texts('site.colon')}{' → '.join(shown)}"
            case EventsChange(added, removed):
                return self.texts("change.events", added=added, removed=removed)
            case LateEvent(event_id, 0):
                return self.texts("change.late", event=event_id)
            case LateEvent(_, more):
                return self.texts("change.late_more", count=more)
        return text

    def _value(self, names: Names, kind: Kind, value: str) -> str:
        """One value of a change. Anything that is not of its kind is shown as it is."""
        if value == "none":
            return self.texts("change.none")
        match kind:
            case Kind.SEVERITY:
                return self.texts.or_else(f"severity.{value.lower()}", value)
            case Kind.STATE:
                return self.texts.or_else(f"finding_state.{value.lower()}", value)
            case Kind.YES_NO:
                return self.texts.or_else(f"change.{value.lower()}", value)
            case Kind.MOMENT if (at_ms := moment_ms(value)) is not None:
                return datetime.fromtimestamp(at_ms / 1000, tz=SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
            case Kind.SPAN if (length_ms := span_ms(value)) is not None:
                return figures.exact_duration(length_ms, self.texts.language)
            case Kind.PLATFORMS:
                return self.texts("site.list_separator").join(
                    self.platform(names, each) for each in value.split(", ")
                )
            case Kind.AREA:
                return self.area(names, value)
            case Kind.SECONDS if _is_number(value):
                return self.measure(float(value), "s")
            case Kind.SHARE if _is_number(value):
                return self.measure(float(value), "share")
        return value

    def measure(self, value: float, unit: str) -> str:
        """``28.5 分钟`` of 1,710 s."""
        return figures.measure(value, unit, self.texts.language)

    def measures(self, low: float, high: float, unit: str) -> str:
        """An interval with its unit said once: ``27.8–29.1 分钟``; an end without bound: ``≥ 27.8 分钟``."""
        return units.interval(low, high, unit, self.texts.language)

    def unit_name(self, unit: str) -> str:
        """What people read a metric in: ``分钟`` of ``s``."""
        return units.unit(unit).name(self.texts.language)

    def day(self, epoch_ms: int | None) -> Markup:
        """``<time>`` with the day in Shanghai."""
        if epoch_ms is None:
            return Markup("—")
        local = datetime.fromtimestamp(epoch_ms / 1000, tz=SHANGHAI)
        return Markup('<time datetime="{0}" title="{0} {1}">{0}</time>').format(
            local.date().isoformat(), self.texts("time.zone")
        )

    def month_day(self, epoch_ms: int) -> str:
        """``2026-03-01``, for axes."""
        return datetime.fromtimestamp(epoch_ms / 1000, tz=SHANGHAI).date().isoformat()

    def rule_value(self, field: RuleField) -> str:
        """The value of a provision in words."""
        match field.value:
            case None:
                return "—"
            case bool():
                return self.texts("change.true") if field.value else self.texts("change.false")
            case str():
                return field.value
        return figures.provision(field.value, field.unit, self.texts.language)

    def quarter(self, name: str) -> str:
        """``2026 年第 1 季度`` of ``2026Q1``; any other name as it is."""
        found = re.fullmatch(r"(\d{4})Q([1-4])", name)
        return self.texts("report.quarter", year=found[1], number=found[2]) if found else name

    def period_name(self, name: str) -> str:
        """``2026 年 3 月`` of ``2026-03``, ``2026 年第 1 季度`` of ``2026-Q1``; any other name as it is."""
        if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", name):
            number = int(found[2])
            month = number if self.texts.language is Language.CHINESE else month_name[number]
            return self.texts("period.month", year=found[1], month=month)
        return self.quarter(name.replace("-", "", 1))

    def platform_link(self, names: Names, platform_id: str) -> Markup:
        """The platform's name, leading to all there is of it, also within a row that leads elsewhere."""
        return Markup('<a class="on-row" href="/platforms/{}">{}</a>').format(
            quote(platform_id, safe=""), self.platform(names, platform_id)
        )

    def money(self, fen: int) -> str:
        """``1,234.50 元``."""
        return figures.provision(fen, "fen", self.texts.language)

    def words(self, group: str, name: str) -> str:
        """The text for a name of the contract's; the name itself if a newer service has added it."""
        return self.texts.or_else(f"{group}.{name.lower()}", name)

    def party(self, names: Names, party_id: str) -> str:
        return names.party(party_id, self.texts.language)

    def platform(self, names: Names, platform_id: str) -> str:
        return names.platform(platform_id, self.texts.language)

    def area(self, names: Names, area_code: str) -> str:
        return names.area(area_code, self.texts.language)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", text) is not None


class Presenter:
    """Renders templates. They and the text tables are read when it is made: a fault shows at the start."""

    def __init__(self) -> None:
        self.texts = {language: Texts(language) for language in Language}
        self.glossary = read_glossary()
        self._environment = _environment()

    def render(self, template: str, language: Language, **values: Any) -> str:
        """A template with its values; macros in it are imported ``with context``."""
        voice = Voice(self.texts[language])
        bound = {name: getattr(voice, name) for name in _VOICE}
        popups = Popups(self.glossary, voice.texts)
        return self._environment.get_template(template).render(
            t=voice.texts,
            language=language,
            popups=popups,
            term=popups.term,
            computed=popups.computed,
            **bound,
            **values,
        )


@cache
def _environment() -> Environment:
    """Every template, compiled; once in a process, however many portals it runs (tests run hundreds)."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "asset": _Assets().url,
        "clock": figures.clock,
        "number": figures.number,
        "share": figures.share,
        "typed": units.plain,
        "group_line": line,
        "lines_of_letter": lines_of_letter,
        "origins": origins,
        "spell_chart": spell_chart,
        "timeline_chart": timeline_chart,
    }
    for name in environment.list_templates():
        environment.get_template(name)
    return environment


_VOICE = tuple(name for name in vars(Voice) if not name.startswith("_") and name != "texts")


class _Assets:
    """Addresses of our own files that change with their content, so that browsers may keep them for ever."""

    def __init__(self) -> None:
        files = [path for path in STATIC.rglob("*") if path.is_file()]
        self._digests = {
            path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            for path in files
        }

    def url(self, name: str) -> str:
        """Raises KeyError if there is no such file."""
        return f"/static/{name}?v={self._digests[name]}"
