"""Our ARI line over the fake Asterisk: the second world of the contract suite."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from telephony.ari.line import AriLine
from telephony.ari.settings import AriSettings
from telephony.call import OnSettled, Story, nobody_asks
from telephony.values import Behind, NumberShown, Words
from telephony.voice.port import Clip, Source
from tests.asterisk.cable import Cable
from tests.fakes.asterisk.citizen import FakeCitizen
from tests.fakes.asterisk.phone import FakePhone
from tests.fakes.asterisk.server import PASSWORD, USER, FakeAsterisk
from tests.fakes.asterisk.sounds import SoundFile
from tests.fakes.behaviour import Behaviour
from tests.fakes.process import Process
from tests.fakes.serving import REST, Serving

SECONDS_PER_CHARACTER, SHORTEST = 0.02, 0.2
"""Real time: three times as quick as a person speaks."""

ALONE = 2
"""A bridge's id, and that of one channel."""

REPLY_AFTER = 0.01
"""Seconds between doing and answering: here events come before the answer, on a real Asterisk mostly after."""


class FakeVoice:
    """The port `Voice`: puts a file on the fake Asterisk's disk for every text it is asked for."""

    def __init__(self, asterisk: FakeAsterisk) -> None:
        self._asterisk = asterisk
        self.pace = SECONDS_PER_CHARACTER
        self.shortest = SHORTEST
        self.lost: set[str] = set()
        """Prompts whose files vanish as soon as they are made."""

    async def clip(self, words: Words) -> Clip:
        """The clip for these words."""
        digest = hashlib.sha256(words.text.encode()).hexdigest()[:12]
        path = Path("/prompts") / f"{words.name}-{digest}"
        seconds = max(self.shortest, self.pace * len(words.text))
        if words.name not in self.lost:
            self._asterisk.sounds.files[str(path)] = SoundFile(words, seconds)
        return Clip(path, seconds, Source.SYNTHESISED)


class FakeAsteriskWorld:
    """Use it through `opened`: it listens on a real port."""

    def __init__(self, asterisk: FakeAsterisk, **settings: Any) -> None:
        self.asterisk = asterisk
        self.voice = FakeVoice(asterisk)
        self.settings = AriSettings(url=asterisk.url, user=USER, password=PASSWORD, **settings)
        self.line = AriLine(self.settings, self.voice)
        self._serving = Serving(self.line, asterisk.switch.bell)
        self._citizens: list[FakeCitizen] = []
        self._phones: list[FakePhone] = []

    @classmethod
    @asynccontextmanager
    async def opened(cls, **settings: Any) -> AsyncIterator["FakeAsteriskWorld"]:
        """A world of one's own, and its end; `settings` go to the line's AriSettings."""
        asterisk = FakeAsterisk()
        asterisk.reply_after = REPLY_AFTER
        await asterisk.start()
        try:
            yield cls(asterisk, **settings)
        finally:
            await asterisk.end()

    def citizen(
        self,
        *,
        number: str = "+48601234567",
        name: str = "",
        shown: NumberShown = NumberShown.SHOWN,
        dialled: str = "447327600",
    ) -> FakeCitizen:
        """Somebody who may call the hall."""
        citizen = FakeCitizen(
            self.asterisk.switch,
            self.settings.app,
            number=number,
            name=name,
            shown=shown,
            dialled=dialled,
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
        behind: Behind | None = None,
    ) -> FakePhone:
        """A phone with this number; unless `behind` says otherwise, it is reached here and by the trunk."""
        network = self.asterisk.network
        phone = FakePhone(
            self.asterisk.switch,
            network,
            self.settings.app,
            number,
            behaviour,
            after=after,
            sends_audio=sends_audio,
            behind=behind,
        )
        network.phones[number] = phone
        self.asterisk.switch.devices.add(phone)
        self._phones.append(phone)
        return phone

    def loses_prompt(self, name: str) -> None:
        """The audio file of this prompt is missing from now on."""
        self.voice.lost.add(name)

    def take_failures(self) -> list[BaseException]:
        """What stories raised so far, now expected."""
        return self._serving.take_failures()

    @asynccontextmanager
    async def process(self, story: Story, settled: OnSettled = nobody_asks) -> AsyncIterator[Process]:
        """A process of the service before the one that `serves`; until it dies or is stopped, at the latest here.

        It has a cable of its own to Asterisk: pulled out, nothing that its tasks still do reaches anybody.
        """
        async with Cable(self.asterisk.url) as cable:
            line = AriLine(replace(self.settings, url=cable.url), self.voice)
            async with Serving(line, self.asterisk.switch.bell).process(
                story, settled, cable.unplug
            ) as process:
                yield process

    @asynccontextmanager
    async def serves(self, story: Story, settled: OnSettled = nobody_asks) -> AsyncIterator[None]:
        """The line is served inside; at the end all calls must end, and nothing may be left over."""
        async with self._serving.serves(story, settled):
            yield
            await self.comes_to_rest()

    async def talks(self) -> set[tuple[str, ...]]:
        """Every bridge in which two are together: which it is, and who they are."""
        bridges = self.asterisk.switch.bridges.values()
        there = [(bridge.id, *sorted(channel.id for channel in bridge.channels)) for bridge in bridges]
        return {one for one in there if len(one) > ALONE}

    async def pbx_restarts(self) -> None:
        """Asterisk dies and comes back: every call is gone."""
        await self.asterisk.restart()

    async def becomes_ready(self) -> None:
        """Wait until the line takes calls (again)."""
        await self._serving.becomes_ready()

    async def comes_to_rest(self) -> None:
        """Wait until nothing is going on at Asterisk any more; whom the fallback has puts down."""
        switch = self.asterisk.switch

        def rest() -> bool:
            in_stasis = [channel for channel in switch.channels.values() if channel.app or channel.rung]
            return not (self._serving.stories or in_stasis or switch.bridges or switch.playbacks)

        if not await switch.bell.until(rest, REST):
            left = [*switch.channels, *switch.bridges, *switch.playbacks]
            raise AssertionError(f"{self._serving.stories} stories, and left over at Asterisk: {left}")
        for caller in (*self._citizens, *(call for phone in self._phones for call in phone.calls)):
            await caller.hangs_up()
