"""The rules of an import, each by itself: what a column means, what a row is, whom it means, what it changes."""

from dataclasses import replace

import pytest

from directory.changes import Kind
from directory.importing.columns import Layout, check_choices, chosen, layout_of
from directory.importing.declension import announced
from directory.importing.entries import Entry, Said
from directory.importing.meanings import Certainty, Meaning, guessed
from directory.importing.person_names import PersonName, people_in, person_name
from directory.importing.plan import Gone, Plan, Rules, planned
from directory.importing.rows import read_rows
from directory.importing.sheets import Line, Sheet
from directory.importing.unit_names import may_be_a_part, unit_name
from directory.model import Extension, Hall, Menu, MenuEntry, Numbering, Person, PersonId, Reached
from directory.report import DirectoryError
from tests.unit.directory.halls import BIRTH, DESK, REGISTRY, hall_of, person

M = Meaning


@pytest.mark.parametrize(
    ("heading", "certainty", "meaning"),
    [
        ("Imię i nazwisko", Certainty.SURE, M.NAME),
        ("NAZWISKO I IMIĘ", Certainty.SURE, M.SURNAME_FIRST),
        ("Nazwisko i imię pracownika urzędu", Certainty.LIKELY, M.SURNAME_FIRST),
        ("Stanowisko", Certainty.SURE, M.POSITION),
        ("Komórka organizacyjna", Certainty.SURE, M.UNIT),
        ("Wydział/Referat", Certainty.SURE, M.UNIT),
        ("Tel.", Certainty.SURE, M.PHONES),
        ("Telefon do pracownika", Certainty.LIKELY, M.PHONES),
        ("wewn.", Certainty.SURE, M.EXTENSION),
        ("nr wew.", Certainty.SURE, M.EXTENSION),
        ("Telefon wew. (skrócony)", Certainty.LIKELY, M.EXTENSION),
        ("Tel. kom.", Certainty.SURE, M.MOBILE),
        ("e-mail", Certainty.SURE, M.EMAIL),
        ("Adres e-mail służbowy", Certainty.LIKELY, M.EMAIL),
        ("Fax", Certainty.SURE, M.FAX),
        ("Pokój", Certainty.SURE, M.ROOM),
        ("Budynek", Certainty.SURE, M.BUILDING),
        ("Uwagi", Certainty.SURE, M.NOTES),
        ("Zastępuje", Certainty.SURE, M.STANDS_IN_FOR),
        ("Zastępca", Certainty.SURE, M.DEPUTIES),
        ("Department", Certainty.SURE, M.UNIT),
    ],
)
def test_a_heading_is_guessed(heading: str, certainty: Certainty, meaning: Meaning) -> None:
    guess = guessed(heading)

    assert (guess.certainty, guess.meanings[0]) == (certainty, meaning)


def test_a_heading_that_offices_use_for_several_things_is_not_guessed() -> None:
    assert guessed("Zastępstwo").certainty is Certainty.AMBIGUOUS
    assert guessed("Nr").certainty is Certainty.AMBIGUOUS
    assert guessed("Telefon i fax").certainty is Certainty.AMBIGUOUS
    assert guessed("Jednostka/stanowisko").certainty is Certainty.AMBIGUOUS
    assert guessed("Grupa krwi").certainty is Certainty.UNKNOWN


def sheet(*rows: str) -> Sheet:
    """A sheet of these rows, cells between bars."""
    lines = (Line(number, tuple(row.split("|"))) for number, row in enumerate(rows, start=1))
    return Sheet("list.csv", tuple(lines))


def laid_out(*rows: str) -> Layout:
    layout = layout_of(sheet(*rows))
    assert layout is not None
    return layout


@pytest.mark.parametrize(
    ("heading", "cells", "meaning"),
    [
        ("Telefon", ("214", "215", "wew. 216"), M.EXTENSION),
        ("Telefon", ("44 700 01 01", "215", "216"), M.PHONES),
        ("Nr", ("1", "2", "3"), M.NOTHING),
        ("Nr", ("214", "317", "290"), None),
        ("Kontakt", ("a@x.example", "b@x.example", "c@x.example"), M.EMAIL),
        ("Numer", ("44 700 01 01", "44 700 01 02", "44 700 01 03"), M.PHONES),
        ("", ("a@x.example", "b@x.example", "c@x.example"), M.EMAIL),
    ],
)
def test_cells_settle_what_a_heading_leaves_open(
    heading: str, cells: tuple[str, ...], meaning: Meaning | None
) -> None:
    layout = laid_out(
        f"Imię i nazwisko|Stanowisko|{heading}", *(f"Ewa Zmyślona|inspektor|{cell}" for cell in cells)
    )

    assert layout.columns[2].meaning is meaning


