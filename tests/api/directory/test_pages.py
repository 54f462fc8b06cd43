"""The pages of the directory: who may what, nothing typed is lost, and everything works without a script."""

import html
import re
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from api.tokens import Scope
from directory.changes import Change, Kind, Source
from directory.hygiene import Doubt
from directory.model import Extension, PersonId, UnitId
from records.account_views import Role
from tests.api.calendars.feeds import warsaw
from tests.api.conftest import Served
from tests.api.office import Browser, made_account

NOW = warsaw("2026-11-24T10:00")
READING = (
    "/directory",
    "/directory/units/del",
    "/directory/matters/id-card",
    "/directory/people/anna",
    "/absences",
)
EDITING = (
    "/directory/units/new",
    "/directory/people/anna/edit",
    "/absences/new?person=anna",
    "/directory/people/anna/calendar",
    "/hygiene",
)
HISTORY = ("/directory/history", "/directory/history?kind=person&id=anna")
CHANGING = (
    "/directory/people/anna/edit",
    "/directory/people/new",
    "/directory/people/anna/delete",
    "/directory/history/1/undo",
    "/directory/people/anna/calendar",
)


@dataclass
class Office:
    """The service, with somebody of each role, of whom the clerk is Anna."""

    served: Served
    browsers: dict[Role, Browser] = field(default_factory=dict)

    async def browser(self, role: Role) -> Browser:
        if role not in self.browsers:
            accounts = self.served.desk.parts.pages.accounts
            person = PersonId("anna") if role is Role.CLERK else None
            await made_account(accounts, role.value, role, person=person)
            self.browsers[role] = Browser(self.served)
            await self.browsers[role].sign_in(role.value)
        return self.browsers[role]

    @property
    def extension(self) -> str:
        phone = self.served.desk.parts.house.hall().people[PersonId("anna")].extension
        return phone.digits if phone else ""


@pytest.fixture
def office(served: Served) -> Office:
    return Office(served)


def filled(text: str) -> dict[str, Any]:
    """What the page's last form would send as it stands."""
    form = re.findall(r'<form method="post" action="[^"]*" class="narrow">.*?</form>', text, re.DOTALL)[0]
    sent: dict[str, Any] = {}
    for name, value in re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form):
        if name in ("matters", "deputies"):
            sent[name] = [*sent.get(name, []), html.unescape(value)]
        elif name != "csrf" and 'type="checkbox"' not in form.split(f'name="{name}"')[0][-60:]:
            sent[name] = html.unescape(value)
    for name in re.findall(r'<input type="checkbox"[^>]*name="([^"]+)"[^>]* checked', form):
        sent[name] = "yes"
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = html.unescape(body)
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        sent[name] = chosen[1] if chosen else ""
    return sent


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
async def test_each_role_sees_what_it_may(office: Office, role: Role) -> None:
    browser = await office.browser(role)
    editor = role in (Role.SUPERVISOR, Role.ADMINISTRATOR)
    own = {"/absences/new?person=anna", "/directory/people/anna/calendar"} if role is Role.CLERK else set()
    for path in READING:
        assert (await browser.get(path)).status == 200, path
    for path in EDITING:
        assert (await browser.get(path)).status == (200 if editor or path in own else 403), path
    for path in HISTORY:
        assert (await browser.get(path)).status == (403 if role is Role.CLERK else 200), path
    await browser.get("/account")
    if not editor:
        for path in CHANGING:
            wanted = 303 if path.endswith("/calendar") and role is Role.CLERK else 403
            assert (await browser.post(path, what="disconnect")).status == wanted, path
        for person in ("anna", "piotr"):
            page = await browser.post("/absences/new", person=person, begins="2026-11-24", ends="2026-11-25")
            assert page.status == (303 if role is Role.CLERK and person == "anna" else 403)
    shown = (await browser.get("/directory/people/piotr")).text
    assert ("/directory/people/piotr/edit" in shown) is editor
    assert ("/absences/new" in shown) is editor
    assert ("/directory/history" in shown) is (role is not Role.CLERK)


