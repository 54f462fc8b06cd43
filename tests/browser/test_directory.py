"""Whole tasks with the directory in a real browser, by keyboard alone; and without scripts."""

import re
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from directory.absence import Absence, AbsenceId, Reason
from directory.hygiene import Doubt
from directory.model import PersonId, UnitId
from records.account_views import AccountId, Role
from records.database import open_database
from records.stores.absences import AbsenceStore
from records.stores.hygiene import HygieneStore
from tests.browser.application import TUESDAY_TEN, Application
from tests.browser.conftest import OpenWindow
from tests.browser.window import LOOKS, Window

CLERK = PersonId("ewa-zmyslona")
NAME = "Ewa Zmyślona"


def accessible(me: Window, window: OpenWindow, role: Role) -> bool:
    """Whether the page that is open has no violation, also in the other language, colours and width."""
    other = window(role, LOOKS[1])
    other.page.goto(me.page.url)
    return not (me.axe() + other.axe() + ["scrolls sideways"] * other.scrolls_sideways())


def test_find_a_matter_and_see_who_is_competent_by_keyboard_alone(window: OpenWindow) -> None:
    me = window(Role.CLERK)
    me.open("/home")
    me.tab_to("Katalog")
    me.enter("Katalog urzędu")
    me.press("Control+k")
    assert me.focused() == "Czego szukasz?"
    me.type("nowe tablice bo ukradli")
    first = me.page.locator("#found a").first
    expect(first).to_contain_text("DRK XII")
    expect(me.page.get_by_role("status")).to_contain_text("Znaleziono")
    assert me.page.locator("#found mark").count() > 0
    me.press("ArrowDown", "ArrowDown", "ArrowUp")
    assert "DRK XII" in me.focused()
    me.press("Escape")
    assert me.focused() == "Czego szukasz?"
    me.press("ArrowDown", "Enter")
    expect(me.page.locator("#candidates .why").first).to_contain_text("Referat Komunikacji")
    expect(me.page.get_by_role("heading", level=1)).to_contain_text("DRK XII")
    expect(me.page.locator("#candidates .extension").first).to_have_text(re.compile(r"^wew\. \d+$"))
    me.page.go_back()
    expect(me.page.locator("#found a").first).to_contain_text("DRK XII")


def test_what_the_hall_does_not_settle_is_said(window: OpenWindow) -> None:
    me = window(Role.CLERK)
    me.open("/directory")
    me.page.get_by_label("Czego szukasz?").fill("bilety do kina")
    expect(me.page.get_by_role("status")).not_to_be_empty()
    expect(me.page.locator("#found a")).to_have_count(0)


def test_enter_an_absence_for_oneself_by_keyboard_alone(application: Application, window: OpenWindow) -> None:
    me, supervisor = window(Role.CLERK), window(Role.SUPERVISOR)
    application.do(application.accounts.store.change(AccountId("browser-clerk"), person=CLERK))
    supervisor.open("/absences")
    expect(supervisor.page.get_by_text("Wszyscy są na miejscu.", exact=True)).to_be_visible()
    me.open("/absences")
    me.tab_to("Wpisz swoją nieobecność")
    me.enter(f"Nieobecność: {NAME}")
    ends_at = me.page.get_by_label("Godzina (puste: cały dzień)").nth(1)
    while not ends_at.evaluate("it => it === document.activeElement"):
        me.press("Tab")
    me.type("1400")
    me.tab_to("Powód")
    me.type("szk")
    me.press("Enter")
    me.tab_to("Zapisz")
    me.enter(NAME)
    expect(me.page.locator(".flash")).to_contain_text(f"{NAME} wraca 14:00")
    expect(me.page.get_by_text("szkolenie")).to_be_visible()
    # Who looks at the week sees it without asking.
    expect(supervisor.page.locator("#fresh .people").get_by_text("wraca 14:00")).to_be_visible()
    me.tab_to("Zmień lub odwołaj")
    me.enter(f"Nieobecność: {NAME}")
    assert accessible(me, window, Role.SUPERVISOR)
    me.tab_to("Odwołaj nieobecność")
    me.enter(NAME)
    expect(supervisor.page.get_by_text("Wszyscy są na miejscu.", exact=True)).to_be_visible()


