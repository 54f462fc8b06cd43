"""Signing in and out: sessions, the first password, one's own account, and what an administrator does with accounts."""

import re
from datetime import timedelta

import pytest

from api.accounts.attempts import OF_NAME
from records.account_views import Role
from tests.api.conftest import Served
from tests.api.office import PASSWORD, Browser, made_account

NEW = "zielona lampa i siedem gór"


@pytest.fixture
async def office(served: Served) -> Served:
    """A clerk called Anna, and an administrator called Adam."""
    accounts = served.desk.parts.pages.accounts
    await made_account(accounts, "anna", Role.CLERK)
    await made_account(accounts, "adam", Role.ADMINISTRATOR)
    return served


async def test_a_wrong_password_is_answered_with_a_form_that_says_so(office: Served) -> None:
    browser = Browser(office)
    refused = await browser.sign_in("anna", "something else")
    assert refused.status == 422
    assert "nie pasują do siebie" in refused.text
    assert "halo_session" not in browser.cookies
    assert 'value="anna"' in refused.text
    assert "something else" not in refused.text


async def test_the_name_is_taken_however_it_is_written(office: Served) -> None:
    assert (await Browser(office).sign_in("  ANNA ")).status == 303


async def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(office: Served) -> None:
    browser = Browser(office)
    await browser.sign_in("anna")
    copy = Browser(office, cookies=dict(browser.cookies))
    assert (await copy.get("/account")).status == 200
    gone = await browser.post("/sign-out")
    assert gone.to == "/sign-in"
    assert "Wylogowano." in (await browser.get("/sign-in")).text
    assert (await copy.get("/account")).status == 303


async def test_the_first_password_must_be_changed_before_anything_else(office: Served) -> None:
    accounts = office.desk.parts.pages.accounts
    _, first = await accounts.add(sign_in="ola", name="Ola Nowa", roles=[Role.CLERK], by="test")
    browser = Browser(office)
    assert (await browser.sign_in("ola", first)).to == "/account/password"
    assert (await browser.get("/home")).to == "/account/password"
    form = await browser.get("/account/password")
    assert "To hasło zna ktoś jeszcze" in form.text
    differ = await browser.post("/account/password", old=first, new=NEW, again=NEW + "!")
    assert "muszą być jednakowe" in differ.text
    common = await browser.post("/account/password", old=first, new="password1234", again="password1234")
    assert "łatwo odgadnąć" in common.text
    wrong = await browser.post("/account/password", old="x", new=NEW, again=NEW)
    assert "Dotychczasowe hasło jest inne" in wrong.text
    done = await browser.post("/account/password", old=first, new=NEW, again=NEW)
    assert (done.status, done.to) == (303, "/home")
    assert "Hasło zostało zmienione" in (await browser.get("/home")).text


async def test_a_new_password_ends_all_other_sessions_and_changes_the_cookie(office: Served) -> None:
    here, elsewhere = Browser(office), Browser(office)
    await here.sign_in("anna")
    await elsewhere.sign_in("anna")
    before = here.cookies["halo_session"]
    await here.get("/account/password")
    await here.post("/account/password", old=PASSWORD, new=NEW, again=NEW)
    assert here.cookies["halo_session"] != before
    assert (await here.get("/account")).status == 200
    assert (await elsewhere.get("/account")).status == 303


async def test_sessions_are_listed_and_can_be_ended(office: Served) -> None:
    here, elsewhere = Browser(office), Browser(office)
    await elsewhere.sign_in("anna")
    await here.sign_in("anna")
    listed = await here.get("/account")
    (other,) = re.findall(r'name="session" value="(\w+)"', listed.text)
    assert (await here.post("/account/sessions", session=other)).to == "/account"
    assert (await elsewhere.get("/account")).status == 303
    assert (await here.get("/account")).status == 200


async def test_nobody_ends_the_session_of_somebody_else(office: Served) -> None:
    anna, adam = Browser(office), Browser(office)
    await anna.sign_in("anna")
    await adam.sign_in("adam")
    store = office.desk.parts.pages.accounts.store
    found = await store.named("anna")
    assert found is not None
    (session,) = await store.sessions(found[0].id)
    await adam.post("/account/sessions", session=session.key)
    assert (await anna.get("/account")).status == 200


@pytest.mark.parametrize("after", [timedelta(hours=2), timedelta(hours=12)], ids=["idle", "end of the day"])
async def test_a_session_ends_by_itself(office: Served, after: timedelta) -> None:
    """Used every hour, it lasts through the day and no longer; unused, two hours."""
    browser, sessions = Browser(office), office.desk.parts.pages.sessions
    await browser.sign_in("anna")
    began = sessions.now()
    moments = [after] if after.seconds == 7200 else [timedelta(hours=hour) for hour in range(1, 13)]
    for moment in moments:
        sessions.now = lambda moment=moment: began + moment  # type: ignore[misc]
        answered = await browser.get("/account")
        assert (answered.status == 303) == (moment == after)


