"""Which areas and platforms a reader's report is of."""

from __future__ import annotations

from kit.errors import InvalidArgumentError, PermissionDeniedError
from services.notify.core.alerts import Audience
from services.notify.core.period_report import Scope


def scope_of(audience: Audience, area_code: str) -> Scope:
    """The areas and platforms of a report.

    Raises:
        InvalidArgumentError: AREA_FORM; AREA_MISSING, to whoever sees aggregates only and has several areas:
            small figures are withheld by area, and the sum of any areas would be one more figure.
        PermissionDeniedError: FOREIGN_AREA, if nothing of it is the reader's.
    """
    if area_code and not (len(area_code) == 6 and area_code.isascii() and area_code.isdigit()):
        raise InvalidArgumentError(
            f"area_code: {area_code[:16]!r} is no code of GB/T 2260, e.g. 130200",
            zh=f"area_code：{area_code[:16]!r} 不是行政区划代码（GB/T 2260），例如 130200",
            field="area_code",
            reason="AREA_FORM",
        )
    asked = audience.area_prefix
    prefixes = tuple(
        asked if asked.startswith(own) else own
        for own in audience.area_prefixes
        if asked.startswith(own) or own.startswith(asked)
    )
    own = "、".join(prefix.ljust(6, "0") for prefix in audience.area_prefixes)
    if not prefixes:
        raise PermissionDeniedError(
            f"area_code: {area_code!r} is none of yours ({own or 'you have none'})",
            zh=f"area_code：{area_code!r} 不在您的管辖范围（{own or '无'}）之内",
            field="area_code",
            reason="FOREIGN_AREA",
        )
    if audience.aggregates_only and len(set(prefixes)) > 1:
        raise InvalidArgumentError(
            f"area_code: missing; name one of yours ({own})",
            zh=f"area_code：缺失；请填写您的地区之一（{own}）",
            field="area_code",
            reason="AREA_MISSING",
        )
    platforms = audience.platform_ids
    if audience.platform_id:
        platforms = (audience.platform_id,)
    # An area within another of the reader's is counted with it.
    outer = tuple(
        sorted(
            {one for one in prefixes if not any(one != other and one.startswith(other) for other in prefixes)}
        )
    )
    return Scope(outer, None if platforms is None else frozenset(platforms))
