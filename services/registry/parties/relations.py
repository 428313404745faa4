"""What ties parties to each other: firms and unions to platforms, officials to their department."""

from __future__ import annotations

from kit.errors import AlreadyExistsError, InvalidArgumentError, NotFoundError
from services.registry.core.areas import covers
from services.registry.core.parties import Party, Role
from services.registry.ports import View


def check_relations(view: View, party: Party) -> None:
    """That the platforms and the department a party names are there, and that its areas are the department's.

    Raises:
        NotFoundError: PLATFORM_UNKNOWN, DEPARTMENT_UNKNOWN.
        InvalidArgumentError: AREA_NOT_OF_DEPARTMENT.
    """
    for at, platform_id in enumerate(party.platform_ids):
        platform = view.party(platform_id)
        if platform is None or platform.role is not Role.PLATFORM:
            raise NotFoundError(
                f"platform_ids[{at}]: no platform is called {platform_id!r}; register it first",
                zh=f"platform_ids[{at}]：未登记平台 {platform_id!r}；请先登记",
                field=f"platform_ids[{at}]",
                reason="PLATFORM_UNKNOWN",
            )
    if party.department_id:
        department = department_of(view, party)
        if not _within(department, party):
            raise InvalidArgumentError(
                f"area_codes: go beyond those of {party.department_id!r}: {department.area_codes}",
                zh=f"area_codes：超出所属部门 {party.department_id!r} 的范围：{department.area_codes}",
                field="area_codes",
                reason="AREA_NOT_OF_DEPARTMENT",
            )


def check_credit_code(view: View, party: Party, *, names_holder: bool) -> None:
    """That no other party of its kind has its credit code: that would be one firm registered twice.

    A platform that also works for another as a partner firm is two parties of one code.

    Args:
        names_holder: whether the refusal may say who has it; to others it is no business of theirs.

    Raises:
        AlreadyExistsError: CREDIT_CODE_TAKEN.
    """
    code = party.profile.credit_code
    holders = (
        other.party_id
        for other in view.parties()
        if code and other.profile.credit_code == code and other.role is party.role
    )
    holder = next((party_id for party_id in holders if party_id != party.party_id), None)
    if holder is not None:
        by, by_zh = (f"{holder!r}", f" {holder!r} ") if names_holder else ("another party", "其他单位")
        raise AlreadyExistsError(
            f"profile.unified_social_credit_code: {code} is registered of {by}, of the same role; amend that "
            "one, or correct the code",
            zh=f"profile.unified_social_credit_code：{code} 已由{by_zh}登记（角色相同）；"
            "请变更该登记，或更正代码",
            field="profile.unified_social_credit_code",
            reason="CREDIT_CODE_TAKEN",
        )


def department_of(view: View, party: Party) -> Party:
    """The regulator an official belongs to.

    Raises:
        NotFoundError: DEPARTMENT_UNKNOWN.
    """
    department = view.party(party.department_id)
    if department is None or department.role is not Role.REGULATOR:
        raise NotFoundError(
            f"department_id: no regulator is called {party.department_id!r}; register it first",
            zh=f"department_id：未登记监管部门 {party.department_id!r}；请先登记",
            field="department_id",
            reason="DEPARTMENT_UNKNOWN",
        )
    return department


def check_officials(view: View, department: Party) -> None:
    """An official sees by areas of its own, so the department cannot give up one that an official has.

    Raises:
        InvalidArgumentError: AREA_OF_OFFICIALS.
    """
    if department.role is not Role.REGULATOR:
        return
    beyond = sorted(
        party.party_id
        for party in view.parties()
        if party.department_id == department.party_id and not _within(department, party)
    )
    if beyond:
        raise InvalidArgumentError(
            f"area_codes: officials have areas beyond these: {', '.join(beyond[:10])}; amend them first",
            zh=f"area_codes：以下工作人员的管辖范围超出变更后的范围：{'、'.join(beyond[:10])}；请先变更其范围",
            field="area_codes",
            reason="AREA_OF_OFFICIALS",
        )


def _within(department: Party, official: Party) -> bool:
    return all(any(covers(own, code) for own in department.area_codes) for code in official.area_codes)
