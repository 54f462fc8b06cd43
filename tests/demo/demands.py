"""The demands of the bylaw as pure checks of what the phones heard.

Each function makes a check; a check looks at the evidence of one call and finds it met or not, with what
was measured. The service's own record plays no part here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.demo.evidence import Evidence, Kind, PutDown, Sound
from tests.demo.spoken import runs_of_digits
from tests.demo.texts import Text, both, brief, moment, quoted, seconds

QUOTE = 44
"""Letters of a spoken sentence that a table has room for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a demand was met, and what was measured."""

    met: bool
    what: Text


Check = Callable[[Evidence], Finding]


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing a citizen may expect: where it is written, in which words, and how it is checked."""

    source: str
    wanted: Text
    check: Check


NOT_HEARD = Finding(met=False, what=Text("nie usłyszał", "not heard"))


def answered_within(limit: float) -> Check:
    """The line picks up so soon, in seconds (§6.1: "niezwłocznie")."""

    def check(seen: Evidence) -> Finding:
        if seen.answered is None:
            return Finding(met=False, what=Text("nie odebrano", "not answered"))
        after = seen.answered - seen.dialled
        return Finding(after <= limit, Text("po ", "after ") + brief(after))

    return check


def told(*parts: str, name: str = "") -> Check:
    """The citizen hears a sentence of the line to its end, with all these parts in it."""

    def check(seen: Evidence) -> Finding:
        found = sentence(seen.sounds, name, parts)
        return heard(found) if found else NOT_HEARD

    return check


def told_before_ringing(extension: str, *parts: str) -> Check:
    """The citizen hears to whom they are put through, to the end, before that phone rings (§6.4)."""

    def check(seen: Evidence) -> Finding:
        found, phone = sentence(seen.sounds, "announce.", parts), seen.phone(extension)
        if found is None:
            return NOT_HEARD
        if phone.rang is None:
            return Finding(met=False, what=Text("telefon nie zadzwonił", "the phone did not ring"))
        ahead = phone.rang - found.until
        when = (
            Text(" przed dzwonkiem", " before it rang")
            if ahead >= 0
            else Text(" po dzwonku", " after it rang")
        )
        return Finding(ahead >= 0, both(quoted(found.text, at_most=QUOTE) + ", ") + brief(abs(ahead)) + when)

    return check


def music_while_ringing(extension: str, *, share: float = 0.7) -> Check:
    """The citizen hears music for most of the time that the phone rings: never silence."""

    def check(seen: Evidence) -> Finding:
        phone = seen.phone(extension)
        until = phone.answered or phone.stopped
        if phone.rang is None or until is None:
            return Finding(met=False, what=Text("telefon nie zadzwonił", "the phone did not ring"))
        return music_between(seen, phone.rang, until, share=share)

    return check


def introduced(extension: str, *parts: str) -> Check:
    """Between the colleague's taking up and the first word of the talk the citizen hears who it is (§6.1)."""

    def check(seen: Evidence) -> Finding:
        found, taken = sentence(seen.sounds, "introduction.", parts), seen.phone(extension).answered
        if found is None or taken is None:
            return NOT_HEARD
        talk = next((s.at for s in seen.sounds if s.kind is Kind.PERSON and s.at >= taken), found.until)
        return Finding(taken <= found.at and found.until <= talk, heard(found).what)

    return check


def hear_each_other(extension: str, *, citizen_hears: str, colleague_hears: str) -> Check:
    """Either hears what the other says, to the end: the transfer is effective (§6.4)."""

    def check(seen: Evidence) -> Finding:
        mine = _person(seen.sounds, citizen_hears)
        theirs = _person(seen.phone(extension).sounds, colleague_hears)
        if mine and theirs:
            return Finding(met=True, what=Text("tak, od ", "yes, from ") + seconds(min(mine.at, theirs.at)))
        who = Text("mieszkaniec nie słyszy", "the citizen hears nothing")
        if mine:
            who = Text("urzędnik nie słyszy", "the colleague hears nothing")
        return Finding(met=False, what=who)

    return check


def number_told(digits: str, *, name: str = "number.") -> Check:
    """The citizen hears this number digit by digit, in a sentence that was not cut."""

    def check(seen: Evidence) -> Finding:
        found = number_in(seen.sounds, digits, name)
        if found is None:
            return NOT_HEARD
        return Finding(met=True, what=both(f"{grouped(digits)} ") + moment(found.at))

    return check


