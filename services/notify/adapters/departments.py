"""``ports.Departments`` and ``casework_ports.Officials`` over the directory."""

from __future__ import annotations

from kit.directory import Directory
from kit.security.caller import Role, significant
from services.notify.casework.ports import Official
from services.notify.core.findings import Place
from services.notify.core.policy import Policy
from services.notify.core.routing import Department, responsible, units_of
from services.notify.core.text import Text


class DirectoryDepartments:
    """Registered regulators, and the units of the notice that they are."""

    def __init__(self, directory: Directory, policy: Policy) -> None:
        self._directory = directory
        self._policy = policy

    def responsible(self, place: Place, *, joint: bool) -> tuple[str, ...]:
        """See the port."""
        rule = self._policy.rule_for(place.rule_id)
        if rule is None:
            return ()
        departments = [
            Department(party.party_id, tuple(significant(code) for code in party.area_codes), party.unit_id)
            for party in self._directory.parties(Role.REGULATOR)
        ]
        return responsible(place.area_code, units_of(self._policy, rule, joint=joint), departments)

    def name(self, party_id: str) -> Text:
        """See the port."""
        for party in self._directory.parties():
            if party.party_id == party_id:
                return Text(party.name_zh, party.name_en)
        return Text(party_id, party_id)

    def official(self, official_id: str) -> Official | None:
        """See the port."""
        for party in self._directory.parties(Role.OFFICIAL):
            if party.party_id == official_id:
                return Official(party.party_id, party.department_id, party.area_codes)
        return None

    def is_department(self, party_id: str) -> bool:
        """See the port."""
        return any(party.party_id == party_id for party in self._directory.parties(Role.REGULATOR))
