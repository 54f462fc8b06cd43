"""Values as an English voice says them, for callers who chose English. A file here has its like in `spoken/pl`."""

from callflows.spoken.en.digits import key, phone_digits, ticket_number
from callflows.spoken.en.times import day, moment, time_of_day, until
from callflows.spoken.en.waiting import place, wait
from callflows.spoken.en.week import hours_of_week

__all__ = [
    "day",
    "hours_of_week",
    "key",
    "moment",
    "phone_digits",
    "place",
    "ticket_number",
    "time_of_day",
    "until",
    "wait",
]