async def test_strangers_see_nothing(served: Served) -> None:
    for path in (*READING, *EDITING, *HISTORY):
        assert (await Browser(served).get(path)).to.startswith("/sign-in"), path


async def test_words_are_marked_and_htmx_gets_only_the_list(office: Office) -> None:
    browser = await office.browser(Role.CLERK)
    whole = await browser.get("/directory?q=wymiana+prawa")
    assert "<mark>Wymiana</mark>" in whole.text
    assert "<html" in whole.text
    part = await browser.get("/directory?q=wymiana+prawa", **{"HX-Request": "true"})
    assert "<mark>Wymiana</mark>" in part.text
    assert "<html" not in part.text
    assert 'id="count"' in part.text


async def test_a_matter_tells_who_answers_now_and_why(office: Office) -> None:
    page = await (await office.browser(Role.CLERK)).get("/directory/matters/id-card")
    first = page.text.index("Anna Przykładowa")
    assert first < page.text.index("Piotr Zmyślony")
    assert re.search(r'class="why" lang="pl">[^<]*DEL I Wydanie', page.text)
    assert "wew. 1001" in page.text


async def test_a_number_is_changed_told_in_the_history_and_taken_back(office: Office) -> None:
    browser = await office.browser(Role.SUPERVISOR)
    form = filled((await browser.get("/directory/people/anna/edit")).text)
    done = await browser.post("/directory/people/anna/edit", **{**form, "extension": "1007"})
    assert (done.status, done.to) == (303, "/directory/people/anna")
    assert office.extension == "1007"
    assert "Zapisane: Anna Przykładowa." in (await browser.get(done.to)).text
    history = (await browser.get("/directory/history?kind=person&id=anna")).text
    assert "Supervisor" in history
    assert "<del>1001, w tym systemie</del> → <ins>1007, w tym systemie</ins>" in history
    undo = re.search(r'action="(/directory/history/\d+/undo)"', history)
    assert undo
    assert (await browser.post(undo[1])).to == "/directory/history"
    assert office.extension == "1001"
    assert "Cofnięte" in (await browser.get("/directory/history")).text


async def test_saving_a_form_as_it_stands_changes_nothing(office: Office) -> None:
    browser = await office.browser(Role.SUPERVISOR)
    before = office.served.desk.parts.house.hall()
    for path in (
        "/directory/people/ewa/edit",
        "/directory/units/del/edit",
        "/directory/matters/id-card/edit",
    ):
        page = await browser.get(path)
        await browser.post(path, **filled(page.text))
    assert office.served.desk.parts.house.hall() == before


async def test_a_mistake_brings_the_form_back_as_it_was_typed(office: Office) -> None:
    browser = await office.browser(Role.SUPERVISOR)
    form = filled((await browser.get("/directory/people/anna/edit")).text)
    wrong = {
        **form,
        "room": "pokój 7, parter",
        "extension": "dwieście",
        "deputies": ["Ewa Wymyślona", "Nikt Taki"],
    }
    page = await browser.post("/directory/people/anna/edit", **wrong)
    assert page.status == 422
    for kept in ("pokój 7, parter", "dwieście", "Ewa Wymyślona", "Nikt Taki"):
        assert f'value="{kept}"' in page.text
    assert "to nie jest numer wewnętrzny" in page.text
    assert "Nie ma osoby &#34;Nikt Taki&#34;" in page.text
    assert 'aria-invalid="true"' in page.text
    assert office.extension == "1001"


async def test_what_is_too_long_for_a_program_is_too_long_for_a_page(office: Office) -> None:
    browser = await office.browser(Role.SUPERVISOR)
    form = filled((await browser.get("/directory/people/anna/edit")).text)
    long = await browser.post("/directory/people/anna/edit", **{**form, "position": "x" * 301})
    assert (long.status, "ponad 300 znaków" in long.text) == (422, True)
    assert (await browser.get(f"/directory/history?after={'9' * 30}.1")).title == "Nie znaleziono"


