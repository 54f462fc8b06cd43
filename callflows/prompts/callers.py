"""What callers hear: every sentence in Polish, with the reason it is said. English is in `locale/en`.

A text in braces has slots, filled by `callflows.prompts.to_callers` with words that are already spoken.
"""

from callflows.prompts.prompt import prompts

TO_CALLERS = prompts(
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
    (
        "too_many.often",
        "Z tego numeru zadzwoniono przed chwilą zbyt wiele razy. Prosimy zadzwonić ponownie za minutę.",
        "more calls of one number in a minute than the hall allows",
    ),
    (
        "too_many.at_once",
        "Z tego numeru trwa już zbyt wiele połączeń. Prosimy zadzwonić ponownie, gdy któreś się zakończy.",
        "more calls of one number at once than the hall allows",
    ),
    (
        "too_many.withheld",
        "Trwa teraz zbyt wiele połączeń z numerów zastrzeżonych. Prosimy zadzwonić za kilka minut "
        "albo z widocznym numerem.",
        "more calls without a number at once than the hall allows",
    ),
    ("resumed", "Przepraszamy za przerwę w połączeniu.", "after the service was away in mid-call"),
    ("menu.intro", "Proszę wybrać sprawę.", "opens the menu of matters"),
    ("menu.entry", "{spoken}: {key}.", "one key of a menu"),
    ("menu.clerk", "Pracownik, {unit}: zero.", "the way to a person"),
    ("menu.repeat", "Aby powtórzyć, proszę nacisnąć gwiazdkę.", "hear the menu again"),
    ("menu.back", "Poprzednie menu: gwiazdka.", "out of a submenu"),
    ("menu.wrong", "Nie ma takiego wyboru.", "a key that means nothing here"),
    ("menu.nothing", "Nie usłyszeliśmy wyboru.", "no key was pressed"),
    (
        "menu.english",
        "Aby rozmawiać po angielsku, proszę nacisnąć osiem.",
        "always in English: the way to it, before anything else of the menu",
    ),
    ("menu.polish", "Aby rozmawiać po polsku, proszę nacisnąć osiem.", "always in Polish: the way back"),
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
    (
        "announce.plain",
        "Łączę. Zgłosi się {spoken}, {unit}. Proszę czekać.",
        "§6.4: the same, where the instrumental of the name is not known",
    ),
    ("announce.unit", "Łączę. {unit}. Proszę czekać.", "§6.4: the caller is told to whom"),
    ("next", "{reason} Spróbuję połączyć z inną osobą.", "between two candidates"),
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
    # The queue
    (
        "queue.welcome",
        "Wszyscy pracownicy są zajęci. Proszę czekać na połączenie.",
        "opens the queue",
    ),
    ("queue.position", "Miejsce w kolejce: {place}.", "where the caller stands"),
    ("queue.wait", "Przewidywany czas oczekiwania: {wait}.", "an honest guess, rounded up"),
    (
        "queue.callback",
        "Aby zamówić oddzwonienie i nie czekać, proszę nacisnąć dwa.",
        "after two minutes, and again with every word on the place",
    ),
    (
        "queue.closing",
        "Urząd kończy dziś pracę. Oddzwonimy do Państwa.",
        "out of the queue at closing time",
    ),
    (
        "queue.nobody",
        "Nie ma już pracowników na dyżurze. Oddzwonimy do Państwa.",
        "the last clerk has logged off",
    ),
    # Back to the caller
    ("reason.no_answer", "Nikt nie odebrał telefonu.", "why the transfer failed"),
    ("reason.busy", "Ten telefon jest zajęty.", "why the transfer failed"),
    ("reason.declined", "Urzędnik nie może teraz rozmawiać.", "why the transfer failed"),
    ("reason.not_accepted", "Nikt nie przejął rozmowy.", "why the transfer failed: voicemail, or silence"),
    ("reason.unreachable", "Ten telefon jest teraz nieosiągalny.", "why the transfer failed"),
    ("reason.not_proven", "Połączenie zostało przerwane.", "why the transfer failed"),
    ("reason.cancelled", "Przełączenie zostało odwołane.", "why the transfer failed"),
    (
        "reason.nobody",
        "W tej chwili nie można połączyć z nikim, kto prowadzi tę sprawę.",
        "no phone that could be rung: every one is disconnected, or the catalogue has none",
    ),
    (
        "reason.away",
        "Osoby, które prowadzą tę sprawę, są teraz nieobecne. Będą {back}.",
        "everybody who settles it is absent; when the first of them is back",
    ),
    ("reason.closed", "Ta komórka urzędu jest teraz nieczynna.", "the unit keeps other hours"),
    ("reason.no_unit", "Dla tej sprawy nie mamy wskazanej komórki urzędu.", "the catalogue names no unit"),
    (
        "came_back",
        "{reason} Rozmowa wróciła do urzędnika.",
        "a transfer failed: caller and clerk both hear why, and that they talk again",
    ),
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
"""The sentences for callers, by name."""
