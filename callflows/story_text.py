"""The story of a call in Polish sentences, one for each fact: for the supervisor's page and the demo.

Sentences hold no caller's number: who may see it reads it from its own field.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from callflows import facts
from callflows.facts import Fact, Instead, Outcome

OUTCOMES = {
    Outcome.EFFECTIVE: "skuteczne: rozmawiają, dźwięk płynie w obie strony",
    Outcome.UNCONFIRMED: "niepotwierdzone klawiszem: rozmawiają, dźwięk płynie w obie strony",
    Outcome.NOT_PROVEN: "przyjęte, ale bez dowodu, że obie strony się słyszą",
    Outcome.NO_ANSWER: "nikt nie odebrał",
    Outcome.BUSY: "zajęte",
    Outcome.DECLINED: "odmowa",
    Outcome.NOT_ACCEPTED: "odebrano, ale nikt nie przejął rozmowy (poczta głosowa albo cisza)",
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
    Instead.CALLBACK: "zamówione oddzwonienie",
    Instead.CLERK: "połączenie z biurem obsługi",
    Instead.NOTHING: "jeszcze nic",
}

CALLS = {
    facts.CallOutcome.TRANSFERRED: "rozmowa z urzędnikiem",
    facts.CallOutcome.CALLBACK: "obiecane oddzwonienie",
    facts.CallOutcome.INFORMED: "udzielona informacja",
    facts.CallOutcome.ABANDONED: "dzwoniący zrezygnował",
    facts.CallOutcome.FAILED: "nasz błąd",
    facts.CallOutcome.PBX_RESTARTED: "przerwana przez ponowne uruchomienie centrali",
}

_BY = {"caller": "dzwoniący", "colleague": "urzędnik", "line": "linia", "pbx": "centrala"}
_PLAYED = {"whole": "", "cut": " (przerwane)", "failed": " (nie zabrzmiało w całości)"}


def sentence(fact: Fact) -> str:
    """What happened, in one Polish sentence."""
    return _SENTENCES[type(fact)](fact)


def _when(moment: datetime) -> str:
    return f"{moment:%d.%m.%Y %H:%M}"


def _attempted(fact: Any) -> str:
    whom = (
        f"{fact.person_name}, {fact.unit_name}" if fact.person_name else f"{fact.unit_name} (telefon komórki)"
    )
    return f"Próba {fact.order}: {whom}, numer {fact.target}. Dlaczego: {fact.why}."


def _number_told(fact: Any) -> str:
    return f"Podano numer bezpośredni {fact.number}{'' if fact.whole else ' (nie w całości)'}."


def _ended(fact: Any) -> str:
    waiting = f", czekając na: {fact.waiting_for}" if fact.by == "caller" else ""
    return f"Koniec połączenia: {CALLS[fact.outcome]}; rozłączył się {_BY.get(fact.by, fact.by)}{waiting}."


def _arrived(fact: Any) -> str:
    shown = {"shown": "z numeru", "withheld": "z numeru zastrzeżonego", "absent": "bez numeru"}[
        fact.shown.value
    ]
    again = " (połączenie podjęte po przerwie)" if fact.arrival.value == "resumed" else ""
    return f"Dzwoni mieszkaniec {shown}{again}."


def _outcome(fact: Any) -> str:
    detail = f" [{fact.detail}]" if fact.detail else ""
    return f"Wynik próby: {OUTCOMES[fact.outcome]}{detail}; dzwoniło {fact.ring_seconds:.1f} s."


_SENTENCES: dict[type[Fact], Callable[[Any], str]] = {
    facts.CallArrived: _arrived,
    facts.CallAnswered: lambda _: "Linia odebrała.",
    facts.PromptPlayed: lambda f: f"Dzwoniący słyszy{_PLAYED[f.played]}: {', '.join(f.prompts)}.",
    facts.LineWasClosed: lambda f: f"Urząd jest zamknięty; otwarcie {_when(f.opens)}.",
    facts.MenuAnswered: lambda f: f"Odpowiedź w menu „{f.menu}”: {f.meaning}.",
    facts.MatterChosen: lambda f: f"Sprawa: {f.title or 'inna'}; właściwa komórka: {f.unit_name or 'brak'}.",
    facts.NobodyToRing: lambda f: f"Nie ma do kogo zadzwonić: {f.why}.",
    facts.TransferAttempted: _attempted,
    facts.TransferAnnounced: lambda _: "Dzwoniący usłyszał, z kim go łączymy.",
    facts.PhoneRang: lambda _: "Telefon dzwoni.",
    facts.PhoneTakenUp: lambda _: "Telefon odebrano.",
    facts.ColleagueTold: lambda f: f"Urzędnik słyszy{_PLAYED[f.played]}: {', '.join(f.prompts)}.",
    facts.TransferAccepted: lambda _: "Rozmowa przyjęta klawiszem 1.",
    facts.IntroductionPlayed: lambda _: "Dzwoniący usłyszał, kto przejął rozmowę.",
    facts.PartiesConnected: lambda _: "Połączeni.",
    facts.TransferEnded: _outcome,
    facts.TalkEnded: lambda f: f"Koniec rozmowy po {f.seconds:.1f} s; rozłączył się {_BY.get(f.by, f.by)}.",
    facts.GivenInstead: lambda f: f"Dzwoniący dostał w zamian: {INSTEAD[f.instead]}.",
    facts.DirectNumberTold: _number_told,
    facts.CallbackPromised: lambda f: f"Obiecane oddzwonienie do {_when(f.due)}, zgłoszenie {f.ticket}.",
    facts.CallbackNotPromised: lambda f: f"Oddzwonienia nie obiecano: {f.why}.",
    facts.StoryFailed: lambda f: f"Nasz błąd ({f.error}): dzwoniący usłyszał przeprosiny.",
    facts.CallEnded: _ended,
}
