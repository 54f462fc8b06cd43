"""The in-memory world: a telephone line, citizens and phones without any Asterisk, in virtual time.

It keeps the promises of `telephony.call` (held by `tests/contract`, on real Asterisk too), so a story
that passes here meets the same telephone there. Mark tests with `@pytest.mark.looptime`: a whole call
then takes milliseconds.

    @pytest.mark.looptime
    async def test_a_citizen_is_greeted() -> None:
        world = MemoryWorld()
        citizen = world.citizen(number="+48601234567")
        colleague = world.phone("1001", Behaviour.TAKES_IT, after=3.0)
        async with world.serves(story):           # leaving: every call is over, and the world is at rest
            await citizen.dials()
            await citizen.hears("greeting")       # from its first sound; `hears_all_of` waits for its end
            await citizen.presses("1")
            await colleague.hears("whisper")      # the colleague alone
            await citizen.is_talking_to(colleague)
            await citizen.hangs_up()
        assert citizen.prompts == ["greeting", "announce"]

Every actor's wait has a limit of two minutes of virtual time, and fails with all that was heard so far.
"""

from tests.fakes.behaviour import Behaviour
from tests.fakes.memory.citizen import MemoryCitizen
from tests.fakes.memory.listener import Heard
from tests.fakes.memory.phone import MemoryPhone
from tests.fakes.memory.world import MemoryWorld

__all__ = ["Behaviour", "Heard", "MemoryCitizen", "MemoryPhone", "MemoryWorld"]
