"""Signing in with a password, and signing out."""

from http import HTTPMethod, HTTPStatus

from api.accounts.signing_in import Entered, Refused, Wait
from api.language import noted
from api.pages.addresses import PASSWORD, SIGN_IN, SIGN_OUT, ours
from api.pages.cookies import DEVICE, SESSION, VISITOR, YEAR
from api.pages.page import ANYBODY, Answer, Go, Page, Shown
from api.pages.visit import Visit

REFUSED = noted("Nazwa logowania i hasło nie pasują do siebie, albo konto jest wyłączone.")
BYE = noted("Wylogowano.")


async def form(visit: Visit) -> Answer:
    """The form; who is signed in already goes on."""
    if visit.signed_in is not None:
        return Go(ours(visit.asked("next")))
    return Shown({"next": ours(visit.asked("next")), "sign_in": "", "wait": 0})


async def sign_in(visit: Visit) -> Answer:
    """Try a name and a password."""
    wished, name = ours(visit.filled("next")), visit.filled("sign_in")
    result = await visit.pages.gate.enter(
        sign_in=name,
        password=visit.secret("password"),
        address=visit.address,
        device=visit.cookies.get(DEVICE),
    )
    values = {"next": wished, "sign_in": name, "wait": 0}
    match result:
        case Wait(seconds=seconds):
            again = {"Retry-After": str(seconds)}
            return Shown({**values, "wait": seconds}, status=HTTPStatus.TOO_MANY_REQUESTS, headers=again)
        case Refused():
            return Shown(values, wrong={"sign_in": visit.text(REFUSED)})
        case Entered():
            return await let_in(visit, result, wished)


async def let_in(visit: Visit, entered: Entered, wished: str) -> Answer:
    """Give the browser its session; one that it brought along is over."""
    if old := visit.cookies.get(SESSION):
        await visit.pages.sessions.end(old)
    visit.cookies.put(SESSION, entered.token)
    visit.cookies.put(DEVICE, entered.device, seconds=YEAR)
    visit.cookies.drop(VISITOR)
    return Go(PASSWORD if entered.account.must_change_password else wished)


async def sign_out(visit: Visit) -> Answer:
    """End this session."""
    await visit.pages.sessions.end(visit.cookies.get(SESSION))
    visit.cookies.drop(SESSION)
    visit.flash(BYE)
    return Go(SIGN_IN)


TITLE = noted("Logowanie")

PAGES = (
    Page(path=SIGN_IN, title=TITLE, handler=form, template="sign_in.html", roles=ANYBODY),
    Page(
        path=SIGN_IN,
        title=TITLE,
        handler=sign_in,
        template="sign_in.html",
        method=HTTPMethod.POST,
        roles=ANYBODY,
        at_most=8 * 1024,
    ),
    Page(path=SIGN_OUT, title=TITLE, handler=sign_out, method=HTTPMethod.POST),
)
