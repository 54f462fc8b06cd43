"""A clerk who asks first, or leaves meanwhile, on real Asterisk: consult, complete, come back; blonde; recall."""

import pytest

from callflows.outcomes import CallOutcome, Instead, Outcome, Way
from tests.fakes.behaviour import Behaviour
from tests.office.desk import SOON, Desk, dials, go_on_talking, hear_each_other, hears_music, with_a_clerk
from tests.office.fixtures import OpensOffice
from tests.phones.citizen import Citizen
from tests.phones.phone import Phone

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def consults(desk: Desk, citizen: Citizen, zofia: Phone, *, by: str = "keys") -> Phone:
    """Zofia talks to Anna, and neither hears the citizen, who hears music and neither of them."""
    anna = await desk.phone("1001")
    if by == "keys":
        await zofia.presses("*31001#")
    else:
        await desk.screen.orders(f"{desk.call}/transfer", person="anna", how="consult")
    await anna.answers()
    await anna.hears("consulted")
    await hear_each_other(zofia, anna)
    await hears_music(citizen, not_of=zofia)
    await go_on_talking(anna)
    return anna


@pytest.mark.parametrize("by", ["keys", "screen", "hangs-up"])
async def test_consult_and_complete(opens_office: OpensOffice, by: str) -> None:
    """The caller hears to whom they go, and is with Anna; Zofia is free. To put down completes it, too."""
    async with with_a_clerk(opens_office, proof=SOON) as (desk, citizen, zofia):
        anna = await consults(desk, citizen, zofia, by=by)
        if by == "keys":
            await zofia.presses("*4")
        elif by == "screen":
            assert (await desk.screen.orders(f"{desk.call}/complete"))["done"]
        else:
            await zofia.hangs_up()
        await citizen.hears("announce.person.anna")
        await hear_each_other(citizen, anna)
        await zofia.is_free()
        await desk.proven(2)
        await anna.hangs_up()
        await citizen.is_put_down()
        story = await desk.office.story()

    _, consulted = story.transfers
    assert (consulted.way, consulted.by_person, consulted.outcome) == (
        Way.CONSULTED,
        "zofia",
        Outcome.EFFECTIVE,
    )
    assert consulted.consult_seconds is not None
    assert story.call.outcome is CallOutcome.TRANSFERRED


async def test_consult_and_come_back(opens_office: OpensOffice) -> None:
    """By *0, by the screen, by Anna's putting down: the caller is with Zofia again, and nobody is told a number."""
    async with with_a_clerk(opens_office, proof=SOON) as (desk, citizen, zofia):
        anna = await consults(desk, citizen, zofia)
        await zofia.presses("*0")
        await anna.is_free()
        await hear_each_other(citizen, zofia)
        for leaves in (False, True):
            await desk.screen.orders(f"{desk.call}/transfer", person="anna", how="consult")
            await anna.until(lambda: anna.ringing, "to be rung again")
            await anna.answers()
            await hear_each_other(zofia, anna)
            if leaves:
                await anna.hangs_up()
            else:
                assert (await desk.screen.orders(f"{desk.call}/take-back"))["done"]
            await anna.is_free()
            await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert [attempt.outcome for attempt in story.transfers[1:]] == [Outcome.CONSULTED] * 3
    assert story.call.direct_number is None


async def test_called_off_while_it_rings_and_another_one_tried(opens_office: OpensOffice) -> None:
    """Cancelled, the caller waits with music; Piotr is consulted instead. Taken back by *0, they talk."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna, piotr = await desk.phone("1001"), await desk.phone("1002")
        await desk.screen.orders(f"{desk.call}/transfer", extension="1001")
        await anna.rings()
        assert (await desk.screen.orders(f"{desk.call}/cancel"))["done"]
        await anna.is_free()
        await hears_music(citizen, not_of=zofia)
        await zofia.presses("*21002#")
        await piotr.rings()
        await zofia.presses("*0")
        await piotr.is_free()
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert [attempt.outcome for attempt in story.transfers[1:]] == [Outcome.CANCELLED] * 2
    assert story.call.direct_number is None
    assert anna.cancelled is not None


async def test_the_phones_own_attended_transfer(opens_office: OpensOffice) -> None:
    """Hold, a second call to Anna, REFER with Replaces: Anna's leg of that call is the one that the caller gets."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001")
        await zofia.holds()
        second = await zofia.dials("1001")
        await anna.answers()
        await hear_each_other(second, anna)
        await hears_music(citizen, not_of=second)
        await zofia.refers_to_consulted(second)
        assert zofia.refer_answer == "202"
        await citizen.hears("announce.person.anna")
        await hear_each_other(citizen, anna)
        await zofia.is_told("200")
        await zofia.is_free()
        assert second.over
        await desk.proven(2)
        await citizen.hangs_up()
        await anna.is_free()
        story = await desk.office.story()

    _, consulted = story.transfers
    assert (consulted.way, consulted.person, consulted.outcome) == (Way.CONSULTED, "anna", Outcome.EFFECTIVE)
    assert anna.times_rung == 1


