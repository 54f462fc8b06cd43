"""The programme: every call of the demo, what is demanded of it, and what the record must say."""

from callflows.outcomes import CallOutcome, Outcome
from tests.demo import plays, wanted
from tests.demo.clerk_programme import WITH_A_CLERK
from tests.demo.clock import EVENING
from tests.demo.demo_call import DemoCall, Recorded, by_the_line
from tests.demo.texts import Text

BY_DAY = (
    DemoCall(
        name="taken",
        title=Text("Rozmowę przejmuje ktoś kompetentny", "Somebody competent takes the call"),
        about=Text(
            "Mieszkaniec chce dowodu osobistego. Anna Przykładowa podnosi słuchawkę, słyszy, kto i po co dzwoni, "
            "i przyjmuje rozmowę klawiszem 1.",
            "The citizen wants an identity card. Anna Przykładowa takes up, hears who calls and why, and accepts "
            "with key 1.",
        ),
        play=plays.taken,
        demands=(
            *wanted.ANSWERED,
            wanted.told_who("1011", "panią Anną Przykładową", "Referat Ewidencji Ludności"),
            wanted.waits_to_music("1011"),
            wanted.told_who_took_it("1011", "Anna Przykładowa", "Referat Ewidencji Ludności"),
            wanted.effective(
                "1011", citizen_hears=plays.ANNA_ANSWERS.sound, colleague_hears=plays.ASKS_FOR_CARD.sound
            ),
            wanted.stops("1011"),
        ),
        recorded=Recorded(CallOutcome.TRANSFERRED, by_the_line(Outcome.EFFECTIVE)),
    ),
    DemoCall(
        name="nobody",
        title=Text("Nikt nie odbiera: numer i oddzwonienie", "Nobody answers: the number, and a callback"),
        about=Text(
            "W USC nie odbiera ani urzędniczka, ani jej zastępca, ani wspólny telefon. Mieszkaniec dostaje numer "
            "bezpośredni i obietnicę.",
            "At the registry office neither the official answers, nor her deputy, nor the common phone. The "
            "citizen gets the direct number, and a promise.",
        ),
        play=plays.nobody,
        demands=(
            *wanted.ANSWERED,
            wanted.told_who("1021", "panią Marią Nieprawdziwą", "Urząd Stanu Cywilnego"),
            wanted.waits_to_music("1021"),
            wanted.told_why("Nikt nie odebrał telefonu.", name="next."),
            wanted.told_why("Ten telefon jest zajęty.", name="next."),
            wanted.told_who("1120", "Łączę. Urząd Stanu Cywilnego"),
            wanted.told_why("Nikt nie odebrał telefonu.", name="reason."),
            wanted.told_number("447327711"),
            wanted.confirms(plays.NUMBER),
            wanted.promised("dzisiaj"),
            wanted.PARTED,
        ),
        recorded=Recorded(
            CallOutcome.CALLBACK, by_the_line(Outcome.NO_ANSWER, Outcome.BUSY, Outcome.NO_ANSWER), tickets=1
        ),
    ),
    DemoCall(
        name="voicemail",
        title=Text("Odbiera poczta głosowa", "A voicemail takes up"),
        about=Text(
            "Telefon Krzysztofa Pozornego odbiera automat. Automat nie naciśnie 1, więc mieszkaniec do niego nie "
            "trafia; rozmowę przejmuje zastępczyni.",
            "Krzysztof Pozorny's phone is taken up by a machine. A machine does not press 1, so the citizen never "
            "meets it; the deputy takes the call.",
        ),
        play=plays.voicemail,
        demands=(
            *wanted.ANSWERED,
            wanted.told_who("1031", "panem Krzysztofem Pozornym", "Referat Komunikacji"),
            wanted.never_meets("1031", plays.MACHINE.sound),
            wanted.told_why("Nikt nie przejął rozmowy.", name="next."),
            wanted.told_who("1032", "panią Zofią Umowną", "Referat Komunikacji"),
            wanted.told_who_took_it("1032", "Zofia Umowna", "Referat Komunikacji"),
            wanted.effective(
                "1032", citizen_hears=plays.ZOFIA_ANSWERS.sound, colleague_hears=plays.ASKS_FOR_CAR.sound
            ),
            wanted.stops("1032"),
        ),
        recorded=Recorded(CallOutcome.TRANSFERRED, by_the_line(Outcome.NOT_ACCEPTED, Outcome.EFFECTIVE)),
    ),
    DemoCall(
        name="gives-up",
        title=Text("Mieszkaniec rozłącza się, zanim ktoś odbierze", "The citizen hangs up while it rings"),
        about=Text(
            "Telefon urzędniczki nie może dzwonić dalej, gdy po drugiej stronie nikogo już nie ma.",
            "The colleague's phone must not go on ringing when nobody is there any more.",
        ),
        play=plays.gives_up,
        demands=(
            *wanted.ANSWERED,
            wanted.told_who("1051", "panią Haliną Modelową", "Referat Gospodarowania Odpadami Komunalnymi"),
            wanted.waits_to_music("1051"),
            wanted.stops("1051"),
        ),
        recorded=Recorded(CallOutcome.ABANDONED, by_the_line(Outcome.CALLER_LEFT)),
    ),
)
"""What the line does by itself while the hall is open."""

NOBODY_TO_RING = (
    DemoCall(
        name="evening",
        title=Text("Po godzinach, z numeru zastrzeżonego", "After hours, with a withheld number"),
        about=Text(
            "Urząd jest zamknięty: linia mówi, kiedy pracuje i gdzie dzwonić w razie zagrożenia, i przyjmuje "
            "zamówienie na oddzwonienie.",
            "The hall is closed: the line tells when it works and whom to call in an emergency, and takes the "
            "order for a callback.",
        ),
        play=plays.evening,
        demands=(
            *wanted.ANSWERED,
            *wanted.told_that_we_are_closed(opens="jutro", crisis="986"),
            wanted.confirms(plays.TYPED),
            wanted.promised("jutro"),
            wanted.PARTED,
        ),
        recorded=Recorded(CallOutcome.CALLBACK, tickets=1),
        at=EVENING,
    ),
    DemoCall(
        name="outside",
        title=Text("Sprawa spoza urzędu", "A matter of a body outside the hall"),
        about=Text(
            "Świadczenia rodzinne prowadzi ośrodek pomocy rodzinie. Linia nie łączy na chybił trafił, tylko "
            "podaje jego numer.",
            "Family benefits are settled by the social welfare centre. The line does not guess whom to ring, "
            "but gives that centre's number.",
        ),
        play=plays.outside,
        demands=(
            *wanted.ANSWERED,
            wanted.told_whose_matter("Miejski Ośrodek Pomocy Rodzinie"),
            wanted.told_number("447339003"),
        ),
        recorded=Recorded(CallOutcome.INFORMED),
    ),
)
"""Calls in which no phone of the hall may ring."""

PROGRAMME = (*BY_DAY, *WITH_A_CLERK, *NOBODY_TO_RING)
"""All calls, in the order in which they are shown."""
