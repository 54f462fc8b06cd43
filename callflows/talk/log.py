"""The record of one talk: holds, what became of requests, and what both were told."""

from callflows.conversation import Conversation
from callflows.facts import CommandAnswered, DirectNumberTold, HoldBegan, HoldEnded
from callflows.stopwatch import moment, since
from callflows.talk.requests import Request
from directory.model import Unit
from telephony.values import Played


class TalkLog:
    """States the facts of one talk; `by` is the host's id."""

    def __init__(self, conversation: Conversation, by: str) -> None:
        self._conversation, self._by = conversation, by
        self._held_at: float | None = None

    def hold_began(self, *, by_phone: bool = False) -> None:
        """The caller hears music, by the line or by the phone's own key; said once."""
        if self._held_at is None:
            talk = self._conversation
            self._held_at = moment()
            talk.waiting_for = "hold"
            talk.state(HoldBegan(call=talk.id, at=talk.now(), by=self._by, by_phone=by_phone))

    def hold_ended(self) -> None:
        """They talk again, or the hold has turned into something else; nothing if there was none."""
        if self._held_at is not None:
            talk, seconds = self._conversation, since(self._held_at)
            self._held_at = None
            if talk.call.ended is None:  # who has left had waited for its end
                talk.waiting_for = "talk"
            talk.state(HoldEnded(call=talk.id, at=talk.now(), by=self._by, seconds=seconds))

    def done(self, request: Request) -> None:
        """What was asked for is done, or under way."""
        self._answered(request, why="")

    def refused(self, request: Request, why: str) -> None:
        """What was asked for is not done."""
        self._answered(request, why)

    def number_told(self, unit: Unit, number: str, played: Played) -> None:
        """The caller heard the direct number, and whoever came back to them, too."""
        talk, whole = self._conversation, played is Played.WHOLE
        talk.state(DirectNumberTold(call=talk.id, at=talk.now(), number=number, unit=unit.id, whole=whole))

    def _answered(self, request: Request, why: str) -> None:
        talk = self._conversation
        talk.state(
            CommandAnswered(
                call=talk.id,
                at=talk.now(),
                command=request.command,
                what=request.event.value,
                done=not why,
                why=why,
                by=request.by or self._by,
            )
        )