async def test_an_attended_transfer_to_who_has_put_down(opens_office: OpensOffice) -> None:
    """Anna leaves as the caller is brought to her: Zofia's phone is told so, and the caller comes back to Zofia."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001")
        await zofia.holds()
        second = await zofia.dials("1001")
        await anna.answers()
        await hear_each_other(second, anna)
        await zofia.refers_to_consulted(second)
        await citizen.begins_to_hear("announce.person.anna")
        await anna.hangs_up()
        await zofia.is_told("503")
        await zofia.resumes()
        await citizen.hears("came_back.not_proven")
        await hear_each_other(citizen, zofia)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert story.transfers[1].outcome is Outcome.NOT_PROVEN
    assert story.transfers[1].instead is Instead.BACK


@pytest.mark.parametrize("leaves", ["screen", "hangs-up", "at-once", "refer-and-bye"])
async def test_a_clerk_leaves_meanwhile_and_it_works(opens_office: OpensOffice, leaves: str) -> None:
    """Blonde: the line finishes it, and the clerk is free for others."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001")
        if leaves == "refer-and-bye":
            await zofia.refers_and_hangs_up("1001")
        else:
            how = "leave" if leaves == "at-once" else "stay"
            await desk.screen.orders(f"{desk.call}/transfer", extension="1001", how=how)
        await anna.rings()
        if leaves == "screen":
            assert (await desk.screen.orders(f"{desk.call}/leave"))["done"]
        elif leaves == "hangs-up":
            await zofia.hangs_up()
        await zofia.is_free()
        await anna.answers()
        await anna.hears("whisper.keys")
        await anna.presses("1")
        await citizen.hears("introduction.person.anna")
        await hear_each_other(citizen, anna)
        await desk.proven(2)
        await anna.hangs_up()
        await citizen.is_put_down()
        story = await desk.office.story()

    assert story.transfers[1].outcome is Outcome.EFFECTIVE
    assert story.transfers[1].left_meanwhile is not None


async def test_a_clerk_who_left_is_rung_again_when_it_fails(opens_office: OpensOffice) -> None:
    """The caller comes back to the same clerk; both hear why, and the number."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        await desk.phone("1001", Behaviour.GIVES_UP, after=1.0)
        await zofia.refers_and_hangs_up("1001")
        await citizen.hears("announce.person.anna")
        await zofia.until(lambda: zofia.times_rung == 2, "to be rung again")
        await zofia.answers()
        await zofia.hears("recall")
        for party in (citizen, zofia):
            await party.hears("number.48447327705")
        await hear_each_other(citizen, zofia)
        await desk.proven(2)
        await citizen.hangs_up()
        story = await desk.office.story()

    assert [(attempt.way, attempt.outcome) for attempt in story.transfers] == [
        (Way.QUEUE, Outcome.EFFECTIVE),
        (Way.HANDED_OVER, Outcome.NO_ANSWER),
        (Way.RECALL, Outcome.EFFECTIVE),
    ]
    assert story.call.clerk == "zofia"


async def test_a_clerk_who_has_gone_leaves_the_number_to_the_line(opens_office: OpensOffice) -> None:
    """Logged off meanwhile: the line gives reason and number itself, and a callback."""
    async with with_a_clerk(opens_office) as (desk, citizen, zofia):
        anna = await desk.phone("1001")
        await desk.screen.orders(f"{desk.call}/transfer", extension="1001", how="leave")
        await zofia.is_free()
        await anna.rings()
        await dials(zofia, "*12", "presence.off")
        await anna.hangs_up()
        await citizen.hears("reason.declined")
        await citizen.hears("number.48447327705")
        await citizen.hears("back.callback")
        await citizen.presses("2")
        await citizen.hears("callback.yours")
        await citizen.presses("1")
        await citizen.hears("callback.promised")
        await citizen.is_put_down()
        story = await desk.office.story()
        assert await desk.office.tickets() == ["+48601234567"]

    assert story.transfers[1].instead is Instead.CALLBACK
    assert story.call.outcome is CallOutcome.CALLBACK
    assert zofia.times_rung == 1