def test_the_header_is_found_below_titles_and_may_have_two_rows() -> None:
    layout = laid_out(
        "Wykaz telefonów Urzędu",
        "Nazwisko i imię|Wydział|Telefon||Pokój",
        "||stacjonarny|wewn.|",
        "Zmyślona Ewa|Biuro|44 700 01 01|12|3",
    )

    assert layout.begins == 4
    assert [it.meaning for it in layout.columns] == [M.SURNAME_FIRST, M.UNIT, M.DIRECT, M.EXTENSION, M.ROOM]


def test_two_levels_of_units_are_told_apart_and_two_of_another_meaning_are_not() -> None:
    units = laid_out("Wydział|Referat|Imię i nazwisko", "A|B|Ewa Zmyślona")
    rooms = laid_out("Imię i nazwisko|Pokój|Nr pokoju", "Ewa Zmyślona|1|2")

    assert [it.meaning for it in units.columns] == [M.PART_OF, M.UNIT, M.NAME]
    assert [it.number for it in rooms.open] == [3]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Imię i nazwisko|Telefon", Kind.PERSON),
        ("Symbol|Nazwa sprawy|Komórka", Kind.MATTER),
        ("Symbol|Komórka organizacyjna|Telefon", Kind.UNIT),
    ],
)
def test_what_a_list_is_about_is_told_by_its_headings(header: str, kind: Kind) -> None:
    assert laid_out(header, "x|y|z").kind is kind


def test_an_administrator_has_the_last_word_on_columns() -> None:
    layout = laid_out("Imię i nazwisko|Nr|Pokój", "Ewa Zmyślona|214|1", "Jan Zmyślony|290|2")

    by_heading = chosen(layout, {"nr": M.EXTENSION})
    by_letter = chosen(layout, {"B": M.ROOM, "C": M.NOTHING})

    assert by_heading.columns[1].meaning is M.EXTENSION
    assert [it.meaning for it in by_letter.columns[1:]] == [M.ROOM, M.NOTHING]
    with pytest.raises(DirectoryError, match="there is no such column; name one of: Imię i nazwisko"):
        check_choices([layout], {"Numer": M.ROOM})


def test_text_without_headings_is_no_list() -> None:
    assert layout_of(sheet("Dzień dobry", "to nie jest lista")) is None
    assert layout_of(Sheet("empty.csv", ())) is None


def test_a_cell_without_a_heading_stops_the_import() -> None:
    layout = laid_out("Imię i nazwisko|Telefon", "Ewa Zmyślona|44 700 01 01")
    moved = replace(layout, sheet=sheet("Imię i nazwisko|Telefon", "Ewa Zmyślona|44 700|01 01"))

    with pytest.raises(
        DirectoryError, match=r"list.csv, line 2, column 3: '01 01' stands in a column without a heading"
    ):
        read_rows(moved)


@pytest.mark.parametrize(
    ("cell", "order", "name"),
    [
        ("Anna Zmyślona", M.NAME, PersonName("Anna", "Zmyślona")),
        ("Zmyślona Anna", M.SURNAME_FIRST, PersonName("Anna", "Zmyślona")),
        ("mgr inż. Anna Maria Zmyślona", M.NAME, PersonName("Anna Maria", "Zmyślona")),
        ("FIKCYJNA-ZMYŚLONA Anna", M.ANYBODY, PersonName("Anna", "Fikcyjna-Zmyślona")),
        ("Fikcyjna - Zmyślona Anna", M.SURNAME_FIRST, PersonName("Anna", "Fikcyjna-Zmyślona")),
        ("Zmyślona, Anna", M.NAME, PersonName("Anna", "Zmyślona")),
        ("p.o. Jan Pozorny – kierownik", M.NAME, PersonName("Jan", "Pozorny", "kierownik")),
        ("Jan Pozorny, z-ca naczelnika", M.NAME, PersonName("Jan", "Pozorny", "z-ca naczelnika")),
        ("Ewa Umowna (pokój 3)", M.NAME, PersonName("Ewa", "Umowna", remark="pokój 3")),
        ("A. Zmyślona", M.NAME, PersonName("A.", "Zmyślona")),
    ],
)
def test_a_name_is_read_whatever_stands_beside_it(cell: str, order: Meaning, name: PersonName) -> None:
    assert person_name(cell, order) == name


