"""A citizen with a telephone, at the fake Asterisk."""

from telephony.values import HangUpCause, NumberShown
from tests.fakes.asterisk.handset import Handset
from tests.fakes.asterisk.parts import Channel
from tests.fakes.asterisk.switch import Switch


class FakeCitizen(Handset):
    """Made by `FakeAsteriskWorld.citizen`; the verbs are those of `MemoryCitizen`."""

    def __init__(
        self,
        switch: Switch,
        app: str,
        *,
        number: str,
        name: str,
        shown: NumberShown,
        dialled: str,
        phone: str = "",
    ) -> None:
        super().__init__(f"the citizen {number}", switch)
        self._app = app
        self._number, self._name, self._shown = number, name, shown
        self._dialled, self._phone = dialled, phone
        self._told: HangUpCause | None = None
        self._hung_up = self._rang = False
        self.fell_back = False

    @property
    def channel(self) -> Channel:
        """The citizen's end at Asterisk; they must have dialled."""
        assert self._channel is not None, f"{self.who} has not dialled (or was sent to the fallback)"
        return self._channel

    @property
    def line_is_dead(self) -> bool:
        """Whether the call is over."""
        return self._channel is not None and self._channel.over

    @property
    def told(self) -> HangUpCause | None:
        """What the line told the citizen's network when it ended the call."""
        return self._told

    async def dials(self) -> None:
        """Place the call."""
        self._channel = self._switch.arrives(
            self._app,
            self,
            number=self._number,
            name=self._name,
            shown=self._shown,
            dialled=self._dialled,
            phone=self._phone,
        )
        self.fell_back = self._channel is None

    async def hangs_up(self) -> None:
        """Put the handset down."""
        if self._channel is not None:
            self._hung_up = not self._channel.over
            self._switch.leaves(self._channel)

    async def is_answered(self) -> None:
        """Wait until the line picks up."""
        await self.waits_for(lambda: self.channel.up, "for an answer")

    async def is_put_down(self) -> None:
        """Wait until the line ends the call; a citizen who hung up first was not put down."""
        await self.waits_for(lambda: self.channel.over, "to be put down")
        assert not self._hung_up, f"{self.who} hung up first"

    async def is_sent_elsewhere(self) -> None:
        """Wait until the dialplan's own fallback has the call."""
        await self.waits_for(lambda: self.fell_back, "for the fallback")

    async def hears_ringing(self) -> None:
        """Wait until their own phone sounds its ringing tone."""
        await self.waits_for(lambda: self._rang, "to hear the ringing tone")

    def hears_that_it_rings(self) -> None:
        """180."""
        self._rang = True

    def hears_an_answer(self, channel: Channel) -> None:
        """200: audio flows from now on."""
        self.microphone.turn_on()

    def falls_back(self) -> None:
        """The dialplan has the call again."""
        self.fell_back = True

    def hears_the_end(self, channel: Channel, told: HangUpCause | None) -> None:
        """BYE or a refusal arrives."""
        self._told = told
