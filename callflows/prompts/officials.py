"""What an official hears who reports an absence from their own phone: in Polish, English is in `locale/en`.

A text in braces has slots, filled by `callflows.prompts.to_officials` with words that are already spoken.
"""

from callflows.prompts.prompt import prompts

TO_OFFICIALS = prompts(
    ("absence.hello", "Zgłoszenie nieobecności. {spoken}.", "*14: whose absence it is"),
    ("absence.away", "Jest zapisana nieobecność. Powrót {back}.", "to somebody who is away just now"),
    ("absence.menu.back", "Jestem już: pięć.", "take the absence back"),
    ("absence.menu.today", "Do końca dnia: jeden.", "how long"),
    ("absence.menu.hour", "Do wybranej godziny: dwa.", "how long"),
    ("absence.menu.day", "Do wybranego dnia powrotu: trzy.", "how long"),
    ("absence.menu.days", "Na kilka dni: cztery.", "how long"),
    ("absence.type.hour", "Proszę wpisać godzinę powrotu, cztery cyfry.", "HHMM"),
    (
        "absence.type.day",
        "Proszę wpisać dzień powrotu do pracy: dwie cyfry dnia i dwie cyfry miesiąca.",
        "DDMM",
    ),
    ("absence.type.days", "Ile dni pracy? Od jednego do dziewięciu.", "one key"),
    ("absence.not_understood", "Nie ma takiej godziny ani takiego dnia.", "these keys mean no time"),
    ("absence.past", "Ten czas już minął albo jest zbyt odległy.", "an hour or day that cannot be meant"),
    ("absence.closed", "W tym czasie urząd i tak nie pracuje.", "an absence out of hours says nothing"),
    ("absence.understood", "Nieobecność od teraz. Powrót {back}.", "read back before it counts"),
    ("absence.helps", "Zastępuje: {spoken}.", "who is rung meanwhile"),
    ("absence.nobody_helps", "Nikogo nie wpisano na zastępstwo.", "nobody is rung meanwhile"),
    ("absence.confirm", "Zapisać: jeden. Od nowa: dwa.", "the way to be understood otherwise"),
    ("absence.saved", "Zapisano. Do widzenia.", "spoken once it is on disk"),
    ("absence.over", "Nieobecność odwołana. Do widzenia.", "spoken once it is on disk"),
    ("absence.nothing", "Niczego nie zapisano. Do widzenia.", "the end, without an answer"),
    (
        "absence.failed",
        "Nie udało się niczego zapisać. Proszę spróbować za kilka minut albo zgłosić to przełożonemu.",
        "the database is away",
    ),
    (
        "absence.refused",
        "Z tego telefonu nie można zgłosić nieobecności, bo nie należy do jednej osoby.",
        "a shared phone, a unit's line",
    ),
)
"""The sentences for officials, by name."""
