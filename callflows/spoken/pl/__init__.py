"""Values as a Polish voice says them: cases, genders, and the abbreviations of the hall's own data."""

from callflows.spoken.pl.digits import key, phone_digits, spelled, ticket_number
from callflows.spoken.pl.expansion import expand
from callflows.spoken.pl.numbers import Ending, Gender, cardinal, counted, ordinal, plural
from callflows.spoken.pl.times import At, Case, day, day_of_month, duration, moment, time_of_day
from callflows.spoken.pl.waiting import place, wait, waited
from callflows.spoken.pl.week import hours_of_week

__all__ = [
    "At",
    "Case",
    "Ending",
    "Gender",
    "cardinal",
    "counted",
    "day",
    "day_of_month",
    "duration",
    "expand",
    "hours_of_week",
    "key",
    "moment",
    "ordinal",
    "phone_digits",
    "place",
    "plural",
    "spelled",
    "ticket_number",
    "time_of_day",
    "wait",
    "waited",
]
