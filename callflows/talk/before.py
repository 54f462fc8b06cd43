"""Where an earlier process has left a caller and their host: what the talk begins with then."""

from collections.abc import Callable
from dataclasses import dataclass

from callflows.command import new_command
from callflows.conversation import Conversation
from callflows.host import Host
from callflows.outcomes import Way
from callflows.restart.standing import OpenAttempt
from callflows.subject import Subject
from callflows.talk.commands import How
from callflows.talk.requests import Came, Request
from callflows.talk.table import Do, Event, State
from callflows.transfer.search import Search
from callflows.transfer.table import State as Trying
from directory.resolve import Candidate


@dataclass(frozen=True, slots=True)
class Together:
    """In one bridge, or to be brought there: what the host had begun with somebody else has come to nothing."""


@dataclass(frozen=True, slots=True)
class Held:
    """The host wanted the caller to wait, and does not want to be heard now."""


@dataclass(frozen=True, slots=True)
class Consulting:
    """The host talks to a colleague, while the caller waits."""

    candidate: Candidate
    tried: OpenAttempt

    @property
    def asked(self) -> Request:
        """What the host had asked for; by keys, for that refuses no way to complete it."""
        return Request(
            event=Event.HAND_OVER, command=new_command(), came=Came.BY_KEYS, by=self.tried.by, how=How.CONSULT
        )

    def search(
        self, talk: Conversation, host: Host, about: Subject, watch: Callable[[Trying], None]
    ) -> Search:
        """The search of which this consultation is a part."""
        return Search(
            talk,
            about,
            (self.candidate,),
            way=Way.CONSULTED,
            by=host,
            watch=watch,
            consulted=self.tried.leg,
            goes_on=self.tried,
        )


Before = Together | Held | Consulting

BEGINNINGS: dict[type[Before], tuple[State, tuple[Do, ...]]] = {
    Together: (State.TALKING, (Do.JOIN,)),
    Held: (State.HELD, (Do.HOLD,)),
    Consulting: (State.HANDING_OVER, (Do.TRY,)),
}
"""The state in which the talk begins, and what is done first."""