async def test_a_disabled_account_is_out_at_once_and_cannot_come_back(office: Served) -> None:
    anna, adam = Browser(office), Browser(office)
    await anna.sign_in("anna")
    await adam.sign_in("adam")
    account = (await office.desk.parts.pages.accounts.named("anna")).id
    await adam.post(f"/accounts/{account}/state", to="disabled")
    assert "zostało wyłączone" in (await adam.get(f"/accounts/{account}")).text
    assert (await anna.get("/account")).status == 303
    assert (await anna.sign_in("anna")).status == 422
    await adam.post(f"/accounts/{account}/state", to="enabled")
    assert (await anna.sign_in("anna")).status == 303


async def test_the_last_administrator_stays(office: Served) -> None:
    adam = Browser(office)
    await adam.sign_in("adam")
    account = (await office.desk.parts.pages.accounts.named("adam")).id
    await adam.post(f"/accounts/{account}/state", to="disabled")
    assert "ostatni czynny administrator" in (await adam.get(f"/accounts/{account}")).text
    lowered = await adam.post(f"/accounts/{account}/roles", roles=["clerk"])
    assert (lowered.status, "ostatni czynny administrator" in lowered.text) == (422, True)
    assert (await adam.get("/accounts")).status == 200


async def test_an_administrator_adds_an_account_and_hands_its_password_over(office: Served) -> None:
    adam = Browser(office)
    await adam.sign_in("adam")
    await adam.get("/accounts/new")
    wrong = await adam.post("/accounts/new", name="Nowa Osoba", sign_in="no spaces", roles=["clerk"])
    assert (wrong.status, "bez odstępów" in wrong.text, 'value="Nowa Osoba"' in wrong.text) == (
        422,
        True,
        True,
    )
    taken = await adam.post("/accounts/new", name="Nowa Osoba", sign_in="Anna", roles=["clerk"])
    assert "już istnieje" in taken.text
    none = await adam.post("/accounts/new", name="Nowa Osoba", sign_in="nowa", roles=["emperor"])
    assert "co najmniej jedną rolę" in none.text
    added = await adam.post(
        "/accounts/new", name="Nowa <b>Osoba", sign_in="nowa", roles=["clerk", "supervisor"]
    )
    assert "Nowa &lt;b&gt;Osoba" in added.text
    found = re.search(r'class="secret">([a-z-]+)<', added.text)
    assert found is not None
    assert (await Browser(office).sign_in("nowa", found[1])).to == "/account/password"
    account = (await office.desk.parts.pages.accounts.named("nowa")).id
    again = await adam.post(f"/accounts/{account}/password")
    reset = re.search(r'class="secret">([a-z-]+)<', again.text)
    assert reset is not None
    assert (await Browser(office).sign_in("nowa", found[1])).status == 422
    assert (await Browser(office).sign_in("nowa", reset[1])).status == 303


async def test_language_and_colours_are_kept_with_the_account_and_the_browser(office: Served) -> None:
    browser = Browser(office)
    await browser.get("/sign-in")
    chosen = await browser.post("/preferences", language="en", theme="dark", next="/sign-in")
    assert chosen.to == "/sign-in"
    shown = (await browser.get("/sign-in")).text
    assert '<html lang="en" data-theme="dark">' in shown
    await browser.sign_in("anna")
    await browser.post("/preferences", language="en", next="/account")
    assert '<html lang="en"' in (await browser.get("/account")).text
    other = Browser(office)
    await other.sign_in("anna")
    assert '<html lang="en"' in (await other.get("/account")).text


async def test_too_many_attempts_wait_and_a_known_device_does_not(office: Served) -> None:
    known, attacker = Browser(office), Browser(office)
    await known.sign_in("anna")
    await known.post("/sign-out")
    for _ in range(OF_NAME.free + 1):
        await attacker.sign_in("anna", "guess")
    delayed = await attacker.sign_in("anna")
    assert delayed.status == 429
    assert 1 <= int(delayed.headers["Retry-After"]) <= 2
    assert "Zbyt wiele prób" in delayed.text
    assert (await known.sign_in("anna")).status == 303


async def test_attempts_are_counted_and_told_in_the_log(
    office: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="api.audit")
    browser = Browser(office)
    await browser.sign_in("anna", "secret-typed-wrong")
    await browser.sign_in("a-password-typed-as-name", "x")
    await browser.sign_in("anna")
    lines = [record.getMessage() for record in caplog.records if record.name == "api.audit"]
    assert lines == [
        "a sign-in as anna from 127.0.0.1 was refused",
        "a sign-in as somebody unknown from 127.0.0.1 was refused",
        "anna signed in from 127.0.0.1",
    ]
    shown = office.desk.parts.metrics.exposition().decode()
    assert 'halo_sign_ins_total{result="wrong"} 2.0' in shown
    assert 'halo_sign_ins_total{result="ok"} 1.0' in shown
