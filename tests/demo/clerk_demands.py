"""The demands on a call that a clerk has: checks of what two phones heard, the citizen's and the clerk's.

Of the same kind as those in `tests.demo.demands`.
"""

from tests.demo.demands import (
    NOT_HEARD,
    Check,
    Finding,
    grouped,
    hear_each_other,
    heard,
    music_between,
    number_in,
    sentence,
)
from tests.demo.evidence import Evidence, Kind
from tests.demo.texts import Text, both, moment, seconds

TAKEN = "200"
"""What a phone is told by NOTIFY when the transfer that it asked for was taken (RFC 3515)."""


def music_in_the_queue(extension: str, *, share: float = 0.7) -> Check:
    """From what they are told of the queue until that phone rings for them, the citizen hears music."""

    def check(seen: Evidence) -> Finding:
        rang = seen.phone(extension).rang
        told = [s.until for s in seen.sounds if s.kind is Kind.LINE and s.name.startswith("queue.")]
        if rang is None or not told or told[-1] > rang:
            return Finding(met=False, what=Text("nie czekał w kolejce", "did not wait in the queue"))
        return music_between(seen, told[-1], rang, share=share)

    return check


def heard_by_both(extension: str, *parts: str, name: str) -> Check:
    """The citizen and the one at that phone hear the same sentence of the line, to its end, at the same time."""

    def check(seen: Evidence) -> Finding:
        mine = sentence(seen.sounds, name, parts)
        theirs = sentence(seen.phone(extension).sounds, name, parts)
        if mine is None or theirs is None:
            return _one_heard_nothing(citizen=mine is not None)
        return Finding(_together(mine.at, theirs.at), heard(mine).what)

    return check


def number_told_to_both(extension: str, digits: str) -> Check:
    """The citizen and the one at that phone hear this number digit by digit, at the same time."""

    def check(seen: Evidence) -> Finding:
        mine = number_in(seen.sounds, digits, "number.")
        theirs = number_in(seen.phone(extension).sounds, digits, "number.")
        if mine is None or theirs is None:
            return _one_heard_nothing(citizen=mine is not None)
        return Finding(_together(mine.at, theirs.at), both(f"{grouped(digits)} ") + moment(mine.at))

    return check


def silent_before(extension: str, name: str) -> Check:
    """That phone rang, nobody took it up, and it was silent before the citizen was told so."""

    def check(seen: Evidence) -> Finding:
        phone, told = seen.phone(extension), sentence(seen.sounds, name, ())
        if phone.rang is None or phone.stopped is None or told is None:
            return Finding(met=False, what=Text("nie zadzwonił i nie zamilkł", "it did not ring and stop"))
        what = Text("dzwonił ", "rang for ") + seconds(phone.stopped - phone.rang)
        return Finding(phone.answered is None and phone.stopped <= told.at, what)

    return check


def hear_each_other_again(extension: str, *, after: str, citizen_hears: str, colleague_hears: str) -> Check:
    """Either hears what the other says, once that sentence of the line is over."""
    talk = hear_each_other(extension, citizen_hears=citizen_hears, colleague_hears=colleague_hears)

    def check(seen: Evidence) -> Finding:
        told, found = sentence(seen.sounds, after, ()), talk(seen)
        sounds = (*seen.sounds, *seen.phone(extension).sounds)
        said = [sound.at for sound in sounds if sound.name in (citizen_hears, colleague_hears)]
        return Finding(found.met and told is not None and told.until <= min(said), found.what)

    return check


def told_at(extension: str, *parts: str, name: str) -> Check:
    """The one at that phone hears a sentence of the line to its end, with all these parts in it."""

    def check(seen: Evidence) -> Finding:
        found = sentence(seen.phone(extension).sounds, name, parts)
        return heard(found) if found else NOT_HEARD

    return check


def rung_not(extension: str, other: str) -> Check:
    """The one phone rings, and the other does not."""

    def check(seen: Evidence) -> Finding:
        rang, silent = seen.phone(extension).rang is not None, seen.phone(other).rang is None
        return Finding(rang and silent, Text(f"{extension}, a nie {other}", f"{extension}, and not {other}"))

    return check


def let_go(extension: str, *, when_taken_by: str) -> Check:
    """The phone that asked for the transfer is told that it was taken, and is free: not before it was."""

    def check(seen: Evidence) -> Finding:
        phone, taken = seen.phone(extension), seen.phone(when_taken_by).answered
        if not phone.told or phone.stopped is None or taken is None:
            return Finding(met=False, what=Text("nie było powiadomienia", "it was not told"))
        what = both(f"NOTIFY {phone.told[-1]} ") + moment(phone.stopped)
        return Finding(phone.told[-1].startswith(TAKEN) and phone.stopped >= taken, what)

    return check


def _together(one: float, other: float) -> bool:
    return abs(one - other) < 0.5


def _one_heard_nothing(*, citizen: bool) -> Finding:
    if citizen:
        return Finding(met=False, what=Text("pracownik nie usłyszał", "the clerk did not hear it"))
    return Finding(met=False, what=Text("mieszkaniec nie usłyszał", "the citizen did not hear it"))
