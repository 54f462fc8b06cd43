"""What a citizen may expect of a call that a clerk has, in words, each with its check: the rest of the vocabulary."""

from tests.demo.clerk_demands import (
    hear_each_other_again,
    heard_by_both,
    let_go,
    music_in_the_queue,
    number_told_to_both,
    rung_not,
    silent_before,
    told_at,
)
from tests.demo.demands import Demand, told
from tests.demo.texts import Text
from tests.demo.wanted import OURS, TRANSFER


def told_place(place: str) -> Demand:
    """The citizen knows where in the queue they stand."""
    wanted = Text("słyszy swoje miejsce w kolejce", "hears their place in the queue")
    return Demand(OURS, wanted, told(place, name="queue.position"))


def waits_in_queue(extension: str) -> Demand:
    """The citizen is never left in silence, in the queue neither."""
    wanted = Text("czeka w kolejce przy muzyce", "waits in the queue to music")
    return Demand(OURS, wanted, music_in_the_queue(extension))


def never_taken(extension: str) -> Demand:
    """The colleague's phone does not go on ringing behind the citizen's back."""
    wanted = Text("telefon milknie, zanim rozmowa wróci", "the phone stops, then the call comes back")
    return Demand(OURS, wanted, silent_before(extension, "came_back."))


def both_told_why(extension: str, words: str) -> Demand:
    """The call comes back to the clerk, and both hear why."""
    wanted = Text("powód słyszy i on, i pracownik", "citizen and clerk both hear the reason")
    return Demand(TRANSFER, wanted, heard_by_both(extension, words, name="came_back."))


def both_told_number(extension: str, digits: str) -> Demand:
    """Both hear the direct number."""
    wanted = Text("numer bezpośredni słyszą oboje", "both hear the direct number")
    return Demand(TRANSFER, wanted, number_told_to_both(extension, digits))


def talk_again(extension: str, *, citizen_hears: str, colleague_hears: str) -> Demand:
    """The citizen is with the same clerk again."""
    wanted = Text("rozmawiają dalej, ten sam pracownik", "they talk on, with the same clerk")
    check = hear_each_other_again(
        extension, after="number.", citizen_hears=citizen_hears, colleague_hears=colleague_hears
    )
    return Demand(TRANSFER, wanted, check)


def colleague_told_by_whom(extension: str, who: str) -> Demand:
    """Who takes the call knows who hands it over."""
    wanted = Text("urzędnik wie, kto przekazuje", "the official knows who hands over")
    return Demand(OURS, wanted, told_at(extension, "Przekazuje", who, name="whisper.by"))


def rung_instead(extension: str, *, of: str) -> Demand:
    """The clerk is rung who can help, and nobody else."""
    wanted = Text("dzwoni u tego, kto zna angielski", "it rings where English is spoken")
    return Demand(OURS, wanted, rung_not(extension, of))


def clerk_told_language(extension: str) -> Demand:
    """The clerk knows before the first word that it will be in English."""
    wanted = Text("pracownik wie, że będzie po angielsku", "the clerk knows that it will be English")
    return Demand(OURS, wanted, told_at(extension, "po angielsku", name="whisper.english"))


def key_answered(extension: str, *, when_taken_by: str) -> Demand:
    """The transfer key does what it does on any desk phone: it tells how it went, and the phone is free."""
    wanted = Text("telefon wie, że się udało, i jest wolny", "the phone is told so, and is free")
    return Demand(OURS, wanted, let_go(extension, when_taken_by=when_taken_by))


def heard_english() -> Demand:
    """Who speaks no Polish hears, in English, how to go on in English."""
    wanted = Text("słyszy po angielsku, jak zmienić język", "hears in English how to go on in English")
    return Demand(OURS, wanted, told("For English", name="menu.english"))
