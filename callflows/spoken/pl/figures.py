"""Figures inside a text, said as words: phones, dates, hours, money, ordinals, plain numbers."""

import re
from datetime import date, time

from callflows.spoken.pl.digits import DIGITS, phone_digits
from callflows.spoken.pl.numbers import Ending, Gender, cardinal, counted, ordinal, year_of
from callflows.spoken.pl.times import MONTHS_OF, At, day_of_month, time_of_day

_MONTHS = "|".join(MONTHS_OF)
_HH_MM = r"(\d{1,2})(?:[.:](\d{2}))?"
_YEAR = r"(?:\s*r\.|\s+roku)?"
_PHONE = re.compile(
    r"(?<![\d/.,+-])(?:\+48\s?)?(?:(?:\(?0?\d{2}\)?[\s/])\d{3}[\s-]\d{2}[\s-]\d{2}|\d{3}[\s-]\d{3}[\s-]\d{3})(?![\d-])"
    r"(?:\s*wew\.?\s*\d+)?"
)
_DATE = re.compile(rf"\b(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}})\b{_YEAR}")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})\.?[\s-]+({_MONTHS})\b(?:\s+(\d{{4}})\b{_YEAR})?", re.IGNORECASE)
_HOURS = re.compile(rf"\b(?:w\s+)?godz(?:\.|inach)\s*{_HH_MM}\s*[-–—]\s*{_HH_MM}(?![\d.:]*\d)", re.IGNORECASE)
_HOUR_NAMED = re.compile(rf"\b(?:(od|do|o|po)\s+)?godz(?:\.|inie|iny)\s*{_HH_MM}(?![\d.:]*\d)", re.IGNORECASE)
_HOUR_RANGE = re.compile(r"\b(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})(?![\d.:]*\d)")
_HOUR = re.compile(r"\b(?:(od|do|o|po)\s+)?(\d{1,2}):(\d{2})\b", re.IGNORECASE)
_HOUR_DOTTED = re.compile(r"\b(od|do|o|po)\s+(\d{1,2})\.(\d{2})\b", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"\b(?:(w)\s+)?(\d{4})\s*(?:r\.|roku\b)", re.IGNORECASE)
_CODE = re.compile(
    r"\b(tel\.?|telefon\w*|nr|numer\w*)(\s*:?\s*)(112|9\d\d|116\s?\d{3}|19\s?\d{3})\b", re.IGNORECASE
)
_MONEY = re.compile(r"\b(\d{1,6})(?:,(\d{2}))?\s*zł\b")
_GROSZE = re.compile(r"\b(\d{1,2})\s*gr\b")
_MINUTES = re.compile(r"\b(\d{1,3})\s*min\b\.?")
_ORDINAL = re.compile(r"\b([1-9]\d?)\.(?=\s+[a-ząćęłńóśźż])")
_RANGE = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d)")
_SLASH = re.compile(r"(?<=\d)\s*/\s*(?=\d)")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_NUMBER = re.compile(r"\d+")


def figures(text: str) -> str:
    """Replace every figure of the text by words, the more telling patterns first."""
    text = _PHONE.sub(lambda found: phone_digits(found.group()), text)
    text = _CODE.sub(lambda found: f"{found.group(1)}{found.group(2)}{phone_digits(found.group(3))}", text)
    text = _DATE.sub(_date, text)
    text = _DAY_MONTH.sub(_day_month, text)
    text = _YEAR_ALONE.sub(_year, text)
    text = _HOURS.sub(_hour_range, text)
    text = _HOUR_RANGE.sub(_hour_range, text)
    for pattern in (_HOUR_NAMED, _HOUR, _HOUR_DOTTED):
        text = pattern.sub(_hour, text)
    text = _MONEY.sub(_money, text)
    text = _GROSZE.sub(lambda found: counted(int(found.group(1)), "grosz", "grosze", "groszy"), text)
    text = _MINUTES.sub(
        lambda found: counted(int(found.group(1)), "minuta", "minuty", "minut", Gender.FEMININE), text
    )
    text = _ORDINAL.sub(lambda found: ordinal(int(found.group(1)), Ending.OF_HIM), text)
    text = _RANGE.sub(" do ", text)
    text = _SLASH.sub(" łamane na ", text)
    text = _DECIMAL.sub(" przecinek ", text)
    return _NUMBER.sub(_number, text)


def _date(found: re.Match[str]) -> str:
    """24.11.2026: "dwudziestego czwartego listopada dwa tysiące dwudziestego szóstego roku"."""
    try:
        when = date(int(found.group(3)), int(found.group(2)), int(found.group(1)))
        return f"{day_of_month(when)} {year_of(when.year)}"
    except ValueError:
        return found.group()


def _day_month(found: re.Match[str]) -> str:
    """11 Listopada, 24 listopada 2026 r."""
    number, month, year = int(found.group(1)), found.group(2).lower(), found.group(3)
    if not 1 <= number <= 31:
        return found.group()
    spoken = f"{ordinal(number, Ending.OF_HIM)} {month}"
    try:
        return f"{spoken} {year_of(int(year))}" if year else spoken
    except ValueError:
        return f"{spoken} {year}"


def _year(found: re.Match[str]) -> str:
    """ "w 2026 r." in the locative, "z 2025 roku" in the genitive."""
    preposition, year = found.group(1), int(found.group(2))
    try:
        spoken = year_of(year, Ending.IN_HIM if preposition else Ending.OF_HIM)
    except ValueError:
        return found.group()
    return f"{preposition} {spoken}" if preposition else spoken


def _hour_range(found: re.Match[str]) -> str:
    opens, closes = _time(found.group(1), found.group(2)), _time(found.group(3), found.group(4))
    if opens is None or closes is None:
        return found.group()
    return f"{time_of_day(opens, At.FROM)} {time_of_day(closes, At.UNTIL)}"


def _hour(found: re.Match[str]) -> str:
    """8:00 after a preposition or "godz.", or alone: "o ósmej", "od ósmej", "ósma"."""
    preposition, at = found.group(1), _time(found.group(2), found.group(3))
    if at is None:
        return found.group()
    if preposition is None:
        named = "godz" in found.group().lower()
        return f"godzina {time_of_day(at, At.NAME)}" if named else time_of_day(at, At.NAME)
    if preposition.lower() == "po":
        return f"po {time_of_day(at, At.FROM).removeprefix('od ')}"
    return time_of_day(at, {"od": At.FROM, "do": At.UNTIL, "o": At.AT}[preposition.lower()])


def _time(hour: str, minute: str | None) -> time | None:
    """The hour meant, or None if there is no such hour; 24:00 is midnight."""
    hours, minutes = int(hour), int(minute or 0)
    if hours == 24 and minutes == 0:
        return time(0, 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def _money(found: re.Match[str]) -> str:
    zlote = counted(int(found.group(1)), "złoty", "złote", "złotych")
    grosze = int(found.group(2) or 0)
    return f"{zlote} {counted(grosze, 'grosz', 'grosze', 'groszy')}" if grosze else zlote


def _number(found: re.Match[str]) -> str:
    """A plain number; read digit by digit where it is rather a code (leading zero, seven digits or more)."""
    figures_found = found.group()
    if len(figures_found) > 6 or (len(figures_found) > 1 and figures_found.startswith("0")):
        spoken = ", ".join(DIGITS[int(digit)] for digit in figures_found)
    else:
        spoken = cardinal(int(figures_found))
    before = " " if found.start() and found.string[found.start() - 1].isalpha() else ""
    after = " " if found.end() < len(found.string) and found.string[found.end()].isalpha() else ""
    return f"{before}{spoken}{after}"
