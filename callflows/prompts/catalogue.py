"""The catalogue of prompts: every sentence the line can say, in Polish, with the reason it is said.

A text in braces has slots, filled by `callflows.prompts.wording` with words that are already spoken Polish.
A prompt without slots can be replaced by a studio recording named `<name>.wav`; one that is said of a
person, a unit or a matter carries its id in the name (`announce.person.<id>`), so that it can be too.
"""

from dataclasses import dataclass

from telephony.values import PromptName


@dataclass(frozen=True, slots=True)
class Prompt:
    """One sentence of the line: its name, its Polish text, and what it is for."""

    name: PromptName
    text: str
    purpose: str


def _prompts(*rows: tuple[str, str, str]) -> dict[str, Prompt]:
    return {name: Prompt(PromptName(name), text, purpose) for name, text, purpose in rows}


CATALOGUE = _prompts(
    # The front desk
    ("greeting", "Dzień dobry. {hall}, {unit}. Odpowiada automat.", "§6.1: the unit gives its name at once"),
    (
        "privacy",
        "Numer telefonu zapisujemy, żeby załatwić sprawę. Więcej o danych osobowych: dziewięć.",
        "privacy notice, first layer, under 10 seconds",
    ),
    (
        "privacy.more",
        "Administratorem danych jest prezydent miasta. Zapisujemy numer telefonu i przebieg połączenia, "
        "rozmów nie nagrywamy. Dane służą załatwieniu sprawy i oddzwonieniu, a po ustalonym czasie są "
        "usuwane. Mają Państwo prawo dostępu do danych, ich sprostowania i usunięcia, oraz skargi do "
        "prezesa urzędu ochrony danych osobowych. Pytania przyjmuje inspektor ochrony danych w urzędzie.",
        "privacy notice, second layer, on key 9",
    ),
    ("notice", "{notice}", "today's notice, if the hall set one"),
    ("resumed", "Przepraszamy za przerwę w połączeniu.", "after the service was away in mid-call"),
    ("menu.intro", "Proszę wybrać sprawę.", "opens the menu of matters"),
    ("menu.entry", "{spoken}: {key}.", "one key of a menu"),
    ("menu.clerk", "Pracownik, {unit}: zero.", "the way to a person"),
    ("menu.repeat", "Aby powtórzyć, proszę nacisnąć gwiazdkę.", "hear the menu again"),
    ("menu.back", "Poprzednie menu: gwiazdka.", "out of a submenu"),
    ("menu.wrong", "Nie ma takiego wyboru.", "a key that means nothing here"),
    ("menu.nothing", "Nie usłyszeliśmy wyboru.", "no key was pressed"),
    # After hours
    ("closed", "Urząd jest teraz zamknięty. Pracujemy {hours}.", "after hours: when we work"),
    ("closed.opens", "Zapraszamy {opens}.", "after hours: the next opening"),
    (
        "closed.crisis",
        "W sprawie zagrożenia proszę dzwonić pod numer {digits}.",
        "after hours: the crisis number",
    ),
    (
        "closed.choice",
        "Aby zamówić oddzwonienie, proszę nacisnąć dwa. Aby usłyszeć to jeszcze raz, jeden.",
        "after hours: what the caller can do",
    ),
    # The verified transfer
    ("announce.person", "Łączę z {announced}, {unit}. Proszę czekać.", "§6.4: the caller is told to whom"),
    ("announce.unit", "Łączę. {unit}. Proszę czekać.", "§6.4: the caller is told to whom"),
    ("next", "{reason} Spróbuję połączyć z inną osobą.", "between two candidates"),
    ("whisper", "Rozmowa do przejęcia. {unit}. Sprawa: {matter}. {who}", "who is handed over, and why"),
    ("whisper.keys", "Przyjmuję: jeden. Odmawiam: dwa.", "the accept key"),
    ("whisper.taken", "Dziękuję, łączę.", "to the colleague, while the caller hears who took the call"),
    (
        "introduction.person",
        "Rozmawia z Państwem {spoken}, {unit}.",
        "§6.1: name and unit of who took the call",
    ),
    (
        "introduction.unit",
        "Rozmawia z Państwem pracownik. {unit}.",
        "§6.1: a unit's shared line took the call",
    ),
    (
        "silence",
        "Nie słychać jednej ze stron. Jeśli Państwo się nie słyszą, proszę zadzwonić ponownie.",
        "taken, and no audio one way",
    ),
    # Back to the caller
    ("reason.no_answer", "Nikt nie odebrał telefonu.", "why the transfer failed"),
    ("reason.busy", "Ten telefon jest zajęty.", "why the transfer failed"),
    ("reason.declined", "Urzędnik nie może teraz rozmawiać.", "why the transfer failed"),
    ("reason.not_accepted", "Nikt nie przejął rozmowy.", "why the transfer failed: voicemail, or silence"),
    ("reason.unreachable", "Ten telefon jest teraz nieosiągalny.", "why the transfer failed"),
    ("reason.not_proven", "Połączenie zostało przerwane.", "why the transfer failed"),
    ("reason.cancelled", "Przełączenie zostało odwołane.", "why the transfer failed"),
    ("reason.nobody", "W tej chwili nie ma nikogo, kto prowadzi tę sprawę.", "no candidate at all"),
    ("reason.closed", "Ta komórka urzędu jest teraz nieczynna.", "the unit keeps other hours"),
    ("reason.no_unit", "Dla tej sprawy nie mamy wskazanej komórki urzędu.", "the catalogue names no unit"),
    ("outside", "Tę sprawę prowadzi {unit}, poza urzędem.", "a body outside the hall settles it"),
    ("number", "{unit}. Numer bezpośredni: {digits}.", "§6.4: the direct number, slowly"),
    ("number.none", "Nie mamy numeru bezpośredniego do tej sprawy.", "no number is known"),
    ("back.repeat", "Powtórzyć numer: jeden.", "after a failed transfer"),
    ("back.callback", "Zamówić oddzwonienie: dwa.", "after a failed transfer"),
    ("back.clerk", "Rozmawiać z pracownikiem, {unit}: zero.", "after a failed transfer"),
    # The callback
    ("callback.yours", "Oddzwonimy pod numer {digits}. Tak: jeden. Inny numer: dwa.", "read back the number"),
    ("callback.type", "Proszę wpisać numer telefonu i nacisnąć krzyżyk.", "another number by keypad"),
    ("callback.typed", "Wpisano {digits}. Tak: jeden. Poprawić: dwa.", "read back what was typed"),
    ("callback.refused", "Pod ten numer nie możemy oddzwonić.", "premium, emergency, foreign or malformed"),
    ("callback.promised", "Oddzwonimy {due}. Numer zgłoszenia: {ticket}.", "§6.3, spoken once it is on disk"),
    (
        "callback.failed",
        "Nie udało się zapisać zgłoszenia. Przepraszamy.",
        "the promise could not be kept on disk",
    ),
    ("goodbye", "Dziękujemy za telefon. Do widzenia.", "the end"),
    ("apology", "Przepraszamy, z naszej winy połączenie nie może być kontynuowane.", "our own mistake"),
)
"""Every prompt by its name."""
