"""Before and after the calls: what the demo is, what was started for it, and how to ask the service that stays up."""

from datetime import datetime

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from callflows.prompts.everything import everything
from directory.model import Hall, LinePolicy
from telephony.voice.cached import CachedVoice
from tests.demo import voices
from tests.demo.demo_call import DemoCall
from tests.demo.house import ACCEPT, CLONE, RATE, RING, STATE, House
from tests.demo.screen import Screen
from tests.demo.texts import NOTHING, Text, figure

WEEKDAYS = (
    Text("poniedziałek", "Monday"),
    Text("wtorek", "Tuesday"),
    Text("środa", "Wednesday"),
    Text("czwartek", "Thursday"),
    Text("piątek", "Friday"),
    Text("sobota", "Saturday"),
    Text("niedziela", "Sunday"),
)


def introduce(screen: Screen) -> None:
    """Say what this is."""
    screen.heading("Halo Urząd")
    screen.say(
        Text(
            "Pokaz linii telefonicznej urzędu: prawdziwy Asterisk, prawdziwa usługa, prawdziwy katalog spraw i "
            "prawdziwe połączenia SIP z dźwiękiem. Zmyśleni są tylko mieszkańcy i urzędnicy.",
            "A city hall's telephone line at work: a real Asterisk, the real service, the hall's real directory "
            "and real SIP calls with audio. Only the citizens and the officials are invented.",
        )
    )
    screen.say(NOTHING)


async def render(screen: Screen, voice: CachedVoice, hall: Hall) -> None:
    """Make the prompts that are not there yet. Raises NoVoice."""
    wanted = everything(hall)
    missing = voices.missing(voice, wanted)
    if missing:
        screen.item(
            Text("zapowiedzi", "prompts"),
            Text(
                f"przygotowuję {len(missing)} zdań (tylko za pierwszym razem, minutę lub dwie) …",
                f"{len(missing)} sentences are being made (the first time only, a minute or two) …",
            ),
        )
        columns = (TextColumn("  "), BarColumn(), MofNCompleteColumn())
        hidden = not screen.console.is_terminal
        with Progress(*columns, console=screen.console, transient=True, disable=hidden) as progress:
            task = progress.add_task("", total=len(missing))
            await voices.render(voice, missing, lambda: progress.advance(task))
    screen.item(
        Text("zapowiedzi", "prompts"), Text(f"{len(wanted)} zdań gotowych", f"{len(wanted)} sentences ready")
    )


def tell_of_the_house(screen: Screen, house: House, hall: Hall, policy: LinePolicy) -> None:
    """Say what runs, and what is not as at a hall."""
    version = str(house.pbx.ari("asterisk/info")["system"]["version"]).split("+")[0].split("~")[0]
    screen.item(
        Text("centrala", "PBX"),
        Text(
            f"Asterisk {version}, SIP na porcie {house.pbx.sip_port}, tylko na tej maszynie",
            f"Asterisk {version}, SIP on port {house.pbx.sip_port}, on this machine only",
        ),
    )
    screen.item(
        Text("usługa", "service"),
        Text(
            f"{hall.name}: {len(hall.matters)} spraw, {len(hall.units)} komórek i instytucji, "
            f"{len(hall.people)} urzędników (zmyślonych); baza SQLite",
            f"{hall.name}: {len(hall.matters)} matters, {len(hall.units)} units and bodies, "
            f"{len(hall.people)} officials (invented); SQLite",
        ),
    )
    screen.item(
        Text("na skróty", "in a hurry"),
        Text("telefon dzwoni ", "a phone rings ")
        + figure(RING, 0)
        + Text(" s (w urzędzie ", " s (at the hall ")
        + figure(policy.ring, 0)
        + Text("), na klawisz 1 jest ", "), there are ")
        + figure(ACCEPT, 0)
        + Text(" s (w urzędzie ", " s for key 1 (at the hall ")
        + figure(policy.accept, 0)
        + Text("), linia mówi ", "), the line speaks ")
        + figure(RATE)
        + Text(" raza szybciej", " times as fast"),
    )


def announce(screen: Screen, number: int, of: int, call: DemoCall) -> None:
    """Say which call comes next, and what is to be seen in it."""
    screen.heading(Text(f"{number}/{of}  ", f"{number}/{of}  ") + call.title)
    screen.say(call.about)
    screen.say(
        Text("Zegar pokazu: ", "The demo's clock: ") + _day(call.at) + f"{call.at:, %d.%m.%Y, %H:%M}", "dim"
    )


def tell_how_to_ask(screen: Screen, house: House) -> None:
    """Say where the API is, and how to ask it."""
    screen.heading(Text("Usługa działa dalej", "The service stays up"))
    state = STATE.relative_to(CLONE)
    screen.say(
        Text("Zapytać można tak (token tylko tu widać):", "Ask it like this (the token is shown only here):")
    )
    screen.command(f"API={house.service.api} TOKEN={house.token}")
    for path in ("/api/calls", "/api/transfers?outcome=no_answer", "/api/presence", "/api/tickets"):
        screen.command(f'curl -H "Authorization: Bearer $TOKEN" "$API{path}"')
    screen.command(f"HALO_STATE_DIR={state} .venv/bin/halo calls")
    screen.say(Text("Ctrl-C kończy pokaz.", "Ctrl-C ends the demo."), "bold")


def _day(moment: datetime) -> Text:
    return WEEKDAYS[moment.weekday()]
