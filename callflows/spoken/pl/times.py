"""Times and days as a Polish voice says them: hours as ordinals, days with the preposition they need."""

from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from zoneinfo import ZoneInfo

from callflows.spoken.pl.numbers import Ending, Gender, cardinal, counted, ordinal, year_of

WARSAW = ZoneInfo("Europe/Warsaw")

WEEKDAYS_ON = ("w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę")
"""By `date.weekday()`: when? (accusative)"""

WEEKDAYS_OF = ("poniedziałku", "wtorku", "środy", "czwartku", "piątku", "soboty", "niedzieli")
"""By `date.weekday()`: since or until when? (genitive)"""

MONTHS_OF = (
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
)
"""By month minus one, in the genitive, as dates want them."""

_NAMED_DAYS = {-1: "wczoraj", 0: "dzisiaj", 1: "jutro"}
_YEAR_IS_CLEAR = timedelta(days=183)


class At(Enum):
    """How an hour stands in its sentence."""

    NAME = ""
    """Nominative: "piętnasta trzydzieści"."""
    AT = "o "
    """Locative: "o piętnastej trzydzieści"."""
    FROM = "od "
    """Genitive: "od piętnastej trzydzieści"."""
    UNTIL = "do "
    """Genitive: "do piętnastej trzydzieści"."""
    UNTIL_HOUR = "do godziny "
    """Genitive: "do godziny piętnastej trzydzieści"."""
    AT_HOUR = "o godzinie "
    """Locative: "o godzinie piętnastej trzydzieści"."""


class Case(Enum):
    """How a length of time stands in its sentence."""

    NAME = "nominative"
    """ "Pozostała jedna minuta"."""
    IN = "accusative"
    """ "Za jedną minutę", "przez godzinę"."""


def time_of_day(at: time, form: At = At.AT) -> str:
    """Say an hour: "o piętnastej trzydzieści", "od ósmej", "o północy". Seconds are left out."""
    if (at.hour, at.minute) == (0, 0):
        if form is At.NAME:
            return "północ"
        return f"{form.value.split()[0]} północy"
    ending = Ending.SHE if form is At.NAME else Ending.OF_HER
    hour = ordinal(at.hour, ending) if at.hour else "zero"  # nobody says "o zerowej trzydzieści"
    if at.minute == 0:
        return f"{form.value}{hour}"
    minutes = f"zero {cardinal(at.minute)}" if at.minute < 10 else cardinal(at.minute)
    return f"{form.value}{hour} {minutes}"


def day(when: date, today: date) -> str:
    """Say on which day: "dzisiaj", "jutro", or "we wtorek, dwudziestego czwartego listopada".

    The year is said only where it may be doubted: more than half a year away.
    """
    distance = (when - today).days
    if distance in _NAMED_DAYS:
        return _NAMED_DAYS[distance]
    spoken = f"{WEEKDAYS_ON[when.weekday()]}, {day_of_month(when)}"
    if abs(when - today) > _YEAR_IS_CLEAR:
        return f"{spoken} {year_of(when.year)}"
    return spoken


def day_of_month(when: date) -> str:
    """Say the date without its year, in the genitive: "dwudziestego czwartego listopada"."""
    return f"{ordinal(when.day, Ending.OF_HIM)} {MONTHS_OF[when.month - 1]}"


def moment(when: datetime, now: datetime, form: At = At.UNTIL_HOUR, zone: tzinfo = WARSAW) -> str:
    """Say day and hour: "jutro do godziny dwunastej"; with `At.AT` "jutro o ósmej".

    Both moments are timezone-aware and are said in `zone`. "Until midnight" belongs to the day that ends
    then: a promise until Tuesday 0:00 is "w poniedziałek do północy".
    """
    if when.tzinfo is None or now.tzinfo is None:
        raise ValueError("a moment without a timezone cannot be spoken")
    local, today = when.astimezone(zone), now.astimezone(zone).date()
    on = local.date()
    if form in (At.UNTIL, At.UNTIL_HOUR) and (local.hour, local.minute) == (0, 0):
        on -= timedelta(days=1)
    spoken = day(on, today)
    pause = ", " if "," in spoken else " "
    return f"{spoken}{pause}{time_of_day(local.time(), form)}"


def duration(length: timedelta, case: Case = Case.NAME) -> str:
    """Say a length of time in hours and minutes, or in seconds below one minute.

    Rounded to whole minutes from one minute on: the ear cannot use more.
    """
    seconds = round(length.total_seconds())
    if seconds < 0:
        raise ValueError("a length of time is not negative")
    if seconds < 60:
        return _some(seconds, "sekunda", "sekundę", "sekundy", "sekund", case)
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = []
    if hours:
        parts.append(_some(hours, "godzina", "godzinę", "godziny", "godzin", case))
    if minutes:
        parts.append(_some(minutes, "minuta", "minutę", "minuty", "minut", case))
    return " i ".join(parts)


def _some(number: int, one: str, one_accusative: str, few: str, many: str, case: Case) -> str:
    if number == 1 and case is Case.IN:
        return f"jedną {one_accusative}"
    return counted(number, one, few, many, Gender.FEMININE)
