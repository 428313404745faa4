"""A letter, an invitation and the minutes of a talk as files.

Each is a function of what it shows: rendered again, it has the same bytes. What a format needs is imported
when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.notify.core.letters import Notice, Parties
from services.notify.core.talks import Talk
from services.notify.core.text import Language, Text

__all__ = ["File", "Language", "Member", "render_ics", "render_minutes", "render_pdf"]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in an invitation."""

    party_id: str
    name: Text
    email: str = ""
    """Empty if none is known: then the name alone stands there."""


@dataclass(frozen=True, slots=True)
class File:
    """A document as a file; its name is ASCII."""

    name: str
    media_type: str
    content: bytes
    method: str = ""
    """Of an invitation: the METHOD of iTIP (RFC 5546) that it has."""


def render_pdf(notice: Notice, language: Language) -> File:
    """The letter, laid out as an office sends it, with a place left for the seal.

    Raises:
        RuntimeError: if the typesetter fails, or the Chinese typeface is not installed.
    """
    from services.notify.documents.letter import letter_pages

    (content,) = letter_pages(notice, language)
    return File(f"{notice.notice_id}-{language.tag}.pdf", "application/pdf", content)


def render_minutes(
    talk: Talk,
    *,
    subject: Text,
    parties: Parties,
    departments: Sequence[Text],
    approved_by: Text,
    language: Language,
) -> File:
    """The minutes (约谈纪要) of a talk that was held, or the record that nobody came.

    ``departments`` are those that summoned, the one that leads first; ``approved_by`` is the official's name.

    Raises:
        ValueError: if the talk was neither held nor failed.
        RuntimeError: if the typesetter fails, or the Chinese typeface is not installed.
    """
    from services.notify.documents.minutes import minutes_pages

    (content,) = minutes_pages(talk, subject, parties, departments, approved_by, language)
    return File(f"minutes-{talk.talk_id}-{language.tag}.pdf", "application/pdf", content)


def render_ics(
    talk: Talk, notice: Notice, *, platform: Member, departments: Sequence[Member], area: Text
) -> File:
    """The invitation to the talk, or its cancellation if the talk was cancelled (RFC 5545, RFC 5546).

    ``notice`` is the summons, or its cancellation; ``departments`` are those that summon, the one that leads
    first.
    """
    from services.notify.documents.invitation import invitation, method_of

    content = invitation(talk, notice, platform=platform, departments=departments, area=area)
    return File(f"{talk.talk_id}.ics", "text/calendar", content, method_of(talk))