async def test_somebody_elses_change_is_shown_beside_what_was_typed(office: Office) -> None:
    browser = await office.browser(Role.SUPERVISOR)
    form = filled((await browser.get("/directory/people/anna/edit")).text)
    hall, editor = office.served.desk.parts.house.hall(), office.served.desk.parts.office.editor
    anna = hall.people[PersonId("anna")]
    moved = replace(anna, extension=Extension("1008"))
    await editor.apply([Change(Kind.PERSON, "anna", anna, moved)], by="Nadia", source=Source.PAGE)
    page = await browser.post("/directory/people/anna/edit", **{**form, "extension": "1009", "room": "12"})
    assert page.status == 409
    assert "Nadia" in page.text
    assert 'value="1009"' in page.text
    assert "Teraz w katalogu: <strong>1008</strong>" in page.text
    assert office.extension == "1008"
    again = await browser.post("/directory/people/anna/edit", **filled(page.text))
    assert again.status == 303
    assert office.extension == "1009"
    assert office.served.desk.parts.house.hall().people[PersonId("anna")].room == "12"


async def test_something_new_is_made_and_taken_out_again(office: Office) -> None:
    browser = await office.browser(Role.ADMINISTRATOR)
    form = filled((await browser.get("/directory/matters/new?unit=usc")).text)
    assert form["unit"] == "usc"
    made = await browser.post(
        "/directory/matters/new", **{**form, "title": "Zmiana imienia", "words": "imię\nnowe imię"}
    )
    assert made.to == "/directory/matters/zmiana-imienia"
    assert "imię, nowe imię" in (await browser.get(made.to)).text
    asked = await browser.post(f"{made.to}/delete")
    assert asked.to == f"{made.to}/edit"
    assert (await browser.post(f"{made.to}/delete", sure="yes")).to == "/directory"
    assert (await browser.get(made.to)).status == 404
    needed = await browser.post("/directory/units/usc/delete", sure="yes")
    assert "korzystają z tego: Ewa Wymyślona" in (await browser.get(needed.to)).text


async def test_what_the_line_cannot_do_without_stays(office: Office) -> None:
    browser, hall = await office.browser(Role.SUPERVISOR), office.served.desk.parts.house.hall()
    desk = f"/directory/units/{hall.desk}/edit"
    form = filled((await browser.get(desk)).text)
    assert (await browser.post(desk, **{**form, "extension": "", "direct": "", "numbers": ""})).status == 303
    for person in hall.staff.by_unit[hall.desk]:
        done = await browser.post(f"/directory/people/{person.id}/delete", sure="yes")
    assert "Nie można tego usunąć: bez tego linia" in (await browser.get(done.to)).text


async def test_who_is_new_gets_nothing_of_a_namesake_who_left(office: Office) -> None:
    browser = await office.browser(Role.SUPERVISOR)
    form = {"name": "Jan Nowak", "unit": "del", "languages": "pl"}
    await browser.get("/directory/people/new")
    jan = (await browser.post("/directory/people/new", **form)).to
    assert jan == "/directory/people/jan-nowak"
    await browser.post("/absences/new", person="jan-nowak", begins="2026-11-24", ends="2026-12-24")
    assert "nieobecność, wraca" in (await browser.get(jan)).text
    assert (await browser.post(f"{jan}/delete", sure="yes")).to == "/directory"
    namesake = (await browser.post("/directory/people/new", **form)).to
    assert namesake == "/directory/people/jan-nowak-2"
    assert "nieobecność, wraca" not in (await browser.get(namesake)).text
    headers = office.served.headers(Scope.DIRECTORY)
    sheet = {"name": "Jan Nowak", "unit": "del"}
    async with office.served.client.post("/api/directory/people", json=sheet, headers=headers) as answer:
        assert (await answer.json())["id"] == "jan-nowak-3"


