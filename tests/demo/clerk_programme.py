"""The part of the programme in which a clerk has the caller, and hands them over or gets them back."""

from callflows.outcomes import CallOutcome, Outcome, Way
from tests.demo import clerk_plays, wanted, wanted_of_clerks
from tests.demo.demo_call import DemoCall, Recorded
from tests.demo.record import Attempted
from tests.demo.texts import Text

DESK = "Biuro Obsługi Mieszkańców"
EWA, JAN = "ewa-zmyslona", "jan-wymyslony"
FROM_THE_QUEUE = Attempted(Outcome.EFFECTIVE, Way.QUEUE)
TALKED = ("offered", "talking", "wrapping_up")

WITH_A_CLERK = (
    DemoCall(
        name="comes-back",
        title=Text(
            "Pracownik przekazuje, nikt nie odbiera: rozmowa wraca",
            "A clerk hands over, nobody answers: the call comes back",
        ),
        about=Text(
            "Ewa Zmyślona przekazuje mieszkańca klawiszami *2 do USC. Nikt tam nie odbiera, więc mieszkaniec "
            "wraca do niej, a powód i numer bezpośredni słyszą oboje.",
            "Ewa Zmyślona hands the citizen over to the registry office by the keys *2. Nobody answers there, so "
            "the citizen comes back to her, and both hear the reason and the direct number.",
        ),
        play=clerk_plays.comes_back,
        demands=(
            *wanted.ANSWERED,
            wanted.waits_to_music("1001"),
            wanted.told_who_took_it("1001", "Ewa Zmyślona", DESK),
            wanted.effective(
                "1001",
                citizen_hears=clerk_plays.EWA_HANDS_OVER.sound,
                colleague_hears=clerk_plays.ASKS_FOR_COPY.sound,
            ),
            wanted.told_who("1021", "panią Marią Nieprawdziwą", "Urząd Stanu Cywilnego"),
            wanted.waits_to_music("1021"),
            wanted_of_clerks.never_taken("1021"),
            wanted_of_clerks.both_told_why("1001", "Nikt nie odebrał telefonu."),
            wanted_of_clerks.both_told_number("1001", "447327707"),
            wanted_of_clerks.talk_again(
                "1001",
                citizen_hears=clerk_plays.EWA_IS_BACK.sound,
                colleague_hears=clerk_plays.IS_CONTENT.sound,
            ),
            wanted.stops("1001"),
        ),
        recorded=Recorded(
            CallOutcome.SERVED,
            (FROM_THE_QUEUE, Attempted(Outcome.NO_ANSWER, Way.HANDED_OVER, EWA, came_back=True)),
            presence={EWA: ("ready", *TALKED)},
        ),
    ),
    DemoCall(
        name="by-key",
        title=Text(
            "Kolejka, i przekazanie klawiszem telefonu",
            "The queue, and a transfer by the phone's own key",
        ),
        about=Text(
            "Ewa Zmyślona ma przerwę, więc mieszkaniec czeka. Potem przekazuje go zwykłym klawiszem swojego "
            "telefonu (REFER): to ta sama sprawdzona droga.",
            "Ewa Zmyślona has a break, so the citizen waits. Then she hands them over by the ordinary key of her "
            "phone (REFER): it is the same verified transfer.",
        ),
        play=clerk_plays.by_key,
        demands=(
            *wanted.ANSWERED,
            wanted_of_clerks.told_place("jeden"),
            wanted_of_clerks.waits_in_queue("1001"),
            wanted.told_who_took_it("1001", "Ewa Zmyślona", DESK),
            wanted.effective(
                "1001",
                citizen_hears=clerk_plays.EWA_FINDS.sound,
                colleague_hears=clerk_plays.ASKS_FOR_CHILD.sound,
            ),
            wanted.told_who("1011", "panią Anną Przykładową", "Referat Ewidencji Ludności"),
            wanted.waits_to_music("1011"),
            wanted_of_clerks.colleague_told_by_whom("1011", "Ewa Zmyślona"),
            wanted.told_who_took_it("1011", "Anna Przykładowa", "Referat Ewidencji Ludności"),
            wanted.effective(
                "1011",
                citizen_hears=clerk_plays.ANNA_KNOWS.sound,
                colleague_hears=clerk_plays.ASKS_ANNA.sound,
            ),
            wanted_of_clerks.key_answered("1001", when_taken_by="1011"),
            wanted.stops("1011"),
        ),
        recorded=Recorded(
            CallOutcome.TRANSFERRED,
            (FROM_THE_QUEUE, Attempted(Outcome.EFFECTIVE, Way.HANDED_OVER, EWA)),
            presence={EWA: ("ready", "paused", "ready", *TALKED)},
        ),
    ),
    DemoCall(
        name="english",
        title=Text("Po angielsku", "In English"),
        about=Text(
            "Kto nie mówi po polsku, naciska 8 i trafia do pracowniczki, która zna angielski, choć Jan Wymyślony "
            "czeka na rozmowę dłużej.",
            "Who speaks no Polish presses 8 and is brought to a clerk who speaks English, though Jan Wymyślony "
            "has been free for longer.",
        ),
        play=clerk_plays.english,
        demands=(
            *wanted.ANSWERED,
            wanted_of_clerks.heard_english(),
            wanted_of_clerks.rung_instead("1001", of="1002"),
            wanted_of_clerks.clerk_told_language("1001"),
            wanted.told_who_took_it("1001", "You are talking to Ewa Zmyślona", DESK),
            wanted.effective(
                "1001",
                citizen_hears=clerk_plays.EWA_IN_ENGLISH.sound,
                colleague_hears=clerk_plays.ASKS_IN_ENGLISH.sound,
            ),
            wanted.stops("1001"),
        ),
        recorded=Recorded(
            CallOutcome.SERVED,
            (FROM_THE_QUEUE,),
            presence={JAN: ("ready",), EWA: ("ready", *TALKED)},
        ),
    ),
)
"""Calls to the desk."""
