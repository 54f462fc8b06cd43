"""The ports of the telephone: Line, Call, Leg, Talk.

A story is handed a `Call` and uses its verbs. Three worlds keep these promises, held by one contract
suite (`tests/contract`): the in-memory world of the tests, our ARI code over a small fake Asterisk, and
real Asterisk.

What every verb of a Call promises:

* if the caller's leg is gone, or goes while the verb waits, the verb raises `HungUp`;
* if the verb is cancelled, it leaves nothing running (no playback, no music, no ringing phone);
* commands to a leg that has just ended are no error.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from telephony.digits import Matcher, Patience, Typed
from telephony.values import (
    Arrival,
    AudioFlow,
    Caller,
    CallId,
    Ended,
    HangUpCause,
    LegEvent,
    LegId,
    PhoneSeen,
    Played,
    Progress,
    Settled,
    Target,
    Words,
)


class Talk(Protocol):
    """Two legs in one bridge: they hear each other."""

    async def audio(self) -> AudioFlow:
        """RTP received from each side since this was first asked in this talk."""

    async def say(self, *words: Words) -> Played:
        """Say something that both hear, over their talk. `Played.FAILED` if one has gone, or Asterisk is away."""


class Leg(Protocol):
    """A phone that we ring: a clerk's or colleague's end, until and after it is connected."""

    @property
    def id(self) -> LegId:
        """Ours, chosen before the phone was asked."""

    async def next(self) -> LegEvent:
        """The next thing this leg tells, in order. After `LegEnded` it waits for ever."""

    async def say(self, *words: Words) -> Played:
        """Whisper: only this party hears it. `Played.FAILED` if the leg has ended, or Asterisk is away.

        For a whisper no talk is ended. Cancelling stops the playback at once.
        """

    async def report(self, progress: Progress) -> None:
        """Tell a phone that asked for a transfer how it goes. Of no effect if it asked for none, or has ended."""

    async def stop(self, cause: HangUpCause = HangUpCause.NORMAL) -> None:
        """End the leg. Idempotent; `LegEnded(STOPPED)` follows unless it had ended already."""


class Call(Protocol):
    """One citizen on the line, and the verbs a story may use. See the module for what all verbs promise."""

    @property
    def id(self) -> CallId:
        """Ours, in every log line and fact of this call."""

    @property
    def caller(self) -> Caller:
        """Who calls, as far as the network says."""

    @property
    def dialled(self) -> str:
        """The number the citizen dialled, as our dialplan saw it."""

    @property
    def phone(self) -> str:
        """The extension of the registered phone of ours that calls; empty for a citizen.

        It is the name by which the phone has authenticated itself, never what it says of itself.
        """

    @property
    def arrival(self) -> Arrival:
        """Whether the call is new, or was on the line before we were."""

    @property
    def left_behind(self) -> tuple[LegId, ...]:
        """The answered legs of this call that a process before us has left; empty for a new call.

        Each stays where it was, in a bridge with the caller, with another of them, or alone, until it is taken over
        (`take_over`); those that nobody takes over end with the call.
        """

    async def answer(self) -> None:
        """Pick up. A second time is no error."""

    async def ringing(self) -> None:
        """Let the caller's own phone sound its ringing tone (180), before the call is answered."""

    async def say(self, *words: Words) -> Played:
        """Say it to the caller, to its end. Keys pressed meanwhile are kept for the next question."""

    async def ask(self, *words: Words, matcher: Matcher, patience: Patience) -> Typed:
        """Say it and collect keys. The first key silences the prompt; keys kept from before count.

        The clock of `patience` starts when the prompt has ended. An INVALID answer empties the kept keys.
        """

    def on_hold(self) -> AbstractAsyncContextManager[None]:
        """The caller hears music inside this block. `say` inside it interrupts the music."""

    def ring(self, target: Target) -> AbstractAsyncContextManager[Leg]:
        """Ring a phone on this call's behalf; the caller goes on hearing what they hear.

        Leaving the block ends the leg if it is still there: no ghost legs. A phone that has not been answered
        stops ringing when the caller leaves, without waiting for that. A withheld number is never
        shown to the rung phone. Not ringing in time (2 s here, 10 s behind a trunk) ends the leg as
        UNREACHABLE; how long it may ring is the story's business.
        """

    def connect(self, leg: Leg) -> AbstractAsyncContextManager[Talk]:
        """Put caller and an answered leg into one bridge; they hear each other inside this block.

        The colleague's keys go on being reported; the caller's are for the colleague (or their machine), and
        answer no question of ours afterwards. Music and whispers are stopped first. Two who are in one bridge
        already, by a process before us, stay in it without a gap. Leaving the block parts them.
        """

    def consult(self, one: Leg, other: Leg) -> AbstractAsyncContextManager[Talk]:
        """Put two answered legs of this call into one bridge, without the caller, who goes on hearing what they hear.

        In `Talk.audio` the first stands in the caller's place. Keys of both go on being reported; whispers
        to either are stopped first; two who are together already stay so, without a gap. Leaving the block parts
        them, and both stay.
        """

    def take_over(self, leg: LegId) -> AbstractAsyncContextManager[Leg]:
        """Make an answered leg of a call that one of this call's own phones has made a leg of this call.

        Or one of `left_behind`, which stays where it is, in its bridge if it is in one. The other kind is the
        colleague whom a phone has consulted in a second call of its own. The other call is told that it has ended
        (`LegEnded(STOPPED)`), while the party stays on the line and hears nothing. An id that no leg has, or no
        longer, or one of somebody else's call, gives one that tells `LegEnded(UNREACHABLE)` at once: a REFER may
        name any call at all (RFC 3891). Leaving the block ends the leg.
        """

    async def left(self) -> None:
        """Return when the caller's leg is gone: the one verb that does not raise `HungUp`."""

    @property
    def ended(self) -> Ended | None:
        """Why the caller's leg is gone: HUNG_UP, STOPPED or PBX_RESTARTED; None while it is up."""

    async def hang_up(self, cause: HangUpCause = HangUpCause.NORMAL) -> None:
        """End the caller's leg. Idempotent; does not raise `HungUp`."""


Story = Callable[[Call], Awaitable[None]]
"""What happens to a caller; run as a task of its own for each call. When it returns, the call is ended."""

OnSettled = Callable[[Settled], None]
"""Told after each (re)connection, before the stories of resumed calls begin; it must not wait."""


def nobody_asks(_: Settled) -> None:
    """Who serves a line need not care for what it found."""


class Line(Protocol):
    """The hall's telephone line: calls come in, each is given to the story."""

    @property
    def ready(self) -> bool:
        """Whether calls reach us now: the event socket is up and reconciled."""

    @property
    def leaving(self) -> bool:
        """Whether `serve` has come to its end: stories are cancelled, and callers stay for the next process."""

    def phone(self, number: str) -> PhoneSeen:
        """What the phone with this number that is registered here is doing; UNKNOWN while the line is not ready."""

    async def serve(self, story: Story, settled: OnSettled = nobody_asks) -> None:
        """Take calls until cancelled, reconnecting as needed. Raises `WrongPassword` at once."""

    async def drain(self, limit: float) -> None:
        """Send new calls to the dialplan's own fallback and wait up to `limit` seconds for talks to end."""
