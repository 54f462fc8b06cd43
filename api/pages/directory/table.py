"""The part of the table of pages that is the directory's."""

from api.language import noted
from api.pages.directory import absences, browsing, calendar, editing, history, hygiene, showing
from api.pages.page import Page

PAGES = (
    Page(
        path="/directory",
        title=noted("Katalog"),
        handler=browsing.browse,
        template="directory/browse.html",
        part="directory/found.html",
        menu=True,
        about=noted("Kto prowadzi jaką sprawę i kto teraz odbierze."),
    ),
    *absences.PAGES,
    *hygiene.PAGES,
    *history.PAGES,
    *editing.PAGES,
    *calendar.PAGES,
    Page(
        path="/directory/units/{unit}",
        title=noted("Komórka"),
        handler=showing.unit,
        template="directory/unit.html",
    ),
    Page(
        path="/directory/matters/{matter}",
        title=noted("Sprawa"),
        handler=showing.matter,
        template="directory/matter.html",
    ),
    Page(
        path="/directory/people/{person}",
        title=noted("Osoba"),
        handler=showing.person,
        template="directory/person.html",
    ),
)
