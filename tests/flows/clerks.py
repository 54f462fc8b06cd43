"""The town with a staffed desk: two clerks at phones of their own, and how they go on duty."""

from dataclasses import replace

from directory.model import Extension, Hall, Person, PersonId
from tests.fakes.behaviour import Behaviour
from tests.fakes.memory.phone import MemoryPhone
from tests.flows.conftest import Stage
from tests.flows.town import BOM, town

ZOFIA, ADAM = PersonId("zofia"), PersonId("adam")

_CLERKS = (
    Person(
        ZOFIA,
        "Zofia Umowna",
        BOM,
        "Zofia Umowna",
        "panią Zofią Umowną",
        Extension("1101"),
        languages=("pl", "en"),
    ),
    Person(ADAM, "Adam Pozorny", BOM, "Adam Pozorny", "panem Adamem Pozornym", Extension("1102")),
)


def staffed(**policy: float | int) -> Hall:
    """The town with two clerks at its desk, who have yet to log on."""
    hall = town(**policy)
    return replace(hall, people={**hall.people, **{clerk.id: clerk for clerk in _CLERKS}})


async def on_duty(stage: Stage, phone: MemoryPhone) -> None:
    """Log on from the clerk's own phone."""
    call = await phone.dials("*11")
    await call.hears("presence.on")
    await call.is_put_down()


async def clerk(
    stage: Stage, number: str, behaviour: Behaviour = Behaviour.BY_HAND, **how: object
) -> MemoryPhone:
    """The phone of a clerk who has logged on from it."""
    phone = stage.world.phone(number, behaviour, **how)  # type: ignore[arg-type]
    await on_duty(stage, phone)
    return phone
