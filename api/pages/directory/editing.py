"""Forms for units, matters and people. What was typed is never lost: not to a mistake, not to somebody else's change.

A form carries the mark of what its writer has seen. If it is another one by now, nothing is saved: the form comes back
as it was typed, with what stands there now beside every field that differs, and the next save is made of that.
"""

from collections.abc import Sequence
from http import HTTPMethod, HTTPStatus
from typing import Any

from api.directory_editing import ChangedMeanwhile, MayNotGoLive
from api.language import noted
from api.office.changing import InUse, known_of, named, taken_out, written
from api.office.complaints import Complaint, Refused, of_fault
from api.office.sheets import Sheet
from api.office.showing import mark_of, sheet_of
from api.office.typed import WEEKDAYS
from api.pages.directory.fields import FORMS, SHEETS, Way, differing, filled_sheet, labels
from api.pages.directory.rights import EDITORS
from api.pages.directory.showing import GONE, the_known
from api.pages.directory.words import Words
from api.pages.directory.wrong import sentences
from api.pages.page import Answer, Go, Handler, Page, Shown
from api.pages.visit import TROUBLE, Visit
from directory.changes import Kind, Known, Source
from directory.model import Matter, Person, Unit
from records.errors import Stale

PLURALS = {Kind.UNIT: "units", Kind.MATTER: "matters", Kind.PERSON: "people"}
NEW = {Kind.UNIT: noted("Nowa komórka"), Kind.MATTER: noted("Nowa sprawa"), Kind.PERSON: noted("Nowa osoba")}
CHANGE = noted("Zmiana w katalogu")
SAVED = noted("Zapisane: %(name)s.")
NOTHING_NEW = noted("Nic się nie zmieniło: %(name)s.")
CHANGED = noted(
    "Ktoś zmienił to w międzyczasie, więc nic nie zostało zapisane. Pod polami widać, co jest w katalogu teraz. "
    "Popraw, co trzeba, i zapisz jeszcze raz."
)
CHANGED_BY = noted(
    "W międzyczasie zmieniono to inaczej (%(name)s, %(at)s), więc nic nie zostało zapisane. Pod polami widać, co jest "
    "w katalogu teraz. Popraw, co trzeba, i zapisz jeszcze raz."
)
TAKEN_OUT = noted("Usunięte z katalogu: %(name)s. W historii zmian można to cofnąć.")
STILL_NEEDED = noted("Nie można usunąć, bo korzystają z tego: %(names)s. Zmień najpierw to.")
NOT_TAKEN_OUT = noted("Nic nie usunięto: ktoś zmienił katalog w międzyczasie. Sprawdź i spróbuj jeszcze raz.")
KEEPS_THE_LINE = noted(
    "Nie można tego usunąć: bez tego linia nie mogłaby działać, na przykład nikt nie odbierałby w biurze obsługi."
)
ASK_TWICE = noted("Zaznacz, że na pewno chcesz to usunąć.")


def shows_new(kind: Kind) -> Handler:
    """A page with an empty form; what the address tells (a unit's id) stands in it already."""

    async def show(visit: Visit) -> Answer:
        given: dict[str, Any] = {"parent" if kind is Kind.UNIT else "unit": visit.asked("unit")}
        return form(visit, kind, SHEETS[kind](**given), None)

    return show


def shows_form(kind: Kind) -> Handler:
    """A page with the form as it stands."""

    async def show(visit: Visit) -> Answer:
        known = the_known(visit, kind, visit.path["id"])
        return form(visit, kind, sheet_of(known), known)

    return show


def creates(kind: Kind) -> Handler:
    """Make something new of what was filled in."""

    async def create(visit: Visit) -> Answer:
        return await _saved(visit, kind, filled_sheet(visit, kind), None)

    return create


def changes(kind: Kind) -> Handler:
    """Change what was changed in the form; a change of somebody else's since is shown first."""

    async def change(visit: Visit) -> Answer:
        sheet = filled_sheet(visit, kind)
        known = known_of(visit.parts.house.hall(), kind, visit.path["id"])
        if known is None or visit.filled("mark") != mark_of(known):
            return await _conflict(visit, kind, sheet, known)
        return await _saved(visit, kind, sheet, known)

    return change


def takes_out(kind: Kind) -> Handler:
    """Take it out of the directory, if whoever wants it has said so twice, and nothing stands on it."""

    async def take_out(visit: Visit) -> Answer:
        known = the_known(visit, kind, visit.path["id"])
        at = f"/directory/{PLURALS[kind]}/{known.id}"
        if visit.filled("sure") != "yes":
            visit.flash(ASK_TWICE, TROUBLE)
            return Go(f"{at}/edit")
        try:
            made = taken_out(visit.parts.house.hall(), known)
            await visit.parts.office.editor.apply(made, by=visit.by, source=Source.PAGE)
        except InUse as needed:
            visit.flash(STILL_NEEDED, TROUBLE, names=", ".join(needed.by[:5]))
            return Go(f"{at}/edit")
        except MayNotGoLive:
            visit.flash(KEEPS_THE_LINE, TROUBLE)
            return Go(f"{at}/edit")
        except (ChangedMeanwhile, Stale):
            visit.flash(NOT_TAKEN_OUT, TROUBLE)
            return Go(f"{at}/edit")
        visit.flash(TAKEN_OUT, name=named(known))
        return Go("/directory")

    return take_out


