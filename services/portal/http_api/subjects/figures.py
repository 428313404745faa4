"""What periods came to, where areas stand, what is done whatever was declared, audits on their way."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime

from services.portal.core.baselines import BaselineQuery
from services.portal.core.consultations import Detail
from services.portal.http_api.access import TheToken
from services.portal.http_api.answers.figures import (
    AreaFiguresList,
    BaselineList,
    DetailWord,
    GoodConductList,
    Operation,
    OperationList,
    PeriodReport,
)
from services.portal.http_api.parts import AreaCode, Period, ThePart, optional_epoch_ms
from services.portal.http_api.route import JUDGED, ONE, routes
from services.portal.web import ThePortal

router = routes("figures")


@router.get("/area-figures")
async def get_area_figures(
    portal: ThePortal,
    token: TheToken,
    platform_id: str = "",
    area_code: AreaCode = "",
    last_date: Annotated[
        date | None, Query(description="Of the seven days; else the last with anything on record.")
    ] = None,
) -> AreaFiguresList:
    """Where it stands, area by area: what seven days brought, and the cases in hand. For supervision."""
    last = last_date.isoformat() if last_date else ""
    now = await portal.supervision.areas_now(
        token, platform_id=platform_id, last_date=last, area_code=area_code
    )
    areas = [{"area_code": code} | asdict(figures) for code, figures in now.figures.items()]
    return AreaFiguresList.model_validate(
        {"first_date": now.first, "last_date": now.last, "areas": areas, "create_time": now.create_ms}
    )


@router.get("/period-reports/{period}", responses=JUDGED)
async def get_period_report(
    portal: ThePortal, token: TheToken, period: Period, area_code: AreaCode = ""
) -> PeriodReport:
    """Figures of a month or a quarter by area, platform and rule, with nobody identifiable."""
    return PeriodReport.model_validate(await portal.supervision.period_report(token, period, area_code))


@router.get("/period-reports/{period}/good-conduct", responses=JUDGED)
async def list_good_conduct(
    portal: ThePortal, token: TheToken, period: Period, area_code: AreaCode = ""
) -> GoodConductList:
    """Platforms without a warning over a period that is over, by the policy's standard."""
    platforms = await portal.supervision.good_conduct(token, period, area_code)
    return GoodConductList.model_validate({"platforms": platforms})


@router.get("/baselines", responses=JUDGED)
async def list_baselines(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    metric_id: Annotated[str, Query(description="Empty: delivery_time.")] = "",
    area_code: AreaCode = "",
    period_start_time: Annotated[AwareDatetime | None, Query(description="RFC 3339; whole days.")] = None,
    period_end_time: AwareDatetime | None = None,
    detail: DetailWord = Detail.UNSPECIFIED,
    exclude_platform_id: Annotated[str, Query(description="Its values are left out.")] = "",
) -> BaselineList:
    """What is done, cohort by cohort, whatever was declared: percentiles over closed days."""
    query = BaselineQuery(
        metric_id,
        area_code,
        optional_epoch_ms(period_start_time),
        optional_epoch_ms(period_end_time),
        detail,
        exclude_platform_id,
    )
    found = await portal.lookups.baselines(token, query, part.part)
    part.on(found.next_page_token)
    return BaselineList.model_validate(found)


@router.get("/operations")
async def list_operations(portal: ThePortal, token: TheToken, part: ThePart) -> OperationList:
    """Audits you had started, the last begun first; an administrator's: all."""
    listed = await portal.lookups.operations(token, part.part)
    part.on(listed.next_page_token)
    return OperationList.model_validate(listed)


@router.get("/operations/{operation_id}", responses=ONE)
async def get_operation(portal: ThePortal, token: TheToken, operation_id: str) -> Operation:
    """One audit on its way; ask again with its tag until it is done."""
    return Operation.model_validate(await portal.lookups.operation(token, operation_id))
