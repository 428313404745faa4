"""Requests that another site had a browser make: they may read what anybody may, and change nothing.

Forms carry the reader's key (``web.Reader.form_key``), and the cookie is not sent along with foreign forms.
Who signs in has neither yet: without this a foreign page could sign somebody in as somebody else, and have
him act in that name.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from kit.errors import PermissionDeniedError
from services.portal.web import portal_of, reader_of

_HERE = ("same-origin", "none")
"""Values of Sec-Fetch-Site (W3C Fetch Metadata): a page of ours; the address bar, a bookmark."""


async def forms_are_ours(request: Request) -> None:
    """For every route. Programs show their token themselves: nobody can make them do so.

    Raises PermissionDeniedError.
    """
    if request.method == "POST" and reader_of(request).by_cookie:
        refuse_from_elsewhere(request)


def refuse_from_elsewhere(request: Request) -> None:
    """Raises PermissionDeniedError if the browser says that another site made it ask."""
    if _from_elsewhere(request):
        raise PermissionDeniedError(
            "another site sent this; open the portal yourself, and do there what you mean to do",
            zh="该请求由其他网站发起；请自行打开本门户后再操作",
            reason="FROM_ANOTHER_SITE",
        )


def _from_elsewhere(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in _HERE
    # Browsers tell it to secure addresses only; the origin of a form they tell to all.
    origin = request.headers.get("origin")
    known = portal_of(request).settings.portal_url
    own = urlsplit(known).netloc if known else request.headers.get("host", "")
    return origin is not None and urlsplit(origin).netloc != own
