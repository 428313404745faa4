"""What is told of parties: the party, its history, lists, and who is responsible for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.registry.core.areas import Areas, overlap
from services.registry.core.field_error import FieldError
from services.registry.core.pages import Page, page_of
from services.registry.core.parties import Party
from services.registry.core.party_history import PartyVersion
from services.registry.core.profiles import day_of
from services.registry.core.responsibilities import Responsibilities, Unit
from services.registry.core.sight import Viewer, platforms_told, sees_party, sees_person
from services.registry.ports import RegistryStore, View
from services.registry.refusals import field_errors, unknown_party


@dataclass(frozen=True, slots=True)
class PartyFilter:
    """Which parties are asked for; what is empty does not restrict."""

    role: int = 0
    area_code: str = ""
    platform_id: str = ""
    licence_expires_by: str = ""


class PartyReading:
    """Everything is cut to what the viewer may know."""

    def __init__(self, store: RegistryStore, areas: Areas, responsibilities: Responsibilities) -> None:
        self._store = store
        self._areas = areas
        self._responsibilities = responsibilities

    def party(self, viewer: Viewer, party_id: str) -> Party:
        """A party as it stands, without what the viewer may not know.

        Raises:
            NotFoundError: PARTY_UNKNOWN, also for a party the viewer does not see.
        """
        with self._store.read() as view:
            return as_seen_by(viewer, seen_party(view, viewer, party_id))

    def versions(self, viewer: Viewer, party_id: str, page: Page) -> tuple[Sequence[PartyVersion], str]:
        """All versions of a party, the first one first; and the next page's token. Raises as ``party``."""
        with self._store.read() as view:
            seen_party(view, viewer, party_id)
            versions = view.party_versions(party_id)
        with field_errors():
            found, token = page_of(versions, lambda one: f"{one.party.version:06}", page.size, page.token)
        return [replace(one, party=as_seen_by(viewer, one.party)) for one in found], token

    def parties(self, viewer: Viewer, wanted: PartyFilter, page: Page) -> tuple[Sequence[Party], str]:
        """The parties the viewer sees, by id; and the next page's token.

        Raises:
            InvalidArgumentError: for a filter or a page that makes no sense.
        """
        with field_errors():
            if wanted.area_code:
                self._areas.check("area_code", wanted.area_code)
            until = wanted.licence_expires_by
            day = day_of("licence_expires_by", until) if until else None
        with self._store.read() as view:
            parties = view.parties()

        def fits(party: Party) -> bool:
            return (
                wanted.role in (0, party.role)
                and (not wanted.area_code or any(overlap(wanted.area_code, own) for own in party.area_codes))
                and wanted.platform_id in ("", party.party_id, *party.platform_ids)
                and (day is None or any(one.expiry and one.expiry <= day for one in party.profile.licences))
            )

        # Cut first: a filter by what is not told would tell it.
        seen = (as_seen_by(viewer, party) for party in parties if sees_party(viewer, party))
        visible = [party for party in seen if fits(party)]
        with field_errors():
            return page_of(visible, lambda party: party.party_id, page.size, page.token)

    def responsible(
        self, viewer: Viewer, article: str, area_code: str, page: Page
    ) -> tuple[Sequence[tuple[Unit, Sequence[str]]], str]:
        """The units of the notice, each with the parties registered as it; and the next page's token.

        Raises:
            InvalidArgumentError: ARTICLE_UNKNOWN, AREA_UNKNOWN, or for a page that makes no sense.
        """
        known = self._responsibilities
        with field_errors():
            if area_code:
                self._areas.check("area_code", area_code)
            if article and article not in known.articles:
                raise FieldError(
                    "article",
                    "ARTICLE_UNKNOWN",
                    f"{article[:20]!r} is no article of the notice; known: {', '.join(known.articles)}",
                    f"{article[:20]!r} 不是通知的条目；可用：{'、'.join(known.articles)}",
                )
        with self._store.read() as view:
            parties = [
                party
                for party in view.parties()
                if party.profile.unit_id
                and sees_party(viewer, party)
                and (not area_code or any(overlap(area_code, own) for own in party.area_codes))
            ]
        rows = [
            (unit, sorted(party.party_id for party in parties if party.profile.unit_id == unit.unit_id))
            for unit in known.units
            if not article or article in unit.articles
        ]
        order = {unit.unit_id: f"{at:04}" for at, unit in enumerate(known.units)}
        with field_errors():
            return page_of(rows, lambda row: order[row[0].unit_id], page.size, page.token)


def as_seen_by(viewer: Viewer, party: Party) -> Party:
    """The party without what the viewer may not know: who answers for it, and for whom else it works."""
    party = replace(party, platform_ids=platforms_told(viewer, party))
    if party.profile.responsible_person is None or sees_person(viewer, party):
        return party
    return replace(party, profile=replace(party.profile, responsible_person=None))


def seen_party(view: View, viewer: Viewer, party_id: str) -> Party:
    """A party that the viewer sees.

    Raises:
        NotFoundError: PARTY_UNKNOWN, whether there is none or the viewer does not see it.
    """
    party = view.party(party_id)
    if party is None or not sees_party(viewer, party):
        raise unknown_party(party_id)
    return party
