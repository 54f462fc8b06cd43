"""What an attempt says: to the caller, and to the colleague's ear alone; all of it goes on record."""

from callflows.conversation import Conversation
from callflows.outcomes import Way
from callflows.transfer.log import AttemptLog
from callflows.transfer.rung import taking_up
from callflows.transfer.table import Event
from callflows.transfer.wanted import Try
from telephony.call import Leg
from telephony.values import Played, Words


class Saying:
    """The voice of one attempt."""

    def __init__(self, conversation: Conversation, wanted: Try, log: AttemptLog) -> None:
        self._conversation, self._try, self._log = conversation, wanted, log

    @property
    def asks_for_a_key(self) -> bool:
        """Whether an answer is not enough: only key 1 tells a person from a voicemail."""
        return taking_up(self._try.candidate, self._try.way) is Event.TAKEN_UP

    async def announcement(self) -> None:
        """The caller is told to whom they are being connected (bylaw §6.4)."""
        await self._conversation.say(self._conversation.wording.announcement(self._try.candidate))
        self._log.announced()

    async def whisper(self, leg: Leg) -> None:
        """The colleague is told who is handed over, why and by whom, and the keys."""
        wording, wanted = self._conversation.wording, self._try
        by = wanted.by.name if wanted.by else ""
        caller = self._conversation.call.caller
        await self._tell(leg, *wording.whisper(wanted.candidate, wanted.matter, caller, by), self._keys)

    async def keys(self, leg: Leg) -> None:
        """The keys once more."""
        await self._tell(leg, self._keys)

    async def consulted(self, leg: Leg) -> None:
        """The colleague is told who asks them."""
        by = self._try.by
        assert by is not None, "somebody wants to consult"
        await self._tell(leg, self._conversation.wording.consulted(by.candidate))

    async def meanwhile(self, leg: Leg) -> None:
        """What whoever took the call hears while the caller hears who it was."""
        wording = self._conversation.wording
        if self._try.way is Way.RECALL:
            await self._tell(leg, *wording.recall(self._try.failed))
        elif self._try.way is Way.QUEUE:
            offer = wording.offer(self._try.matter, self._conversation.language, self._try.waited)
            prompted = () if self._is_introduced else (wording.plain("clerk.introduce"),)
            await self._tell(leg, *offer, *prompted)
        elif self.asks_for_a_key and self._is_introduced:  # else the caller's voice is the answer, at once
            await self._tell(leg, wording.plain("whisper.taken"))

    async def introduction(self) -> None:
        """The caller hears name and unit of who took the call (bylaw §6.1), unless they say that themselves."""
        if self._is_introduced:
            person = self._try.candidate.person
            words = self._conversation.wording.introduction(self._try.candidate)
            self._log.introduced(person.id if person else "", await self._conversation.say(words))

    @property
    def _keys(self) -> Words:
        return self._conversation.wording.plain("whisper.keys")

    @property
    def _is_introduced(self) -> bool:
        person = self._try.candidate.person
        return person is None or person.introduction

    async def _tell(self, leg: Leg, *words: Words) -> None:
        played = Played.CUT
        try:
            played = await leg.say(*words)
        finally:
            self._log.told(words, played)
