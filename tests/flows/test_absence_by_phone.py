"""An official dials *14: what is heard, what is kept, and that nothing counts which was not kept."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from callflows.facts import AbsenceCancelled, AbsenceEntered, CallArrived, PresenceChanged
from directory.absence import Absence, AbsenceId, Entered, Reason
from directory.model import Extension, Hall, PersonId
from tests.fakes.memory.phones_call import MemoryPhonesCall
from tests.flows.clerks import ZOFIA, clerk, staffed
from tests.flows.conftest import Opens, Stage
from tests.flows.town import ANNA, PIOTR, TOWN, TUESDAY_NIGHT, TUESDAY_TEN, WARSAW

pytestmark = pytest.mark.looptime

WEDNESDAY_EIGHT = datetime(2026, 11, 25, 8, 0, tzinfo=WARSAW)


async def reports(stage: Stage, extension: str = "1001") -> MemoryPhonesCall:
    """Somebody dials the code at their phone."""
    return await stage.world.phone(extension).dials("*14")


def counts(stage: Stage) -> list[tuple[PersonId, datetime]]:
    """Who counts as away, and until when."""
    return [(absence.person, absence.reachable) for absence in stage.house.absences.kept]


def written_down(stage: Stage, person: PersonId = ANNA, hours: float = 2.0) -> None:
    """Somebody is away since an hour ago."""
    now = stage.house.clock.now()
    begins, ends = now - timedelta(hours=1), now + timedelta(hours=hours)
    absence = Absence(id=AbsenceId(f"old-{person}"), person=person, begins=begins, ends=ends)
    stage.house.absences.kept.append(absence)


async def test_until_the_end_of_today(line: Opens) -> None:
    """Read back with who stands in; on record as a fact, and without a citizen's call."""
    async with line() as stage:
        call = await reports(stage)
        await call.hears("absence.hello.anna")
        await call.hears("absence.menu.today")
        await call.presses("1")
        understood = await call.hears("absence.understood")
        deputy = await call.hears("absence.helps.piotr")
        await call.hears("absence.confirm")
        assert counts(stage) == []
        await call.presses("1")
        await call.hears_all_of("absence.saved")
        await call.is_put_down()

    assert (understood, deputy) == (
        "Nieobecność od teraz. Powrót jutro o ósmej.",
        "Zastępuje: Piotr Zmyślony.",
    )
    (kept,) = stage.house.absences.kept
    assert (kept.person, kept.entered, kept.entered_by, kept.reason) == (
        ANNA,
        Entered.PHONE,
        ANNA,
        Reason.OUT_OF_OFFICE,
    )
    assert (kept.ends.hour, kept.ends.minute, kept.back) == (15, 30, WEDNESDAY_EIGHT)
    fact = stage.journal.one(AbsenceEntered)
    assert (fact.person, fact.back, fact.call) == (ANNA, WEDNESDAY_EIGHT, "")
    assert stage.journal.all(CallArrived) == []


@pytest.mark.parametrize(
    ("menu", "prompt", "keys", "said"),
    [
        ("2", "absence.type.hour", "1430", "Powrót dzisiaj o czternastej trzydzieści."),
        ("2", "absence.type.hour", "14#", "Powrót dzisiaj o czternastej."),
        ("2", "absence.type.hour", "2200", "Powrót jutro o ósmej."),
        ("3", "absence.type.day", "3011", "Powrót w poniedziałek, trzydziestego listopada, o ósmej."),
        ("3", "absence.type.day", "2911", "Powrót w poniedziałek, trzydziestego listopada, o ósmej."),
        ("4", "absence.type.days", "2", "Powrót w czwartek, dwudziestego szóstego listopada, o ósmej."),
    ],
)
async def test_how_long(line: Opens, menu: str, prompt: str, keys: str, said: str) -> None:
    async with line() as stage:
        call = await reports(stage)
        await call.hears("absence.menu.days")
        await call.presses(menu)
        await call.hears(prompt)
        await call.presses(keys)
        understood = await call.hears("absence.understood")
        await call.hears("absence.confirm")
        await call.presses("1")
        await call.hears("absence.saved")
        await call.is_put_down()
    assert understood.endswith(said)
    assert [person for person, _ in counts(stage)] == [ANNA]


