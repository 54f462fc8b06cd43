"""Signing in by the hall's identity provider (`api.accounts.oidc`): there, and back."""

import json
import logging
import time
from http import HTTPStatus
from typing import Any

from aiohttp import web
from yarl import URL

from api.accounts.oidc import STRANGE, Pending, Provider, ProviderError
from api.http.problems import Problem
from api.language import Text, noted
from api.pages.addresses import BY_PROVIDER, FROM_PROVIDER, SIGN_IN, ours
from api.pages.cookies import PROVIDER
from api.pages.page import ANYBODY, Answer, Go, Page
from api.pages.sign_in import let_in
from api.pages.visit import TROUBLE, Visit

audit = logging.getLogger("api.audit")

MINUTES = 10
"""So long somebody may take at the provider."""
UNLINKED = noted(
    "Dostawca tożsamości zna Cię jako %(subject)s, ale żadne czynne konto nie jest z tym połączone. "
    "Podaj ten identyfikator administratorowi."
)


async def go(visit: Visit) -> Answer:
    """Send the browser to the provider."""
    provider, pending = _provider(visit), Pending()
    try:
        there = await provider.begin(pending, _back(visit))
    except ProviderError as trouble:
        return _refused(visit, trouble.text, str(trouble))
    kept = {
        "state": pending.state,
        "nonce": pending.nonce,
        "verifier": pending.verifier,
        "next": ours(visit.asked("next")),
        "until": int(time.time()) + 60 * MINUTES,
    }
    sealed = visit.pages.key.sealed(PROVIDER, json.dumps(kept, separators=(",", ":")).encode().hex())
    visit.cookies.put(PROVIDER, sealed, seconds=60 * MINUTES)
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": str(there)})


async def back(visit: Visit) -> Answer:
    """Let whoever the provider sends back in, if their account is linked."""
    provider = _provider(visit)
    sealed = visit.pages.key.opened(PROVIDER, visit.cookies.get(PROVIDER))
    visit.cookies.drop(PROVIDER)
    kept: dict[str, Any] = json.loads(bytes.fromhex(sealed)) if sealed else {"until": 0}
    if time.time() > kept["until"]:
        return _refused(visit, STRANGE, "no sign-in had begun in this browser")
    pending = Pending(state=kept["state"], nonce=kept["nonce"], verifier=kept["verifier"])
    try:
        subject = await provider.finish(pending, visit.request.query, _back(visit))
    except ProviderError as trouble:
        return _refused(visit, trouble.text, str(trouble))
    account = await visit.pages.accounts.store.of_subject(subject)
    if account is None or account.disabled_at is not None:
        return _refused(visit, UNLINKED, "no account in use is linked", subject=subject.subject)
    return await let_in(visit, await visit.pages.gate.admit(account, visit.address), kept["next"])


def _provider(visit: Visit) -> Provider:
    if visit.pages.provider is None:
        raise Problem(HTTPStatus.NOT_FOUND, "")
    return visit.pages.provider


def _back(visit: Visit) -> URL:
    """Where the provider sends browsers to; it must be told the same address beforehand."""
    here = visit.pages.address or URL(f"{visit.request.scheme}://{visit.request.host}")
    return here.with_path(FROM_PROVIDER)


def _refused(visit: Visit, text: Text, reason: str, **values: str) -> Answer:
    audit.warning("a sign-in by the identity provider from %s was refused: %s", visit.address, reason)
    visit.flash(text, TROUBLE, **values)
    return Go(SIGN_IN)


TITLE = noted("Logowanie")

PAGES = (
    Page(path=BY_PROVIDER, title=TITLE, handler=go, roles=ANYBODY),
    Page(path=FROM_PROVIDER, title=TITLE, handler=back, roles=ANYBODY),
)
