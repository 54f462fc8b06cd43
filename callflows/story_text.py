"""The story of a call in sentences, one for each fact: for the supervisor's page and the demo.

Polish is the source, English comes from the catalogue (`callflows.language`). Sentences hold no caller's
number: who may see it reads it from its own field.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from callflows import facts
from callflows.facts import Fact
from callflows.language import SOURCE, translated
from callflows.outcomes import CallOutcome, Instead, Outcome

OUTCOMES = {
    Outcome.EFFECTIVE: "skuteczne, słyszą się nawzajem",
    Outcome.UNCONFIRMED: "bez klawisza przyjęcia, słyszą się nawzajem",
    Outcome.NOT_PROVEN: "przyjęte, ale bez dowodu, że obie strony się słyszą",
    Outcome.NO_ANSWER: "nikt nie odebrał",
    Outcome.BUSY: "zajęte",
    Outcome.DECLINED: "odmowa",
    Outcome.NOT_ACCEPTED: "odebrano, ale nikt nie przejął rozmowy",
    Outcome.UNREACHABLE: "telefon nieosiągalny",
    Outcome.ABSENT: "nieobecność",
    Outcome.CALLER_LEFT: "dzwoniący się rozłączył",
    Outcome.CANCELLED: "odwołane",
    Outcome.PBX_RESTARTED: "centrala została uruchomiona ponownie",
}
"""Every outcome of an attempt, as the supervisor reads it."""

INSTEAD = {
    Instead.NEXT_CANDIDATE: "próbę połączenia z następną osobą",
    Instead.DIRECT_NUMBER: "powód i numer bezpośredni",
    Instead.CALLBACK: "obietnicę oddzwonienia",
    Instead.CLERK: "połączenie z biurem obsługi",
    Instead.NOTHING: "jeszcze nic",
}
"""What the caller got instead of an effective transfer."""

CALLS = {
    CallOutcome.TRANSFERRED: "rozmowa z urzędnikiem",
    CallOutcome.CALLBACK: "obiecane oddzwonienie",
    CallOutcome.INFORMED: "udzielona informacja",
    CallOutcome.ABANDONED: "dzwoniący zrezygnował",
    CallOutcome.FAILED: "nasz błąd",
    CallOutcome.PBX_RESTARTED: "przerwane przez ponowne uruchomienie centrali",
}
"""How a whole call ended."""

PARTIES = {"caller": "dzwoniący", "colleague": "urzędnik", "line": "linia", "pbx": "centrala"}
SHOWN = {"shown": "z numeru", "withheld": "z numeru zastrzeżonego", "absent": "bez numeru"}
HOW = {"whole": "słyszy", "cut": "słyszy (przerwane)", "failed": "nie usłyszał w całości"}

WAITING = {
    "answer": "odebranie",
    "greeting": "powitanie",
    "menu": "wybór w menu",
    "ring": "odebranie numeru",
    "talk": "koniec rozmowy",
    "goodbye": "pożegnanie",
    "apology": "przeprosiny",
    "the hours": "godziny pracy",
    "the next candidate": "następna osoba",
    "the direct number": "numer bezpośredni",
    "typing a number": "wpisanie numeru",
    "ordering a callback": "zamówienie oddzwonienia",
}
"""What a caller waited for, by the first words of the record's own; what follows them stays as it is."""

Tell = Callable[[str], str]
"""Translates one text."""
Slots = Callable[[Any, Tell], Mapping[str, object]]


def sentence(fact: Fact, language: str = SOURCE) -> str:
    """What happened, in one sentence."""

    def tell(text: str) -> str:
        return translated(text, language)

    template, slots = SENTENCES[type(fact)]
    return tell(template).format(**slots(fact, tell))


def _none(_: Any, __: Tell) -> Mapping[str, object]:
    return {}


def _when(moment: datetime) -> str:
    return f"{moment:%d.%m.%Y %H:%M}"


def _told(fact: Any, tell: Tell) -> Mapping[str, object]:
    return {"hears": tell(HOW[fact.played]), "prompts": ", ".join(fact.prompts)}


def _attempted(fact: Any, tell: Tell) -> Mapping[str, object]:
    unit = fact.unit_name
    whom = f"{fact.person_name}, {unit}" if fact.person_name else f"{unit} ({tell('wspólny telefon')})"
    return {"order": fact.order, "whom": whom, "target": fact.target, "why": fact.why}


