"""The summary: for each call what is demanded and what the phones heard; and apart from it, the record."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text as Styled

from callflows.language import translated
from callflows.story_words import CALLS, OUTCOMES, PRESENCE
from tests.demo.demands import Demand, Finding
from tests.demo.demo_call import DemoCall, Recorded
from tests.demo.evidence import Evidence
from tests.demo.record import Record
from tests.demo.screen import Screen
from tests.demo.spoken import told
from tests.demo.texts import NOTHING, Text, seconds

YES, NO = "✓", "✗"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one call. `trouble` is what stopped its play; empty if it went to its end."""

    call: DemoCall
    evidence: Evidence
    findings: tuple[tuple[Demand, Finding], ...]
    record: Record | None
    trouble: str = ""

    @property
    def heard_well(self) -> bool:
        """Whether the callers' side is as it is demanded."""
        return not self.trouble and all(finding.met for _, finding in self.findings)

    @property
    def recorded_well(self) -> bool:
        """Whether the record says what happened."""
        found, wanted = self.record, self.call.recorded
        return found is not None and (
            (found.outcome, found.attempts, found.tickets, found.presence)
            == (wanted.outcome, wanted.attempts, wanted.tickets, wanted.presence)
        )

    @property
    def ended_well(self) -> bool:
        """Both."""
        return self.heard_well and self.recorded_well


def judged(call: DemoCall, evidence: Evidence, record: Record | None, trouble: str) -> Result:
    """Look at the evidence with every demand of the call."""
    findings = tuple((demand, demand.check(evidence)) for demand in call.demands)
    return Result(call=call, evidence=evidence, findings=findings, record=record, trouble=trouble)


def show(screen: Screen, results: Sequence[Result]) -> None:
    """Write the table of all calls."""
    screen.heading(Text("Podsumowanie: co usłyszały telefony", "Summary: what the phones heard"))
    screen.say(
        Text(
            "Rozmowy ocenia to, co nagrały telefony (zdania i muzyka rozpoznane przez korelację), a nie usługa. "
            "Paragrafy: regulamin obsługi klientów urzędu; „Halo”: nasze własne wymagania.",
            "The calls are judged by what the phones recorded (sentences and music recognised by correlation), not "
            "by the service. Paragraphs: the hall's customer-service bylaw; “Halo”: demands of our own.",
        ),
        "dim",
    )
    for number, result in enumerate(results, start=1):
        _one(screen, number, result)


def show_verdict(screen: Screen, results: Sequence[Result]) -> None:
    """Write how many calls ended as they should."""
    well, all_of_them = sum(result.ended_well for result in results), len(results)
    screen.say(NOTHING)
    screen.say(
        Text(
            f"Zgodnie z regulaminem: {well} z {all_of_them} rozmów.",
            f"As the bylaw demands: {well} of {all_of_them} calls.",
        ),
        f"bold {_colour(well == all_of_them)}",
    )


def show_trouble(screen: Screen, result: Result, logs: Sequence[str]) -> None:
    """What was heard in a call that did not end well, and where to read on."""
    screen.heading(Text("Co poszło źle: ", "What went wrong: ") + result.call.title)
    if result.trouble:
        screen.say(result.trouble, "red")
    if not result.recorded_well:
        screen.say(
            Text("W bazie powinno stać: ", "The record should say: ") + _expected(result.call.recorded)
        )
    screen.say(Text("Telefon mieszkańca słyszał:", "The citizen's phone heard:"))
    for sound in result.evidence.sounds:
        cut = NOTHING if sound.whole else Text(" (przerwane)", " (cut)")
        when = seconds(sound.at).of(screen.language).rjust(8)
        screen.say(f"{when}  {sound.name}{screen.words(cut)}  {told(sound.name, sound.text)}")
    for extension, phone in result.evidence.phones.items():
        names = ", ".join(sound.name for sound in phone.sounds) or screen.words(Text("nic", "nothing"))
        screen.say(Text(f"Telefon {extension} słyszał: ", f"Phone {extension} heard: ") + names)
    screen.say(Text("Dzienniki: ", "Logs: ") + ", ".join(logs))


def _one(screen: Screen, number: int, result: Result) -> None:
    met = sum(finding.met for _, finding in result.findings)
    title = Styled(f"{number}. {screen.words(result.call.title)}  ", style="bold")
    title.append(f"{_mark(result.heard_well)} {met}/{len(result.findings)}", _colour(result.heard_well))
    screen.say(NOTHING)
    screen.console.print(title, highlight=False)
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=3, justify="right")
    table.add_column(width=4, style="dim")
    table.add_column(ratio=4, overflow="fold")
    table.add_column(ratio=6, overflow="fold")
    for demand, finding in result.findings:
        mark = Styled(_mark(finding.met), style=_colour(finding.met))
        table.add_row(mark, demand.source, screen.words(demand.wanted), screen.words(finding.what))
    screen.console.print(table, highlight=False)
    words = "; ".join(screen.words(part) for part in result.record.words) if result.record else "–"
    row = Table.grid(padding=(0, 1))
    row.add_column(width=3, justify="right")
    row.add_column(overflow="fold", style="dim")
    said = screen.words(Text("W bazie usługi: ", "In the service's own record: ")) + words
    row.add_row(Styled(_mark(result.recorded_well), style=_colour(result.recorded_well)), said)
    screen.console.print(row, highlight=False)


def _expected(wanted: Recorded) -> Text:
    polish = [CALLS[wanted.outcome], *(OUTCOMES[one.outcome] for one in wanted.attempts if one.outcome)]
    polish += [PRESENCE[word] for stood in wanted.presence.values() for word in stood]
    tickets = Text(f"; zgłoszeń: {wanted.tickets}", f"; tickets: {wanted.tickets}")
    return Text("; ".join(polish), "; ".join(translated(one, "en") for one in polish)) + tickets


def _mark(good: bool) -> str:
    return YES if good else NO


def _colour(good: bool) -> str:
    return "green" if good else "red"
