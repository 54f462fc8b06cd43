"""The floor alone: who is offered to whom, in which order, and what a caller is told of the wait."""

import asyncio
from collections.abc import Iterable
from contextlib import ExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callflows.floor.ports import ClerkSeen, Reservation
from callflows.floor.presence import Presence
from directory.model import Person, PersonId
from telephony.values import CallId
from tests.flows.town import ID_CARD, MARRIAGE
from tests.unit.callflows.desk import ADAM, OLGA, WRAP_UP, ZOFIA, Caller, Desk, seconds

pytestmark = pytest.mark.looptime


async def test_the_first_to_come_is_the_first_to_be_served() -> None:
    """By the time at which they reached the line, not the queue."""
    desk = Desk(ZOFIA)
    async with desk.caller(came=9) as late, desk.caller(came=2) as early:
        await late.asks()
        await early.asks()
        assert (early.place.position, late.place.position) == (1, 2)
        assert [one.call for one in desk.floor.waiting()] == [early.id, late.id]


async def test_the_clerk_who_is_idle_for_longest() -> None:
    """Then the other; and who has just talked comes last."""
    desk = Desk(ZOFIA, ADAM, wrap_up=1)
    desk.log_on(ADAM)
    await seconds(5)
    desk.log_on(ZOFIA)
    async with desk.caller() as first, desk.caller() as second:
        await first.asks()
        assert first.offered.clerk is ADAM
        await second.asks()
        assert second.offered.clerk is ZOFIA
        for caller in (second, first):
            caller.offered.taken()
            await seconds(1)
            caller.offered.talk_over()
        await seconds(2)
        async with desk.caller() as third:
            await third.asks()
            assert third.offered.clerk is ZOFIA


async def test_one_caller_is_offered_to_one_clerk() -> None:
    """However many are free."""
    desk = Desk(ZOFIA, ADAM, OLGA)
    desk.log_on(ZOFIA, ADAM, OLGA)
    async with desk.caller() as caller:
        await caller.asks()

        presences = [seen.presence for seen in desk.floor.clerks()]
        assert sorted(one.value for one in presences) == ["offered", "ready", "ready"]
        assert desk.seen(caller.offered.clerk).call == caller.id


async def test_free_clerks_are_offered_all_who_wait() -> None:
    """Two log on while three wait: the first two get one each."""
    desk = Desk(ZOFIA, ADAM)
    desk.log_on(ZOFIA, ADAM)
    for person in (ZOFIA, ADAM):
        desk.floor.pause(person.id)
    async with desk.caller() as first, desk.caller() as second, desk.caller() as third:
        for caller in (third, second, first):
            await caller.asks()
        desk.log_on(ADAM, ZOFIA)
        await seconds(0)
        assert (first.offered.clerk, second.offered.clerk, third.got) == (ADAM, ZOFIA, None)
        assert third.place.position == 3


@pytest.mark.parametrize(
    ("matter", "language", "gets"),
    [
        ("", "en", ZOFIA),
        ("", "en-GB", ZOFIA),
        (ID_CARD, "pl", ADAM),
        (MARRIAGE, "pl", OLGA),
        (ID_CARD, "en", ZOFIA),
        ("", "uk", ADAM),
    ],
)
async def test_language_first_then_the_matter(matter: str, language: str, gets: Person) -> None:
    """Who speaks it, and among those who settles it; if nobody on duty does, anybody is better than nobody."""
    desk = Desk(ZOFIA, ADAM, OLGA)
    for person in (ADAM, OLGA, ZOFIA):
        desk.log_on(person)
        await seconds(1)
    async with desk.caller(matter=matter, language=language) as caller:
        await caller.asks()
        assert caller.offered.clerk is gets


async def test_somebody_who_speaks_it_is_waited_for() -> None:
    """As long as they are on duty, be it on a break; when they go, anybody will do."""
    desk = Desk(ZOFIA, ADAM)
    desk.log_on(ZOFIA, ADAM)
    desk.floor.pause(ZOFIA.id)
    async with desk.caller(language="en") as caller:
        await caller.asks()
        await seconds(60)
        assert caller.got is None
        desk.floor.log_off(ZOFIA.id)
        await seconds(0)
        assert caller.offered.clerk is ADAM


async def test_who_is_behind_is_served_before_whom_nobody_free_suits() -> None:
    """The English caller waits for Zofia; Adam need not be idle for that."""
    desk = Desk(ZOFIA, ADAM)
    desk.log_on(ZOFIA, ADAM)
    desk.floor.pause(ZOFIA.id)
    async with desk.caller(language="en") as english, desk.caller() as polish:
        await english.asks()
        await polish.asks()
        assert (english.got, polish.offered.clerk) == (None, ADAM)


async def test_a_caller_who_leaves_in_the_instant_they_are_offered() -> None:
    """The clerk is free again at once, for the next one."""
    desk = Desk(ZOFIA)
    async with desk.caller() as second:
        desk.log_on(ZOFIA)
        desk.floor.pause(ZOFIA.id)
        async with desk.caller(came=0.5) as first:
            await first.asks()
            await second.asks()
            desk.log_on(ZOFIA)  # offered to the first, who does not know it yet
            assert desk.seen(ZOFIA).call == first.id
        assert desk.seen(ZOFIA).call == second.id
        await seconds(0)
        assert second.offered.clerk is ZOFIA