def test_change_a_persons_extension_and_undo_it_by_keyboard_alone(window: OpenWindow) -> None:
    me = window(Role.SUPERVISOR)
    me.open(f"/directory/people/{CLERK}")
    before = me.page.locator("dt:has-text('Numer wewnętrzny') + dd").inner_text()
    me.tab_to("Zmień")
    me.enter(f"Zmiana: {NAME}")
    me.tab_to("Numer wewnętrzny (nieobowiązkowe)")
    me.press("Control+a")
    me.type("x")
    me.press("Enter")
    expect(me.page.get_by_role("alert")).to_contain_text("to nie jest numer wewnętrzny")
    me.press("Tab", "Enter")
    assert me.page.evaluate("document.activeElement.id") == "extension"
    me.press("Control+a")
    me.type("499")
    me.press("Enter")
    expect(me.page.get_by_role("status")).to_contain_text("Zapisane")
    expect(me.page.locator("dt:has-text('Numer wewnętrzny') + dd")).to_have_text("499")
    me.tab_to("Historia zmian")
    me.enter(f"Historia: {NAME}")
    expect(me.page.locator("ins").first).to_contain_text("499")
    undo = me.page.get_by_role("button", name=re.compile("Cofnij zapis")).first.get_attribute("aria-label")
    me.tab_to(undo or "")
    me.enter("Historia katalogu")
    expect(me.page.get_by_role("status")).to_contain_text("Cofnięte")
    me.open(f"/directory/people/{CLERK}")
    expect(me.page.locator("dt:has-text('Numer wewnętrzny') + dd")).to_have_text(before)


def test_close_a_hygiene_task_by_keyboard_alone(application: Application, window: OpenWindow) -> None:
    application.do(doubtful(application))
    me = window(Role.SUPERVISOR)
    me.open("/home")
    me.tab_to("Do sprawdzenia")
    me.enter("Do sprawdzenia")
    me.tab_to("wew. 1002")
    me.enter("Numer wewnętrzny 1002")
    assert accessible(me, window, Role.SUPERVISOR)
    me.tab_to("Dlaczego nikt nie odbierał")
    me.type("telefon był w naprawie")
    me.press("Enter")
    expect(me.page.get_by_role("status")).to_have_text("Zadanie zamknięte.")
    expect(me.page.get_by_text("Nic nie czeka")).to_be_visible()


def doubtful(application: Application) -> Coroutine[Any, Any, None]:
    """Let Jan's number be one that nobody answers."""

    async def raised() -> None:
        async with open_database(application.service.settings.database_url) as database:
            since = TUESDAY_TEN - timedelta(days=3)
            seen = Doubt("1002", UnitId("dbm"), PersonId("jan-wymyslony"), 5, 3, since, TUESDAY_TEN)
            await HygieneStore(database).raised(seen, TUESDAY_TEN)

    return raised()


def test_the_directory_works_without_scripts(window: OpenWindow) -> None:
    me = window(Role.CLERK, scripts=False)
    me.open("/directory")
    me.page.get_by_label("Czego szukasz?").fill("dowód osobisty")
    me.page.get_by_role("button", name="Szukaj").click()
    me.page.locator("#found a").first.click()
    expect(me.page.get_by_role("heading", name="Kto odbierze teraz")).to_be_visible()
    me.page.get_by_role("link", name="Nieobecności").click()
    me.page.get_by_label("Komórka").select_option(index=1)
    me.page.get_by_role("button", name="Pokaż").click()
    assert "unit=" in me.page.url


def test_pictures_of_the_directory(application: Application, window: OpenWindow) -> None:
    me = window(Role.SUPERVISOR)
    me.open("/directory?q=kupi%C5%82em+motocykl")
    me.picture("directory-search", height=820)
    with somebody_away(application):
        me.open("/directory/people/olga-nierealna")
        me.picture("directory-person", height=900)
        me.open("/absences")
        me.picture("absences", height=900)


@contextmanager
def somebody_away(application: Application) -> Iterator[None]:
    """A few who are away on this Tuesday and later, inside the block."""
    day, hour = timedelta(days=1), timedelta(hours=1)
    midnight = TUESDAY_TEN.replace(hour=0)
    spans = {
        "olga-nierealna": (midnight, midnight + 3 * day, Reason.LEAVE),
        "piotr-fikcyjny": (TUESDAY_TEN - hour, TUESDAY_TEN + 4 * hour, Reason.TRAINING),
        "barbara-probna": (midnight + 2 * day, midnight + 4 * day, Reason.BUSINESS_TRIP),
        "tomasz-udawany": (TUESDAY_TEN + day, TUESDAY_TEN + day + 2 * hour, Reason.MEETING),
    }
    made = [
        Absence(
            id=AbsenceId(f"picture-{person}"),
            person=PersonId(person),
            begins=begins,
            ends=ends,
            reason=reason,
        )
        for person, (begins, ends, reason) in spans.items()
    ]

    async def written(*, cancelled: bool) -> None:
        async with open_database(application.service.settings.database_url) as database:
            ids = [each.id for each in made] if cancelled else []
            await AbsenceStore(database).replace(ids, () if cancelled else made, "test")
        await application.service.away.reload()

    application.do(written(cancelled=False))
    try:
        yield
    finally:
        application.do(written(cancelled=True))
