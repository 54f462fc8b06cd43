"""What a talk says: to both when a caller has come back, and to the host's ear alone."""

from callflows.conversation import Conversation
from callflows.host import Host
from callflows.outcomes import Outcome
from callflows.talk.log import TalkLog
from callflows.transfer.search import Failure
from callflows.transfer.table import State as Trying
from telephony.values import Played

UNSPOKEN = (Outcome.CANCELLED, Outcome.CONSULTED)
"""Ends of a transfer that the host wanted: nobody needs to be told."""

PROGRESS = {
    Trying.RINGING: "handover.ringing",
    Trying.RINGING_TO_CONSULT: "handover.ringing",
    Trying.ACCEPTING: "handover.taken_up",
    Trying.ASKING: "consult.began",
    Trying.CONSULTING: "consult.began",
}
"""What a host who waits is told of the transfer: said once, as long as it stays so."""


class Saying:
    """The voice of one talk."""

    def __init__(self, conversation: Conversation, host: Host, log: TalkLog) -> None:
        self._conversation, self._host, self._log = conversation, host, log

    async def to_the_host(self, prompt: str) -> None:
        """The host alone hears it, to its end."""
        await self._host.leg.say(self._conversation.wording.plain(prompt))

    async def of_failure(self, failure: Failure) -> bool:
        """Both hear why, and the direct number: the clerk need not look it up, and it is on record as told.

        False if they have not heard all of it.
        """
        talk, candidate = self._conversation, failure.candidate
        number = candidate.direct or candidate.unit.direct
        told = talk.wording.number(candidate.unit, number) if number else talk.wording.plain("number.none")
        words = (talk.wording.came_back(failure.outcome), told)
        played = Played.CUT
        try:
            if self._host.talk is not None:
                played = await self._host.talk.say(*words)
        finally:
            talk.told(words, played)
            if number:
                self._log.number_told(candidate.unit, number, played)
        return played is Played.WHOLE
