"""`PhoneHolds` and `PhoneResumes`: a party's own hold key, and who hears music then."""

from telephony.values import Ended, PhoneHolds, PhoneResumes, Played
from tests.contract.parts import HELLO, ends, in_a_call, next_of, on_the_phone, open_line
from tests.contract.world import World


async def test_whoever_is_with_a_phone_that_holds_hears_music(world: World) -> None:
    """Asterisk's own doing; the story is told, and told again when the call is taken back."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg, call.connect(leg):
        await citizen.is_talking_to(phone)
        await phone.holds()
        assert await next_of(leg) == PhoneHolds()
        await citizen.is_on_hold()
        await phone.resumes()
        assert await next_of(leg) == PhoneResumes()
        await citizen.is_talking_to(phone)


async def test_a_phone_may_hold_again_and_again(world: World) -> None:
    """Each time is told, in order."""
    phone = world.phone("1001")
    async with in_a_call(world) as (_, call), on_the_phone(call, phone) as leg, call.connect(leg):
        for _ in range(3):
            await phone.holds()
            assert await next_of(leg) == PhoneHolds()
            await phone.resumes()
            assert await next_of(leg) == PhoneResumes()


async def test_who_is_parted_from_a_phone_that_holds_hears_us(world: World) -> None:
    """The music of the phone's hold ends with the bridge: the caller is ours again."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg:
        async with call.connect(leg):
            await citizen.is_talking_to(phone)
            await phone.holds()
            await citizen.is_on_hold()
        await citizen.is_in_silence()
        assert await call.say(HELLO) is Played.WHOLE
        await citizen.hears("hello")


async def test_our_own_music_follows_that_of_the_phone(world: World) -> None:
    """The story takes the caller out of the talk while the phone holds: music goes on, now ours."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg:
        async with call.on_hold():
            async with call.connect(leg):
                await citizen.is_talking_to(phone)
                await phone.holds()
                await citizen.is_on_hold()
            await citizen.is_on_hold()
        await citizen.is_in_silence()


async def test_a_phone_that_holds_is_connected_again(world: World) -> None:
    """Parted while it held, put together again, taken back: the two talk."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg:
        async with call.connect(leg):
            await citizen.is_talking_to(phone)
            await phone.holds()
            assert await next_of(leg) == PhoneHolds()
        async with call.connect(leg):
            await phone.resumes()
            assert await next_of(leg) == PhoneResumes()
            await citizen.is_talking_to(phone)


async def test_a_phone_that_holds_puts_down(world: World) -> None:
    """The leg ends, and the caller's music with it."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call), on_the_phone(call, phone) as leg:
        async with call.connect(leg):
            await citizen.is_talking_to(phone)
            await phone.holds()
            assert await next_of(leg) == PhoneHolds()
            await citizen.is_on_hold()
            await phone.hangs_up()
            assert await ends(leg) is Ended.HUNG_UP
        await citizen.is_in_silence()


async def test_a_caller_who_puts_down_while_held(world: World) -> None:
    """`left` returns; the phone that holds is put down when the story leaves its block."""
    phone = world.phone("1001")
    async with in_a_call(world) as (citizen, call):
        async with on_the_phone(call, phone) as leg, call.connect(leg):
            await citizen.is_talking_to(phone)
            await phone.holds()
            await citizen.is_on_hold()
            await citizen.hangs_up()
            await call.left()
        await phone.is_put_down()


async def test_a_phone_that_calls_may_hold_too(world: World) -> None:
    """The colleague hears music, as a citizen would; the caller's leg tells no story of it."""
    phone, colleague = world.phone("1001"), world.phone("1002")
    async with open_line(world) as arrives:
        calling = await phone.dials("1002")
        call = await arrives()
        await call.answer()
        async with on_the_phone(call, colleague) as leg, call.connect(leg):
            await calling.is_talking_to(colleague)
            await calling.holds()
            await colleague.is_on_hold()
            await calling.resumes()
            await calling.is_talking_to(colleague)


async def test_both_sides_hold(world: World) -> None:
    """Whoever takes the call back first hears the music of the other; then they talk."""
    phone, colleague = world.phone("1001"), world.phone("1002")
    async with open_line(world) as arrives:
        calling = await phone.dials("1002")
        call = await arrives()
        await call.answer()
        async with on_the_phone(call, colleague) as leg, call.connect(leg):
            await calling.is_talking_to(colleague)
            await calling.holds()
            await colleague.holds()
            assert await next_of(leg) == PhoneHolds()
            await colleague.resumes()
            assert await next_of(leg) == PhoneResumes()
            await colleague.is_on_hold()
            await calling.resumes()
            await calling.is_talking_to(colleague)