@pytest.mark.parametrize(
    ("cell", "order", "why"),
    [
        ("Zmyślona Anna", M.NAME, "taken the other way round than the heading says"),
        ("Marek Jan", M.ANYBODY, "which word is the surname is not sure"),
        ("Zmyślona", M.NAME, "a name of one word"),
    ],
)
def test_a_name_that_may_be_read_otherwise_is_doubtful(cell: str, order: Meaning, why: str) -> None:
    assert why in person_name(cell, order).doubt


def test_two_people_in_a_cell() -> None:
    assert people_in("Anna Zmyślona / Jan Fikcyjny") == ["Anna Zmyślona", "Jan Fikcyjny"]
    assert people_in("Anna Zmyślona, Jan Fikcyjny") == ["Anna Zmyślona", "Jan Fikcyjny"]
    assert people_in("Jan Fikcyjny, kierownik") == ["Jan Fikcyjny, kierownik"]


@pytest.mark.parametrize(
    ("given", "surname", "said"),
    [
        ("Anna", "Przykładowa", "panią Anną Przykładową"),
        ("Marek", "Pokazowy", "panem Markiem Pokazowym"),
        ("Anna Maria", "Zmyślona-Pozorna", "panią Anną Marią Zmyśloną-Pozorną"),
        ("Kuba", "Niebyły", "panem Kubą Niebyłym"),
        ("Zyta", "Qwertowa", ""),
        ("Xyzzy", "Zmyślona", ""),
        ("A.", "Zmyślona", ""),
        ("", "Zmyślona", ""),
    ],
)
def test_a_name_is_declined_by_the_dictionary_or_not_at_all(given: str, surname: str, said: str) -> None:
    assert announced(given, surname) == said


@pytest.mark.parametrize(
    ("written", "name", "code"),
    [
        ("II. WYDZIAŁ FINANSÓW I BUDŻETU (FB)", "Wydział Finansów i Budżetu", "FB"),
        ("Referat Komunikacji", "Referat Komunikacji", ""),
        ("USC - Urząd Stanu Cywilnego", "Urząd Stanu Cywilnego", "USC"),
        ("Referat Komunikacji - filia:", "Referat Komunikacji - filia", ""),
    ],
)
def test_a_unit_s_name_is_taken_out_of_its_heading(written: str, name: str, code: str) -> None:
    assert unit_name(written) == (name, code)


def test_a_unit_below_another_in_a_list_may_be_a_part_of_it() -> None:
    assert may_be_a_part("Referat Podatków", "Wydział Finansów")
    assert not may_be_a_part("Wydział Finansów", "Referat Podatków")
    assert not may_be_a_part("Samodzielne stanowisko ds. BHP", "Wydział Finansów")
    assert not may_be_a_part("Sołtysi", "Wydział Finansów")


NUMBERING = Numbering(area_code="44")


def town(*people: Person) -> Hall:
    return replace(hall_of(*people), numbering=NUMBERING)


def entry(line: int = 2, **said: str) -> Entry:
    """A row of a list of people."""
    texts = {Meaning(name.replace("_", "-")): (Said(text, name),) for name, text in said.items()}
    return Entry(Kind.PERSON, "list.csv", line, texts)


def plan(hall: Hall, *entries: Entry, rules: Rules | None = None) -> Plan:
    return planned(hall, entries, rules)


EWA = replace(
    person("ewa-zmyslona", REGISTRY, "214"),
    name="Ewa Zmyślona",
    email="ewa@x.example",
    mobile="+48600000001",
    direct="+48447000101",
    accept_key=False,
    languages=("pl", "en"),
)


def after(done: Plan, key: str = "ewa-zmyslona") -> Person:
    return done.hall.people[PersonId(key)]


def test_what_a_list_does_not_say_stays_as_it_was() -> None:
    done = plan(town(EWA), entry(name="Ewa Zmyślona", unit="registry", extension="215", phones=""))

    assert after(done) == replace(EWA, extension=Extension("215"))
    assert "phones: '': empty in one row where the directory has something, and that was kept" in str(
        done.findings[0]
    )


