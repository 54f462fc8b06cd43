"""The story of a call in sentences, one for each fact: for the supervisor's page and the demo.

Polish is the source, English comes from the catalogue (`callflows.language`). Sentences hold no caller's
number: who may see it reads it from its own field.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from callflows import facts
from callflows.facts import Fact, Named
from callflows.language import SOURCE, translated
from callflows.outcomes import Way
from callflows.story_words import (
    CALLS,
    COMMANDS,
    HAPPENINGS,
    HOW,
    INSTEAD,
    LANGUAGES,
    OUTCOMES,
    PARTIES,
    PRESENCE,
    QUEUE,
    SHOWN,
    TOO_MANY,
    WAITING,
    WAYS,
)

Tell = Callable[[str], str]
"""Translates one text."""
Slots = Callable[[Any, Tell], Mapping[str, object]]
"""What goes into a sentence; a float is a figure with one decimal."""

_COMMA = {"pl": ","}
"""Between a figure and its decimals; elsewhere a full stop."""


def sentence(fact: Fact, language: str = SOURCE) -> str:
    """What happened, in one sentence."""

    def tell(text: str) -> str:
        return translated(text, language)

    template, slots = SENTENCES[type(fact)]
    words = {name: _figure(value, language) for name, value in slots(fact, tell).items()}
    return tell(template).format(**words)


def _figure(value: object, language: str) -> object:
    if not isinstance(value, float):
        return value
    return f"{value:.1f}".replace(".", _COMMA.get(language, "."))


def _known(words: Mapping[str, str], word: str, tell: Tell) -> str:
    """A word of the record for people; one that is not known stays as it is."""
    return tell(words[word]) if word in words else word


def _none(_: Any, __: Tell) -> Mapping[str, object]:
    return {}


def _when(moment: datetime) -> str:
    return f"{moment:%d.%m.%Y %H:%M}"


def _told(fact: Any, tell: Tell) -> Mapping[str, object]:
    return {"hears": tell(HOW[fact.played]), "prompts": ", ".join(fact.prompts)}


def _attempted(fact: Any, tell: Tell) -> Mapping[str, object]:
    unit = fact.unit_name
    whom = f"{fact.person_name}, {unit}" if fact.person_name else f"{unit} ({tell('wspólny telefon')})"
    way = "" if fact.way is Way.LINE else f" ({tell(WAYS[fact.way])}{_by(fact)})"
    return {"order": fact.order, "way": way, "whom": whom, "target": fact.target, "why": fact.why}


def _by(fact: Any) -> str:
    return f": {fact.by}" if fact.by else ""


def _matter(fact: Any, tell: Tell) -> Mapping[str, object]:
    return {"title": fact.title or tell("inna"), "unit": fact.unit_name or tell("brak")}


def _proposed(fact: Any, tell: Tell) -> Mapping[str, object]:
    listed = [f"{order}. {_one(named)}" for order, named in enumerate(fact.proposed, start=1)]
    passed = ", ".join(_one(named) for named in fact.passed_over)
    return {
        "proposed": ", ".join(listed) or tell("nikogo"),
        "passed_over": tell("; pominięci: {names}").format(names=passed) if passed else "",
        "more": tell("; dalszych osób: {count}").format(count=fact.more) if fact.more else "",
    }


def _one(named: Named) -> str:
    target = f", {named.target}" if named.target else ""
    return f"{named.name}{target} ({named.why})"


def _outcome(fact: Any, tell: Tell) -> Mapping[str, object]:
    detail = f" [{fact.detail}]" if fact.detail else ""
    return {"outcome": tell(OUTCOMES[fact.outcome]) + detail, "seconds": fact.ring_seconds}


def _talked(fact: Any, tell: Tell) -> Mapping[str, object]:
    return {"seconds": fact.seconds, "by": _known(PARTIES, fact.by, tell)}


def _position(fact: Any, tell: Tell) -> Mapping[str, object]:
    about = tell(", oczekiwanie około {seconds} s")
    expected = "" if fact.expected is None else about.format(seconds=round(fact.expected))
    return {"position": fact.position, "expected": expected}


def _left_queue(fact: Any, tell: Tell) -> Mapping[str, object]:
    return {"seconds": fact.seconds, "why": _known(QUEUE, fact.why, tell)}


def _presence(fact: Any, tell: Tell) -> Mapping[str, object]:
    presence, why = _known(PRESENCE, fact.presence, tell), _known(HAPPENINGS, fact.why, tell)
    return {"clerk": fact.clerk, "presence": presence, "why": why}


def _answered(fact: Any, tell: Tell) -> Mapping[str, object]:
    refused = f"{tell('odmowa')}: {fact.why.rstrip('.')}" if fact.why else tell("odmowa")
    return {"what": _known(COMMANDS, fact.what, tell), "answer": tell("wykonano") if fact.done else refused}


def _ended(fact: Any, tell: Tell) -> Mapping[str, object]:
    return {
        "outcome": tell(CALLS[fact.outcome]),
        "by": _known(PARTIES, fact.by, tell),
        "waiting": _waiting(fact.waiting_for, tell),
    }


def _waiting(for_what: str, tell: Tell) -> str:
    for known, said in WAITING.items():
        if for_what == known or for_what.startswith(f"{known} "):
            return tell(said) + for_what.removeprefix(known)
    return for_what


def _too_many(fact: Any, tell: Tell) -> Mapping[str, object]:
    hears = tell("słyszy dlaczego") if fact.told else tell("słyszy sygnał zajętości")
    return {"why": _known(TOO_MANY, fact.why, tell), "limit": fact.limit, "hears": hears}


def _without_us(fact: Any, tell: Tell) -> Mapping[str, object]:
    talked = tell("rozmowa z operatorem trwała {seconds} s").format(seconds=round(fact.seconds))
    return {"what": talked if fact.taken else tell("nikt nie odebrał")}


def _number_told(fact: Any, tell: Tell) -> Mapping[str, object]:
    return {"number": fact.number, "whole": "" if fact.whole else tell(" (nie w całości)")}


SENTENCES: dict[type[Fact], tuple[str, Slots]] = {
    facts.CallArrived: ("Dzwoni mieszkaniec {shown}.", lambda f, tell: {"shown": tell(SHOWN[f.shown.value])}),
    facts.CallAnswered: ("Linia odbiera.", _none),
    facts.AnsweredWithoutUs: ("Usługa nie działała, centrala dzwoniła do operatora: {what}.", _without_us),
    facts.PromptPlayed: ("Dzwoniący {hears}: {prompts}.", _told),
    facts.LineWasClosed: ("Urząd jest zamknięty do {opens}.", lambda f, _: {"opens": _when(f.opens)}),
    facts.MenuAnswered: (
        "Wybór w menu „{menu}”: {meaning}.",
        lambda f, _: {"menu": f.menu, "meaning": f.meaning},
    ),
    facts.LanguageChosen: (
        "Dzwoniący wybiera język: {language}.",
        lambda f, tell: {"language": _known(LANGUAGES, f.language, tell)},
    ),
    facts.MatterChosen: ("Sprawa: {title}. Właściwa komórka: {unit}.", _matter),
    facts.CandidatesProposed: ("Katalog proponuje: {proposed}{passed_over}{more}.", _proposed),
    facts.NobodyToRing: ("Nie ma do kogo zadzwonić: {why}.", lambda f, _: {"why": f.why}),
    facts.TransferAttempted: ("Próba {order}{way}: {whom}, numer {target}, bo: {why}.", _attempted),
    facts.TransferAnnounced: ("Dzwoniący wie, z kim go łączymy.", _none),
    facts.PhoneRang: ("Telefon urzędnika dzwoni.", _none),
    facts.PhoneTakenUp: ("Telefon urzędnika odebrano.", _none),
    facts.ColleagueTold: ("Urzędnik {hears}: {prompts}.", _told),
    facts.TransferAccepted: ("Urzędnik przejmuje rozmowę klawiszem 1.", _none),
    facts.IntroductionPlayed: ("Dzwoniący wie, kto przejął rozmowę.", _none),
    facts.PartiesConnected: ("Dzwoniący i urzędnik są połączeni.", _none),
    facts.TransferEnded: ("Wynik próby: {outcome}; telefon dzwonił {seconds} s.", _outcome),
    facts.TalkEnded: ("Koniec rozmowy po {seconds} s; rozłącza się {by}.", _talked),
    facts.ConsultBegan: ("Osoba przekazująca rozmawia z urzędnikiem; dzwoniący słyszy muzykę.", _none),
    facts.ConsultEnded: ("Koniec konsultacji po {seconds} s; kończy ją {by}.", _talked),
    facts.LeftMeanwhile: ("Osoba przekazująca nie czeka na wynik próby.", _none),
    facts.GivenInstead: (
        "Dzwoniący dostał w zamian: {instead}.",
        lambda f, tell: {"instead": tell(INSTEAD[f.instead])},
    ),
    facts.HoldBegan: ("Rozmowa zawieszona ({by}); dzwoniący słyszy muzykę.", lambda f, _: {"by": f.by}),
    facts.HoldEnded: (
        "Koniec zawieszenia ({by}) po {seconds} s.",
        lambda f, _: {"by": f.by, "seconds": f.seconds},
    ),
    facts.QueueJoined: (
        "Dzwoniący czeka na pracownika; miejsce w kolejce: {position}.",
        lambda f, _: {"position": f.position},
    ),
    facts.PositionTold: ("Dzwoniący zna swoje miejsce w kolejce: {position}{expected}.", _position),
    facts.QueueLeft: ("Koniec oczekiwania po {seconds} s: {why}.", _left_queue),
    facts.DirectNumberTold: ("Dzwoniący usłyszał numer bezpośredni: {number}{whole}.", _number_told),
    facts.CallbackPromised: (
        "Obietnica zapisana: oddzwonimy do {due}, zgłoszenie {ticket}.",
        lambda f, _: {"due": _when(f.due), "ticket": f.ticket},
    ),
    facts.CallbackNotPromised: ("Oddzwonienia nie obiecano: {why}.", lambda f, _: {"why": f.why}),
    facts.PresenceChanged: ("Pracownik {clerk}: {presence} ({why}).", _presence),
    facts.AbsenceEntered: (
        "Nieobecność: {person}, powrót {back}.",
        lambda f, _: {"person": f.person, "back": _when(f.back)},
    ),
    facts.AbsenceCancelled: ("Koniec nieobecności: {person}.", lambda f, _: {"person": f.person}),
    facts.CommandAnswered: ("Polecenie: {what}; {answer}.", _answered),
    facts.TooManyCalls: ("Zbyt wiele połączeń {why} (limit {limit}); dzwoniący {hears}.", _too_many),
    facts.StoryFailed: (
        "Nasz błąd ({error}); dzwoniący słyszy przeprosiny.",
        lambda f, _: {"error": f.error},
    ),
    facts.CallEnded: ("Koniec: {outcome}. Rozłącza się {by} (na co czekano: {waiting}).", _ended),
}
"""For each kind of fact its sentence, and the words that go into it."""
