"""The sign-in as an intruder meets it: every test is an attack that must not work."""

import re
from urllib.parse import quote

import pytest
from aiohttp import FormData

from api.accounts.accounts import Accounts
from api.accounts.passwords import Cost, Passwords
from api.accounts.signing_in import Gate, Refused
from api.pages.cookies import SESSION
from api.pages.table import PAGES
from records.account_views import Role
from tests.api.conftest import Served
from tests.api.office import HTML, PASSWORD, Browser, made_account

EVIL = "https://evil.example"
CHANGING = sorted({page.path for page in PAGES if page.method.value == "POST"})


@pytest.fixture
async def office(served: Served) -> Served:
    """A clerk called Anna, and an administrator called Adam."""
    accounts = served.desk.parts.pages.accounts
    await made_account(accounts, "anna", Role.CLERK)
    await made_account(accounts, "adam", Role.ADMINISTRATOR)
    return served


async def test_a_session_that_somebody_prepared_is_not_taken_over(office: Served) -> None:
    """Session fixation: the victim signs in with the intruder's cookie, and must get another."""
    intruder, victim = Browser(office), Browser(office)
    await intruder.sign_in("anna")
    prepared = intruder.cookies[SESSION]
    victim.cookies[SESSION] = prepared
    await victim.post("/sign-out")
    victim.cookies[SESSION] = "chosen-by-the-intruder"
    await victim.sign_in("adam")
    assert victim.cookies[SESSION] not in {prepared, "chosen-by-the-intruder"}
    for known in (prepared, "chosen-by-the-intruder"):
        page = await Browser(office, cookies={SESSION: known}).get("/account")
        assert "Adam" not in page.text


async def test_a_cookie_given_twice_is_believed_in_neither_value(office: Served) -> None:
    """A cookie from another path: the browser sends it beside ours, perhaps before it."""
    victim, intruder = Browser(office), Browser(office)
    await victim.sign_in("adam")
    await intruder.sign_in("anna")
    mine, theirs = victim.cookies[SESSION], intruder.cookies[SESSION]
    for pair in ((mine, theirs), (theirs, mine)):
        header = "; ".join(f"{SESSION}={value}" for value in pair)
        async with office.client.get(
            "/account", headers={**HTML, "Cookie": header}, allow_redirects=False
        ) as answer:
            assert answer.status == 303


FOREIGN: tuple[dict[str, str], ...] = (
    {},
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://127.0.0.1.evil.example"},
    {"Origin": "not an origin"},
    {"Origin": "HERE", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "HERE", "Sec-Fetch-Site": "same-site"},
)


async def test_forms_of_other_sites_change_nothing(office: Served) -> None:
    """Also with the right token: each of the two walls stands alone."""
    browser = Browser(office)
    await browser.sign_in("adam")
    for path in CHANGING:
        for headers in FOREIGN:
            here = {name: value.replace("HERE", browser.origin) for name, value in headers.items()}
            form = {"csrf": browser.token, "next": "/home", "language": "en"}
            asked = office.client.post(filled(path), headers={**browser.headers(), **here}, data=form)
            async with asked as answer:
                assert answer.status == 403, (path, headers)
                assert "nic nie zostało zmienione" in (await answer.text())


async def test_forms_without_our_token_change_nothing(office: Served) -> None:
    browser = Browser(office)
    await browser.sign_in("adam")
    for path in CHANGING:
        for token in ("", "x", "ąę", "0" * 64):
            refused = await browser.post(filled(path), _token=token)
            assert refused.status == 403, (path, token)
            assert "Nic nie zostało zmienione" in refused.text


def filled(pattern: str) -> str:
    """A path of this pattern."""
    return re.sub(r"{\w+}", "x", pattern)


async def test_the_token_of_another_session_or_visitor_is_none(office: Served) -> None:
    anna, adam, stranger = Browser(office), Browser(office), Browser(office)
    await anna.sign_in("anna")
    await adam.sign_in("adam")
    await stranger.get("/sign-in")
    for token in (anna.token, stranger.token):
        assert (await adam.post("/sign-out", _token=token)).status == 403
    other = Browser(office)
    await other.get("/sign-in")
    answered = await other.post("/sign-in", _token=stranger.token, sign_in="adam", password=PASSWORD)
    assert answered.status == 403