async def test_a_word_that_is_an_id_by_chance_stays_that_word_in_the_history(office: Office) -> None:
    browser = await office.browser(Role.SUPERVISOR)
    form = filled((await browser.get("/directory/people/anna/edit")).text)
    await browser.post(
        "/directory/people/anna/edit", **{**form, "room": "piotr", "deputies": ["Ewa Wymyślona"]}
    )
    history = (await browser.get("/directory/history?kind=person&id=anna")).text
    assert "<ins>piotr</ins>" in history
    assert "<ins>Ewa Wymyślona</ins>" in history


async def test_a_save_that_was_changed_since_says_by_whom(office: Office) -> None:
    browser = await office.browser(Role.SUPERVISOR)
    form = filled((await browser.get("/directory/people/anna/edit")).text)
    await browser.post("/directory/people/anna/edit", **{**form, "room": "1"})
    first = re.search(
        r'action="(/directory/history/\d+/undo)"', (await browser.get("/directory/history")).text
    )
    assert first
    again = filled((await browser.get("/directory/people/anna/edit")).text)
    await browser.post("/directory/people/anna/edit", **{**again, "room": "2"})
    refused = await browser.get((await browser.post(first[1])).to)
    assert "Anna Przykładowa zmieniono później jeszcze raz (Supervisor, " in refused.text


async def test_a_clerk_enters_and_cancels_their_own_absence(office: Office) -> None:
    browser = await office.browser(Role.CLERK)
    form = filled((await browser.get("/absences/new")).text)
    assert form["person"] == "anna"
    done = await browser.post(
        "/absences/new", **{**form, "begins": "2026-11-24", "ends": "2026-11-24", "ends-at": "14:00"}
    )
    assert done.to == "/directory/people/anna"
    page = await browser.get(done.to)
    assert "nieobecność, wraca 14:00" in page.text
    week = await browser.get("/absences")
    assert "do 14:00" in week.text
    assert "nie ma 1 z 2" in week.text
    at = re.search(r'href="(/absences/[0-9a-f]+)"', page.text)
    assert at
    form = filled((await browser.get(at[1])).text)
    assert (form["ends"], form["ends-at"]) == ("2026-11-24", "14:00")
    later = await browser.post(at[1], **{**form, "ends-at": "15:00"})
    assert later.status == 303
    stale = await browser.post(at[1], **{**form, "ends-at": "16:00"})
    assert (stale.status, 'value="16:00"' in stale.text) == (409, True)
    assert "teraz trwa od 24 lis 2026, 00:00 do 24 lis 2026, 15:00" in stale.text
    half = await browser.post(at[1], **{**filled(stale.text), "back": "", "back-at": "18:00"})
    assert (half.status, 'value="18:00"' in half.text) == (422, True), "an hour without a day is not lost"
    assert (await browser.post(f"{at[1]}/cancel")).status == 303
    assert (await browser.get(at[1])).status == 404


async def test_a_supervisor_enters_anybodys_absence_by_name(office: Office) -> None:
    browser = await office.browser(Role.SUPERVISOR)
    form = filled((await browser.get("/absences/new")).text)
    wrong = await browser.post(
        "/absences/new", **{**form, "person": "Ewa", "begins": "2026-11-24", "ends": "2026-11-20"}
    )
    assert wrong.status == 422
    assert 'value="Ewa"' in wrong.text
    done = await browser.post(
        "/absences/new", **{**form, "person": "Ewa Wymyślona", "helps": "Anna Przykładowa"}
    )
    assert done.to == "/directory/people/ewa"
    assert "pomaga:" in (await browser.get(done.to)).text


