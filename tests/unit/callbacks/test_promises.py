"""Promises: durable before they are spoken, made once, and never for a number that must not be dialled."""

import asyncio
import logging
from dataclasses import fields, replace
from datetime import datetime

import pytest

from callbacks.ports import TicketsAway, TicketStore
from callbacks.promises import TRIES, KeepsPromises
from callbacks.ticket import Ticket, TicketState, new_ticket_id
from callflows.facts import TicketId
from callflows.ports import CallbackWish, Promise, PromiseRefused, Promises
from directory.model import Week
from telephony.values import CallId
from tests.unit.callbacks.drawer import Drawer, StoppedClock
from tests.unit.directory.halls import REGISTRY, hall_of, moment, person

HALL = hall_of(person("anna", REGISTRY, "1001"))
WISH = CallbackWish(call=CallId("call-1"), number="+48447327705", matter="birth", unit="registry")
IDS = [TicketId(str(number)) for number in range(100001, 101001)]


def keeping(drawer: Drawer, *ids: TicketId) -> tuple[KeepsPromises, StoppedClock]:
    clock = StoppedClock(moment("2026-11-24 10:00"))
    drawn = iter(ids or IDS)
    return KeepsPromises(drawer, lambda: HALL, clock, ids=lambda: next(drawn)), clock


async def test_a_promise_is_a_ticket_on_disk() -> None:
    drawer = Drawer()
    promises, clock = keeping(drawer)

    promise = await promises.promise(WISH)

    (ticket,) = drawer.tickets
    assert promise == Promise(TicketId("100001"), moment("2026-11-24 14:00"))
    assert (ticket.id, ticket.due, ticket.created) == (promise.ticket, promise.due, clock.at)
    assert (ticket.call, ticket.number) == (WISH.call, WISH.number)
    assert (ticket.matter, ticket.unit, ticket.language) == ("birth", "registry", "pl")
    assert ticket.state is TicketState.OPEN


async def test_the_same_call_and_number_is_one_promise() -> None:
    drawer = Drawer()
    promises, clock = keeping(drawer)
    first = await promises.promise(WISH)
    clock.at = moment("2026-11-24 11:00")

    assert await promises.promise(WISH) == first
    assert await promises.promise(replace(WISH, number="0 44 732 77 05")) == first
    assert len(drawer.tickets) == 1


async def test_another_number_or_another_matter_is_another_promise() -> None:
    drawer = Drawer()
    promises, _ = keeping(drawer)
    later = replace(WISH, call=CallId("call-2"))

    made = [
        await promises.promise(wish)
        for wish in (
            WISH,
            replace(WISH, number="+48607068786"),
            replace(later, matter="marriage"),
            replace(later, call=CallId("call-3"), matter="", unit=""),
        )
    ]

    assert len({promise.ticket for promise in made}) == 4


async def test_five_hundred_orders_of_one_number_about_one_matter_are_one_promise() -> None:
    """Also when they come at the same moment."""
    drawer = Drawer()
    promises, clock = keeping(drawer)
    first = await promises.promise(WISH)
    clock.at = moment("2026-11-24 11:00")
    wishes = [replace(WISH, call=CallId(f"call-{n}"), number="0 44 732 77 05") for n in range(2, 500)]

    assert set(await asyncio.gather(*map(promises.promise, wishes))) == {first}
    assert len(drawer.tickets) == 1


async def test_ten_at_once_are_one_promise() -> None:
    drawer = Drawer()
    promises, _ = keeping(drawer)
    wishes = [replace(WISH, call=CallId(f"call-{n}")) for n in range(10)]

    assert len(set(await asyncio.gather(*map(promises.promise, wishes)))) == 1


@pytest.mark.parametrize("state", [TicketState.KEPT, TicketState.BROKEN, TicketState.WITHDRAWN])
async def test_a_promise_that_is_over_is_not_repeated(state: TicketState) -> None:
    """Who calls again after that is owed another call."""
    drawer = Drawer()
    promises, _ = keeping(drawer)
    first = await promises.promise(WISH)
    drawer.tickets[0] = replace(drawer.tickets[0], state=state)

    assert await promises.promise(replace(WISH, call=CallId("call-2"))) != first