def test_a_dash_takes_away() -> None:
    done = plan(
        town(EWA), entry(name="Ewa Zmyślona", unit="registry", extension="-", mobile="brak", direct="—")
    )

    assert (after(done).extension, after(done).mobile, after(done).direct) == (None, None, None)


def test_somebody_is_known_by_an_address_although_the_name_changed() -> None:
    done = plan(town(EWA), entry(name="Ewa Umowna", unit="registry", email="EWA@x.example"))

    assert after(done).name == "Ewa Umowna"
    assert after(done).announced == "panią Ewą Umowną"
    assert len(done.hall.people) == 1


def test_a_mailbox_that_passed_to_a_successor_does_not_rename_whoever_had_it() -> None:
    done = plan(town(EWA), entry(name="Jan Pozorny", unit="registry", email="ewa@x.example"))

    assert set(done.hall.people) == {"ewa-zmyslona", "jan-pozorny"}
    assert "in the directory this is the e-mail of Ewa Zmyślona: taken for another person" in str(
        done.findings[0]
    )


def test_a_mailbox_that_several_share_means_nobody() -> None:
    rows = (
        entry(2, name="Ewa Umowna", unit="registry", email="ewa@x.example"),
        entry(3, name="Ewa Próbna", unit="registry", email="ewa@x.example"),
    )

    assert set(plan(town(EWA), *rows).hall.people) == {"ewa-zmyslona", "ewa-umowna", "ewa-probna"}


def test_somebody_of_one_name_with_another_address_elsewhere_is_another() -> None:
    done = plan(town(EWA), entry(name="Ewa Zmyślona", unit="desk", email="ewa2@x.example"))

    assert set(done.hall.people) == {"ewa-zmyslona", "ewa-zmyslona-desk"}


def test_somebody_who_moved_is_the_same_person_and_it_is_told() -> None:
    done = plan(town(EWA), entry(name="Ewa Zmyślona", unit="desk"))

    assert after(done).unit == DESK
    assert "in the directory this is somebody of 'registry': taken for the same person" in str(
        done.findings[0]
    )


def test_two_of_one_name_in_two_units_are_two() -> None:
    done = plan(
        town(EWA), entry(2, name="Ewa Zmyślona", unit="registry"), entry(3, name="Ewa Zmyślona", unit="desk")
    )

    assert set(done.hall.people) == {"ewa-zmyslona", "ewa-zmyslona-desk"}
    assert any("somebody of this name is in another unit, too" in str(found) for found in done.findings)


def test_a_new_phone_is_where_whoever_imports_says() -> None:
    behind = Rules(reached=Reached.TRUNK)

    new = after(plan(town(), entry(name="Ewa Zmyślona", unit="registry", extension="214"), rules=behind))
    old = after(plan(town(EWA), entry(name="Ewa Zmyślona", unit="registry", extension="215"), rules=behind))

    assert new.extension == Extension("214", Reached.TRUNK)
    assert old.extension == Extension("215", Reached.HERE)


def test_a_mobile_is_never_a_direct_number() -> None:
    done = plan(
        town(), entry(name="Ewa Zmyślona", unit="registry", direct="600 000 002", phones="600 000 002")
    )

    assert (after(done).direct, after(done).mobile) == (None, "+48600000002")


def test_a_number_that_another_row_calls_a_fax_is_nobody_s_number() -> None:
    done = plan(
        town(),
        entry(2, name="Ewa Zmyślona", unit="registry", phones="44 700 01 05"),
        entry(3, name="Jan Pozorny", unit="registry", phones="fax 44 700 01 05"),
    )

    assert after(done).direct is after(done, "jan-pozorny").direct is None
    assert "44 700 01 05 is a fax elsewhere; it was not kept" in str(done.findings[0])


def test_who_stands_in_for_whom_by_either_column() -> None:
    done = plan(
        town(),
        entry(2, name="Ewa Zmyślona", unit="registry", deputies="Pozorny Jan; A. Umowna"),
        entry(3, name="Jan Pozorny", unit="registry", stands_in_for="Anna Umowna"),
        entry(4, name="Anna Umowna", unit="registry", deputies="Nikt Nieznany"),
    )

    assert after(done).deputies == ("jan-pozorny", "anna-umowna")
    assert after(done, "anna-umowna").deputies == ("jan-pozorny",)
    told = [str(found) for found in done.findings]
    assert any("'A. Umowna' was taken for Anna Umowna" in text for text in told)
    assert any("'Nikt Nieznany' is nobody else of the directory; not kept" in text for text in told)