async def test_a_hygiene_task_is_closed_by_a_correction_or_a_reason(office: Office) -> None:
    store = office.served.desk.parts.office.tidying.store
    for digits, person in (("1001", "anna"), ("1799", "")):
        await store.raised(Doubt(digits, UnitId("del"), PersonId(person), 5, 3, NOW, NOW), NOW)
    browser = await office.browser(Role.SUPERVISOR)
    assert "Numery do sprawdzenia: 2" in (await browser.get("/directory/units/del")).text
    clerk = await office.browser(Role.CLERK)
    assert "/hygiene" not in (await clerk.get("/directory/units/del")).text
    listed = (await browser.get("/hygiene?unit=del")).text
    tasks = dict(re.findall(r'href="(/hygiene/[0-9a-f]+)">wew. (\d+)', listed))
    by_number = {digits: path for path, digits in tasks.items()}
    assert "3 z 5 bez odpowiedzi" in listed
    await browser.get(by_number["1001"])
    assert (await browser.post(by_number["1001"], how="corrected", extension="1001")).status == 422
    assert (await browser.post(by_number["1001"], how="corrected", extension="1010")).to == "/hygiene"
    assert office.extension == "1010"
    assert (await browser.post(by_number["1799"], how="reason", reason=" ")).status == 422
    await store.raised(Doubt("1555", UnitId("del"), PersonId("left-long-ago"), 5, 3, NOW, NOW), NOW)
    nobodys = re.findall(r'href="(/hygiene/[0-9a-f]+)">wew. 1555', (await browser.get("/hygiene")).text)[0]
    told = await browser.get((await browser.post(nobodys, how="corrected", extension="1011")).to)
    assert "nie ma już w katalogu" in told.text
    await browser.post(nobodys, how="reason", reason="już nie pracuje")
    await browser.post(by_number["1799"], how="reason", reason="telefon był w naprawie")
    assert "Nic nie czeka" in (await browser.get("/hygiene")).text
    settled = (await browser.get("/hygiene?closed=yes")).text
    assert "poprawiony numer" in settled
    assert "telefon był w naprawie" in settled


async def test_a_calendars_address_is_asked_for_and_never_shown(office: Office) -> None:
    browser, path = await office.browser(Role.CLERK), "/directory/people/anna/calendar"
    await browser.get(path)
    refused = await browser.post(path, what="connect", url="https://10.0.0.1/anna.ics")
    assert (refused.status, "do sieci wewnętrznej" in refused.text) == (422, True)
    kept = await browser.post(path, what="connect", url="http://127.0.0.1:1/secret.ics")
    page = (await browser.get(kept.to)).text
    assert "Serwer kalendarza nie odpowiada" in page
    assert "secret" not in page + (await browser.get(path)).text
    await browser.post(path, what="disconnect")
    assert "Podłącz kalendarz" in (await browser.get("/directory/people/anna")).text


async def test_an_account_is_given_its_person_and_then_enters_their_absences(office: Office) -> None:
    clerk, browser = await office.browser(Role.CLERK), await office.browser(Role.ADMINISTRATOR)
    accounts = office.served.desk.parts.pages.accounts
    account = await accounts.named(Role.CLERK.value)
    path = f"/accounts/{account.id}"
    assert 'value="Anna Przykładowa"' in (await browser.get(path)).text
    wrong = await browser.post(f"{path}/person", person="Nikt Taki")
    assert (wrong.status, "Nie ma takiej osoby w katalogu" in wrong.text) == (422, True)
    assert 'value="Nikt Taki"' in wrong.text
    assert (await accounts.named(account.sign_in)).person == "anna"
    assert (await browser.post(f"{path}/person", person="")).to == path
    assert (await accounts.named(account.sign_in)).person is None
    assert (await clerk.get("/absences/new?person=anna")).status == 403
    assert (await browser.post(f"{path}/person", person="Anna Przykładowa")).to == path
    assert "należy do osoby: Anna Przykładowa" in (await browser.get(path)).text
    assert (await clerk.get("/absences/new?person=anna")).status == 200
