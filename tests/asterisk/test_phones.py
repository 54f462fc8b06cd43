"""The kit of citizens and phones, held by plain dialplan: no service, so whatever fails here is the kit itself."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from telephony.values import NumberShown
from tests.asterisk.exchange import exchange
from tests.fakes.behaviour import Behaviour
from tests.office.office import eventually
from tests.pbx.asterisk import PHONES, Pbx
from tests.phones.citizen import Citizen
from tests.phones.clipbook import Clipbook
from tests.phones.g711 import RATE
from tests.phones.phone import Phone

ANNA = PHONES[1]
NUMBERS = """
exten => 9001,1,Answer()
 same => n,Playback({sounds}/please-wait)
 same => n,Wait(0.2)
 same => n,Playback({sounds}/nobody-here)
 same => n,Hangup()
exten => 9002,1,Answer()
 same => n,WaitExten(10)
exten => _[0-9*#][0-9*#][0-9*#],1,Set(GLOBAL(KEYS)=${{EXTEN}})
 same => n,Playback({sounds}/please-wait)
 same => n,Hangup()
exten => 9003,1,Set(GLOBAL(CAUSE)=)
 same => n,Dial(PJSIP/{phone},20)
 same => n,Set(GLOBAL(CAUSE)=${{HANGUPCAUSE}})
 same => n,Hangup()
exten => 9004,1,Dial(PJSIP/732@hall-trunk,20)
exten => 9005,1,Hangup(17)
exten => 9006,1,Ringing()
 same => n,Wait(30)
exten => 9007,1,Answer()
 same => n,MusicOnHold(,2)
 same => n,Playback({sounds}/please-wait)
 same => n,Wait(10)
"""
SPEAKS, ANSWERS = 400, 700


@pytest.fixture(scope="module")
def own(sounds: Path) -> Iterator[Pbx]:
    """An Asterisk with a few numbers to try the kit on."""
    with exchange(NUMBERS.format(sounds=sounds, phone=ANNA)) as running:
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


def variable(pbx: Pbx, name: str) -> str:
    """A global variable of the dialplan."""
    return str(pbx.ari(f"asterisk/variable?variable={name}")["value"])


async def test_hears_what_is_played(pbx: Pbx, book: Clipbook) -> None:
    async with Citizen(pbx, book, dialled="9001") as citizen:
        await citizen.dials()
        first = await citizen.hears("please-wait")
        second = await citizen.hears("nobody-here")
        await citizen.is_put_down()

    assert citizen.prompts == ["please-wait", "nobody-here"]
    assert first.whole
    assert second.whole
    assert min(first.score, second.score) > 0.9
    assert first.seconds == pytest.approx(0.4, abs=0.05)
    assert 0 < citizen.answered_after < 5
    assert len(citizen.ear.recording) > RATE


async def test_music_prompt_silence(pbx: Pbx, book: Clipbook) -> None:
    async with Citizen(pbx, book, dialled="9007") as citizen:
        await citizen.dials()
        await citizen.hears_music()
        assert citizen.prompts == []
        heard = await citizen.hears("please-wait")
        await citizen.ear.hears_silence()

    assert heard.at > 1.5


@pytest.mark.parametrize("keys", ["123", "4#6", "7*0"])
async def test_keys_by_rfc_4733(pbx: Pbx, book: Clipbook, keys: str) -> None:
    async with Citizen(pbx, book, dialled="9002") as citizen:
        await citizen.dials()
        await citizen.is_answered()
        await citizen.presses(keys)
        await citizen.hears("please-wait")
        await citizen.is_put_down()

    assert variable(pbx, "KEYS") == keys


async def test_keys_by_info(pbx: Pbx, book: Clipbook) -> None:
    async with Citizen(pbx, book, dialled="9002") as citizen:
        await citizen.dials()
        await citizen.is_answered()
        for key in "5#9":
            citizen.presses_by_info(key)
        await citizen.hears("please-wait")
        await citizen.is_put_down()

    assert variable(pbx, "KEYS") == "5#9"


async def test_two_talk(pbx: Pbx, book: Clipbook) -> None:
    async with (
        Phone(pbx, book, ANNA) as anna,
        Citizen(pbx, book, number="601111222", dialled="9003") as citizen,
    ):
        await citizen.dials()
        await anna.rings()
        assert "601111222" in anna.shown
        await anna.answers()
        anna.speaks(ANSWERS)
        citizen.speaks(SPEAKS)
        await citizen.hears_tone(ANSWERS)
        await anna.hears_tone(SPEAKS)
        await anna.hangs_up()
        await citizen.is_put_down()

    assert citizen.rang
    assert anna.times_rung == 1
    assert anna.cancelled is None


async def test_a_phone_that_is_talked_on_is_busy(pbx: Pbx, book: Clipbook) -> None:
    async with (
        Phone(pbx, book, ANNA) as anna,
        Citizen(pbx, book, dialled="9003") as first,
        Citizen(pbx, book, dialled="9003") as second,
    ):
        await first.dials()
        await anna.answers()
        await second.dials()
        assert await second.is_refused()
        anna.speaks(ANSWERS)
        await first.hears_tone(ANSWERS)

    assert variable(pbx, "CAUSE") == "17"
    assert anna.times_rung == 2


async def test_a_talk_that_the_citizen_ends(pbx: Pbx, book: Clipbook) -> None:
    async with Phone(pbx, book, ANNA) as anna, Citizen(pbx, book, dialled="9003") as citizen:
        await citizen.dials()
        await anna.answers()
        await citizen.is_answered()
        await citizen.hangs_up()
        await anna.is_free()


async def test_the_same_phone_again_and_again(pbx: Pbx, book: Clipbook) -> None:
    """Every word to SIPp arrives, however quickly calls follow each other."""
    async with Phone(pbx, book, ANNA, Behaviour.SAYS_NOTHING, after=0.0) as anna:
        anna.speaks(ANSWERS)
        for _ in range(10):
            async with Citizen(pbx, book, dialled="9003") as citizen:
                await citizen.dials()
                await citizen.hears_tone(ANSWERS)
                await citizen.hangs_up()
                await anna.is_free()

    assert anna.times_rung == 10


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        (Behaviour.BUSY, "17"),
        (Behaviour.DECLINES, "21"),
        (Behaviour.GIVES_UP, "19"),
        (Behaviour.UNAVAILABLE, "19"),
        (Behaviour.UNKNOWN_NUMBER, "1"),
        (Behaviour.CONGESTED, "34"),
    ],
    ids=lambda value: value.value if isinstance(value, Behaviour) else value,
)
async def test_how_a_phone_refuses(pbx: Pbx, book: Clipbook, behaviour: Behaviour, cause: str) -> None:
    """486, 603, 480 after ringing, 480, 404, 503: each arrives as its Q.850 cause."""
    async with Phone(pbx, book, ANNA, behaviour), Citizen(pbx, book, dialled="9003") as citizen:
        await citizen.dials()
        await citizen.is_refused()
        assert variable(pbx, "CAUSE") == cause


async def test_a_phone_that_forwards(pbx: Pbx, book: Clipbook) -> None:
    """302 leads nowhere here (FORWARD_CONTEXT), so the call fails."""
    async with (
        Phone(pbx, book, ANNA, Behaviour.FORWARDS) as anna,
        Citizen(pbx, book, dialled="9003") as citizen,
    ):
        await citizen.dials()
        assert await citizen.is_refused()

    assert anna.times_rung == 1


async def test_a_citizen_who_cancels(pbx: Pbx, book: Clipbook) -> None:
    async with (
        Phone(pbx, book, ANNA, Behaviour.NEVER_ANSWERS) as anna,
        Citizen(pbx, book, dialled="9003") as citizen,
    ):
        await citizen.dials()
        await anna.rings()
        await citizen.hangs_up()
        await anna.is_free()

    assert anna.cancelled is not None
    assert anna.prompts == []


async def test_a_citizen_who_is_refused(pbx: Pbx, book: Clipbook) -> None:
    async with Citizen(pbx, book, dialled="9005") as citizen:
        await citizen.dials()
        assert await citizen.is_refused() == "486"


async def test_who_leaves_the_block_hangs_up(pbx: Pbx, book: Clipbook) -> None:
    async with Citizen(pbx, book, dialled="9006") as citizen:
        await citizen.dials()
        await citizen.ear.until(lambda: citizen.rang, "to be told that it rings")


@pytest.mark.parametrize(
    ("shown", "asserted"),
    [(NumberShown.WITHHELD, ""), (NumberShown.WITHHELD, "601111222"), (NumberShown.ABSENT, "")],
)
async def test_a_number_that_is_not_shown(
    pbx: Pbx, book: Clipbook, shown: NumberShown, asserted: str
) -> None:
    async with (
        Phone(pbx, book, ANNA) as anna,
        Citizen(pbx, book, number="601111222", shown=shown, asserted=asserted, dialled="9003") as citizen,
    ):
        await citizen.dials()
        await anna.rings()
        assert "601111222" not in anna.shown + anna.asserted
        await citizen.hangs_up()


async def test_a_phone_behind_the_trunk(pbx: Pbx, book: Clipbook) -> None:
    """No registration; the number is in the request; 183 with audio instead of 180."""
    async with (
        Phone(pbx, book, "732", behind_trunk=True) as ewa,
        Citizen(pbx, book, dialled="9004") as citizen,
    ):
        await citizen.dials()
        await ewa.rings()
        await ewa.answers()
        ewa.speaks(ANSWERS)
        await citizen.hears_tone(ANSWERS)
        await citizen.hangs_up()
        await ewa.is_free()

    assert not citizen.rang


async def test_a_registration_ends_with_its_phone(pbx: Pbx, book: Clipbook) -> None:
    async with Phone(pbx, book, ANNA):
        assert f"{ANNA}/sip:" in pbx.cli("pjsip show contacts")
    assert f"{ANNA}/sip:" not in pbx.cli("pjsip show contacts")
