"""My account: who I am here, my password, and where I am signed in."""

from http import HTTPMethod

from api.accounts.accounts import AccountError
from api.language import noted
from api.pages.addresses import ACCOUNT, HOME, PASSWORD, SESSIONS
from api.pages.cookies import SESSION
from api.pages.page import Answer, Go, Page, Shown
from api.pages.visit import Visit

CHANGED = noted("Hasło zostało zmienione. Inne sesje zostały zakończone.")
DIFFER = noted("Oba wpisy nowego hasła muszą być jednakowe.")
ENDED = noted("Sesja została zakończona.")


async def mine(visit: Visit) -> Answer:
    """Who I am here, and where I am signed in."""
    return Shown({"sessions": await visit.pages.sessions.open_of(visit.account)})


async def password_form(visit: Visit) -> Answer:
    """The form for a new password."""
    return Shown()


async def change_password(visit: Visit) -> Answer:
    """Take the new password; every session ends, and this browser gets a new one."""
    assert visit.signed_in is not None
    new, was = visit.secret("new"), visit.account
    if new != visit.secret("again"):
        return Shown(wrong={"again": visit.text(DIFFER)})
    try:
        await visit.pages.gate.change_password(was, old=visit.secret("old"), new=new)
    except AccountError as fault:
        return Shown(wrong={fault.field or "old": visit.text(fault.text)})
    visit.cookies.put(SESSION, await visit.pages.sessions.begin(was))
    visit.flash(CHANGED)
    return Go(HOME if was.must_change_password else ACCOUNT)


async def end_session(visit: Visit) -> Answer:
    """End one of my sessions."""
    await visit.pages.accounts.store.end(visit.account.id, visit.filled("session"))
    visit.flash(ENDED)
    return Go(ACCOUNT)


MINE, CHANGE = noted("Moje konto"), noted("Zmiana hasła")

PAGES = (
    Page(path=ACCOUNT, title=MINE, handler=mine, template="account.html"),
    Page(path=PASSWORD, title=CHANGE, handler=password_form, template="password.html"),
    Page(
        path=PASSWORD,
        title=CHANGE,
        handler=change_password,
        template="password.html",
        method=HTTPMethod.POST,
    ),
    Page(path=SESSIONS, title=MINE, handler=end_session, method=HTTPMethod.POST),
)
