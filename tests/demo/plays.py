"""The plays: what the people of each demo call do, one thing after another."""

from telephony.values import NumberShown
from tests.demo.actors import pause
from tests.demo.stage import Stage
from tests.demo.texts import Text
from tests.demo.voices import ALICJA, MAGDA, MICHAL, Sentence

NUMBER = "601234567"
TYPED = "601234888"

_CITIZEN = Text("mieszkaniec", "the citizen")
ASKS_FOR_CARD = Sentence("citizen.card", _CITIZEN, MICHAL, "Dzień dobry. Ja w sprawie dowodu osobistego.")
ANNA_ANSWERS = Sentence(
    "anna",
    Text("Anna Przykładowa", "Anna Przykładowa"),
    ALICJA,
    "Dzień dobry. Już sprawdzam, czy dowód jest gotowy.",
)
MACHINE = Sentence(
    "machine",
    Text("automat", "the machine"),
    MAGDA,
    "Tu poczta głosowa. Nie mogę teraz odebrać telefonu. Proszę zostawić wiadomość po sygnale.",
)
ASKS_FOR_CAR = Sentence(
    "citizen.car", _CITIZEN, MICHAL, "Dzień dobry. Kupiłem samochód, jak go zarejestrować?"
)
ZOFIA_ANSWERS = Sentence(
    "zofia",
    Text("Zofia Umowna", "Zofia Umowna"),
    ALICJA,
    "Dzień dobry. Proszę przynieść umowę i dowód rejestracyjny.",
)
SENTENCES = (ASKS_FOR_CARD, ANNA_ANSWERS, MACHINE, ASKS_FOR_CAR, ZOFIA_ANSWERS)


def _ahead(pl: str, en: str) -> Text:
    """Keys pressed before the menu is read out."""
    return Text(
        f"zna menu, więc nie czeka na pytanie: {pl}", f"knows the menu and does not wait for it: {en}"
    )


async def taken(stage: Stage) -> None:
    """Somebody competent takes the call, and the two talk."""
    anna = await stage.phone("1011", "Anna Przykładowa")
    citizen = await stage.citizen(NUMBER)
    await citizen.dials()
    await citizen.hears("privacy")
    await citizen.begins_to_hear("menu.entry.1")
    await citizen.presses("1", "Dowody osobiste i meldunki")
    await citizen.begins_to_hear("menu.entry.11")
    await citizen.presses("1", "Dowód osobisty dla osoby dorosłej")
    await anna.rings()
    await citizen.hears_music()
    await anna.takes_up(after=2.0)
    await anna.accepts()
    await citizen.hears("introduction.person.anna-przykladowa")
    await citizen.says(ASKS_FOR_CARD)
    await anna.hears_words(ASKS_FOR_CARD)
    await anna.says(ANNA_ANSWERS)
    await citizen.hears_words(ANNA_ANSWERS)
    await citizen.hangs_up()
    await anna.is_free()


async def nobody(stage: Stage) -> None:
    """Nobody answers, no deputy either: the number, and a callback."""
    for extension, who, busy in (
        ("1021", "Maria Nieprawdziwa", False),
        ("1022", "Tomasz Udawany", True),
        ("1120", Text("telefon USC", "USC's own line"), False),
    ):
        await stage.phone(extension, who, busy=busy)
    citizen = await stage.citizen(NUMBER)
    await citizen.dials()
    await citizen.hears("greeting")
    await citizen.presses("21", _ahead("odpisy aktów", "certificates"))
    await citizen.hears("announce.person.maria-nieprawdziwa")
    await citizen.hears_music()
    await citizen.hears("next.no_answer")
    await citizen.hears("next.busy")
    await citizen.hears("announce.unit.usc")
    await citizen.hears_music()
    await citizen.hears("reason.no_answer")
    await citizen.hears("number.48447327711")
    await citizen.presses("2", Text("zamówić oddzwonienie", "order a callback"))
    await citizen.hears("callback.yours")
    await citizen.presses("1", Text("tak, to mój numer", "yes, this is my number"))
    await citizen.hears("callback.promised")
    await citizen.is_put_down()


async def voicemail(stage: Stage) -> None:
    """A voicemail takes up, and is not mistaken for a person."""
    machine = Text("odbiera automat: poczta głosowa", "a machine takes up: voicemail")
    krzysztof = await stage.phone("1031", "Krzysztof Pozorny", taken_up=machine)
    zofia = await stage.phone("1032", "Zofia Umowna")
    citizen = await stage.citizen(NUMBER)
    await citizen.dials()
    await citizen.hears("greeting")
    await citizen.presses("31", _ahead("rejestracja pojazdu", "registration of a car"))
    await krzysztof.takes_up(after=1.0)
    await krzysztof.machine_says(MACHINE)
    await citizen.hears("next.not_accepted")
    await zofia.takes_up(after=1.0)
    await zofia.accepts()
    await citizen.hears("introduction.person.zofia-umowna")
    await citizen.says(ASKS_FOR_CAR)
    await zofia.hears_words(ASKS_FOR_CAR)
    await zofia.says(ZOFIA_ANSWERS)
    await citizen.hears_words(ZOFIA_ANSWERS)
    await citizen.hangs_up()
    await zofia.is_free()


async def gives_up(stage: Stage) -> None:
    """The citizen hangs up while the phone rings."""
    halina = await stage.phone("1051", "Halina Modelowa")
    citizen = await stage.citizen(NUMBER)
    await citizen.dials()
    await citizen.hears("greeting")
    await citizen.presses("41", _ahead("opłata za odpady", "the waste fee"))
    await halina.rings()
    await citizen.hears_music()
    await pause(2.0)
    await citizen.hangs_up()
    await halina.is_free()


async def evening(stage: Stage) -> None:
    """After hours, with a withheld number: hours, the crisis number, a callback to a typed number."""
    citizen = await stage.citizen(NUMBER, NumberShown.WITHHELD)
    await citizen.dials()
    await citizen.hears("closed")
    await citizen.hears("closed.crisis")
    await citizen.begins_to_hear("closed.choice")
    await citizen.presses("2", Text("zamówić oddzwonienie", "order a callback"))
    await citizen.hears("callback.type")
    await citizen.types(TYPED)
    await citizen.hears("callback.typed")
    await citizen.presses("1", Text("tak, zgadza się", "yes, that is right"))
    await citizen.hears("callback.promised")
    await citizen.is_put_down()


async def outside(stage: Stage) -> None:
    """The matter belongs to a body outside the hall: its number, and nobody is rung."""
    citizen = await stage.citizen(NUMBER)
    await citizen.dials()
    await citizen.hears("greeting")
    await citizen.presses("64", _ahead("świadczenia rodzinne", "family benefits"))
    await citizen.hears("outside.miejski-osrodek-pomocy-rodzinie-zespol-swiadczen-rodzinnych")
    await citizen.hears("number.48447339003")
    await citizen.begins_to_hear("back.repeat")
    await citizen.hangs_up()
