"""A rung phone, and two legs in one bridge: `MemoryLeg` and `MemoryTalk`."""

import asyncio
from collections.abc import Callable

from telephony.errors import Refused
from telephony.values import (
    AudioFlow,
    Behind,
    Ended,
    HangUpCause,
    KeyPressed,
    LegEnded,
    LegEvent,
    LegId,
    PhoneAnswered,
    PhoneHolds,
    PhoneResumes,
    PhoneRings,
    Played,
    Progress,
    PromptName,
    Target,
    TransferAsked,
    Words,
)
from tests.fakes.memory.bell import Alive
from tests.fakes.memory.ear import Bridge, Ear
from tests.fakes.memory.listener import Listener
from tests.fakes.memory.sound import Playback

PATIENCE = {Behind.HERE: 2.0, Behind.TRUNK: 10.0}
"""Seconds until a phone that shows no RINGING counts as dead."""


class MemoryLeg:
    """The port `Leg`; the verbs below the line are the network's side of it."""

    def __init__(
        self, leg_id: LegId, target: Target, listener: Listener, alive: Alive, lost: set[PromptName]
    ) -> None:
        self._id = leg_id
        self._alive = alive
        self._lost = lost
        self._events: asyncio.Queue[LegEvent] = asyncio.Queue()
        self._listener = listener
        self._asked_for_transfer = False
        self.rang = False
        self._impatience = asyncio.get_running_loop().call_later(
            PATIENCE[target.behind], self._no_ringing, PATIENCE[target.behind]
        )
        self.target = target
        self.ear = Ear(listener, leg_id)
        self.answered = False
        self.ended: LegEnded | None = None
        self.stopped_with: HangUpCause | None = None
        """What our line told the phone when it ended the leg; None if the phone ended it."""
        self.told_progress: list[Progress] = []
        """What the phone was told of the transfers it asked for."""
        self.on_report: Callable[[Progress], None] = lambda progress: None
        """Called with what the phone is told of a transfer."""
        self.handed_to: MemoryLeg | None = None
        """The same phone's leg in the call that took it over, or for the next process."""
        self.left_alone = False
        """Our process has gone: nothing that it still says is heard, and nothing is told to it."""
        alive.add(self, f"leg to {target.number}")

    @property
    def id(self) -> LegId:
        """Ours, chosen before the phone was asked."""
        return self._id

    async def next(self) -> LegEvent:
        """The next thing this leg tells."""
        return await self._events.get()

    async def say(self, *words: Words) -> Played:
        """Whisper to this party alone."""
        if self.ended is not None or self.left_alone:
            return Played.FAILED
        if not self.answered:
            raise Refused(f"{self._listener.who} has not been answered: nobody could hear a whisper")
        return await Playback(self._alive, self._lost, words, self.ear).run()

    async def report(self, progress: Progress) -> None:
        """Tell a phone that asked for a transfer how it goes."""
        if not self.left_alone:
            self._notify(progress)

    async def stop(self, cause: HangUpCause = HangUpCause.NORMAL) -> None:
        """End the leg."""
        if not self.left_alone:
            self.is_stopped(cause)

    # ---- the network's side

    @property
    def is_over(self) -> bool:
        """Whether this leg has ended, for us or for the process after us."""
        return self.ended is not None or (self.handed_to is not None and self.handed_to.is_over)

    @property
    def waits_to_be_told(self) -> bool:
        """Whether it has asked for a transfer, and does not know yet what has become of it."""
        return self._asked_for_transfer

    def ring(self) -> None:
        """180: the phone says that it rings; said once."""
        if self.ended is None and not self.rang and not self.answered:
            self.rang = True
            self._impatience.cancel()
            self._events.put_nowait(PhoneRings())
            self._listener.bell.ring()

    def answer(self) -> None:
        """200: the phone was answered."""
        if self.left_alone:
            self.is_stopped()  # Asterisk puts down whoever answers for an application that is not there
        elif self.ended is None and not self.answered:
            self.answered = self.ear.answered = True
            self._impatience.cancel()
            self._events.put_nowait(PhoneAnswered())
            self._listener.bell.ring()

    def press(self, key: str) -> None:
        """A key was pressed on the phone."""
        if self.ended is None and self.answered:
            self._events.put_nowait(KeyPressed(key))

    def hold(self) -> None:
        """The phone's own hold key: re-INVITE `sendonly`."""
        if self.ended is None and self.answered and not self.ear.held:
            self.ear.hold()
            self._events.put_nowait(PhoneHolds())

    def resume(self) -> None:
        """The phone takes the call back: re-INVITE `sendrecv`."""
        if self.ended is None and self.ear.held:
            self.ear.resume()
            self._events.put_nowait(PhoneResumes())

    def refer(self, to: str, consulted: LegId | None) -> None:
        """The phone's own transfer key: REFER, which waits for its answer."""
        if self.ended is None and self.answered:
            self._asked_for_transfer = True
            self._events.put_nowait(TransferAsked(to, consulted))

    def hand_over(self) -> "MemoryLeg":
        """Go on as a leg of another call: the party and what they hear stay, this leg has ended for its own."""
        self.ear.silence()
        self.ear.part()
        taken = self._successor()
        self._tell_end(LegEnded(Ended.STOPPED, "taken over by another call"))
        return taken

    def goes_on(self) -> "MemoryLeg":
        """The same leg for the next process, where it is; a transfer that the one before was asked for has failed."""
        self._alive.discard(self)
        after = self._successor()
        after.told_progress = self.told_progress
        after._asked_for_transfer = self._asked_for_transfer
        after._notify(Progress.FAILED)
        return after

    def is_left_alone(self) -> None:
        """Our process goes; a phone that rings goes on ringing, and nobody counts for how long."""
        self.left_alone = True
        self._impatience.cancel()

    def is_stopped(self, cause: HangUpCause = HangUpCause.NORMAL) -> None:
        """Our side puts it down."""
        if self.ended is None:
            self.stopped_with = cause
            self.end(Ended.STOPPED)

    def end(self, why: Ended, detail: str = "") -> None:
        """The leg is gone; a second time is no error and tells nothing."""
        if self.ended is not None:
            return
        self.ear.close()
        self._tell_end(LegEnded(why, detail))

    def _notify(self, progress: Progress) -> None:
        if self.ended is None and self._asked_for_transfer:
            self._asked_for_transfer = progress is Progress.RINGING
            self.told_progress.append(progress)
            self.on_report(progress)
            self._listener.bell.ring()

    def _successor(self) -> "MemoryLeg":
        after = MemoryLeg(self._id, self.target, self._listener, self._alive, self._lost)
        after.ear, after.rang, after.answered = self.ear, self.rang, True
        after.on_report = self.on_report
        after._impatience.cancel()
        self.handed_to = after
        return after

    def _tell_end(self, ended: LegEnded) -> None:
        self.ended = ended
        self._impatience.cancel()
        self._alive.discard(self)
        self._events.put_nowait(ended)
        self._listener.bell.ring()

    def _no_ringing(self, seconds: float) -> None:
        self.stopped_with = HangUpCause.NORMAL
        self.end(Ended.UNREACHABLE, f"no ringing in {seconds:g} s")


class MemoryTalk:
    """The port `Talk`: what flows between two legs in one bridge."""

    def __init__(self, bridge: Bridge, alive: Alive, lost: set[PromptName]) -> None:
        self._ears = bridge.ears
        self._before = [ear.microphone.sent for ear in bridge.ears]
        self._alive = alive
        self._lost = lost

    async def audio(self) -> AudioFlow:
        """Packets of each side since the two were connected."""
        sent = [ear.microphone.sent - before for ear, before in zip(self._ears, self._before, strict=True)]
        return AudioFlow(from_caller=sent[0], from_colleague=sent[1])

    async def say(self, *words: Words) -> Played:
        """Say something that both hear."""
        return await Playback(self._alive, self._lost, words, *self._ears).run()
