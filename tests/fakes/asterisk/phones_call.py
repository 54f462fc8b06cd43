"""A call that one of our own registered phones makes, at the fake Asterisk."""

from telephony.values import NumberShown
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

    async def is_refused(self) -> None:
        """Wait until the line ends the call without having answered it."""
        await self.is_put_down()
        assert not self.channel.up, f"{self.who} was answered"
