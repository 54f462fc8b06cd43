"""The actors: a citizen and a colleague who do one thing after another, and tell the screen what they do."""

import asyncio
from collections.abc import Callable, Mapping

from api.masking import masked_number
from tests.demo.evidence import PutDown
from tests.demo.texts import Text, both, brief, quoted
from tests.demo.voices import Sentence
from tests.demo.watches import PhoneWatch, Tell
from tests.phones.citizen import Citizen
from tests.phones.ear import Ear
from tests.phones.g711 import Samples
from tests.phones.phone import Phone

LOOKS_AT_THE_KEYS = 0.6
BREATH = 0.5
"""Seconds that a person needs to press a key, and to begin to speak."""
A_PRESS = 0.2
"""Seconds until a phone has done what a key of its own is for."""


async def pause(seconds: float) -> None:
    """What people do between two things."""
    passed = asyncio.Event()
    timer = asyncio.get_running_loop().call_later(seconds, passed.set)
    try:
        await passed.wait()
    finally:
        timer.cancel()


class Caller:
    """The citizen of one call."""

    def __init__(
        self,
        citizen: Citizen,
        tell: Tell,
        clips: Mapping[str, Samples],
        *,
        shows: Text,
        begins: Callable[[float], None],
    ) -> None:
        """`shows` says what is seen of the number; `begins` is told the moment of dialling, on the loop's clock."""
        self.citizen = citizen
        self._from = shows
        self.dialled = 0.0
        self.ended: float | None = None
        self.put_down = PutDown.NOBODY
        self._tell, self._clips, self._begins = tell, clips, begins

    @property
    def answered(self) -> float | None:
        """When the line picked up, on the loop's clock; None if it did not."""
        after = self.citizen.answered_after
        return self.dialled + after if after > 0 else None

    async def dials(self) -> None:
        """Call the hall, and wait until somebody answers."""
        self.dialled = _now()
        self._begins(self.dialled)
        self._tell(self.dialled, Text("dzwoni do urzędu ", "calls the hall ") + self._from)
        await self.citizen.dials()
        await self.citizen.is_answered()
        after = brief(self.citizen.answered_after)
        self._tell(_now(), Text("urząd odbiera po ", "the hall answers after ") + after)

    async def hears(self, prompt: str) -> None:
        """Listen to a sentence of the line to its end."""
        await self.citizen.hears(prompt)

    async def hears_words(self, sentence: Sentence) -> None:
        """Listen to what the other says."""
        await self.citizen.hears(sentence.sound)

    async def hears_music(self) -> None:
        """Wait to music."""
        await self.citizen.hears_music()
        self._tell(_now(), Text("słyszy muzykę", "hears music"))

    async def presses(self, keys: str, meaning: Text | str) -> None:
        """Press keys on the telephone."""
        await pause(LOOKS_AT_THE_KEYS)
        self._tell(_now(), Text(f"naciska {keys}: ", f"presses {keys}: ") + both(meaning))
        await self.citizen.presses(keys)

    async def types(self, number: str) -> None:
        """Type a telephone number, closed by #."""
        await pause(LOOKS_AT_THE_KEYS)
        self._tell(_now(), Text("wpisuje numer ", "types the number ") + masked_number(number) + "#")
        await self.citizen.presses(number + "#")

    async def begins_to_hear(self, prompt: str) -> None:
        """Listen to the beginning of a sentence of the line."""
        await self.citizen.begins_to_hear(prompt)

    async def says(self, sentence: Sentence) -> None:
        """Say something, a breath after the other has ended."""
        await pause(BREATH)
        self.citizen.handset.plays(self._clips[sentence.name])

    async def hangs_up(self) -> None:
        """Put down."""
        self.ended, self.put_down = _now(), PutDown.CITIZEN
        self._tell(self.ended, Text("odkłada słuchawkę", "puts down"))
        await self.citizen.hangs_up()

    async def is_put_down(self) -> None:
        """Wait until the line ends the call."""
        await self.citizen.is_put_down()
        self.ended, self.put_down = _now(), PutDown.LINE
        self._tell(self.ended, Text("linia zakończyła połączenie", "the line has ended the call"))