async def _saved(visit: Visit, kind: Kind, sheet: Sheet, before: Known | None) -> Answer:
    """Save what was filled in, and show it; or the form again with what is wrong with it."""
    hall = visit.parts.house.hall()
    former = await visit.parts.office.editor.history.ids() if before is None else ()
    try:
        change = written(hall, sheet, before, former)
        if change.before != change.after:
            await visit.parts.office.editor.apply([change], by=visit.by, source=Source.PAGE)
    except Refused as refused:
        return form(visit, kind, sheet, before, wrong=refused.complaints)
    except MayNotGoLive as refused:
        return form(visit, kind, sheet, before, wrong=tuple(map(of_fault, refused.faults)))
    except (ChangedMeanwhile, Stale):
        now = known_of(visit.parts.house.hall(), kind, before.id) if before else None
        return await _conflict(visit, kind, sheet, now)
    assert isinstance(change.after, Unit | Matter | Person)
    visit.flash(SAVED if change.before != change.after else NOTHING_NEW, name=named(change.after))
    return Go(f"/directory/{PLURALS[kind]}/{change.id}")


async def _conflict(visit: Visit, kind: Kind, sheet: Sheet, now: Known | None) -> Shown:
    """The form as it was typed, beside what stands there now, and by whose hand."""
    if now is None:
        return form(visit, kind, sheet, None, note=visit.text(GONE), status=HTTPStatus.CONFLICT)
    last = await visit.parts.office.editor.history.lines(kind=kind, id=now.id, limit=1)
    by = (
        {"name": each.saved_by, "at": Words(visit).moment(each.saved)}
        if (each := next(iter(last.items), None))
        else {}
    )
    note = visit.text(CHANGED_BY, **by) if by else visit.text(CHANGED)
    others = differing(sheet, sheet_of(now))
    return form(visit, kind, sheet, now, note=note, others=others, status=HTTPStatus.CONFLICT)


def form(
    visit: Visit,
    kind: Kind,
    sheet: Sheet,
    known: Known | None,
    *,
    wrong: Sequence[Complaint] = (),
    note: str = "",
    others: frozenset[str] = frozenset(),
    status: HTTPStatus = HTTPStatus.OK,
) -> Shown:
    """The form with these values; `others` are the fields in which something else stands in the directory now."""
    hall = visit.parts.house.hall()
    place = f"/directory/{PLURALS[kind]}"
    values = {
        "kind": kind,
        "known": known,
        "title": named(known) if known else visit.text(NEW[kind]),
        "fields": FORMS[kind],
        "sheet": sheet,
        "stands": sheet_of(known) if known else SHEETS[kind](),
        "others": others,
        "note": note,
        "mark": mark_of(known) if known else "",
        "units": hall.units.values(),
        "people": labels(hall, Way.PEOPLE) if kind is Kind.PERSON else {},
        "matters": labels(hall, Way.MATTERS) if kind is Kind.PERSON else {},
        "weekdays": WEEKDAYS,
        "Way": Way,
        "shown_at": f"{place}/{known.id}" if known else "/directory",
        "sent_to": f"{place}/{known.id}/edit" if known else f"{place}/new",
        "say": Words(visit),
    }
    return Shown(values, wrong=_in_order(kind, sentences(visit, wrong)), status=status)


def _in_order(kind: Kind, wrong: dict[str, str]) -> dict[str, str]:
    """The mistakes in the order of the form's fields, and then those that no field is to blame for."""
    places = {field.name: place for place, field in enumerate(FORMS[kind])}
    by_place = sorted(wrong.items(), key=lambda each: places.get(each[0].partition(".")[0], len(places)))
    return dict(by_place)


def pages_of(kind: Kind) -> tuple[Page, ...]:
    """The pages on which one kind of things is changed."""
    place, template = f"/directory/{PLURALS[kind]}", "directory/edit.html"
    one = f"{place}/{{id}}"
    return (
        Page(path=f"{place}/new", title=NEW[kind], handler=shows_new(kind), template=template, roles=EDITORS),
        Page(
            path=f"{place}/new",
            title=NEW[kind],
            handler=creates(kind),
            template=template,
            method=HTTPMethod.POST,
            roles=EDITORS,
        ),
        Page(path=f"{one}/edit", title=CHANGE, handler=shows_form(kind), template=template, roles=EDITORS),
        Page(
            path=f"{one}/edit",
            title=CHANGE,
            handler=changes(kind),
            template=template,
            method=HTTPMethod.POST,
            roles=EDITORS,
        ),
        Page(
            path=f"{one}/delete",
            title=CHANGE,
            handler=takes_out(kind),
            template=template,
            method=HTTPMethod.POST,
            roles=EDITORS,
        ),
    )


PAGES = (*pages_of(Kind.UNIT), *pages_of(Kind.MATTER), *pages_of(Kind.PERSON))
