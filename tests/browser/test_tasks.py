"""Whole tasks in the browser: by keyboard alone, and without scripts."""

import re

from playwright.sync_api import expect

from records.account_views import Role
from tests.browser.application import Application
from tests.browser.conftest import OpenWindow

PASSWORD = "trzy kaczki i rower 71"


def account(application: Application, sign_in: str, role: Role) -> str:
    """Add an account, and return its first password."""
    added = application.accounts.add(sign_in=sign_in, name=sign_in.title(), roles=[role], by="test")
    return application.do(added)[1]


def test_sign_in_add_an_account_and_sign_out_by_keyboard_alone(
    application: Application, window: OpenWindow
) -> None:
    first = account(application, "klawisz", Role.ADMINISTRATOR)
    me = window()
    me.open("/accounts")

    me.tab_to("Nazwa logowania")
    me.type("klawisz")
    me.press("Tab")
    me.type("not the password")
    me.press("Enter")
    expect(me.page.get_by_role("alert")).to_contain_text("nie pasują do siebie")
    expect(me.page.get_by_role("alert")).to_be_focused()
    assert "Popraw formularz" in me.focused()
    me.tab_to("Hasło")
    me.type(first)
    me.enter("Zmiana hasła")
    me.tab_to("Dotychczasowe hasło")
    me.type(first)
    for _ in range(2):
        me.press("Tab")
        me.type(PASSWORD)
    me.press("Enter")
    expect(me.page.get_by_role("status")).to_contain_text("Hasło zostało zmienione")

    me.press("Tab")
    assert me.focused() == "Przejdź do treści"
    me.press("Enter")
    assert me.page.evaluate("document.activeElement.id") == "content"
    me.tab_to("Konta")
    me.enter("Konta")
    me.tab_to("Dodaj konto")
    me.enter("Nowe konto")
    me.tab_to("Imię i nazwisko")
    me.type("Róża Powojnik")
    me.press("Tab")
    me.type("r.powojnik")
    me.tab_to("przełożony")
    me.press("Space")
    me.enter("Hasło do przekazania")
    expect(me.page.locator(".secret")).to_have_text(re.compile(r"^[a-z-]{27}$"))

    me.tab_to("Wyloguj")
    me.press("Enter")
    expect(me.page.get_by_role("status")).to_have_text("Wylogowano.")
    me.open("/accounts")
    expect(me.page.get_by_role("heading", level=1)).to_have_text("Logowanie")


def test_everything_works_without_scripts(application: Application, window: OpenWindow) -> None:
    me = window(Role.ADMINISTRATOR, scripts=False)
    me.open("/accounts/new")
    me.page.get_by_label("Imię i nazwisko").fill("Jaśmin Bezskryptowy")
    me.page.get_by_label("Nazwa logowania").fill("jasmin")
    me.page.get_by_role("button", name="Dodaj konto").click()
    expect(me.page.get_by_role("heading", level=1)).to_have_text("Hasło do przekazania")
    me.page.get_by_role("link", name="Przejdź do kont").click()
    me.page.get_by_role("link", name="Jaśmin Bezskryptowy").click()
    me.page.get_by_label("przełożony").check()
    me.page.get_by_role("button", name="Zapisz role").click()
    expect(me.page.get_by_role("status")).to_contain_text("Role konta Jaśmin Bezskryptowy")
    me.page.get_by_role("button", name="English").click()
    expect(me.page.get_by_role("heading", name="Access")).to_be_visible()
    me.page.get_by_role("button", name="Polski").click()
    me.page.get_by_role("button", name="ciemne").click()
    assert me.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"


def test_colours_follow_the_system_until_somebody_chooses(window: OpenWindow) -> None:
    me = window()
    me.open("/sign-in")
    shown = "getComputedStyle(document.body).backgroundColor"
    me.page.get_by_role("button", name="jak w systemie").click()
    me.page.emulate_media(color_scheme="dark")
    dark = me.page.evaluate(shown)
    me.page.emulate_media(color_scheme="light")
    light = me.page.evaluate(shown)
    assert (dark, light) == ("rgb(20, 23, 28)", "rgb(251, 250, 247)")
    me.page.emulate_media(media="print")
    expect(me.page.get_by_role("button", name="English")).to_be_hidden()


def test_pictures_of_the_frame(window: OpenWindow) -> None:
    me = window()
    me.open("/sign-in")
    me.picture("sign-in", height=640)
    adam = window(Role.ADMINISTRATOR)
    adam.open("/home")
    adam.picture("home", height=640)
