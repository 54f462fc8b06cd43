"""Values turned into Polish words: pure functions from numbers, times and names to text for a voice."""

from callflows.spoken.digits import key, phone_digits, spelled, ticket_number
from callflows.spoken.expansion import expand
from callflows.spoken.numbers import Ending, Gender, cardinal, counted, ordinal, plural
from callflows.spoken.times import At, Case, day, day_of_month, duration, moment, time_of_day
from callflows.spoken.week import hours_of_week

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
    "plural",
    "spelled",
    "ticket_number",
    "time_of_day",
]