@pytest.mark.parametrize(
    ("menu", "prompt", "keys", "sorry"),
    [
        ("2", "absence.type.hour", "0930", "absence.past"),
        ("2", "absence.type.hour", "2575", "absence.not_understood"),
        ("2", "absence.type.hour", "*", "absence.not_understood"),
        ("2", "absence.type.hour", "", "absence.not_understood"),
        ("3", "absence.type.day", "2311", "absence.past"),
        ("3", "absence.type.day", "3111", "absence.not_understood"),
    ],
)
async def test_what_was_not_understood_is_said_and_asked_again(
    line: Opens, menu: str, prompt: str, keys: str, sorry: str
) -> None:
    async with line() as stage:
        call = await reports(stage)
        await call.hears("absence.menu.days")
        await call.presses(menu)
        await call.hears_all_of(prompt)
        await call.presses(keys)
        await call.hears_all_of(sorry)
        await call.hears("absence.menu.days")
        await call.presses("1")
        await call.hears("absence.confirm")
        await call.presses("1")
        await call.hears("absence.saved")
        await call.is_put_down()
    assert counts(stage) == [(ANNA, WEDNESDAY_EIGHT)]


async def test_in_the_evening_today_means_nothing_and_days_begin_tomorrow(line: Opens) -> None:
    async with line(at=TUESDAY_NIGHT) as stage:
        call = await reports(stage)
        await call.hears("absence.menu.days")
        await call.presses("1")
        await call.hears_all_of("absence.closed")
        await call.hears("absence.menu.days")
        await call.presses("4")
        await call.hears("absence.type.days")
        await call.presses("1")
        await call.hears("absence.confirm")
        await call.presses("1")
        await call.hears("absence.saved")
        await call.is_put_down()
    assert counts(stage) == [(ANNA, WEDNESDAY_EIGHT + timedelta(days=1))]


async def test_anew_and_then_another_end(line: Opens) -> None:
    """Key 2 at the read-back: what was said first never counted."""
    async with line() as stage:
        call = await reports(stage)
        await call.presses("1")
        await call.hears("absence.confirm")
        await call.presses("2")
        await call.hears("absence.menu.today")
        await call.presses("4")
        await call.hears("absence.type.days")
        await call.presses("2")
        await call.hears("absence.confirm")
        await call.presses("1")
        await call.is_put_down()
    assert counts(stage) == [(ANNA, WEDNESDAY_EIGHT + timedelta(days=1))]
    assert len(stage.journal.all(AbsenceEntered)) == 1


async def test_a_yes_counts_only_to_what_was_heard(line: Opens) -> None:
    """Keys typed ahead answer the questions, and never the read-back."""
    async with line() as stage:
        call = await reports(stage)
        await call.presses("11")
        await call.hears_all_of("absence.confirm")
        assert counts(stage) == []
        await call.presses("1")
        await call.is_put_down()
    assert len(counts(stage)) == 1


async def test_no_answer_keeps_nothing_and_says_so(line: Opens) -> None:
    async with line() as stage:
        call = await reports(stage)
        await call.hears("menu.nothing")
        await call.presses("7")
        await call.hears("menu.wrong")
        await call.hears("absence.nothing")
        await call.is_put_down()
    assert counts(stage) == []


async def test_no_answer_to_the_read_back_keeps_nothing_and_says_so(line: Opens) -> None:
    async with line() as stage:
        call = await reports(stage)
        await call.presses("1")
        await call.hears("absence.confirm")
        await call.hears("absence.nothing")
        await call.is_put_down()
    assert counts(stage) == []


@pytest.mark.parametrize(
    "step", ["absence.hello.anna", "absence.menu.hour", "absence.type.hour", "absence.confirm"]
)
async def test_whoever_puts_down_before_the_yes_has_reported_nothing(line: Opens, step: str) -> None:
    async with line() as stage:
        call = await reports(stage)
        if step.startswith(("absence.type", "absence.confirm")):
            await call.hears("absence.menu.days")
            await call.presses("2")
        if step == "absence.confirm":
            await call.hears("absence.type.hour")
            await call.presses("1430")
        await call.hears(step)
        await call.hangs_up()
    assert counts(stage) == []
    assert stage.journal.facts == []


async def test_whoever_puts_down_after_the_yes_is_away(line: Opens) -> None:
    async with line() as stage:
        call = await reports(stage)
        await call.presses("1")
        await call.hears("absence.confirm")
        await call.presses("1")
        await call.hears("absence.saved")
        await call.hangs_up()
    assert counts(stage) == [(ANNA, WEDNESDAY_EIGHT)]


