"""Forms: only those of our own pages are read (no forgery from other sites), and none that is too large.

Two independent walls (OWASP, "Cross-Site Request Forgery Prevention"): the `Origin` header, which no page of
another site can set, and a token that only our pages know. For somebody signed in it is the session's; before
that it belongs to a cookie of the visitor, signed with the installation's key.
"""

import hmac
import secrets
from http import HTTPStatus

from aiohttp import web
from yarl import URL

from api.http.problems import Problem
from api.language import noted
from api.pages.cookies import VISITOR
from api.pages.visit import FormData, Visit

FIELD, HEADER = "csrf", "X-CSRF"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")

FOREIGN = noted("Formularz nie pochodzi z tej strony, więc nic nie zostało zmienione.")
STALE = noted(
    "Formularz był otwarty zbyt długo. Nic nie zostało zmienione: otwórz stronę ponownie i spróbuj."
)
NO_FORM = noted("To nie jest formularz.")
BROKEN = noted("Formularz dotarł uszkodzony. Nic nie zostało zmienione: spróbuj ponownie.")


def form_token(visit: Visit) -> str:
    """What the forms of this visit's page must bring back."""
    if visit.signed_in is not None:
        return visit.signed_in.session.csrf
    if not visit.cookies.get(VISITOR):
        visit.cookies.put(VISITOR, secrets.token_urlsafe(16))
    return visit.pages.key.mark(VISITOR, visit.cookies.get(VISITOR))


async def read_form(visit: Visit) -> FormData:
    """The form that was sent. Raises Problem if it is from elsewhere, or no form; the router's error if too large."""
    if not _from_here(visit):
        raise Problem(HTTPStatus.FORBIDDEN, FOREIGN)
    request = visit.request
    strange = request.content_type not in FORMS or (request.charset or "utf-8").lower() != "utf-8"
    if strange or "Content-Encoding" in request.headers:
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, NO_FORM)
    assert visit.page is not None
    try:
        form = await request.clone(client_max_size=visit.page.at_most).post()
        for value in form.values():
            if isinstance(value, str):
                value.encode()  # halves of a surrogate pair are no text
    except (ValueError, LookupError, web.RequestPayloadError):
        raise Problem(HTTPStatus.BAD_REQUEST, BROKEN) from None
    given = request.headers.get(HEADER, "") or form.get(FIELD, "")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), form_token(visit).encode()):
        raise Problem(HTTPStatus.FORBIDDEN, STALE)
    return form


def close_files(form: FormData) -> None:
    """Give back the files that came with a form."""
    for value in form.values():
        if isinstance(value, web.FileField):
            value.file.close()


def _from_here(visit: Visit) -> bool:
    """Whether the browser says that a page of ours sent this; every browser of today says so for a POST."""
    request = visit.request
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin", "")
    try:
        said = URL(origin)
    except ValueError:
        return False
    if said.scheme not in {"http", "https"} or not said.host:
        return False
    here = visit.pages.address
    if here is not None:
        return said.origin() == here.origin()
    return said.authority == request.host or said.host_port_subcomponent == request.host
