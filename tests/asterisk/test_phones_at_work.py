"""What a clerk does with a desk phone, held by plain dialplan: hold, calls out, transfers by the phone's own key.

Asterisk carries the transfers out itself here (the service does not let it): so what fails here is the kit.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.asterisk.exchange import exchange
from tests.office.office import eventually
from tests.pbx.asterisk import PHONES, Pbx
from tests.phones.citizen import Citizen
from tests.phones.clipbook import Clipbook
from tests.phones.phone import Phone

ANNA, BASIA = PHONES[1:3]
NUMBERS = """
exten => 9001,1,Answer()
 same => n,Playback({sounds}/please-wait)
 same => n,Wait(0.2)
 same => n,Playback({sounds}/nobody-here)
 same => n,Hangup()
exten => 9002,1,Answer()
 same => n,WaitExten(10)
exten => 12,1,Playback({sounds}/please-wait)
 same => n,Hangup()
exten => 9003,1,Dial(PJSIP/{anna},20)
exten => 9013,1,Dial(PJSIP/{basia},20)
exten => 9004,1,Dial(PJSIP/0601222333@city)
exten => 9014,1,Dial(PJSIP/112@city)
exten => 9005,1,Hangup(17)
exten => 9006,1,Ringing()
 same => n,Wait(30)
