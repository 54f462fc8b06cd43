"""Accounts, for the administrator: who may sign in, with which roles."""

from http import HTTPMethod, HTTPStatus

from api.accounts.accounts import AccountError, roles_named
from api.http.problems import Problem
from api.language import noted
from api.pages.addresses import ACCOUNTS
from api.pages.directory.fields import Way, labels
from api.pages.page import ADMINISTRATORS, Answer, Go, Page, Shown
from api.pages.visit import TROUBLE, Visit
from directory.model import PersonId
from records.account_views import Account, Role, Subject

DISABLED = noted("Konto %(name)s zostało wyłączone, jego sesje zakończone.")
ENABLED = noted("Konto %(name)s znów działa.")
SAVED = noted("Role konta %(name)s zostały zapisane.")
LINKED = noted("Konto %(name)s zostało połączone z dostawcą tożsamości.")
UNLINKED = noted("Konto %(name)s nie jest już połączone z dostawcą tożsamości.")
IS_PERSON = noted("Konto %(name)s należy do osoby: %(person)s.")
IS_NOBODY = noted("Konto %(name)s nie należy już do nikogo w katalogu.")
NO_PERSON = noted("Nie ma takiej osoby w katalogu: wybierz ją z podpowiedzi albo zostaw to pole puste.")


async def listed(visit: Visit) -> Answer:
    """Every account."""
    return Shown({"accounts": await visit.pages.accounts.store.all()})


async def new(visit: Visit) -> Answer:
    """The form for a new account."""
    return Shown({"sign_in": "", "name": "", "chosen": frozenset({Role.CLERK})})


async def add(visit: Visit) -> Answer:
    """Add an account, and show its first password, once."""
    sign_in, name, roles = visit.filled("sign_in"), visit.filled("name"), roles_named(visit.chosen("roles"))
    try:
        account, password = await visit.pages.accounts.add(
            sign_in=sign_in, name=name, roles=roles, by=visit.account.sign_in
        )
    except AccountError as fault:
        values = {"sign_in": sign_in, "name": name, "chosen": roles}
        return Shown(values, wrong={fault.field: visit.text(fault.text)})
    return _given(account, password)


async def one(visit: Visit) -> Answer:
    """One account, and what may be done with it."""
    return await _one(visit, await _named(visit))


async def change_roles(visit: Visit) -> Answer:
    """Give it other roles."""
    account, accounts = await _named(visit), visit.pages.accounts
    try:
        await accounts.set_roles(account, roles_named(visit.chosen("roles")), by=visit.account.sign_in)
    except AccountError as fault:
        return await _one(visit, account, {"roles": visit.text(fault.text)})
    visit.flash(SAVED, name=account.name)
    return Go(f"{ACCOUNTS}/{account.id}")


async def switch(visit: Visit) -> Answer:
    """Disable it, or let it work again."""
    account, accounts = await _named(visit), visit.pages.accounts
    try:
        match visit.filled("to"):
            case "enabled":
                await accounts.enable(account, by=visit.account.sign_in)
                visit.flash(ENABLED, name=account.name)
            case "disabled":
                await accounts.disable(account, by=visit.account.sign_in)
                visit.flash(DISABLED, name=account.name)
    except AccountError as fault:
        visit.flash(fault.text, TROUBLE)
    return Go(f"{ACCOUNTS}/{account.id}")


async def reset(visit: Visit) -> Answer:
    """Give it a new password, and show that, once."""
    account = await _named(visit)
    return _given(account, await visit.pages.accounts.reset_password(account, by=visit.account.sign_in))


async def link(visit: Visit) -> Answer:
    """Link it to who its owner is at the identity provider; an empty name ends that."""
    account, accounts, provider = await _named(visit), visit.pages.accounts, visit.pages.provider
    subject = visit.filled("subject")
    if provider is None:
        raise Problem(HTTPStatus.NOT_FOUND, "")
    if not subject:
        await accounts.unlink(account, by=visit.account.sign_in)
        visit.flash(UNLINKED, name=account.name)
    else:
        try:
            wanted = Subject(issuer=provider.issuer, subject=subject)
            await accounts.link(account, wanted, by=visit.account.sign_in)
        except AccountError as fault:
            return await _one(visit, account, {"subject": visit.text(fault.text)})
        visit.flash(LINKED, name=account.name)
    return Go(f"{ACCOUNTS}/{account.id}")


async def belong(visit: Visit) -> Answer:
    """Say whose it is in the directory: they enter their own absences; an empty name: nobody's."""
    account, accounts, typed = await _named(visit), visit.pages.accounts, visit.filled("person")
    people = labels(visit.parts.house.hall(), Way.PEOPLE)
    ids = {label: id for id, label in people.items()} | {id: id for id in people}
    if typed and typed not in ids:
        return await _one(visit, account, {"person": visit.text(NO_PERSON)}, typed=typed)
    person = PersonId(ids[typed]) if typed else None
    await accounts.set_person(account, person, by=visit.account.sign_in)
    if person is None:
        visit.flash(IS_NOBODY, name=account.name)
    else:
        visit.flash(IS_PERSON, name=account.name, person=people[person])
    return Go(f"{ACCOUNTS}/{account.id}")


async def _named(visit: Visit) -> Account:
    """The account of the path. Raises Problem."""
    try:
        return await visit.pages.accounts.of_id(visit.path["id"])
    except AccountError as fault:
        raise Problem(HTTPStatus.NOT_FOUND, fault.text) from None


async def _one(
    visit: Visit, account: Account, wrong: dict[str, str] | None = None, typed: str | None = None
) -> Shown:
    people = labels(visit.parts.house.hall(), Way.PEOPLE)
    its = people.get(account.person, account.person) if account.person else ""
    values = {
        "account": account,
        "people": people.values(),
        "person": its if typed is None else typed,
        "subjects": await visit.pages.accounts.store.subjects(account.id),
        "provider": visit.pages.provider,
    }
    return Shown(values, template="accounts/one.html", wrong=wrong or {})


def _given(account: Account, password: str) -> Shown:
    return Shown({"account": account, "password": password}, template="accounts/password.html")


ALL, NEW, ONE = noted("Konta"), noted("Nowe konto"), noted("Konto")
POST = HTTPMethod.POST

PAGES = (
    Page(
        path=ACCOUNTS,
        title=ALL,
        handler=listed,
        template="accounts/all.html",
        roles=ADMINISTRATORS,
        menu=True,
        about=noted("Kto może się zalogować i co mu wolno."),
    ),
    Page(
        path=f"{ACCOUNTS}/new",
        title=NEW,
        handler=new,
        template="accounts/new.html",
        roles=ADMINISTRATORS,
    ),
    Page(
        path=f"{ACCOUNTS}/new",
        title=NEW,
        handler=add,
        template="accounts/new.html",
        method=POST,
        roles=ADMINISTRATORS,
    ),
    Page(path=f"{ACCOUNTS}/{{id}}", title=ONE, handler=one, roles=ADMINISTRATORS),
    *(
        Page(
            path=f"{ACCOUNTS}/{{id}}/{what}",
            title=ONE,
            handler=handler,
            method=POST,
            roles=ADMINISTRATORS,
        )
        for what, handler in {
            "roles": change_roles,
            "state": switch,
            "password": reset,
            "identity": link,
            "person": belong,
        }.items()
    ),
)