class Colleague:
    """Somebody of the hall, or a machine, at one phone."""

    def __init__(self, phone: Phone, watch: PhoneWatch, tell: Tell, clips: Mapping[str, Samples]) -> None:
        self.phone = phone
        self.watch = watch
        self._tell, self._clips = tell, clips

    async def rings(self) -> None:
        """Wait until the phone rings."""
        await self.phone.until(lambda: self.phone.ringing, "to ring")

    async def takes_up(self, *, after: float) -> None:
        """Let it ring so many seconds, and take it up."""
        await self.rings()
        await pause(after)
        await self.phone.answers()

    async def accepts(self) -> None:
        """Listen to who is handed over and why, and press 1."""
        await self.phone.hears("whisper.keys")
        await pause(LOOKS_AT_THE_KEYS)
        self._tell(_now(), Text("naciska 1: przyjmuję rozmowę", "presses 1: I take the call"))
        await self.phone.presses("1")

    async def says(self, sentence: Sentence) -> None:
        """Say something, a breath after the other has ended."""
        await pause(BREATH)
        self.phone.handset.plays(self._clips[sentence.name])

    async def machine_says(self, sentence: Sentence) -> None:
        """A machine talks, and does not care who listens."""
        await self.says(sentence)
        self._tell(_now(), Text("automat mówi: ", "a machine says: ") + quoted(sentence.text))

    async def is_free(self) -> None:
        """Wait until nothing goes on at the phone any more."""
        await self.phone.is_free()

    async def hears(self, prompt: str) -> None:
        """Listen to a sentence of the line to its end."""
        await self.phone.hears(prompt)

    async def hears_words(self, sentence: Sentence) -> None:
        """Listen to what the caller says."""
        await self.phone.hears(sentence.sound)


class Clerk(Colleague):
    """Somebody of the desk at their phone, who comes on duty by it and hands callers over by it."""

    def __init__(
        self,
        phone: Phone,
        watch: PhoneWatch,
        tell: Tell,
        clips: Mapping[str, Samples],
        *,
        hear: Callable[[Ear], None],
        begins: Callable[[float], None],
    ) -> None:
        """`hear` is given the ear of each call that the clerk places; `begins` is told the moment of dialling."""
        super().__init__(phone, watch, tell, clips)
        self._hear, self._begins = hear, begins

    async def dials(self, code: str, prompt: str, meaning: Text) -> None:
        """Dial a code of the line, and hear to its end what it did."""
        self._begins(_now())
        self._tell(_now(), Text(f"wybiera {code}: ", f"dials {code}: ") + meaning)
        call = await self.phone.dials(code)
        self._hear(call.ear)
        await call.hears(prompt)
        await call.is_put_down()

    async def hands_over_by_keys(self, extension: str, who: str) -> None:
        """Press the line's own keys for a transfer, in the talk."""
        await pause(LOOKS_AT_THE_KEYS)
        keys = f"*2{extension}#"
        self._tell(_now(), Text(f"naciska {keys} (przekazuje): ", f"presses {keys} (hands over): ") + who)
        await self.phone.presses(keys)

    async def hands_over_by_phone(self, extension: str, who: str) -> None:
        """Press the phone's own transfer key (REFER)."""
        await pause(LOOKS_AT_THE_KEYS)
        what = Text("naciska klawisz przekazania w telefonie", "presses the transfer key of the phone")
        self._tell(_now(), what + f" (REFER {extension}): {who}")
        await pause(A_PRESS)
        await self.phone.refers(extension)

    async def is_let_go(self) -> None:
        """Wait until the phone is told that the transfer was taken, and puts down by itself."""
        await self.phone.is_told("200")
        await self.is_free()


def _now() -> float:
    return asyncio.get_running_loop().time()