@pytest.mark.parametrize("trouble", ["is_closed", "is_stuck"])
async def test_what_cannot_be_kept_is_not_said_to_be(line: Opens, trouble: str) -> None:
    """The database is away, or does not answer: they are told so, and nobody counts as away."""
    async with line() as stage:
        setattr(stage.house.absences, trouble, True)
        call = await reports(stage)
        await call.presses("1")
        await call.hears("absence.confirm")
        await call.presses("1")
        await call.hears_all_of("absence.failed")
        await call.is_put_down()
    assert counts(stage) == []
    assert stage.journal.facts == []
    assert "absence.saved" not in call.prompts


async def test_somebody_is_back_before_the_time(line: Opens) -> None:
    async with line() as stage:
        written_down(stage)
        call = await reports(stage)
        told = await call.hears("absence.away")
        await call.hears("absence.menu.back")
        await call.presses("5")
        await call.hears_all_of("absence.over")
        await call.is_put_down()
    assert told == "Jest zapisana nieobecność. Powrót dzisiaj o dwunastej."
    assert counts(stage) == []
    assert stage.journal.one(AbsenceCancelled).person == ANNA


async def test_who_is_in_cannot_come_back(line: Opens) -> None:
    async with line() as stage:
        call = await reports(stage)
        await call.hears("absence.menu.days")
        await call.presses("5")
        await call.hears("menu.wrong")
        await call.hangs_up()
    assert "absence.menu.back" not in call.prompts


async def test_being_back_that_cannot_be_kept_is_not_said_to_be(line: Opens) -> None:
    async with line() as stage:
        written_down(stage)
        stage.house.absences.is_closed = True
        call = await reports(stage)
        await call.presses("5")
        await call.hears_all_of("absence.failed")
        await call.is_put_down()
    assert len(counts(stage)) == 1


async def test_a_new_absence_takes_the_place_of_the_one_that_counts(line: Opens) -> None:
    """Said by phone last, meant by phone last: a longer one of before does not outlive it."""
    async with line() as stage:
        written_down(stage, hours=100)
        call = await reports(stage)
        await call.presses("1")
        await call.hears("absence.confirm")
        await call.presses("1")
        await call.is_put_down()
    assert counts(stage) == [(ANNA, WEDNESDAY_EIGHT)]


async def test_a_deputy_who_is_away_too_stands_in_for_nobody(line: Opens) -> None:
    async with line() as stage:
        written_down(stage, PIOTR)
        call = await reports(stage)
        await call.presses("1")
        await call.hears("absence.nobody_helps")
        await call.hangs_up()


def shared() -> Hall:
    """Piotr sits at Anna's phone."""
    piotr = replace(TOWN.people[PIOTR], extension=Extension("1001"))
    return replace(TOWN, people={**TOWN.people, PIOTR: piotr})


@pytest.mark.parametrize(("hall", "extension"), [(shared(), "1001"), (TOWN, "1900"), (TOWN, "1555")])
async def test_a_phone_of_several_people_or_of_nobody_is_refused(
    line: Opens, hall: Hall, extension: str
) -> None:
    async with line(hall) as stage:
        call = await reports(stage, extension)
        await call.hears_all_of("absence.refused")
        await call.is_put_down()
    assert stage.journal.facts == []


async def test_who_speaks_english_first_hears_english(line: Opens) -> None:
    anna = replace(TOWN.people[ANNA], languages=("en-GB", "pl"))
    async with line(replace(TOWN, people={**TOWN.people, ANNA: anna})) as stage:
        call = await reports(stage)
        await call.presses("2")
        await call.hears("absence.type.hour")
        await call.presses("1430")
        understood = await call.hears("absence.understood")
        helps = await call.hears("absence.helps.piotr")
        await call.hangs_up()
    assert understood == "Away from now on. Back today at two thirty in the afternoon."
    assert helps == "Calls go to Piotr Zmyślony."


async def test_a_clerk_who_is_away_is_offered_no_caller(line: Opens) -> None:
    async with line(staffed()) as stage:
        zofia = await clerk(stage, "1101")
        call = await zofia.dials("*14")
        await call.presses("1")
        await call.hears("absence.confirm")
        await call.presses("1")
        await call.hears("absence.saved")
        await call.is_put_down()
    last = stage.journal.all(PresenceChanged)[-1]
    assert (last.clerk, last.presence, last.why) == (ZOFIA, "away", "logged_off")
    assert counts(stage) == [(ZOFIA, WEDNESDAY_EIGHT)]
    assert stage.house.clock.now() < TUESDAY_TEN + timedelta(minutes=2)
