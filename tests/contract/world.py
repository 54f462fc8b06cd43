"""What a contract test may ask of a world: a line, citizens who dial, phones that behave."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from telephony.call import Line, OnSettled, Story
from telephony.values import Behind, NumberShown, Progress
from tests.fakes.behaviour import Behaviour


class Actor(Protocol):
    """Somebody with an ear. A wait has a limit, and fails with what was heard so far."""

    @property
    def who(self) -> str:
        """Who this is, for messages."""

    async def hears(self, prompt: str) -> object:
        """Wait until a prompt of this name begins (after the last one waited for)."""

    async def has_heard(self, *prompts: str) -> None:
        """Wait until these are all the prompts heard so far in this call, in order, whole or cut."""

    async def presses(self, keys: str) -> None:
        """Press keys, one after another."""

    async def hangs_up(self) -> None:
        """Put down."""

    async def is_put_down(self) -> None:
        """Wait until the other side ends it."""

    async def listens(self, seconds: float) -> None:
        """Hold the handset and do nothing for a while."""

    async def is_on_hold(self) -> None:
        """Wait until there is music."""

    async def is_in_silence(self) -> None:
        """Wait until there is neither music, nor a prompt, nor anybody."""

    async def is_talking_to(self, other: "Actor") -> None:
        """Wait until the two hear each other, and no music under it."""

    async def is_parted(self) -> None:
        """Wait until this one hears nobody any more."""


class Phone(Actor, Protocol):
    """A phone that the line may ring."""

    @property
    def number(self) -> str:
        """Its number."""

    @property
    def times_rung(self) -> int:
        """How many INVITEs reached it."""

    @property
    def shown_number(self) -> str | None:
        """The caller's number as displayed: empty if withheld; None if never rung."""

    @property
    def shows_missed_call(self) -> bool:
        """Whether it rang and was stopped without "answered elsewhere"."""

    async def rings(self) -> None:
        """Wait until it rings."""

    async def answers(self) -> None:
        """Take it up."""

    async def holds(self) -> None:
        """Press the hold key."""

    async def resumes(self) -> None:
        """Take the call back from hold."""

    async def transfers_to(self, extension: str) -> None:
        """Press the transfer key and dial (a blind REFER)."""

    async def transfers_to_consulted(self, second: "PhonesCall") -> None:
        """Press the transfer key: whoever is in the phone's second call shall have the caller (REFER with Replaces)."""

    async def is_told(self, progress: Progress) -> None:
        """Wait until it is told this of the transfer it asked for."""

    async def dials(self, number: str) -> "PhonesCall":
        """Call from this phone, whatever else goes on at it."""

    async def unregisters(self) -> None:
        """Go off the network: it can be rung no more, and the present talk goes on."""


class Citizen(Actor, Protocol):
    """Somebody who calls the hall."""

    async def dials(self) -> None:
        """Place the call."""

    async def is_answered(self) -> None:
        """Wait until the line picks up."""

    async def is_sent_elsewhere(self) -> None:
        """Wait until the dialplan's own fallback has the call."""

    async def hears_ringing(self) -> None:
        """Wait until their own phone sounds its ringing tone (180)."""


class PhonesCall(Actor, Protocol):
    """A call that one of our own registered phones makes."""

    async def is_answered(self) -> None:
        """Wait until the line picks up."""

    async def is_refused(self) -> None:
        """Wait until the line ends it without having answered."""

    async def hears_ringing(self) -> None:
        """Wait until the phone sounds its ringing tone (180)."""

    async def holds(self) -> None:
        """Press the hold key."""

    async def resumes(self) -> None:
        """Take the call back from hold."""

    async def transfers_to(self, extension: str) -> None:
        """Press the transfer key and dial (a blind REFER)."""

    async def is_told(self, progress: Progress) -> None:
        """Wait until it is told this of the transfer it asked for."""


class Process(Protocol):
    """One process of the service."""

    async def dies(self) -> None:
        """By `kill -9`: nothing more is said to Asterisk; return when its tasks are gone."""

    async def stops(self) -> None:
        """By SIGTERM, without any draining: return when it is over."""


class World(Protocol):
    """A telephone network with our line in it."""

    @property
    def line(self) -> Line:
        """The line under test."""

    def citizen(
        self,
        *,
        number: str = ...,
        name: str = ...,
        shown: NumberShown = ...,
        dialled: str = ...,
    ) -> Citizen:
        """Somebody who may dial."""

    def phone(
        self,
        number: str,
        behaviour: Behaviour = ...,
        *,
        after: float = ...,
        sends_audio: bool = ...,
        behind: Behind = ...,
    ) -> Phone:
        """A phone, for this test; make it before the line is served."""

    def loses_prompt(self, name: str) -> None:
        """The audio file of this prompt is missing from now on."""

    def take_failures(self) -> list[BaseException]:
        """What stories raised so far, now expected."""

    async def talks(self) -> set[tuple[str, ...]]:
        """Every bridge in which two are together: which it is, and who they are."""

    def process(self, story: Story) -> AbstractAsyncContextManager[Process]:
        """A process of the service before the one that `serves`; it stops at the block's end, if it has not died."""

    def serves(self, story: Story, settled: OnSettled = ...) -> AbstractAsyncContextManager[None]:
        """The line is served inside; at the end all calls must end, and nothing may be left over."""
