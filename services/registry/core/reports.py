"""One version of a report, and which state follows which.

    DRAFT ──submit──▶ SUBMITTED ──▶ ACKNOWLEDGED
                          └───────▶ RETURNED

A draft is saved over; upon anything else a further version begins, unless it says what is delivered already.
A report is delivered while the last version that was ever submitted is not returned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

from services.registry.core.areas import covers
from services.registry.core.field_error import FieldError
from services.registry.core.parties import Role
from services.registry.core.quarters import Quarter
from services.registry.core.report_checks import Check
from services.registry.core.report_figures import Figures
from services.registry.core.reporting import Subject
from services.registry.core.sight import EVERYWHERE, Viewer

LONGEST_TEXT = 500
"""Characters of an explanation, or of the reason a report is returned for."""

CHECK_ID_FORM = re.compile(r"[a-z_]{1,60}\.[a-z_]{1,30}")
"""``Check.check_id``."""

MOST_EXPLANATIONS = 100
"""There are fewer checks than that."""


class ReportState(IntEnum):
    """The values equal ``quzhong.api.registry.v1.ReportState``."""

    DRAFT = 1
    SUBMITTED = 2
    RETURNED = 3
    ACKNOWLEDGED = 4


DELIVERED = (ReportState.SUBMITTED, ReportState.ACKNOWLEDGED)
"""Nothing is owed any more."""


@dataclass(frozen=True, slots=True)
class Report:
    """One version."""

    subject: Subject
    quarter: Quarter
    version: int
    """From 1."""
    state: ReportState
    figures: Figures
    explanations: Mapping[str, str]
    """By ``Check.check_id``."""
    create_ms: int
    update_ms: int
    amends_version: int = 0
    """The version it replaces; 0: none."""
    submit_ms: int | None = None
    receiver_id: str = ""
    """Who acknowledged or returned it."""
    receive_ms: int | None = None
    return_reason: str = ""
    checks: tuple[Check, ...] = field(default=())
    """As of its submission; of a draft as of its last saving."""

    @property
    def report_id(self) -> str:
        """The same for all versions."""
        return self.subject.report_id(self.quarter)

    @property
    def sort_key(self) -> str:
        """Puts versions in their order."""
        return f"{self.report_id}/v{self.version:06}"


def last_given(versions: Sequence[Report]) -> Report | None:
    """The last version that was ever submitted; None if there is none."""
    given = [one for one in versions if one.state is not ReportState.DRAFT]
    return max(given, key=lambda one: one.version, default=None)


def saved(
    versions: Sequence[Report],
    subject: Subject,
    quarter: Quarter,
    figures: Figures,
    explanations: Mapping[str, str],
    now_ms: int,
) -> Report:
    """The draft that saving makes: the one there is, overwritten, or a further version.

    What is delivered and says the same already stays as it is: a form sent twice is no amendment, and has not
    to be acknowledged again.
    """
    last = max(versions, key=lambda one: one.version, default=None)
    if last is not None and last.state is ReportState.DRAFT:
        return replace(last, figures=figures, explanations=explanations, update_ms=now_ms)
    said_already = last is not None and (last.figures, last.explanations) == (figures, explanations)
    if last is not None and last.state in DELIVERED and said_already:
        return last
    return Report(
        subject,
        quarter,
        last.version + 1 if last else 1,
        ReportState.DRAFT,
        figures,
        explanations,
        now_ms,
        now_ms,
        amends_version=last.version if last else 0,
    )


def submitted(draft: Report, checks: Sequence[Check], now_ms: int) -> Report:
    """The draft, handed in."""
    return replace(
        draft, state=ReportState.SUBMITTED, checks=tuple(checks), submit_ms=now_ms, update_ms=now_ms
    )


def received(report: Report, state: ReportState, receiver_id: str, reason: str, now_ms: int) -> Report:
    """A submitted report, acknowledged or returned."""
    return replace(
        report,
        state=state,
        receiver_id=receiver_id,
        receive_ms=now_ms,
        return_reason=reason,
        update_ms=now_ms,
    )


def checked_explanations(explanations: Mapping[str, str]) -> dict[str, str]:
    """The explanations without outer blanks and without empty ones.

    Raises:
        FieldError: if there are too many, or one is too long or has control characters.
    """
    if len(explanations) > MOST_EXPLANATIONS:
        raise FieldError(
            "explanations",
            "EXPLANATIONS_TOO_MANY",
            f"{len(explanations)} are more than {MOST_EXPLANATIONS}; give one a check",
            f"{len(explanations)} 项超过 {MOST_EXPLANATIONS} 项；每个核验问题填写一项",
        )
    for check_id in explanations:
        if not CHECK_ID_FORM.fullmatch(check_id):
            raise FieldError(
                f"explanations[{check_id[:60]!r}]",
                "EXPLANATION_OF_NOTHING",
                "is no check; send the check_id that ValidateReport tells, e.g. labour_contracts.short",
                "不是核验编号；请使用 ValidateReport 给出的 check_id，例如 labour_contracts.short",
            )
    return {
        check_id: text
        for check_id, given in explanations.items()
        if (text := checked_text(f"explanations[{check_id!r}]", given, least=0))
    }


def checked_text(name: str, text: str, *, least: int = 1) -> str:
    """A text without outer blanks.

    Raises:
        FieldError: if it is too short, too long or has control characters.
    """
    text = text.strip()
    if not least <= len(text) <= LONGEST_TEXT or any(
        not (char.isprintable() or char == "\n") for char in text
    ):
        raise FieldError(
            name,
            "TEXT_FORM",
            f"{text[:20]!r}… is not {least}–{LONGEST_TEXT} printable characters",
            f"{text[:20]!r}… 应为 {least}–{LONGEST_TEXT} 个可见字符",
        )
    return text


def sees_report(viewer: Viewer, report: Report) -> bool:
    """A reporter its own; a platform also what partner firms handed in for it; receivers what they got."""
    if viewer.party_id == report.subject.reporter_id:
        return True
    if report.state is ReportState.DRAFT:
        return False
    return sees_subject(viewer, report.subject)


def sees_subject(viewer: Viewer, subject: Subject) -> bool:
    """Whether the viewer may know that, and whether, this report is due."""
    if viewer.role in EVERYWHERE or viewer.party_id == subject.reporter_id:
        return True
    if viewer.role == Role.PLATFORM:
        return viewer.party_id == subject.platform_id
    return viewer.role in (Role.REGULATOR, Role.OFFICIAL) and any(
        covers(own, subject.area_code) for own in viewer.area_codes
    )
