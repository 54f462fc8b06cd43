"""A clerk's second line and the hall's other PBX: what else goes on at the phones while a citizen is on the line."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest

from api.clock import SetClock
from callflows.outcomes import CallOutcome, Instead, Outcome, Way
from tests.fakes.behaviour import Behaviour
from tests.flows.town import TUESDAY_TEN
from tests.office.desk import (
    SOON,
    dials,
    go_on_talking,
    hear_each_other,
    hears_music,
    open_desk,
    quick,
    with_a_clerk,
)
from tests.office.fixtures import OpensOffice
from tests.office.office import open_office
from tests.pbx.asterisk import Pbx
from tests.phones.phone import Phone

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_handed_over_to_a_phone_behind_the_trunk(opens_office: OpensOffice) -> None:
    """Ewa's phone is at the hall's other PBX and takes no keys: her answer counts, apart; asked first, too."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        ewa = await desk.phone("1003", Behaviour.BUSY, behind_trunk=True)
        await zofia.refers("1003")
        await citizen.hears("came_back.busy")
        await zofia.is_told("503")
        ewa.behaviour = Behaviour.SAYS_NOTHING
        await zofia.presses("*31003#")
        await hear_each_other(zofia, ewa)
        await hears_music(citizen, not_of=ewa)
        await zofia.presses("*0")
        await hear_each_other(citizen, zofia)
        await ewa.is_free()
        await zofia.refers("1003")
        await hear_each_other(citizen, ewa)
        await zofia.is_told("200")
        await desk.screen.sees("transfer_ended", outcome="unconfirmed")
        await citizen.hangs_up()
        story = await desk.office.story()

    assert [attempt.outcome for attempt in story.transfers[1:]] == [
        Outcome.BUSY,
        Outcome.CONSULTED,
        Outcome.UNCONFIRMED,
    ]


async def test_nobody_is_stolen_from_a_call_of_others(opens_office: OpensOffice) -> None:
    """Zofia's phone names the call between Piotr and Anna, of which it is no part: the two talk on."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna, piotr = await desk.phone("1001"), await desk.phone("1002")
        between = await piotr.dials("1001")
        await anna.answers()
        await hear_each_other(between, anna)
        await zofia.holds()
        await zofia.refers_to_consulted(between)
        await zofia.is_told("503")
        await hear_each_other(between, anna)
        await between.hangs_up()
        await zofia.resumes()
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        story = await desk.office.story()

    _, stolen = story.transfers
    assert (stolen.outcome, stolen.instead) == (Outcome.NOT_PROVEN, Instead.BACK)


async def test_a_clerk_logs_off_during_a_talk(opens_office: OpensOffice) -> None:
    """From the second line of the same phone: the talk goes on, and is the last one."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        await dials(zofia, "*12", "presence.off")
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        await desk.office.story()
        await desk.screen.sees("presence_changed", clerk="zofia", presence="away")

    assert desk.screen.presences("zofia") == ["ready", "offered", "talking", "away"]


async def test_who_is_called_by_a_colleague_is_offered_no_caller(opens_office: OpensOffice) -> None:
    """Anna calls Zofia about something else; the caller waits with music, and is next."""
    async with open_desk(opens_office(quick())) as desk:
        zofia, anna = await desk.on_duty("1101"), await desk.phone("1001")
        between = await anna.dials("1101")
        await zofia.answers()
        await hear_each_other(between, zofia)
        citizen = await desk.waits()
        await hears_music(citizen, not_of=zofia)
        await zofia.refers("1002")
        await zofia.is_told("503")
        await between.refers("1002")
        await between.is_told("503")
        await hear_each_other(between, zofia)
        await between.hangs_up()
        await zofia.until(lambda: zofia.times_rung == 2, "to be rung for the citizen")
        await zofia.answers()
        await hear_each_other(citizen, zofia)
        await desk.proven(1)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert [attempt.outcome for attempt in story.transfers] == [Outcome.EFFECTIVE]