async def test_a_promise_that_is_late_is_not_repeated() -> None:
    """Nobody is promised a call in the past."""
    drawer = Drawer()
    promises, clock = keeping(drawer)
    first = await promises.promise(WISH)
    clock.at = first.due

    assert (await promises.promise(replace(WISH, call=CallId("call-2")))).due > clock.at


class Forgetful(Drawer):
    """Keeps tickets, and cannot say which."""

    async def owed(self, number: str, matter: str, unit: str, now: datetime) -> Ticket | None:
        raise TicketsAway("slow")


async def test_who_cannot_be_told_of_a_promise_gets_another() -> None:
    """Rather two calls than none."""
    drawer = Forgetful()
    promises, _ = keeping(drawer)
    await promises.promise(WISH)
    await promises.promise(replace(WISH, call=CallId("call-2")))

    assert len(drawer.tickets) == 2


async def test_the_ticket_remembers_the_callers_language() -> None:
    drawer = Drawer()
    promises, _ = keeping(drawer)

    await promises.promise(replace(WISH, language="en"))

    assert [ticket.language for ticket in drawer.tickets] == ["en"]


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("+48700123456", "numer o podwyższonej opłacie"),
        ("112", "numer alarmowy"),
        ("1001", "numer wewnętrzny urzędu"),
        ("+48447327707", "numer samego urzędu"),
        ("+380501234567", "numer zagraniczny, pod który urząd nie oddzwania"),
        ("", "nie podano numeru"),
        ("anonymous", "to nie jest numer telefonu"),
    ],
)
async def test_a_number_that_must_not_be_dialled_is_refused_and_nothing_is_kept(
    number: str, why: str
) -> None:
    drawer = Drawer()
    promises, _ = keeping(drawer)

    with pytest.raises(PromiseRefused, match=why):
        await promises.promise(replace(WISH, number=number))

    assert not drawer.tickets


async def test_an_id_that_is_taken_is_drawn_again() -> None:
    drawer = Drawer()
    promises, _ = keeping(drawer, IDS[0], IDS[0], IDS[0], IDS[1])
    await promises.promise(WISH)

    promise = await promises.promise(replace(WISH, call=CallId("call-2"), matter="marriage"))

    assert promise.ticket == IDS[1]


async def test_when_no_id_is_left_nothing_is_promised() -> None:
    drawer = Drawer()
    promises, _ = keeping(drawer, *[IDS[0]] * (TRIES + 2))
    await promises.promise(WISH)

    with pytest.raises(PromiseRefused, match="zabrakło"):
        await promises.promise(replace(WISH, call=CallId("call-2"), matter="marriage"))


async def test_without_a_durable_place_nothing_is_promised(caplog: pytest.LogCaptureFixture) -> None:
    drawer = Drawer()
    drawer.is_locked = True
    promises, _ = keeping(drawer)

    with caplog.at_level(logging.WARNING), pytest.raises(PromiseRefused, match="nie można zapisać"):
        await promises.promise(WISH)

    assert "call-1" in caplog.text
    assert "447327705" not in caplog.text, "a caller's number is nobody's business in a log"


def test_the_ports_are_kept() -> None:
    store: TicketStore = Drawer()
    promises: Promises = KeepsPromises(store, lambda: HALL, StoppedClock(moment("2026-11-24 10:00")))

    assert promises


def test_a_tickets_number_can_be_said_and_not_be_guessed() -> None:
    drawn = {new_ticket_id() for _ in range(200)}

    assert len(drawn) > 190
    assert all(len(ticket) == 6 and ticket.isdigit() and ticket[0] != "0" for ticket in drawn)


def test_the_number_of_a_ticket_is_marked_as_personal() -> None:
    assert {field.name for field in fields(Ticket) if field.metadata.get("personal")} == {"number"}


async def test_a_hall_that_never_opens_promises_nothing() -> None:
    """Its data is wrong: refused for the record, so that the caller is still given the desk's number."""
    drawer = Drawer()
    promises = KeepsPromises(
        drawer, lambda: replace(HALL, week=Week({})), StoppedClock(moment("2026-11-24 10:00"))
    )

    with pytest.raises(PromiseRefused, match="godzin pracy"):
        await promises.promise(WISH)

    assert drawer.tickets == []