async def test_a_clerk_is_kept_for_who_comes_back() -> None:
    """Before anybody who waits; also out of the work after the talk; never out of another talk."""
    desk = Desk(ZOFIA, wrap_up=WRAP_UP)
    desk.log_on(ZOFIA)
    async with desk.caller() as first, desk.caller() as second:
        await first.asks()
        first.offered.taken()
        assert desk.floor.reserve(ZOFIA.id, CallId("other")) is None
        first.offered.talk_over()
        await second.asks()
        recall = desk.floor.reserve(ZOFIA.id, first.id)
        assert recall is not None
        assert desk.floor.reserve(ZOFIA.id, CallId("other")) is None
        assert desk.seen(ZOFIA).call == first.id
        await seconds(WRAP_UP + 1)
        assert second.got is None
        recall.taken()
        recall.talk_over()
        await seconds(WRAP_UP + 1)
        assert second.offered.clerk is ZOFIA


@pytest.mark.parametrize("verb", ["pause", "log_off"])
async def test_nobody_is_kept_who_does_not_work(verb: str) -> None:
    """Nor somebody who is no clerk."""
    desk = Desk(ZOFIA)
    desk.log_on(ZOFIA)
    getattr(desk.floor, verb)(ZOFIA.id)

    assert desk.floor.reserve(ZOFIA.id, CallId("call")) is None
    assert desk.floor.reserve(PersonId("anna"), CallId("call")) is None


async def test_nothing_is_said_of_the_wait_until_something_is_known() -> None:
    """After three talks it is their average, with the work after them, per clerk at work and place."""
    desk = Desk(ZOFIA, ADAM, wrap_up=10)
    desk.log_on(ZOFIA)
    async with desk.caller() as first, desk.caller() as second:
        for _ in range(3):
            assert first.place.expected is None
            await first.asks()
            first.offered.taken()
            await seconds(50)
            first.offered.talk_over()
            await seconds(10)
        assert (first.place.expected, second.place.expected) == (60.0, 120.0)
        desk.log_on(ADAM)
        assert second.place.expected == 60.0
        desk.floor.pause(ADAM.id)
        assert second.place.expected == 120.0
        desk.floor.pause(ZOFIA.id)
        assert second.place.expected is None
        assert [one.expected for one in desk.floor.waiting()] == [None, None]


async def test_who_goes_on_a_break_next_serves_nobody_else() -> None:
    """So they do not shorten anybody's wait."""
    desk = Desk(ZOFIA, ADAM, wrap_up=0)
    desk.log_on(ZOFIA)
    async with desk.caller() as caller:
        for _ in range(3):
            await caller.asks()
            caller.offered.taken()
            await seconds(30)
            caller.offered.talk_over()
            await seconds(0.001)
        desk.log_on(ADAM)
        await caller.asks()
        caller.offered.taken()
        assert caller.place.expected == 15.0
        desk.floor.pause(caller.offered.clerk.id)
        assert caller.place.expected == 30.0


ACTS = st.one_of(
    st.tuples(st.sampled_from(["log_on", "log_off", "pause"]), st.integers(0, 2)),
    st.tuples(st.sampled_from(["asks", "comes", "leaves"]), st.integers(0, 3)),
    st.tuples(
        st.sampled_from(["taken", "missed", "busy", "unreachable", "withdrawn", "talk_over"]),
        st.integers(0, 3),
    ),
    st.tuples(st.just("seconds"), st.integers(0, 30)),
)


@given(acts=st.lists(ACTS, max_size=40))
@settings(max_examples=300, deadline=None, derandomize=True)
async def test_never_two_callers_for_one_clerk_nor_two_clerks_for_one_caller(
    acts: list[tuple[str, int]],
) -> None:
    """Whatever clerks and callers do: and at the end everybody can be served again."""
    people = (ZOFIA, ADAM, OLGA)
    desk = Desk(*people, wrap_up=10)
    places: dict[int, ExitStack] = {}
    callers: dict[int, Caller] = {}
    held: dict[int, Reservation] = {}

    async def leaves(who: int) -> None:
        if who in callers:
            await callers.pop(who).leaves()
            places.pop(who).close()
            if who in held:
                held.pop(who).withdrawn()

    for verb, who in acts:
        if verb in ("log_on", "log_off", "pause"):
            getattr(desk.floor, verb)(people[who].id)
        elif verb == "seconds":
            await seconds(who)
        elif verb == "comes" and who not in callers:
            places[who] = ExitStack()
            callers[who] = Caller(places[who].enter_context(desk.floor.queue(desk.wanting())))
        elif verb == "asks" and who in callers and who not in held:
            await callers[who].leaves()
            await callers[who].asks()
        elif verb == "leaves":
            await leaves(who)
        elif who in held:
            getattr(held[who], verb)()
            if verb != "taken":
                del held[who]
        await asyncio.sleep(0)
        for number, caller in callers.items():
            if number not in held and (offer := caller.offer()) is not None:
                held[number] = offer
        _check(desk.floor.clerks(), held.values())
    for who in tuple(callers):
        await leaves(who)
    for person in people:
        desk.floor.log_on(person.id)
    await seconds(11)
    assert {seen.presence for seen in desk.floor.clerks()} == {Presence.READY}
    assert desk.floor.waiting() == ()


def _check(clerks: Iterable[ClerkSeen], held: Iterable[Reservation]) -> None:
    busy = [seen.call for seen in clerks if seen.call is not None]
    assert len(busy) == len(set(busy)), "one caller, two clerks"
    kept = [one.clerk.id for one in held]
    assert len(kept) == len(set(kept)), "one clerk, two callers"