async def test_an_attended_transfer_while_the_second_call_still_rings(opens_office: OpensOffice) -> None:
    """The clerk wants Anna for the caller: their ringing gives way, and the line rings her by a verified transfer."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001")
        await zofia.holds()
        second = await zofia.dials("1001")
        await second.until(lambda: second.rang, "to hear it ring")
        await zofia.refers_to_consulted(second)
        assert await second.is_refused() == "480"
        await citizen.hears("announce.person.anna")
        await anna.until(lambda: anna.times_rung == 2, "to be rung for the citizen")
        await anna.answers()
        await anna.hears("whisper.keys")
        await anna.presses("1")
        await hear_each_other(citizen, anna)
        await zofia.is_told("200")
        await zofia.is_free()
        await desk.proven(2)
        await citizen.hangs_up()
        story = await desk.office.story()

    _, handed = story.transfers
    assert (handed.way, handed.person, handed.outcome) == (Way.HANDED_OVER, "anna", Outcome.EFFECTIVE)


async def test_consulting_while_the_phone_has_the_caller_on_hold(opens_office: OpensOffice) -> None:
    """By hold and the screen: the phone takes the line, and the two consult; completed, the caller is with Anna."""
    async with with_a_clerk(opens_office, proof=SOON) as (desk, citizen, zofia):
        anna = await desk.phone("1001")
        await zofia.holds()
        await desk.screen.orders(f"{desk.call}/transfer", extension="1001", how="consult")
        await anna.answers()
        await zofia.resumes()
        await hear_each_other(zofia, anna)
        await hears_music(citizen, not_of=zofia)
        await go_on_talking(anna)
        await zofia.holds()
        assert (await desk.screen.orders(f"{desk.call}/complete"))["done"]
        await hear_each_other(citizen, anna)
        await desk.proven(2)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert story.transfers[1].way is Way.CONSULTED


async def test_asterisk_crashes_in_the_middle_of_a_talk(
    new_pbx: Callable[..., Pbx], database_url: str
) -> None:
    """The talk is lost, and on record as that; the clerk is not stuck, and takes the next caller."""
    pbx = new_pbx()
    async with with_a_clerk(lambda hall: open_office(pbx, hall, database_url, SetClock(TUESDAY_TEN))) as (
        desk,
        _,
        zofia,
    ):
        pbx.kill()
        pbx.start()
        assert zofia.call is not None
        zofia.call.ends()
        await desk.screen.sees("presence_changed", times=2, clerk="zofia", presence="ready")
        other = await desk.waits(number="601000002")
        await zofia.answers()
        await hear_each_other(other, zofia)
        await desk.proven(2)
        await other.hangs_up()
        stories = await desk.office.has_closed(2)

    assert [story.call.outcome for story in stories] == [CallOutcome.PBX_RESTARTED, CallOutcome.SERVED]
    assert [story.transfers[0].talk_ended_by for story in stories] == ["pbx", "caller"]


async def test_five_callers_and_one_clerk(opens_office: OpensOffice) -> None:
    """One at a time, each in the order of arrival, however many wait."""
    async with open_desk(opens_office(quick(wrap_up=0.2, queue_says=30.0))) as desk:
        zofia = await desk.on_duty("1101")
        callers = [await desk.waits(number=f"60100000{n}") for n in range(5)]
        for number, citizen in enumerate(callers, start=1):
            await zofia.until(partial(_was_rung, zofia, number), f"to be rung for caller {number}")
            await zofia.answers()
            await hear_each_other(citizen, zofia)
            await desk.proven(number)
            await citizen.hangs_up()
            await zofia.is_free()
        stories = await desk.office.has_closed(5)

    assert {story.call.outcome for story in stories} == {CallOutcome.SERVED}
    taken = [story.transfers[-1].connected for story in stories]
    assert all(one and other and one < other for one, other in pairwise(taken))


def _was_rung(phone: Phone, times: int) -> bool:
    return phone.times_rung == times