async def test_nobody_is_signed_in_from_elsewhere_as_the_intruder(office: Served) -> None:
    """Login CSRF: a form of another site with the intruder's own name and password."""
    victim = Browser(office)
    async with office.client.post(
        "/sign-in", headers={**HTML, "Origin": EVIL}, data={"sign_in": "anna", "password": PASSWORD}
    ) as answer:
        assert answer.status == 403
        assert SESSION not in "".join(answer.headers.getall("Set-Cookie", []))
    refused = await victim.post("/sign-in", _token="", sign_in="anna", password=PASSWORD)
    assert refused.status == 403


async def test_signing_in_leads_nowhere_else(office: Served) -> None:
    """Open redirects; tests/unit/pages/test_addresses.py knows more of them."""
    for wished in (f"//{EVIL[8:]}", EVIL, "/\\evil.example", "/\r\nSet-Cookie: a=b", "/\t/evil.example"):
        browser = Browser(office)
        asked = f"/sign-in?next={quote(wished, safe='')}"
        await browser.get(asked)
        answer = await browser.post("/sign-in", sign_in="anna", password=PASSWORD, next=wished)
        assert (answer.status, answer.to) == (303, "/home")
        assert (await browser.get(asked)).to == "/home"
        await browser.get("/account")
        assert (await browser.post("/preferences", language="pl", next=wished)).to == "/home"


async def test_a_wrong_name_and_a_wrong_password_are_one_answer(office: Served) -> None:
    """User enumeration: the same page, but for what was typed and the form's token."""
    answers = []
    await office.desk.parts.pages.accounts.disable(
        await office.desk.parts.pages.accounts.named("anna"), by="test"
    )
    for name, password in (("adam", "wrong"), ("nobody", "wrong"), ("anna", PASSWORD), ("x" * 500, "wrong")):
        page = await Browser(office).sign_in(name, password)
        plain = re.sub(r'name="csrf" value="\w+"|X-CSRF":"\w+', "", page.text).replace(name, "NAME")
        answers.append((page.status, plain))
    assert len(set(answers)) == 1


async def test_delays_do_not_tell_which_names_exist(office: Served) -> None:
    statuses = {}
    for name in ("adam", "nobody"):
        browser = Browser(office, sent={"X-Forwarded-For": f"192.0.2.{len(name)}"})
        statuses[name] = [(await browser.sign_in(name, "wrong")).status for _ in range(7)]
    assert statuses["adam"] == statuses["nobody"] == [422] * 6 + [429]


async def test_an_address_is_not_what_somebody_says_it_is(
    office: Served, caplog: pytest.LogCaptureFixture
) -> None:
    """X-Forwarded-For is believed from the proxy of the settings only, and there is none."""
    caplog.set_level("INFO", logger="api.audit")
    await Browser(office, sent={"X-Forwarded-For": "192.0.2.1"}).sign_in("anna")
    assert [r.getMessage() for r in caplog.records if r.name == "api.audit"] == [
        "anna signed in from 127.0.0.1"
    ]


async def test_what_is_typed_comes_back_harmless(office: Served) -> None:
    for bad in ("adam\r\nSet-Cookie: halo_session=x", "adam\x00", "<script>alert(1)</script>", "{{7*7}}"):
        page = await Browser(office).sign_in(bad, "wrong")
        assert page.status == 422
        assert "Set-Cookie: halo" not in str(page.headers)
        assert "<script>alert" not in page.text
        assert 'value="49"' not in page.text


async def test_huge_forms_are_stopped_early(office: Served) -> None:
    browser = Browser(office)
    await browser.get("/sign-in")
    for path in ("/sign-in", "/preferences"):
        assert (await browser.post(path, sign_in="adam", password="x" * 100_000)).status == 413


async def test_a_file_that_nobody_asked_for_is_no_password(office: Served) -> None:
    browser = Browser(office)
    await browser.get("/sign-in")
    form = FormData({"csrf": browser.token, "sign_in": "adam"})
    form.add_field("password", PASSWORD.encode(), filename="password.txt")
    sent = {**browser.headers(), "Origin": browser.origin}
    async with office.client.post("/sign-in", headers=sent, data=form) as answer:
        assert answer.status == 422