def _matter(fact: Any, tell: Tell) -> Mapping[str, object]:
    return {"title": fact.title or tell("inna"), "unit": fact.unit_name or tell("brak")}


def _outcome(fact: Any, tell: Tell) -> Mapping[str, object]:
    detail = f" [{fact.detail}]" if fact.detail else ""
    return {"outcome": tell(OUTCOMES[fact.outcome]) + detail, "seconds": f"{fact.ring_seconds:.1f}"}


def _talked(fact: Any, tell: Tell) -> Mapping[str, object]:
    return {"seconds": f"{fact.seconds:.1f}", "by": tell(PARTIES[fact.by])}


def _ended(fact: Any, tell: Tell) -> Mapping[str, object]:
    return {
        "outcome": tell(CALLS[fact.outcome]),
        "by": tell(PARTIES[fact.by]),
        "waiting": _waiting(fact.waiting_for, tell),
    }


def _waiting(for_what: str, tell: Tell) -> str:
    for known, said in WAITING.items():
        if for_what == known or for_what.startswith(f"{known} "):
            return tell(said) + for_what.removeprefix(known)
    return for_what


def _number_told(fact: Any, tell: Tell) -> Mapping[str, object]:
    return {"number": fact.number, "whole": "" if fact.whole else tell(" (nie w całości)")}


SENTENCES: dict[type[Fact], tuple[str, Slots]] = {
    facts.CallArrived: ("Dzwoni mieszkaniec {shown}.", lambda f, tell: {"shown": tell(SHOWN[f.shown.value])}),
    facts.CallAnswered: ("Linia odbiera.", _none),
    facts.PromptPlayed: ("Dzwoniący {hears}: {prompts}.", _told),
    facts.LineWasClosed: ("Urząd jest zamknięty do {opens}.", lambda f, _: {"opens": _when(f.opens)}),
    facts.MenuAnswered: (
        "Wybór w menu „{menu}”: {meaning}.",
        lambda f, _: {"menu": f.menu, "meaning": f.meaning},
    ),
    facts.MatterChosen: ("Sprawa: {title}. Właściwa komórka: {unit}.", _matter),
    facts.NobodyToRing: ("Nie ma do kogo zadzwonić: {why}.", lambda f, _: {"why": f.why}),
    facts.TransferAttempted: ("Próba {order}: {whom}, numer {target}, bo: {why}.", _attempted),
    facts.TransferAnnounced: ("Dzwoniący wie, z kim go łączymy.", _none),
    facts.PhoneRang: ("Telefon urzędnika dzwoni.", _none),
    facts.PhoneTakenUp: ("Telefon urzędnika odebrano.", _none),
    facts.ColleagueTold: ("Urzędnik {hears}: {prompts}.", _told),
    facts.TransferAccepted: ("Urzędnik przejmuje rozmowę klawiszem 1.", _none),
    facts.IntroductionPlayed: ("Dzwoniący wie, kto przejął rozmowę.", _none),
    facts.PartiesConnected: ("Dzwoniący i urzędnik są połączeni.", _none),
    facts.TransferEnded: ("Wynik próby: {outcome}; telefon dzwonił {seconds} s.", _outcome),
    facts.TalkEnded: ("Koniec rozmowy po {seconds} s; rozłącza się {by}.", _talked),
    facts.GivenInstead: (
        "Dzwoniący dostał w zamian: {instead}.",
        lambda f, tell: {"instead": tell(INSTEAD[f.instead])},
    ),
    facts.DirectNumberTold: ("Dzwoniący usłyszał numer bezpośredni: {number}{whole}.", _number_told),
    facts.CallbackPromised: (
        "Obietnica zapisana: oddzwonimy do {due}, zgłoszenie {ticket}.",
        lambda f, _: {"due": _when(f.due), "ticket": f.ticket},
    ),
    facts.CallbackNotPromised: ("Oddzwonienia nie obiecano: {why}.", lambda f, _: {"why": f.why}),
    facts.StoryFailed: (
        "Nasz błąd ({error}); dzwoniący słyszy przeprosiny.",
        lambda f, _: {"error": f.error},
    ),
    facts.CallEnded: ("Koniec: {outcome}. Rozłącza się {by} (na co czekano: {waiting}).", _ended),
}
"""For each kind of fact its sentence, and the words that go into it."""
