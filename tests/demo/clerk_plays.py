"""The plays in which a clerk has the caller: what the people do, one thing after another."""

from tests.demo.actors import Clerk
from tests.demo.plays import NUMBER
from tests.demo.stage import Stage
from tests.demo.texts import Text
from tests.demo.voices import ALAN, ALICJA, CLB, MAGDA, MICHAL, Sentence

SECOND_NUMBER = "602345678"
FOREIGN = "605678901"

_CITIZEN, _EWA = Text("mieszkaniec", "the citizen"), Text("Ewa Zmyślona", "Ewa Zmyślona")
ASKS_FOR_COPY = Sentence("citizen.copy", _CITIZEN, MICHAL, "Dzień dobry. Potrzebuję odpisu aktu urodzenia.")
EWA_HANDS_OVER = Sentence("ewa.hands", _EWA, MAGDA, "Dzień dobry. Przełączę do urzędu stanu cywilnego.")
EWA_IS_BACK = Sentence("ewa.back", _EWA, MAGDA, "Zapiszę sprawę, a koleżanka sama zadzwoni po południu.")
IS_CONTENT = Sentence("citizen.content", _CITIZEN, MICHAL, "Dobrze, będę czekać na telefon. Dziękuję.")
ASKS_FOR_CHILD = Sentence("citizen.child", _CITIZEN, MICHAL, "Dzień dobry. Czy dowód dla syna jest gotowy?")
EWA_FINDS = Sentence("ewa.finds", _EWA, MAGDA, "Dzień dobry. To wie koleżanka z ewidencji ludności.")
ASKS_ANNA = Sentence("citizen.anna", _CITIZEN, MICHAL, "Pytam o dowód dla mojego syna.")
ANNA_KNOWS = Sentence(
    "anna.knows",
    Text("Anna Przykładowa", "Anna Przykładowa"),
    ALICJA,
    "Tak, dowód czeka na odbiór w okienku.",
)
ASKS_IN_ENGLISH = Sentence(
    "citizen.english", _CITIZEN, ALAN, "Good morning. Where can I register my address?", "en"
)
EWA_IN_ENGLISH = Sentence(
    "ewa.english", _EWA, CLB, "Good morning. Please come to our office, room five.", "en"
)
SENTENCES = (
    ASKS_FOR_COPY,
    EWA_HANDS_OVER,
    EWA_IS_BACK,
    IS_CONTENT,
    ASKS_FOR_CHILD,
    EWA_FINDS,
    ASKS_ANNA,
    ANNA_KNOWS,
    ASKS_IN_ENGLISH,
    EWA_IN_ENGLISH,
)

A_PERSON = Text("chce rozmawiać z człowiekiem", "wants to talk to a person")


async def comes_back(stage: Stage) -> None:
    """A clerk hands the citizen over, nobody answers, and the two talk again."""
    citizen = await stage.citizen(NUMBER)
    await stage.phone("1021", "Maria Nieprawdziwa")
    ewa = await stage.clerk("1001", "Ewa Zmyślona")
    await comes_on_duty(ewa)
    await citizen.dials()
    await citizen.hears("greeting")
    await citizen.presses("0", A_PERSON)
    await ewa.takes_up(after=2.0)
    await citizen.hears("introduction.person.ewa-zmyslona")
    await citizen.says(ASKS_FOR_COPY)
    await ewa.hears_words(ASKS_FOR_COPY)
    await ewa.says(EWA_HANDS_OVER)
    await citizen.hears_words(EWA_HANDS_OVER)
    await ewa.hands_over_by_keys("1021", "Maria Nieprawdziwa")
    await citizen.hears("announce.person.maria-nieprawdziwa")
    await citizen.hears_music()
    await citizen.hears("came_back.no_answer")
    await citizen.hears("number.48447327707")
    await ewa.hears("number.48447327707")
    await ewa.says(EWA_IS_BACK)
    await citizen.hears_words(EWA_IS_BACK)
    await citizen.says(IS_CONTENT)
    await ewa.hears_words(IS_CONTENT)
    await citizen.hangs_up()
    await ewa.is_free()


async def by_key(stage: Stage) -> None:
    """The citizen waits while the clerk has a break, and is then handed over by the phone's own key."""
    citizen = await stage.citizen(SECOND_NUMBER)
    anna = await stage.phone("1011", "Anna Przykładowa")
    ewa = await stage.clerk("1001", "Ewa Zmyślona")
    await comes_on_duty(ewa)
    await ewa.dials("*13", "presence.paused", Text("robi przerwę", "has a break"))
    await citizen.dials()
    await citizen.hears("greeting")
    await citizen.presses("0", A_PERSON)
    await citizen.hears("queue.position.1")
    await citizen.hears_music()
    await comes_on_duty(ewa)
    await ewa.takes_up(after=1.0)
    await citizen.hears("introduction.person.ewa-zmyslona")
    await citizen.says(ASKS_FOR_CHILD)
    await ewa.hears_words(ASKS_FOR_CHILD)
    await ewa.says(EWA_FINDS)
    await citizen.hears_words(EWA_FINDS)
    await ewa.hands_over_by_phone("1011", "Anna Przykładowa")
    await citizen.hears("announce.person.anna-przykladowa")
    await anna.takes_up(after=2.0)
    await anna.accepts()
    await ewa.is_let_go()
    await citizen.hears("introduction.person.anna-przykladowa")
    await citizen.says(ASKS_ANNA)
    await anna.hears_words(ASKS_ANNA)
    await anna.says(ANNA_KNOWS)
    await citizen.hears_words(ANNA_KNOWS)
    await citizen.hangs_up()
    await anna.is_free()


async def english(stage: Stage) -> None:
    """A citizen who speaks no Polish is brought to a clerk who speaks English."""
    citizen = await stage.citizen(FOREIGN)
    jan = await stage.clerk("1002", "Jan Wymyślony")
    ewa = await stage.clerk("1001", "Ewa Zmyślona")
    await comes_on_duty(jan)
    await comes_on_duty(ewa)
    await citizen.dials()
    await citizen.hears("menu.english")
    await citizen.presses("8", Text("po angielsku", "in English"))
    await citizen.begins_to_hear("menu.entry.1")
    await citizen.presses("0", A_PERSON)
    await ewa.takes_up(after=2.0)
    await citizen.hears("introduction.person.ewa-zmyslona")
    await citizen.says(ASKS_IN_ENGLISH)
    await ewa.hears_words(ASKS_IN_ENGLISH)
    await ewa.says(EWA_IN_ENGLISH)
    await citizen.hears_words(EWA_IN_ENGLISH)
    await citizen.hangs_up()
    await ewa.is_free()


async def comes_on_duty(clerk: Clerk) -> None:
    """Log on from the clerk's own phone."""
    await clerk.dials("*11", "presence.on", Text("jest na dyżurze", "is on duty"))
