"""Hearing: which known sounds were heard in a recording, when, how well, and whether to their end.

Works on a growing recording: only what is new and not yet explained is searched for heads of known sounds;
once some are found, the sounds that begin so are followed until one of them is left.
"""

from dataclasses import dataclass

import numpy as np

from tests.phones.clipbook import FFT, HEAD, QUIET, Clipbook
from tests.phones.following import PIECE, Follower
from tests.phones.g711 import RATE, Samples
from tests.phones.recorded import Recorded
from tests.phones.searching import search

STEP = round(0.15 * RATE)
"""A live recording is searched when so much is new."""

BEYOND = round(0.16 * RATE)
"""How much longer than a sound heard whole another must match, to be the one that was played."""

SHORT = 0.3
"""Of a sound that was cut, at least so many seconds must have been heard."""

SCORE_WHOLE, SCORE_CUT = 0.5, 0.75
"""Correlation from which a sound counts as heard. The beginnings of words resemble each other: so be strict."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A known sound in the recording: since `at` (seconds), for `seconds`; `score` is 1 for the very same.

    Sounds that cannot be told apart (alike, or cut before they differ) are reported once, the others in `also`.
    """

    prompt: str
    at: float
    seconds: float
    score: float
    whole: bool
    text: str = ""
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        cut = "" if self.whole else ", cut"
        others = f" (or {', '.join(self.also)})" if self.also else ""
        return (
            f"{self.at:7.2f}s  {self.prompt}{others}  {self.seconds:.2f}s{cut}, correlation {self.score:.2f}"
        )


class Hearing:
    """What is heard in one recording, which may still be growing."""

    def __init__(self, book: Clipbook) -> None:
        self._book = book
        self._searched = 0
        self._followers: list[Follower] = []
        self._recorded = Recorded()
        self.heard: list[Heard] = []

    @property
    def now(self) -> str | None:
        """The prompt that is being heard at this moment, as far as one can tell."""
        best = max(self._followers, key=_rank, default=None)
        return best.sound.prompt if best and best.seconds >= SHORT else None

    @property
    def begun(self) -> Heard | None:
        """The prompt that is being heard, as soon as no other known one fits; its end is not known yet."""
        left = [one for one in self._followers if one.whole or (one.alive and not one.misses)]
        surest = max(left, key=_rank, default=None)
        if surest is None or surest.seconds < SHORT:
            return None
        sound = surest.sound
        if any((one.sound.prompt, one.sound.text) != (sound.prompt, sound.text) for one in left):
            return None
        score = round(surest.score, 3)
        return Heard(sound.prompt, surest.begins / RATE, surest.seconds, score, surest.whole, sound.text)

    @property
    def explained(self) -> int:
        """Up to which sample of the recording the decision is made."""
        return self._searched

    @property
    def length(self) -> int:
        """How many samples were given so far."""
        return self._recorded.end

    def listen(self, samples: Samples) -> list[Heard]:
        """Take the next samples of the recording, and say what was heard to its end since the last time."""
        self._recorded.add(samples)
        before = len(self.heard)
        while self._followers or self._search():
            for follower in self._followers:
                follower.follow(self._recorded)
            if any(follower.alive for follower in self._followers):
                break
            self._conclude()
        return self.heard[before:]

    def finish(self) -> list[Heard]:
        """The recording is over: search its last moment too."""
        return self.listen(np.zeros(HEAD + FFT + BEYOND, dtype=np.int16))

    def _search(self) -> bool:
        """Look for heads in what is new; True if there is something to follow now."""
        while (lags := min(self._recorded.end - self._searched - HEAD, FFT - HEAD)) >= STEP:
            block = (self._searched, self._searched + lags + HEAD)
            loud = float(np.abs(self._recorded.audio(*block)).max()) > QUIET
            place = search(self._recorded.crisp(*block), lags, self._book.heads()) if loud else None
            if place is None:
                self._searched += lags
                continue
            self._followers = [
                Follower(sound, self._searched + lag - sound.start) for lag, sound in place.candidates
            ]
            self._searched += place.first
            if self._followers:
                return True
        return False

    def _conclude(self) -> None:
        """All competitors have ended: name the one that was heard, and go on after it."""
        longest = max(self._followers, key=_rank)
        whole = [one for one in self._followers if one.whole and one.ends + BEYOND > longest.ends]
        winner = max(whole, key=_rank, default=longest)
        followers, self._followers = self._followers, []
        self._searched += PIECE // 4
        cut = winner.score >= SCORE_CUT and winner.seconds >= SHORT
        if cut or (winner.whole and winner.score >= SCORE_WHOLE):
            self._take(winner, _alike(winner, followers))

    def _take(self, winner: Follower, also: tuple[str, ...]) -> None:
        self._searched = max(self._searched, winner.ends - (0 if winner.whole else PIECE))
        at, score = winner.begins / RATE, round(winner.score, 3)
        sound = winner.sound
        self.heard.append(Heard(sound.prompt, at, winner.seconds, score, winner.whole, sound.text, also))


def _rank(follower: Follower) -> tuple[int, float]:
    return follower.heard_pieces, follower.score


def _alike(winner: Follower, followers: list[Follower]) -> tuple[str, ...]:
    names = {
        one.sound.prompt
        for one in followers
        if one.whole == winner.whole
        and one.ends >= winner.ends - 2 * PIECE
        and one.score >= winner.score - 0.02
    }
    return tuple(sorted(names - {winner.sound.prompt}))
