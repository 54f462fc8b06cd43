"""A real Asterisk, our ARI line on it, and SIP actors, behind the face of the contract's `World`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

from telephony.ari.line import AriLine
from telephony.ari.settings import AriSettings
from telephony.call import OnSettled, Story, nobody_asks
from telephony.values import Behind, NumberShown
from tests.asterisk.cable import Cable
from tests.fakes.asterisk_real.citizen import RealCitizen
from tests.fakes.asterisk_real.phone import RealPhone
from tests.fakes.asterisk_real.voice import NoiseVoice
from tests.fakes.behaviour import Behaviour
from tests.fakes.memory.bell import Bell
from tests.fakes.process import Process
from tests.fakes.serving import REST, Serving
from tests.pbx.asterisk import Pbx
from tests.phones.citizen import Citizen
from tests.phones.clipbook import Clipbook
from tests.phones.phone import Phone

FALLBACK = Path(__file__).parents[3] / "docker" / "asterisk" / "sounds"
"""What the dialplan says when the service is away."""


class RealWorld:
    """Use it through `opened`. Phones are registered when the line begins to be served."""

    def __init__(self, pbx: Pbx, folder: Path, ari_url: str) -> None:
        self._pbx = pbx
        self._book = Clipbook.from_directory(FALLBACK)
        self._voice = NoiseVoice(folder, self._book)
        self.settings = AriSettings(url=ari_url, user=pbx.ari_user, password=pbx.ari_password, app=pbx.app)
        self.line = AriLine(self.settings, self._voice)
        self._serving = Serving(self.line, Bell())
        self._citizens: list[RealCitizen] = []
        self._phones: list[Phone] = []
        self._registered = 0
        self._network = AsyncExitStack()

    @classmethod
    @asynccontextmanager
    async def opened(cls, pbx: Pbx, folder: Path, *, ari_url: str = "") -> AsyncIterator["RealWorld"]:
        """A world of one's own on an Asterisk that others use after us.

        `folder` holds the prompts; `ari_url` is where the line shall find Asterisk, if it is not there itself.
        """
        world = cls(pbx, folder, ari_url or pbx.ari_url)
        try:
            async with world._network:
                yield world
        finally:
            for citizen in world._citizens:
                await citizen.close()

    def citizen(
        self,
        *,
        number: str = "+48601234567",
        name: str = "",
        shown: NumberShown = NumberShown.SHOWN,
        dialled: str = "447327600",
    ) -> RealCitizen:
        """Somebody who may call the hall."""
        citizen = RealCitizen(
            Citizen(
                self._pbx,
                self._book,
                number=number,
                name=name,
                shown=shown,
                asserted=number if shown is NumberShown.WITHHELD else "",
                dialled=dialled,
            )
        )
        self._citizens.append(citizen)
        return citizen

    def phone(
        self,
        number: str,
        behaviour: Behaviour = Behaviour.BY_HAND,
        *,
        after: float = 0.3,
        sends_audio: bool = True,
        behind: Behind = Behind.HERE,
    ) -> RealPhone:
        """A phone that registers here, or is behind the hall's other PBX."""
        trunk = behind is Behind.TRUNK
        phone = Phone(self._pbx, self._book, number, behaviour, after=after, behind_trunk=trunk)
        self._phones.append(phone)
        return RealPhone(phone, sends_audio=sends_audio)

    def loses_prompt(self, name: str) -> None:
        """The audio file of this prompt is missing from now on."""
        self._voice.lost.add(name)

    def take_failures(self) -> list[BaseException]:
        """What stories raised so far, now expected."""
        return self._serving.take_failures()

    @asynccontextmanager
    async def process(self, story: Story, settled: OnSettled = nobody_asks) -> AsyncIterator[Process]:
        """A process of the service before the one that `serves`; until it dies or is stopped, at the latest here.

        It has a cable of its own to Asterisk: pulled out, nothing that its tasks still do reaches anybody.
        """
        await self._register()
        async with Cable(self.settings.url) as cable:
            line = AriLine(replace(self.settings, url=cable.url), self._voice)
            async with Serving(line, Bell()).process(story, settled, cable.unplug) as process:
                yield process

    @asynccontextmanager
    async def serves(self, story: Story, settled: OnSettled = nobody_asks) -> AsyncIterator[None]:
        """The line is served inside; at the end all calls must end, and nothing may be left over."""
        await self._register()
        async with self._serving.serves(story, settled):
            yield
            await self._comes_to_rest()

    async def _register(self) -> None:
        for phone in self._phones[self._registered :]:
            await self._network.enter_async_context(phone)
            self._registered += 1

    async def talks(self) -> set[tuple[str, ...]]:
        """Every bridge in which two are together: which it is, and who they are."""
        bridges = await asyncio.to_thread(self._pbx.ari, "bridges")
        return {
            (bridge["id"], *sorted(bridge["channels"])) for bridge in bridges if len(bridge["channels"]) > 1
        }

    async def _comes_to_rest(self) -> None:
        """Wait until the stories are over and Asterisk has neither channel nor bridge."""
        left: list[str] = []
        async with asyncio.timeout(REST):
            while self._serving.stories:
                await asyncio.sleep(0.01)
        for citizen in self._citizens:
            await citizen.goes_home()
        for _ in range(int(REST / 0.1)):
            left = await asyncio.to_thread(self._what_is_left)
            if not left:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"left over at Asterisk: {left}")

    def _what_is_left(self) -> list[str]:
        bridges = [str(bridge["id"]) for bridge in self._pbx.ari("bridges")]
        return self._pbx.channels() + bridges
