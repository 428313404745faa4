"""What words mean, and how figures come about: for everybody, signed in or not."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from services.portal.web import ThePortal, page

router = APIRouter()


@router.get("/glossary")
async def glossary(request: Request, portal: ThePortal) -> HTMLResponse:
    """Every word the pages explain."""
    return page(request, "glossary.html", glossary=portal.presenter.glossary)


@router.get("/methods")
async def methods(request: Request, portal: ThePortal) -> HTMLResponse:
    """Every method by which a figure of the pages comes about."""
    return page(request, "methods.html", glossary=portal.presenter.glossary)
