"""What is wrong with what somebody typed, in words for the person who typed it."""

from collections.abc import Iterable, Mapping

from api.language import Text, noted
from api.office.complaints import Complaint, Wrong, shortened
from api.pages.visit import Visit

SENTENCES: Mapping[Wrong, Text] = {
    Wrong.EMPTY: noted("Wypełnij to pole."),
    Wrong.UNPRINTABLE: noted("Są tu znaki, których nie widać. Wpisz tekst jeszcze raz."),
    Wrong.LENGTHY: noted("To ma ponad 300 znaków. Skróć to."),
    Wrong.NUMBER: noted(
        "%(value)s to nie jest numer telefonu. Wpisz dziewięć cyfr albo + i numer kierunkowy kraju."
    ),
    Wrong.NOT_ONE_NUMBER: noted("%(value)s to nie jeden numer telefonu. Wpisz tylko jeden."),
    Wrong.EXTENSION: noted("%(value)s to nie jest numer wewnętrzny. Wpisz od dwóch do sześciu cyfr."),
    Wrong.SAME: noted("%(value)s już tu jest. Wpisz właściwy numer."),
    Wrong.EMAIL: noted("%(value)s to nie jest adres e-mail. Wpisz go w postaci nazwa@adres.pl."),
    Wrong.HOURS: noted("%(value)s to nie są godziny. Wpisz je na przykład tak: 8.00-15.30."),
    Wrong.WEEKDAY: noted("%(value)s to nie jest dzień tygodnia."),
    Wrong.DAY: noted("%(value)s to nie jest data. Wpisz ją na przykład tak: 2026-12-24."),
    Wrong.LANGUAGE: noted("%(value)s to nie jest kod języka. Wpisz na przykład pl albo en."),
    Wrong.TWICE: noted("%(value)s jest tu dwa razy. Wpisz raz."),
    Wrong.NO_UNIT: noted("Nie ma komórki %(value)s. Wybierz ją z listy."),
    Wrong.NO_MATTER: noted("Nie ma sprawy %(value)s. Wybierz ją z listy."),
    Wrong.NO_PERSON: noted("Nie ma osoby %(value)s. Wybierz ją z listy."),
    Wrong.ONESELF: noted("To ta sama osoba. Wybierz kogoś innego."),
    Wrong.SOMEBODY_ELSE: noted("Ta nieobecność dotyczy innej osoby. Odwołaj ją i wpisz nową."),
    Wrong.OUTSIDE: noted("To instytucja spoza urzędu. Wybierz komórkę urzędu."),
    Wrong.CIRCLE: noted("Wybrana komórka sama należy do tej. Wybierz inną."),
    Wrong.TAKEN: noted("%(value)s jest już zajęte. Wybierz coś innego."),
    Wrong.NO_ID: noted("Wpisz tylko małe litery bez ogonków, cyfry i łączniki."),
    Wrong.MOMENT: noted(
        "%(value)s to nie jest data ani godzina. Wybierz dzień, a godzinę wpisz na przykład tak: 14:00."
    ),
    Wrong.ENDS_FIRST: noted("Koniec musi być później niż początek."),
    Wrong.TOO_LONG: noted("To więcej niż trzy lata. Kogoś, kto odszedł, usuń z katalogu."),
    Wrong.PAST: noted("Ta chwila już minęła. Wpisz późniejszą."),
    Wrong.REASON: noted("Wybierz powód z listy."),
    Wrong.RULES: noted("Z tą zmianą nie można przyjąć katalogu: %(value)s"),
}


def sentences(visit: Visit, complaints: Iterable[Complaint]) -> dict[str, str]:
    """Each field's first complaint, in the language of the visit."""
    found: dict[str, str] = {}
    for complaint in complaints:
        value = complaint.value if complaint.wrong is Wrong.RULES else shortened(complaint.value)
        found.setdefault(complaint.field, visit.text(SENTENCES[complaint.wrong], value=value))
    return found