"""
CITIZEN, SHE, BASIAS = 400, 700, 1100
"""Hz: in what tone each of them speaks."""


@pytest.fixture(scope="module")
def own(sounds: Path) -> Iterator[Pbx]:
    """An Asterisk with a few numbers to try the kit on."""
    with exchange(NUMBERS.format(sounds=sounds, anna=ANNA, basia=BASIA)) as running:
        yield running


@pytest.fixture
async def pbx(own: Pbx) -> AsyncIterator[Pbx]:
    """It must be at rest when a test has closed its citizens and phones."""
    yield own
    await eventually(lambda: not own.channels(), "the PBX to be at rest")


@pytest.fixture
def book(sounds: Path) -> Clipbook:
    """What may be heard."""
    return Clipbook.from_directory(sounds)


@asynccontextmanager
async def a_talk(pbx: Pbx, book: Clipbook) -> AsyncIterator[tuple[Citizen, Phone]]:
    """A citizen and Anna, who hear each other."""
    async with AsyncExitStack() as stack:
        anna = await stack.enter_async_context(Phone(pbx, book, ANNA))
        citizen = await stack.enter_async_context(Citizen(pbx, book, dialled="9003"))
        await citizen.dials()
        await anna.answers()
        anna.speaks(SHE)
        citizen.speaks(CITIZEN)
        await citizen.hears_tone(SHE)
        await anna.hears_tone(CITIZEN)
        yield citizen, anna


@pytest.mark.parametrize("inactive", [False, True], ids=["sendonly", "inactive"])
async def test_hold_and_resume(pbx: Pbx, book: Clipbook, inactive: bool) -> None:
    async with a_talk(pbx, book) as (citizen, anna):
        await anna.holds(inactive=inactive)
        await citizen.hears_music()
        sent = anna.handset.sent
        await anna.resumes()
        assert anna.handset.sent <= sent + 5
        await citizen.hears_tone(SHE)
        await anna.hears_tone(CITIZEN)


@pytest.mark.parametrize("inactive", [False, True], ids=["sendonly", "inactive"])
async def test_a_citizen_holds_and_resumes(pbx: Pbx, book: Clipbook, inactive: bool) -> None:
    async with a_talk(pbx, book) as (citizen, anna):
        await citizen.holds(inactive=inactive)
        await anna.hears_music()
        await citizen.resumes()
        await anna.hears_tone(CITIZEN)
        await citizen.hears_tone(SHE)
        citizen.presses_by_info("5")
        await citizen.holds()
        await anna.hears_music()


async def test_hold_on_both_sides(pbx: Pbx, book: Clipbook) -> None:
    async with a_talk(pbx, book) as (citizen, anna):
        await anna.holds()
        await citizen.hears_music()
        await citizen.holds()
        await anna.resumes()
        await anna.hears_music()
        await citizen.resumes()
        await citizen.hears_tone(SHE)
        await anna.hears_tone(CITIZEN)


async def test_a_call_to_an_announcement(pbx: Pbx, book: Clipbook) -> None:
    async with Phone(pbx, book, ANNA) as anna:
        call = await anna.dials("9001")
        await call.hears("please-wait")
        await call.hears("nobody-here")
        await call.is_put_down()
        await anna.is_free()

    assert call.prompts == ["please-wait", "nobody-here"]


async def test_a_call_with_keys(pbx: Pbx, book: Clipbook) -> None:
    async with Phone(pbx, book, ANNA) as anna:
        call = await anna.dials("9002")
        await call.is_answered()
        await call.presses("12")
        await call.hears("please-wait")
        await call.is_put_down()


async def test_a_call_that_is_refused(pbx: Pbx, book: Clipbook) -> None:
    async with Phone(pbx, book, ANNA) as anna:
        call = await anna.dials("9005")
        assert await call.is_refused() == "486"


async def test_a_call_that_is_taken_back(pbx: Pbx, book: Clipbook) -> None:
    async with Phone(pbx, book, ANNA) as anna:
        call = await anna.dials("9006")
        await call.until(lambda: call.rang, "to be told that it rings")
        await call.hangs_up()
        assert call.refused == "487"


async def test_two_phones_talk(pbx: Pbx, book: Clipbook) -> None:
    async with Phone(pbx, book, ANNA) as anna, Phone(pbx, book, BASIA) as basia:
        call = await anna.dials("9013")
        await basia.answers()
        assert ANNA in basia.shown
        await call.is_answered()
        call.speaks(SHE)
        basia.speaks(BASIAS)
        await call.hears_tone(BASIAS)
        await basia.hears_tone(SHE)
        await call.hangs_up()
        await basia.is_free()


async def test_phones_out_in_the_city(pbx: Pbx, book: Clipbook) -> None:
    """Many numbers behind one address: the longest one that fits is rung."""
    async with (
        Phone(pbx, book, ANNA) as anna,
        Phone(pbx, book, "112", behind_city=True) as rescue,
        Phone(pbx, book, "", behind_city=True) as anybody,
    ):
        call = await anna.dials("9004")
        await anybody.answers()
        anybody.speaks(CITIZEN)
        await call.hears_tone(CITIZEN)
        await call.hangs_up()
        await anybody.is_free()

        call = await anna.dials("9014")
        await rescue.rings()
        rescue.refuses("486")
        assert await call.is_refused() == "486"

    assert (anybody.times_rung, anybody.dialled) == (1, "0601222333")
    assert (rescue.times_rung, rescue.dialled) == (1, "112")


async def test_a_blind_transfer(pbx: Pbx, book: Clipbook) -> None:
    async with Phone(pbx, book, BASIA) as basia, a_talk(pbx, book) as (citizen, anna):
        await anna.refers("9013")
        assert anna.refer_answer == "202"
        await basia.answers()
        basia.speaks(BASIAS)
        await anna.is_told("200")
        assert anna.notified[0] == "100 Trying"
        await citizen.hears_tone(BASIAS)
        await basia.hears_tone(CITIZEN)
        await anna.is_free()


async def test_a_blind_transfer_to_nobody(pbx: Pbx, book: Clipbook) -> None:
    async with a_talk(pbx, book) as (citizen, anna):
        await anna.refers("nonsense")
        assert anna.refer_answer == "202"
        await anna.is_told("404")
        await citizen.hears_tone(SHE)


async def test_a_phone_that_leaves_as_soon_as_its_transfer_is_accepted(pbx: Pbx, book: Clipbook) -> None:
    async with Phone(pbx, book, BASIA) as basia, a_talk(pbx, book) as (citizen, anna):
        await anna.refers_and_hangs_up("9013")
        await anna.is_free()
        await basia.answers()
        basia.speaks(BASIAS)
        await citizen.hears_tone(BASIAS)


async def test_an_attended_transfer(pbx: Pbx, book: Clipbook) -> None:
    async with Phone(pbx, book, BASIA) as basia, a_talk(pbx, book) as (citizen, anna):
        await anna.holds()
        consulting = await anna.dials("9013")
        await basia.answers()
        basia.speaks(BASIAS)
        await consulting.is_answered()
        consulting.speaks(SHE)
        await consulting.hears_tone(BASIAS)
        await basia.hears_tone(SHE)
        await citizen.hears_music()

        await anna.refers_to_consulted(consulting)
        assert anna.refer_answer == "202"
        await citizen.hears_tone(BASIAS)
        await basia.hears_tone(CITIZEN)
        await anna.is_free()
        assert consulting.over


async def test_a_phone_that_unregisters_while_it_talks(pbx: Pbx, book: Clipbook) -> None:
    async with a_talk(pbx, book) as (citizen, anna):
        await anna.unregisters()
        assert f"{ANNA}/sip:" not in pbx.cli("pjsip show contacts")
        anna.speaks(BASIAS)
        await citizen.hears_tone(BASIAS)
        await anna.registers()
        assert f"{ANNA}/sip:" in pbx.cli("pjsip show contacts")


async def test_a_phone_that_is_unplugged_while_it_talks(pbx: Pbx, book: Clipbook) -> None:
    """Asterisk does not notice: the citizen hears nothing, and so is alone."""
    async with a_talk(pbx, book) as (citizen, anna):
        anna.goes_dead()
        await citizen.ear.hears_silence()
        assert f"{ANNA}/sip:" in pbx.cli("pjsip show contacts")
        assert pbx.channels()
