"""Accounts, sessions and subjects, on either database."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from directory.model import PersonId
from records.account_views import Account, AccountId, Role, Session, Subject
from records.database import Database
from records.stores.accounts import AccountStore
from tests.records.made import NOON

ANNA = Account(
    id=AccountId("a1"),
    sign_in="anna",
    name="Anna Zmyślona",
    roles=frozenset({Role.CLERK, Role.PROTECTION}),
    created=NOON,
)
SUBJECT = Subject(issuer="https://id.example", subject="u-1")


def session(key: str, began: int = 0) -> Session:
    """A session of an hour that began so many minutes after noon."""
    at = NOON + timedelta(minutes=began)
    return Session(key=key, csrf=f"csrf-{key}", began=at, seen=at, ends=at + timedelta(hours=1))


async def test_an_account_comes_back_as_it_was_given_and_changed(database: Database) -> None:
    store = AccountStore(database)
    assert await store.add(ANNA, "hash")
    assert await store.named("anna") == (ANNA, "hash")
    await store.change(
        ANNA.id, roles=frozenset({Role.ADMINISTRATOR}), person=PersonId("p"), language="en", disabled_at=NOON
    )
    changed = replace(
        ANNA,
        roles=frozenset({Role.ADMINISTRATOR}),
        person=PersonId("p"),
        language="en",
        disabled_at=NOON,
    )
    assert await store.of_id(ANNA.id) == changed
    await store.change(ANNA.id, hash=None)
    assert await store.named("anna") == (replace(changed, has_password=False), None)
    assert await store.named("nobody") is None


async def test_of_many_who_want_one_name_at_once_one_gets_it(database: Database) -> None:
    store = AccountStore(database)
    wanted = [replace(ANNA, id=AccountId(f"a{number}")) for number in range(5)]
    got = await asyncio.gather(*(store.add(account, None) for account in wanted))
    assert sorted(got) == [False, False, False, False, True]
    (kept,) = await store.all()
    assert kept == replace(wanted[got.index(True)], has_password=False)


async def test_sessions_are_found_listed_and_ended_each_by_its_owner_only(database: Database) -> None:
    store = AccountStore(database)
    ola = replace(ANNA, id=AccountId("a2"), sign_in="ola")
    for account in (ANNA, ola):
        await store.add(account, "hash")
    for owner, key, began in ((ANNA, "k1", 0), (ANNA, "k2", 1), (ola, "k3", 2)):
        await store.begin(owner.id, session(key, began))
    assert await store.signed_in("k3") == (ola, session("k3", 2))
    assert [each.key for each in await store.sessions(ANNA.id)] == ["k2", "k1"]
    await store.seen("k1", NOON + timedelta(minutes=5))
    found = await store.signed_in("k1")
    assert found is not None
    assert found[1].seen == NOON + timedelta(minutes=5)
    await store.end(ANNA.id, "k3")
    assert await store.signed_in("k3") is not None
    await store.end(ANNA.id, "k1")
    assert [each.key for each in await store.sessions(ANNA.id)] == ["k2"]
    await store.begin(ola.id, session("k4", 61))
    assert await store.signed_in("k2") is None, "what is over is forgotten when somebody signs in"


async def test_a_subject_is_one_account_and_no_other(database: Database) -> None:
    store = AccountStore(database)
    ola = replace(ANNA, id=AccountId("a2"), sign_in="ola")
    for account in (ANNA, ola):
        await store.add(account, "hash")
    assert await store.of_subject(SUBJECT) is None
    await store.link(ANNA.id, SUBJECT)
    assert await store.of_subject(SUBJECT) == ANNA
    await store.link(ola.id, SUBJECT)
    assert await store.of_subject(SUBJECT) == ola
    assert await store.subjects(ANNA.id) == ()
    assert await store.subjects(ola.id) == (SUBJECT,)
    other, elsewhere = replace(SUBJECT, subject="right"), replace(SUBJECT, issuer="https://elsewhere")
    for subject in (elsewhere, other):
        await store.link(ola.id, subject)
    assert await store.of_subject(SUBJECT) is None, "who was linked by mistake stays out"
    assert set(await store.subjects(ola.id)) == {elsewhere, other}
    await store.end_all(ola.id)
    await store.unlink(ola.id)
    assert await store.subjects(ola.id) == ()
