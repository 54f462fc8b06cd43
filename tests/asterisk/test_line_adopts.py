"""The line on a real Asterisk: whom a killed service has left talking, and the next process takes them up.

They hear each other all the time: the bridge stays, and who is in it.
"""

import asyncio

from telephony.call import Call, Talk
from telephony.values import (
    Arrival,
    Ended,
    KeyPressed,
    LegEnded,
    LegId,
    PhoneHolds,
    PhoneResumes,
    Played,
    Progress,
    TransferAsked,
)
from tests.asterisk.dying import CONSULTATION, HOLD, TALK, TALK_WITH_CLERK, WHISPER
from tests.asterisk.killed import NOTHING_KNOWN, a_dying_service
from tests.asterisk.noise import noise
from tests.asterisk.serving import LIMIT, Arrivals, becomes, nothing_is_left, serving
from tests.fakes.behaviour import Behaviour
from tests.pbx.asterisk import Pbx
from tests.phones.phone import Phone


def colleague(pbx: Pbx) -> Phone:
    """Whom the dying service connects; `async with`."""
    return Phone(pbx, NOTHING_KNOWN, "3001", Behaviour.SAYS_NOTHING, after=0.1, behind_trunk=True)


def clerk(pbx: Pbx) -> Phone:
    """A phone registered here; `async with`."""
    return Phone(pbx, NOTHING_KNOWN, "201", Behaviour.SAYS_NOTHING, after=0.1)


def _bridges(pbx: Pbx) -> dict[str, list[str]]:
    return {bridge["id"]: sorted(bridge["channels"]) for bridge in pbx.ari("bridges")}


async def _both_are_heard(talk: Talk) -> None:
    async with asyncio.timeout(LIMIT):
        before = await talk.audio()
        while True:
            now = await talk.audio()
            if now.from_caller > before.from_caller and now.from_colleague > before.from_colleague:
                return


async def test_two_who_talk_are_a_full_talk_again(pbx: Pbx) -> None:
    """Connected without a command; keys, hold and REFER are told; leaving parts them as always."""
    arrivals = Arrivals()
    async with clerk(pbx) as phone, a_dying_service(pbx, TALK_WITH_CLERK) as left:
        phone.speaks(1000)
        talking = _bridges(pbx)
        async with serving(pbx, arrivals.story) as line:
            call = await arrivals.next()
            assert (call.id, call.arrival) == (left.calls[TALK_WITH_CLERK], Arrival.RESUMED)
            (leg_id,) = call.left_behind
            assert line.statistics.left_behind == 1
            commands = line.statistics.commands
            async with call.take_over(leg_id) as leg, asyncio.timeout(LIMIT):
                async with call.connect(leg) as talk:
                    assert line.statistics.commands == commands
                    assert line.statistics.left_behind == 0
                    await _both_are_heard(talk)
                    assert _bridges(pbx) == talking
                    await phone.presses("5")
                    assert await leg.next() == KeyPressed("5")
                    await phone.holds()
                    assert await leg.next() == PhoneHolds()
                    await phone.resumes()
                    assert await leg.next() == PhoneResumes()
                    await phone.refers("1234")
                    assert await leg.next() == TransferAsked("1234")
                    await leg.report(Progress.FAILED)
                    await phone.is_told("503")
                assert _bridges(pbx) == {}
                assert await call.say(noise("to-the-caller", 0.1)) is Played.WHOLE
                assert await leg.say(noise("to-the-colleague", 0.1)) is Played.WHOLE
                async with call.connect(leg) as talk:
                    await _both_are_heard(talk)
                await phone.hangs_up()
                assert await leg.next() == LegEnded(Ended.HUNG_UP)
            assert call.ended is None
            await left.citizens[TALK_WITH_CLERK].hangs_up()
            await call.left()
        await nothing_is_left(pbx)


async def test_what_they_do_before_anybody_takes_them_over_is_told(pbx: Pbx) -> None:
    """From the moment in which the line has settled; also that one has ended."""
    arrivals = Arrivals()
    async with colleague(pbx) as phone, a_dying_service(pbx, TALK) as left, serving(pbx, arrivals.story):
        call = await arrivals.next()
        await phone.presses("7")
        await phone.hangs_up()
        await becomes(lambda: len(pbx.channels()) == 1, "only the caller is there")
        async with call.take_over(call.left_behind[0]) as leg, asyncio.timeout(LIMIT):
            assert [await leg.next(), await leg.next()] == [KeyPressed("7"), LegEnded(Ended.HUNG_UP)]
        assert call.ended is None
        await left.citizens[TALK].hangs_up()
        await nothing_is_left(pbx)


