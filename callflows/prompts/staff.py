"""What clerks and colleagues hear, whispered or on their own phone: Polish only, and short.

A text in braces has slots, filled by `callflows.prompts.to_staff` with words that are already spoken.
"""

from callflows.prompts.prompt import prompts

TO_STAFF = prompts(
    # Whispered to a colleague who is rung for a caller
    ("whisper", "Rozmowa do przejęcia. {unit}. Sprawa: {matter}.", "that a caller is handed over, and why"),
    ("whisper.by", "Przekazuje: {by}.", "who hands over"),
    ("whisper.number", "Numer kończy się na {digits}.", "who calls, as far as a colleague may know"),
    ("whisper.withheld", "Numer zastrzeżony.", "who calls is not shown"),
    ("whisper.english", "Rozmówca mówi po angielsku.", "what to expect"),
    ("whisper.keys", "Przyjmuję: jeden. Odmawiam: dwa.", "the accept key"),
    ("whisper.taken", "Dziękuję, łączę.", "while the caller hears who took the call"),
    ("consulted", "Konsultacja. {by}.", "somebody wants to ask; no caller is on the line"),
    # To a clerk who takes a caller
    ("offer", "Rozmowa z kolejki.", "a caller from the queue"),
    ("offer.matter", "Sprawa: {matter}.", "what they want, if we know"),
    ("offer.waited", "Czas oczekiwania: {waited}.", "that they have waited, so that the clerk may say sorry"),
    ("clerk.introduce", "Proszę się przedstawić.", "§6.1, where the introduction is not played"),
    ("recall", "Powrót rozmowy.", "a caller whose transfer failed after the clerk had left it"),
    # To whoever hands a caller over
    ("hold.on", "Rozmówca czeka.", "the caller hears music"),
    ("handover.ringing", "Dzwoni.", "how the transfer goes"),
    ("handover.taken_up", "Odebrano.", "how the transfer goes"),
    ("handover.done", "Przekazano.", "how the transfer goes"),
    ("handover.refused", "Teraz nie można tego zrobić.", "what was asked for has no place here"),
    ("handover.no_such_number", "Nie ma takiego numeru.", "why there is no transfer"),
    ("handover.to_oneself", "Nie można przekazać rozmowy samemu sobie.", "why there is no transfer"),
    ("handover.busy_already", "Rozmowa jest już przekazywana.", "why there is no second transfer"),
    (
        "consult.began",
        "Rozmowa z urzędnikiem bez mieszkańca. Przekaż: gwiazdka cztery. Wróć: gwiazdka zero.",
        "the keys of a consultation",
    ),
    # To a phone that dialled a code
    ("presence.on", "Zalogowano. Czekamy na rozmowy.", "*11"),
    ("presence.off", "Wylogowano.", "*12"),
    ("presence.paused", "Przerwa.", "*13"),
    ("presence.refused", "Ten telefon nie może się zalogować.", "not a phone of a clerk"),
)
"""The sentences for clerks and colleagues, by name."""
