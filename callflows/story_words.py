"""The words of a story: for every word of the record the Polish one that people read.

English comes from the catalogue (`callflows.language`). A word that is not here is shown as it is recorded.
"""

from callflows.outcomes import CallOutcome, Instead, Outcome, Way

OUTCOMES = {
    Outcome.EFFECTIVE: "skuteczne, słyszą się nawzajem",
    Outcome.UNCONFIRMED: "bez klawisza przyjęcia, słyszą się nawzajem",
    Outcome.NOT_PROVEN: "przyjęte, ale bez dowodu, że obie strony się słyszą",
    Outcome.NO_ANSWER: "nikt nie odebrał",
    Outcome.BUSY: "zajęte",
    Outcome.DECLINED: "odmowa",
    Outcome.NOT_ACCEPTED: "odebrano, ale nikt nie przejął rozmowy",
    Outcome.UNREACHABLE: "telefon nieosiągalny",
    Outcome.CONSULTED: "po konsultacji, bez połączenia",
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
    Instead.BACK: "powrót do osoby, która przekazywała rozmowę",
    Instead.NOTHING: "jeszcze nic",
}
"""What the caller got instead of an effective transfer."""

CALLS = {
    CallOutcome.TRANSFERRED: "rozmowa z urzędnikiem",
    CallOutcome.SERVED: "rozmowa z pracownikiem biura obsługi",
    CallOutcome.CALLBACK: "obiecane oddzwonienie",
    CallOutcome.INFORMED: "udzielona informacja",
    CallOutcome.ABANDONED: "dzwoniący zrezygnował",
    CallOutcome.WITHOUT_SERVICE: "rozmowa z operatorem pod nieobecność usługi",
    CallOutcome.LIMITED: "zbyt wiele połączeń, prośba o późniejszy telefon",
    CallOutcome.FAILED: "nasz błąd",
    CallOutcome.PBX_RESTARTED: "przerwane przez ponowne uruchomienie centrali",
}
"""How a whole call ended."""

WAYS = {
    Way.LINE: "połączenie przez linię",
    Way.QUEUE: "z kolejki",
    Way.HANDED_OVER: "przekazanie rozmowy",
    Way.CONSULTED: "przekazanie po konsultacji",
    Way.RECALL: "powrót do pracownika",
}
"""On whose wish, and how, somebody is rung."""

PARTIES = {
    "caller": "dzwoniący",
    "clerk": "pracownik",
    "colleague": "urzędnik",
    "line": "linia",
    "pbx": "centrala",
    "unknown": "nie wiadomo kto",
}
SHOWN = {"shown": "z numeru", "withheld": "z numeru zastrzeżonego", "absent": "bez numeru"}
HOW = {"whole": "słyszy", "cut": "słyszy (przerwane)", "failed": "nie usłyszał w całości"}

TOO_MANY = {
    "often": "z tego numeru w ciągu minuty",
    "at_once": "z tego numeru naraz",
    "withheld": "bez numeru naraz",
}
"""Which limit a call was over."""

LANGUAGES = {"pl": "polski", "en": "angielski"}

QUEUE = {
    "served": "jest pracownik",
    "callback": "obiecane oddzwonienie",
    "closed": "koniec godzin pracy",
    "nobody": "żaden pracownik nie odbiera telefonów",
    "not_heard": "rozmówcy się nie słyszą",
    "left": "dzwoniący zrezygnował",
    "broken_off": "przerwane nie przez dzwoniącego",
}
"""Why a caller waits for a clerk no longer."""

PRESENCE = {
    "away": "poza dyżurem",
    "paused": "przerwa",
    "ready": "gotowość",
    "offered": "proponowana rozmowa",
    "talking": "rozmowa",
    "wrapping_up": "prace po rozmowie",
}
"""Where a clerk stands."""

HAPPENINGS = {
    "logged_on": "początek dyżuru",
    "logged_off": "koniec dyżuru",
    "paused": "początek przerwy",
    "offered": "następny w kolejce",
    "taken": "telefon odebrany",
    "withdrawn": "dzwoniący już nie czeka",
    "missed": "telefon nieodebrany",
    "missed_too_often": "zbyt wiele telefonów nieodebranych",
    "busy": "telefon zajęty",
    "unreachable": "telefon nieosiągalny",
    "talk_over": "koniec rozmowy",
    "wrapped_up": "koniec prac po rozmowie",
}
"""What happened to a clerk."""

COMMANDS = {
    **HAPPENINGS,
    "hold": "zawieszenie rozmowy",
    "resume": "wznowienie rozmowy",
    "hand_over": "przekazanie rozmowy",
    "hand_over_and_leave": "przekazanie rozmowy bez czekania na wynik",
    "complete": "zakończenie konsultacji i połączenie",
    "cancel": "odwołanie przekazania",
    "take_back": "powrót do dzwoniącego",
    "leave": "pozostawienie przekazania linii",
}
"""What a screen or a phone may ask for."""

WAITING = {
    "answer": "odebranie",
    "greeting": "powitanie",
    "menu": "wybór w menu",
    "ring": "odebranie numeru",
    "queue": "pracownik",
    "talk": "koniec rozmowy",
    "hold": "wznowienie rozmowy",
    "goodbye": "pożegnanie",
    "apology": "przeprosiny",
    "the hours": "godziny pracy",
    "service away": "powrót usługi",
    "the next candidate": "następna osoba",
    "the direct number": "numer bezpośredni",
    "typing a number": "wpisanie numeru",
    "ordering a callback": "zamówienie oddzwonienia",
}
"""What a caller waited for, by the first words of the record's own; what follows them stays as it is."""