def read_back(digits: str) -> Check:
    """The citizen's number is read back to them, to its end (§6.3); only its last digits are shown here."""

    def check(seen: Evidence) -> Finding:
        found = number_in(seen.sounds, digits, "callback.")
        if found is None:
            return NOT_HEARD
        return Finding(met=True, what=both(f"***{digits[-3:]} ") + moment(found.at))

    return check


def machine_unheard(extension: str, machine: str) -> Check:
    """A machine took up, and the citizen heard nothing of it: no word of it, and nothing unknown."""

    def check(seen: Evidence) -> Finding:
        if seen.phone(extension).answered is None:
            return Finding(met=False, what=Text("automat nie odebrał", "no machine took up"))
        strange = [s for s in seen.sounds if s.kind is Kind.UNKNOWN or s.name == machine]
        if strange:
            return Finding(met=False, what=Text("obcy dźwięk ", "a strange sound ") + moment(strange[0].at))
        return Finding(met=True, what=Text("ani słowa automatu", "not a word of the machine"))

    return check


def stops_within(extension: str, limit: float) -> Check:
    """The phone that rang is silent so soon after the citizen put down, in seconds: no ghost ringing."""

    def check(seen: Evidence) -> Finding:
        phone = seen.phone(extension)
        if phone.rang is None or phone.stopped is None or seen.ended is None:
            return Finding(met=False, what=Text("nie przestał dzwonić", "it did not stop"))
        took = phone.stopped - seen.ended
        mine = seen.put_down is PutDown.CITIZEN
        return Finding(mine and took <= limit, Text("po ", "after ") + brief(max(0.0, took)))

    return check


def parted_politely() -> Check:
    """The line says goodbye to its end, and only then puts down."""

    def check(seen: Evidence) -> Finding:
        last = max(_of_the_line(seen.sounds, ""), key=lambda sound: sound.until, default=None)
        if seen.put_down is not PutDown.LINE or last is None or seen.ended is None:
            return Finding(
                met=False, what=Text("linia nie skończyła rozmowy", "the line did not end the call")
            )
        return Finding(
            last.name == "goodbye",
            both(f"{quoted(last.text)} ") + moment(last.at),
        )

    return check


def sentence(sounds: Iterable[Sound], name: str, parts: Iterable[str]) -> Sound | None:
    """The first whole sentence of the line whose name begins so, with all these parts in it."""
    wanted = [part.casefold() for part in parts]
    return next(
        (s for s in _of_the_line(sounds, name) if all(part in s.text.casefold() for part in wanted)), None
    )


def number_in(sounds: Iterable[Sound], digits: str, name: str) -> Sound | None:
    """The first whole sentence whose name begins so in which this number is spoken digit by digit."""
    return next((s for s in _of_the_line(sounds, name) if digits in runs_of_digits(s.text)), None)


def music_between(seen: Evidence, begin: float, end: float, *, share: float) -> Finding:
    """Whether the citizen heard music for at least this share of that time."""
    music = sum(_overlap(sound, begin, end) for sound in seen.sounds if sound.kind is Kind.MUSIC)
    what = Text("muzyka ", "music for ") + seconds(music) + Text(" z ", " of ") + seconds(end - begin)
    return Finding(music >= share * (end - begin), what)


def heard(sound: Sound) -> Finding:
    """A sentence that was heard, and when."""
    return Finding(met=True, what=both(quoted(sound.text, at_most=QUOTE) + " ") + moment(sound.at))


def grouped(digits: str) -> str:
    """A number as it is written."""
    return " ".join((digits[:2], digits[2:5], digits[5:7], digits[7:])) if len(digits) == 9 else digits


def _of_the_line(sounds: Iterable[Sound], name: str) -> Iterable[Sound]:
    return (s for s in sounds if s.kind is Kind.LINE and s.whole and s.name.startswith(name))


def _person(sounds: Iterable[Sound], name: str) -> Sound | None:
    return next((s for s in sounds if s.kind is Kind.PERSON and s.name == name and s.whole), None)


def _overlap(sound: Sound, begin: float, end: float) -> float:
    return max(0.0, min(sound.until, end) - max(sound.at, begin))
