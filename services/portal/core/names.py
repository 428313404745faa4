"""Names of platforms and areas, for readers who do not know codes by heart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.portal.core.language import Language, LocalText


@dataclass(frozen=True, slots=True)
class Names:
    """What the registry calls things. Anything it does not name is shown by its code."""

    platforms: Mapping[str, LocalText] = field(default_factory=dict)
    areas: Mapping[str, LocalText] = field(default_factory=dict)
    parties: Mapping[str, LocalText] = field(default_factory=dict)
    """Platforms, partner firms, departments and unions."""
    departments: Mapping[str, LocalText] = field(default_factory=dict)
    """Departments alone."""

    def platform(self, platform_id: str, language: Language) -> str:
        return self.platforms.get(platform_id, LocalText()).to(language) or platform_id

    def area(self, area_code: str, language: Language) -> str:
        return self.areas.get(area_code, LocalText()).to(language) or area_code

    def party(self, party_id: str, language: Language) -> str:
        return self.parties.get(party_id, LocalText()).to(language) or party_id
