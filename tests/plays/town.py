"""The town of the plays: three clerks at its desk, and short times, so that much happens in a minute."""

from dataclasses import replace

from directory.model import Extension, Hall, Person, PersonId
from tests.flows.clerks import ADAM, ZOFIA, staffed
from tests.flows.town import BOM, ID_CARD

OLGA = PersonId("olga")
CLERK_AT = {"1101": ZOFIA, "1102": ADAM, "1103": OLGA}

_OLGA = Person(
    OLGA,
    "Olga Trzecia",
    BOM,
    "Olga Trzecia",
    "panią Olgą Trzecią",
    Extension("1103"),
    matters=(ID_CARD,),
    introduction=False,
)


def busy_town(**policy: float | int) -> Hall:
    """Three clerks who have yet to log on."""
    times: dict[str, float | int] = {
        "ring": 8.0,
        "ring_in_all": 20.0,
        "accept": 4.0,
        "offer_ring": 6.0,
        "wrap_up": 5.0,
        "first_key": 3.0,
        "next_key": 2.0,
        "queue_says": 10.0,
        "queue_callback": 15.0,
    }
    hall = staffed(**{**times, **policy})
    return replace(hall, people={**hall.people, OLGA: _OLGA})
