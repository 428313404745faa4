"""Filling an employment report in: the form, a file read into it, its checks beside each figure."""

from __future__ import annotations

import secrets
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from kit.clock import SHANGHAI, system_clock
from kit.errors import (
    InvalidArgumentError,
    PermissionDeniedError,
    QuzhongError,
    RetryableError,
    UnauthenticatedError,
)
from services.portal import report_form
from services.portal.core.language import Language
from services.portal.core.names import Names
from services.portal.core.report_form import GROUPS, Form, Subject
from services.portal.core.reports import FIGURES, Report
from services.portal.problems import status_of
from services.portal.report_form import FormView
from services.portal.web import Portal, Reader, ThePortal, TheReader, page

router = APIRouter(prefix="/reports")

_MOST_FIELDS = 200
_LONGEST_FIELD = 16 * 1024
_EXPLAIN = "explain."
"""How the fields begin whose text explains a check."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/template/{kind}")
async def template(portal: ThePortal, reader: TheReader, kind: Literal["xlsx", "csv"]) -> Response:
    """The form as a file, a row for each report the reader owes."""
    token = reader.require_token()
    profile = await portal.identity.who_am_i(token)
    name = f"quzhong-report.{kind}"
    content = await report_form.template(portal.registry, token, profile.party_id, name, _readings(portal))
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(
        content, media_type=_XLSX if kind == "xlsx" else "text/csv; charset=utf-8", headers=headers
    )


@router.get("/form")
async def show(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    platform: str = "",
    area: str = "",
    quarter: str = "",
    saved: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """The form with what the last version says; ``saved``: the version of the draft that was just kept."""
    token = reader.require_token()
    view = await _view(portal, token, Subject(platform.strip(), area.strip(), quarter.strip()))
    return _page(request, view, view.form, None, saved)


@router.post("/form")
async def submit(request: Request, portal: ThePortal, reader: TheReader) -> Response:
    """Read a file into the form, check it, keep it as a draft, or hand it in: as the button says."""
    token = reader.require_token()
    async with request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD) as sent:
        reader.check_form(_text(sent, "form_key"))
        form = _form(sent)
        try:
            result = await _done(portal, reader, form, sent)
        except (PermissionDeniedError, UnauthenticatedError):
            raise
        except QuzhongError as error:
            return _page(request, await _view_for(portal, token, form), form, error, 0)
    if isinstance(result, Form):
        view = await _view(portal, token, form.subject)
        return _page(request, view, result, None, 0)
    if _text(sent, "action") == "submit":
        query = urlencode({"version": result.version})
        return RedirectResponse(f"/reports/{quote(result.report_id, safe='')}?{query}", HTTPStatus.SEE_OTHER)
    return RedirectResponse(f"/reports/form?{_query(form.subject, result.version)}", HTTPStatus.SEE_OTHER)


async def _done(portal: Portal, reader: Reader, form: Form, sent: FormData) -> Report | Form:
    token, request_id = reader.token, _text(sent, "request_id") or secrets.token_hex(16)
    match _text(sent, "action"):
        case "import":
            name, content = await _file(sent)
            return await report_form.from_file(portal.registry, token, form, name, content)
        case "save":
            return await report_form.saved(portal.registry, token, form, request_id)
        case "submit":
            return await report_form.submitted(portal.registry, token, form, request_id)
    return await report_form.checked(portal.registry, token, form)


async def _file(sent: FormData) -> tuple[str, bytes]:
    upload = sent.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise InvalidArgumentError(
            "choose a file first", zh="请先选择文件", field="file", reason="FILE_MISSING"
        )
    if not upload.filename.lower().endswith((".xlsx", ".csv")):
        raise InvalidArgumentError(
            f"{upload.filename[:60]}: only XLSX and CSV are read; save it as one of them",
            zh=f"{upload.filename[:60]}：只能读取 XLSX 或 CSV；请另存为其中一种",
            field="file",
            reason="FILE_KIND",
        )
    return upload.filename[:120], await upload.read()


def _form(sent: FormData) -> Form:
    return Form(
        Subject(_text(sent, "platform"), _text(sent, "area"), _text(sent, "quarter")),
        {name: text for name in FIGURES if (text := _text(sent, name))},
        {
            name.removeprefix(_EXPLAIN): text
            for name in sent
            if name.startswith(_EXPLAIN) and (text := _text(sent, name))
        },
    )


def _text(sent: FormData, name: str) -> str:
    value = sent.get(name)
    return value.strip() if isinstance(value, str) else ""


async def _view(portal: Portal, token: str, subject: Subject) -> FormView:
    profile = await portal.identity.who_am_i(token)
    return await report_form.opened(portal.suite, portal.registry, token, profile.party_id, subject)


async def _view_for(portal: Portal, token: str, form: Form) -> FormView:
    """What goes with a form that was refused; without the registry nothing, but what was typed stays."""
    try:
        return await _view(portal, token, form.subject)
    except RetryableError:
        return FormView(form, None, None, Names())


def _page(request: Request, view: FormView, form: Form, problem: QuzhongError | None, saved: int) -> Response:
    return page(
        request,
        "report_form.html",
        status=status_of(problem) if problem else HTTPStatus.OK,
        view=view,
        names=view.names,
        form=form,
        groups=GROUPS,
        unit_of=unit_of,
        problem=problem,
        saved=saved,
        today=datetime.fromtimestamp(system_clock() / 1000, tz=SHANGHAI).date(),
        request_id=secrets.token_hex(16),
    )


def _query(subject: Subject, version: int) -> str:
    return urlencode(
        {
            "platform": subject.platform_id,
            "area": subject.area_code,
            "quarter": subject.quarter,
            "saved": version,
        }
    )


def _readings(portal: Portal) -> dict[str, str]:
    """What the columns mean, in both languages: a file goes from hand to hand."""
    chinese, english = (portal.presenter.texts[each] for each in (Language.CHINESE, Language.ENGLISH))
    return {
        name: f"{chinese(f'report_figure.{name}')}（{chinese(f'report_unit.{unit}')}） "
        f"{english(f'report_figure.{name}')}"
        for name in FIGURES
        for unit in (unit_of(name),)
    }


def unit_of(figure: str) -> str:
    """The key of what a figure counts, under ``report_unit``."""
    if figure.endswith("_fen"):
        return "yuan"
    return "times" if figure.startswith(("injuries", "training")) else "heads"
