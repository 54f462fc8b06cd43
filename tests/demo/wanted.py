"""What a citizen may expect of a call, in words, each with its check: the vocabulary of the programme.

The paragraphs are those of the hall's customer-service bylaw; `OURS` marks what it does not say and we hold.
"""

from tests.demo.demands import (
    Check,
    Demand,
    answered_within,
    hear_each_other,
    introduced,
    machine_unheard,
    music_while_ringing,
    number_told,
    parted_politely,
    read_back,
    stops_within,
    told,
    told_before_ringing,
)
from tests.demo.texts import Text

HALL, DESK = "Urząd Miasta Piotrkowa Trybunalskiego", "Biuro Obsługi Mieszkańców"
ANSWER, CALL_BACK, TRANSFER, OURS = "§6.1", "§6.3", "§6.4", "Halo"


def _demand(source: str, pl: str, en: str, check: Check) -> Demand:
    return Demand(source, Text(pl, en), check)


ANSWERED = (
    _demand(ANSWER, "telefon odebrany niezwłocznie", "answered at once", answered_within(1.0)),
    _demand(
        ANSWER, "słyszy nazwę urzędu i komórki", "hears hall and unit", told(HALL, DESK, name="greeting")
    ),
)
"""Every call is answered at once, by somebody who says who they are."""

PARTED = _demand(
    OURS, "linia żegna się, zanim skończy", "the line says goodbye, then ends", parted_politely()
)
"""Nobody is dropped in the middle of a sentence."""


def told_who(extension: str, *parts: str) -> Demand:
    """The citizen knows to whom they are put through, before it rings there."""
    wanted = Text("przed dzwonkiem wie, z kim go łączymy", "knows to whom, before it rings")
    return Demand(TRANSFER, wanted, told_before_ringing(extension, *parts))


def waits_to_music(extension: str) -> Demand:
    """The citizen is never left in silence."""
    return _demand(OURS, "czeka przy muzyce", "waits to music", music_while_ringing(extension))


def told_who_took_it(extension: str, *parts: str) -> Demand:
    """The citizen hears name and unit of who took the call."""
    wanted = Text("słyszy, kto odebrał i skąd jest", "hears who took it, and of which unit")
    return Demand(ANSWER, wanted, introduced(extension, *parts))


def effective(extension: str, *, citizen_hears: str, colleague_hears: str) -> Demand:
    """The two hear each other."""
    wanted = Text("połączenie skuteczne: słyszą się", "effective: they hear each other")
    check = hear_each_other(extension, citizen_hears=citizen_hears, colleague_hears=colleague_hears)
    return Demand(TRANSFER, wanted, check)


def stops(extension: str) -> Demand:
    """No phone goes on ringing, or stays in use, for a citizen who has left."""
    wanted = Text("odkłada słuchawkę: telefon milknie w 1 s", "puts down: the phone stops within 1 s")
    return Demand(OURS, wanted, stops_within(extension, 1.0))


def told_why(words: str, *, name: str) -> Demand:
    """The citizen hears why it did not work."""
    return _demand(TRANSFER, "słyszy powód", "hears the reason", told(words, name=name))


def told_number(digits: str) -> Demand:
    """The citizen hears the direct number."""
    return _demand(TRANSFER, "słyszy numer bezpośredni", "hears the direct number", number_told(digits))


def never_meets(extension: str, machine: str) -> Demand:
    """The citizen never meets a voicemail."""
    wanted = Text("nie trafia do poczty głosowej", "never meets the voicemail")
    return Demand(OURS, wanted, machine_unheard(extension, machine))


def confirms(number: str) -> Demand:
    """The number for the callback is read back."""
    wanted = Text("numer odczytano do potwierdzenia", "the number is read back")
    return Demand(CALL_BACK, wanted, read_back(number))


def promised(when: str) -> Demand:
    """The citizen hears until when they are called back."""
    wanted = Text("słyszy, do kiedy oddzwonimy", "hears until when we call back")
    return Demand(CALL_BACK, wanted, told("Oddzwonimy", when, name="callback.promised"))


def told_that_we_are_closed(*, opens: str, crisis: str) -> tuple[Demand, ...]:
    """After hours the citizen hears when we work, when we open next, and where help is now."""
    return (
        _demand(
            OURS, "słyszy godziny pracy", "hears the hours", told("zamknięty", "od ponied", name="closed")
        ),
        _demand(
            OURS, "słyszy, kiedy otwieramy", "hears when it opens", told("Zapraszamy", opens, name="closed.")
        ),
        _demand(
            OURS,
            "słyszy numer na wypadek zagrożenia",
            "hears the crisis number",
            number_told(crisis, name="closed.crisis"),
        ),
    )


def told_whose_matter(body: str) -> Demand:
    """The citizen hears which body outside the hall settles the matter."""
    wanted = Text("słyszy, kto prowadzi tę sprawę", "hears who settles the matter")
    return Demand(TRANSFER, wanted, told(body, "poza urzędem", name="outside."))