async def test_a_caller_who_leaves_takes_along_whom_nobody_took_over(pbx: Pbx) -> None:
    """No ghost leg, and no bridge."""
    arrivals = Arrivals()
    async with colleague(pbx) as phone, a_dying_service(pbx, TALK) as left, serving(pbx, arrivals.story):
        await arrivals.next()
        await left.citizens[TALK].hangs_up()
        await phone.is_free()
        await nothing_is_left(pbx)


async def test_who_leaves_while_nobody_serves_leaves_nobody_alone(pbx: Pbx) -> None:
    """The colleague of a caller who has gone is put down; the caller of a colleague who has gone gets a story."""
    arrivals = Arrivals()
    async with colleague(pbx) as phone:
        async with a_dying_service(pbx, TALK) as left:
            await left.citizens[TALK].hangs_up()
            async with serving(pbx, arrivals.story):
                await phone.is_free()
                await nothing_is_left(pbx)
        assert arrivals.calls == []
        async with a_dying_service(pbx, TALK) as left:
            await phone.hangs_up()
            await becomes(lambda: len(pbx.channels()) == 1, "only the caller is there")
            async with serving(pbx, arrivals.story):
                call = await arrivals.next()
                assert (call.id, call.left_behind) == (left.calls[TALK], ())
                assert await call.say(noise("alone", 0.1)) is Played.WHOLE
                assert _bridges(pbx) == {}
    await nothing_is_left(pbx)


async def test_a_story_that_takes_nobody_over_leaves_nobody(pbx: Pbx) -> None:
    """Legs and the bridge that was kept for them end with the call."""
    ids: list[tuple[LegId, ...]] = []

    async def story(call: Call) -> None:
        ids.append(call.left_behind)

    async with colleague(pbx) as phone, a_dying_service(pbx, TALK), serving(pbx, story):
        await phone.is_free()
        await nothing_is_left(pbx)
        assert [len(one) for one in ids] == [1]


async def test_a_consultation_goes_on(pbx: Pbx) -> None:
    """Two talk of a caller who hears music: they go on, and are connected with the caller afterwards, or not."""
    arrivals = Arrivals()
    async with colleague(pbx) as theirs, clerk(pbx) as ours:
        theirs.speaks(1000)
        ours.speaks(700)
        async with a_dying_service(pbx, CONSULTATION) as left, serving(pbx, arrivals.story):
            call = await arrivals.next()
            assert call.id == left.calls[CONSULTATION]
            talking = _bridges(pbx)
            assert [len(there) for there in talking.values()] == [2]
            one, other = call.left_behind
            async with call.on_hold(), call.take_over(one) as first, call.take_over(other) as second:
                async with asyncio.timeout(LIMIT), call.consult(first, second) as talk:
                    await _both_are_heard(talk)
                    assert _bridges(pbx).items() >= talking.items()
                async with asyncio.timeout(LIMIT), call.connect(second) as talk:
                    await _both_are_heard(talk)
            await asyncio.gather(theirs.is_free(), ours.is_free())
    await nothing_is_left(pbx)


async def test_one_who_was_whispered_to_is_still_there(pbx: Pbx) -> None:
    """Answered, and in no bridge: they can be spoken to, and connected."""
    arrivals = Arrivals()
    async with colleague(pbx) as phone, a_dying_service(pbx, WHISPER), serving(pbx, arrivals.story):
        phone.speaks(1000)
        call = await arrivals.next()
        async with call.take_over(call.left_behind[0]) as leg, call.connect(leg) as talk:
            await _both_are_heard(talk)
        await phone.is_free()
    await nothing_is_left(pbx)


async def test_two_colleagues_talk_on(pbx: Pbx) -> None:
    """A call of one of our own phones is known again as one, with whom it has reached."""
    arrivals = Arrivals()
    async with colleague(pbx) as phone, clerk(pbx) as calls:
        phone.speaks(1000)
        async with a_dying_service(pbx, TALK, caller=calls) as left, serving(pbx, arrivals.story):
            left.placed[TALK].handset.speaks(700)
            call = await arrivals.next()
            assert (call.id, call.phone, call.arrival) == (left.calls[TALK], "201", Arrival.RESUMED)
            async with call.take_over(call.left_behind[0]) as leg, call.connect(leg) as talk:
                await _both_are_heard(talk)
                await left.placed[TALK].hangs_up()
                await call.left()
            await phone.is_free()
    await nothing_is_left(pbx)


async def test_each_call_gets_its_own_people_back(pbx: Pbx) -> None:
    """Several at once, in several states."""
    arrivals = Arrivals()
    async with (
        colleague(pbx) as phone,
        a_dying_service(pbx, HOLD, TALK) as left,
        serving(pbx, arrivals.story),
    ):
        await arrivals.next(2)
        people = {call.id: len(call.left_behind) for call in arrivals.calls}
        assert people == {left.calls[HOLD]: 0, left.calls[TALK]: 1}
        assert phone.talking
        for citizen in left.citizens.values():
            await citizen.hangs_up()
        await nothing_is_left(pbx)