async def test_a_form_is_a_form(office: Served) -> None:
    browser = Browser(office)
    await browser.get("/sign-in")
    sent = {**browser.headers(), "Origin": browser.origin}
    async with office.client.post("/sign-in", headers=sent, json={"sign_in": "adam"}) as answer:
        assert answer.status == 415
    for charset in ("utf-7", "bogus"):
        typed = {**sent, "Content-Type": f"application/x-www-form-urlencoded; charset={charset}"}
        form = f"csrf={browser.token}&sign_in=adam&password=+2AA-".encode()
        async with office.client.post("/sign-in", headers=typed, data=form) as answer:
            assert answer.status == 415
    half = {**sent, "Content-Type": "multipart/form-data; boundary=x"}
    for charset in ("utf-7", "bogus"):
        part = f'--x\r\nContent-Disposition: form-data; name="password"\r\nContent-Type: text/plain; charset={charset}'
        async with office.client.post(
            "/sign-in", headers=half, data=f"{part}\r\n\r\n+2AA-\r\n--x--\r\n".encode()
        ) as answer:
            assert answer.status == 400
    broken = {**sent, "Content-Type": "multipart/form-data; boundary=x"}
    async with office.client.post("/sign-in", headers=broken, data=b"--y\r\nnonsense") as answer:
        assert answer.status in {400, 403}
        assert answer.content_type == "text/html"


async def test_a_made_up_cookie_opens_nothing(office: Served) -> None:
    for value in ("", "x", "x" * 2000, "' OR 1=1 --", "ą", "0" * 64, "%00", "0" * 64 + ".W10="):
        cookies = "; ".join(
            f"{name}={value}" for name in (SESSION, "halo_flash", "halo_provider", "halo_device")
        )
        headers = {**HTML, "Cookie": cookies}
        async with office.client.get("/account", headers=headers, allow_redirects=False) as answer:
            assert answer.status == 303
        async with office.client.get("/sign-in", headers=headers) as answer:
            assert answer.status == 200


async def test_the_record_of_sessions_does_not_let_its_reader_in(office: Served) -> None:
    browser = Browser(office)
    await browser.sign_in("adam")
    store = office.desk.parts.pages.accounts.store
    found = await store.named("adam")
    assert found is not None
    (session,) = await store.sessions(found[0].id)
    assert browser.cookies[SESSION] not in repr(session)
    assert (await Browser(office, cookies={SESSION: session.key}).get("/account")).status == 303


async def test_a_reset_password_lets_nobody_in_who_was_just_typing_it(office: Served) -> None:
    """Whoever knows the old password keeps trying it: one of the tries is being looked at while it is reset."""
    pages = office.desk.parts.pages
    anna = await pages.accounts.named("anna")

    class ResetMeanwhile(Passwords):
        async def right(self, hash_: str | None, password: str) -> bool:
            right = await pages.accounts.passwords.right(hash_, password)
            await pages.accounts.reset_password(anna, by="adam")
            return right

    for outdated in (False, True):
        await pages.accounts.store.change(anna.id, hash=await pages.accounts.passwords.hashed(PASSWORD))
        meanwhile = ResetMeanwhile(Cost(passes=1, kibibytes=64, lanes=1 + outdated))
        gate = Gate(Accounts(pages.accounts.store, meanwhile), pages.sessions, pages.key)
        assert isinstance(await gate.enter(sign_in="anna", password=PASSWORD, address=""), Refused)
        assert await pages.sessions.open_of(anna) == ()
        assert (await Browser(office).sign_in("anna")).status == 422


async def test_cookies_are_out_of_reach_and_pages_are_not_kept(office: Served) -> None:
    browser = Browser(office)
    await browser.get("/sign-in")
    sent = {**browser.headers(), "Origin": browser.origin}
    form = {"csrf": browser.token, "sign_in": "anna", "password": PASSWORD}
    async with office.client.post("/sign-in", headers=sent, data=form, allow_redirects=False) as answer:
        for header in answer.headers.getall("Set-Cookie"):
            assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in header.split(";")}
        assert answer.headers["Cache-Control"] == "no-store"
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy


async def test_no_page_has_a_script_or_a_style_of_its_own(office: Served) -> None:
    browser = Browser(office)
    await browser.sign_in("adam")
    for path in (
        "/sign-in",
        "/home",
        "/account",
        "/account/password",
        "/accounts",
        "/accounts/new",
        "/nothing",
    ):
        text = (await browser.get(path)).text
        assert not re.search(r"<style|<script(?! src=)|\son\w+=|\sstyle=|javascript:", text)


async def test_weeks_at_the_ends_of_the_calendar_are_this_week(office: Served) -> None:
    browser = Browser(office)
    await browser.sign_in("anna")
    shown = [
        re.findall(r"Tydzień [^<]+", (await browser.get(f"/absences{week}")).text)
        for week in ("", "?week=0001-01-01", "?week=9999-12-31")
    ]
    assert shown[0]
    assert shown[0] == shown[1] == shown[2]
