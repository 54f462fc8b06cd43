"""A small fake Asterisk over real sockets: ARI's commands and events, phones and citizens, faults on demand.

    async with FakeAsteriskWorld.opened() as world:
        citizen, phone = world.citizen(), world.phone("1001")
        async with world.serves(story):
            await citizen.dials()
            ...
            world.asterisk.switch.sockets.cut()          # faults: see FakeAsterisk and Sockets
        assert world.asterisk.asked("bridges.addChannel")

What it knows of Asterisk was seen on a real one, and the contract suite runs on both.
"""

from tests.fakes.asterisk.server import FakeAsterisk
from tests.fakes.asterisk.world import FakeAsteriskWorld

__all__ = ["FakeAsterisk", "FakeAsteriskWorld"]
