"""A call that one of our own registered phones makes, at the fake Asterisk."""

from telephony.values import NumberShown, Progress
from tests.fakes.asterisk.citizen import FakeCitizen
from tests.fakes.asterisk.switch import Switch


class FakePhonesCall(FakeCitizen):
    """Made by `FakePhone.dials`; it has a channel and an ear of its own."""

    def __init__(self, switch: Switch, app: str, number: str, dialled: str) -> None:
        super().__init__(
            switch, app, number=number, name="", shown=NumberShown.SHOWN, dialled=dialled, phone=number
        )
        self.who = f"phone {number}, calling {dialled},"
        self.dialled = dialled
        self.told_progress: list[Progress] = []

    async def transfers_to(self, extension: str) -> None:
        """Press the transfer key and dial: a blind REFER. What it was told of an earlier one counts no more."""
        self.told_progress.clear()
        self._switch.transfers.refers(self.channel, extension, None)

    async def is_told(self, progress: Progress) -> None:
        """Wait until it is told this of the transfer it asked for."""
        await self.waits_for(lambda: progress in self.told_progress, f"to be told {progress.value}")

    def is_told_of_transfer(self, progress: Progress) -> None:
        """NOTIFY arrives."""
        self.told_progress.append(progress)

    async def is_refused(self) -> None:
        """Wait until the line ends the call without having answered it."""
        await self.is_put_down()
        assert not self.channel.up, f"{self.who} was answered"
