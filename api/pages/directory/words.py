"""How moments, hours, numbers and reasons are written on the pages of the directory, in the language of the visit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time, get_day_names

from api.calendars.trouble import Trouble
from api.language import Text, noted
from api.office.typed import hours_written, number_written
from api.pages.visit import Visit
from directory.absence import Reason
from directory.changes import Kind, Source
from directory.model import Hours

REASONS: Mapping[Reason, Text] = {
    Reason.LEAVE: noted("urlop"),
    Reason.TRAINING: noted("szkolenie"),
    Reason.MEETING: noted("spotkanie"),
    Reason.BUSINESS_TRIP: noted("delegacja"),
    Reason.OUT_OF_OFFICE: noted("poza biurem"),
}
KINDS: Mapping[Kind, Text] = {
    Kind.UNIT: noted("komórka"),
    Kind.MATTER: noted("sprawa"),
    Kind.PERSON: noted("osoba"),
    Kind.HALL: noted("urząd"),
}
SOURCES: Mapping[Source, Text] = {
    Source.START: noted("pierwsze uruchomienie"),
    Source.PAGE: noted("strona"),
    Source.REST: noted("program (REST)"),
    Source.IMPORT: noted("import"),
    Source.LDAP: noted("katalog LDAP"),
    Source.COMMAND: noted("polecenie administratora"),
}
TROUBLES: Mapping[Trouble, Text] = {
    Trouble.ADDRESS: noted(
        "To nie jest adres, który zaczyna się od https://. Skopiuj go z kalendarza jeszcze raz."
    ),
    Trouble.PRIVATE: noted(
        "Ten adres prowadzi do sieci wewnętrznej. Administrator może na to pozwolić (calendars.inner)."
    ),
    Trouble.UNREACHABLE: noted("Serwer kalendarza nie odpowiada albo jego certyfikat jest nieważny."),
    Trouble.REFUSED: noted(
        "Serwer nie chce pokazać kalendarza. Udostępnij kalendarz jeszcze raz i skopiuj nowy adres."
    ),
    Trouble.NOT_FOUND: noted("Pod tym adresem nie ma już kalendarza. Skopiuj adres jeszcze raz."),
    Trouble.REDIRECTED: noted("Ten adres odsyła wciąż dalej. Skopiuj ostatni z adresów."),
    Trouble.TOO_LARGE: noted("Kalendarz ma ponad 4 MiB. Udostępnij taki, który ma mniej dawnych zdarzeń."),
    Trouble.TOO_SLOW: noted("Czytanie kalendarza trwało zbyt długo."),
    Trouble.NO_CALENDAR: noted("Pod tym adresem nie ma kalendarza w formacie iCalendar."),
    Trouble.TOO_MANY: noted(
        "Kalendarz ma ponad 1000 zajętych terminów. Udostępnij taki, który mówi o nieobecnościach."
    ),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What templates write with: `say.soon(at)`."""

    visit: Visit

    def soon(self, at: datetime) -> str:
        """A moment: the day alone if it is midnight, the hour alone if it is today."""
        local, today = at.astimezone(self._zone), self.visit.parts.house.clock.now().astimezone(self._zone)
        language = self.visit.language
        if (local.hour, local.minute) == (0, 0):
            return str(format_date(local.date(), "EEE d MMM", locale=language))
        if local.date() == today.date():
            return str(format_time(local, "HH:mm", locale=language))
        return str(format_datetime(local, "EEE d MMM, HH:mm", tzinfo=self._zone, locale=language))

    def clock(self, at: datetime) -> str:
        """The hour of a moment."""
        return str(format_time(at.astimezone(self._zone), "HH:mm", locale=self.visit.language))

    def moment(self, at: datetime) -> str:
        """A moment, with its day and its hour."""
        local = at.astimezone(self._zone)
        return str(format_datetime(local, "d MMM y, HH:mm", tzinfo=self._zone, locale=self.visit.language))

    def day(self, day: date) -> str:
        """A day of the week with its date."""
        return str(format_date(day, "EEE d MMM", locale=self.visit.language))

    def weekday(self, number: int) -> str:
        """The name of a day of the week, 1 is Monday."""
        return str(get_day_names("abbreviated", locale=self.visit.language)[number - 1])

    def hours(self, hours: Hours) -> str:
        """Opening hours of a day."""
        return hours_written(hours).replace("-", "–")

    def number(self, e164: str | None) -> str:
        """A telephone number."""
        return number_written(e164)

    def reason(self, reason: Reason) -> str:
        """Why somebody is away."""
        return self.visit.text(REASONS[reason])

    def kind(self, kind: Kind) -> str:
        """What kind of thing it is."""
        return self.visit.text(KINDS[kind])

    def source(self, source: Source | None) -> str:
        """From where somebody changed the directory."""
        return self.visit.text(SOURCES[source]) if source else ""

    def by_hand(self, source: Source | None) -> bool:
        """Whether somebody saved it: at the first start nobody does."""
        return source is not Source.START

    def trouble(self, word: str) -> str:
        """Why a calendar could not be read."""
        known = {each.value: text for each, text in TROUBLES.items()}
        return self.visit.text(known[word]) if word in known else word

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.visit.parts.house.hall().timezone)
