"""Who is told of a duty that is due or late."""

from __future__ import annotations

from services.registry.core.duty_findings import LICENCE_EXPIRED, LICENCE_EXPIRING, DutyFinding
from services.registry.core.parties import Party, Role
from services.registry.core.reporting import Subject
from services.registry.core.reports import sees_subject
from services.registry.core.sight import Viewer, sees_party


def sees_duty(viewer: Viewer, finding: DutyFinding, party: Party | None) -> bool:
    """Whose duty it is, the platform that answers for it, and who receives or supervises.

    A report concerns its receiver and who stands above; a licence whoever supervises where its holder works,
    counties too: they see the licence itself. ``party``: whose duty it is, None if it is registered no more.
    """
    if sees_subject(viewer, Subject(finding.party_id, finding.platform_id, finding.area_code)):
        return True
    return (
        party is not None
        and finding.rule_id in (LICENCE_EXPIRING, LICENCE_EXPIRED)
        and viewer.role in (Role.REGULATOR, Role.OFFICIAL)
        and sees_party(viewer, party)
    )