def test_matters_by_id_symbol_or_title() -> None:
    done = plan(town(), entry(name="Ewa Zmyślona", unit="registry", matters="birth; USC III; Nieznana"))

    assert after(done).matters == ("birth", "death")
    assert any("'Nieznana' is no matter of the directory" in str(found) for found in done.findings)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"name": "Ewa Zmyślona"},
            "list.csv, line 2, unit: no unit is named for Ewa Zmyślona, neither here nor above",
        ),
        (
            {"name": "Ewa Zmyślona", "unit": "Referat elsewhere"},
            "list.csv, line 2, unit: 'elsewhere' is a body outside",
        ),
        (
            {"name": "Ewa Zmyślona", "unit": "desk", "accept_key": "może"},
            "list.csv, line 2, accept_key: 'może' is neither",
        ),
        (
            {"name": "Ewa Zmyślona", "unit": "desk", "extension": "12", "reached": "tam"},
            "list.csv, line 2, reached: 'tam'",
        ),
    ],
)
def test_what_cannot_be_imported_is_named_with_its_row_and_column(
    said: dict[str, str], sentence: str
) -> None:
    with pytest.raises(DirectoryError) as wrong:
        plan(town(), entry(2, **said))

    assert str(wrong.value).startswith(sentence)


def test_a_list_without_units_can_be_given_one() -> None:
    row = entry(name="Jan Pozorny", extension="215")

    done = plan(town(EWA), row, entry(3, name="Ewa Zmyślona"), rules=Rules(unit=DESK))

    assert after(done, "jan-pozorny").unit == DESK
    assert after(done).unit == REGISTRY, "whoever has one keeps it"


def test_two_rows_of_one_id_stop_the_import() -> None:
    rows = (
        entry(2, id="ewa-zmyslona", name="Ewa Zmyślona", unit="desk"),
        entry(3, id="ewa-zmyslona", name="X Y", unit="desk"),
    )

    with pytest.raises(
        DirectoryError, match="line 3, id: 'ewa-zmyslona' stands in row 2 already; give everybody an id"
    ):
        plan(town(), *rows)


def test_who_is_not_in_the_list_stays_unless_it_is_said_and_is_nobody_s_deputy_then() -> None:
    jan = person("jan", REGISTRY, "1001", deputies=(EWA.id,))
    kept = plan(town(EWA, jan), entry(name="Jan", id="jan", unit="registry"))
    removed = plan(town(EWA, jan), entry(name="Jan", id="jan", unit="registry"), rules=Rules(Gone.REMOVE))

    assert [it.id for it in kept.gone] == ["ewa-zmyslona"]
    assert set(kept.hall.people) == {"ewa-zmyslona", "jan"}
    assert set(removed.hall.people) == {"jan"}
    assert after(removed, "jan").deputies == ()


def test_what_the_menu_still_names_is_not_removed() -> None:
    hall = replace(town(EWA), menu=Menu((MenuEntry("1", "Urodzenia", matter=BIRTH),)))
    row = Entry(
        Kind.MATTER,
        "list.csv",
        2,
        {M.TITLE: (Said("Rejestracja zgonów", "B"),), M.SYMBOL: (Said("USC III", "A"),)},
    )

    done = plan(hall, row, rules=Rules(Gone.REMOVE))

    assert set(done.hall.matters) == {"birth", "death"}
    assert any("gone from the list, and still named by the menu" in str(found) for found in done.findings)


def test_a_unit_nearly_called_like_another_is_told() -> None:
    done = plan(town(), entry(name="Ewa Zmyślona", unit="Referat registr"))

    assert "'Referat registry' is nearly the same" in str(done.findings[0])
    assert after(done).unit == "referat-registr"


def test_every_entry_is_told_to_whoever_shows_the_progress() -> None:
    ticks: list[str] = []
    rows = [
        entry(line, name=f"Ewa {name}", unit="registry")
        for line, name in enumerate(("Umowna", "Próbna"), start=2)
    ]

    planned(town(), rows, tick=lambda: ticks.append("row"))

    assert len(ticks) == len(rows)
