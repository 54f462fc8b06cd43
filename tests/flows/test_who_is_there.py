"""Who is rung when people are away, phones are gone or in use; what a caller hears when nobody is there."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from callflows.facts import CandidatesProposed, CommandAnswered, NobodyToRing, TransferAttempted
from callflows.outcomes import CallOutcome, Outcome
from callflows.story_text import sentence
from callflows.talk.commands import HandOver, ThisPerson, WhoeverIsCompetent
from directory.absence import Absence, AbsenceId
from directory.live import PhoneState
from directory.model import Hall, PersonId
from tests.fakes.memory import Behaviour
from tests.flows.conftest import Opens, Stage
from tests.flows.talking import gives, with_a_clerk
from tests.flows.town import ANNA, DEL, EWA, ID_CARD, MARRIAGE, PIOTR, TOWN, TUESDAY_TEN, USC

pytestmark = pytest.mark.looptime

TWO, TOMORROW = TUESDAY_TEN + timedelta(hours=4), TUESDAY_TEN + timedelta(days=1)


def is_away(stage: Stage, *people: PersonId, until: datetime = TWO) -> None:
    """These people are away since the morning."""
    for person in people:
        stage.house.absences.kept.append(
            Absence(id=AbsenceId(person), person=person, begins=TUESDAY_TEN - timedelta(hours=2), ends=until)
        )


def without_a_line() -> Hall:
    """The town, whose registry office has no line of its own that could be rung when all are away."""
    return replace(TOWN, units={**TOWN.units, DEL: replace(TOWN.units[DEL], line=None)})


async def test_an_absent_persons_deputy_is_rung_and_announced(line: Opens) -> None:
    """The absent one's phone stays silent, and the record says why it was the deputy."""
    async with line() as stage:
        is_away(stage, ANNA)
        anna, piotr = stage.world.phone("1001"), stage.world.phone("1002", Behaviour.TAKES_IT)
        citizen = await stage.caller(presses="1")
        await citizen.hears("announce.person.piotr")
        await citizen.is_talking_to(piotr)
        await citizen.listens(5)
        await citizen.hangs_up()

    assert anna.times_rung == 0
    assert stage.outcomes == [Outcome.EFFECTIVE]
    why = "w sprawie: DEL I Wydanie dowodu osobistego; zastępuje: Anna Przykładowa, nieobecna do 14:00"
    assert stage.journal.one(TransferAttempted).why == why
    proposed = stage.journal.one(CandidatesProposed)
    assert [(one.name, one.target) for one in proposed.proposed] == [
        ("Piotr Zmyślony", "1002"),
        ("Referat Ewidencji Ludności", "1799"),
    ]
    assert [(one.person, one.why) for one in proposed.passed_over] == [(ANNA, "nieobecna do 14:00")]
    assert f"1. Piotr Zmyślony, 1002 ({why})" in sentence(proposed)


async def test_when_all_are_away_the_caller_hears_when_they_are_back(line: Opens) -> None:
    """Nobody's phone rings; they get the direct number and a callback (bylaw §4.11, §6.4)."""
    async with line(without_a_line()) as stage:
        is_away(stage, ANNA, until=TOMORROW)
        is_away(stage, PIOTR, until=TOMORROW + timedelta(days=3))
        citizen = await stage.caller(presses="1")
        told = await citizen.hears("reason.away")
        await citizen.hears("number.48447327706")
        await citizen.hears("back.callback")
        await citizen.presses("2")
        await citizen.hears("callback.yours")
        await citizen.presses("1")
        await citizen.hears("callback.promised")
        await citizen.is_put_down()

    assert told == ("Osoby, które prowadzą tę sprawę, są teraz nieobecne. Będą jutro o dziesiątej.")
    assert stage.outcomes == []
    assert stage.ended is CallOutcome.CALLBACK
    assert stage.journal.one(NobodyToRing).why.startswith("osoby prowadzące sprawę są nieobecne")
    assert [one.person for one in stage.journal.one(CandidatesProposed).passed_over] == [ANNA, PIOTR]


async def test_an_english_caller_hears_it_in_english(line: Opens) -> None:
    """With the hour as English says it."""
    async with line(without_a_line()) as stage:
        is_away(stage, ANNA, PIOTR)
        citizen = await stage.caller(presses="8")
        await citizen.presses("1")
        told = await citizen.hears("reason.away")
        await citizen.hangs_up()

    assert told.endswith("They will be back today at two in the afternoon.")


async def test_a_phone_that_is_gone_is_not_tried(line: Opens) -> None:
    """No announcement of somebody who cannot be rung, and no seconds lost."""
    async with line() as stage:
        stage.house.absences.phones["1001"] = PhoneState.GONE
        piotr = stage.world.phone("1002", Behaviour.TAKES_IT)
        citizen = await stage.caller(presses="1")
        await citizen.is_talking_to(piotr)
        await citizen.listens(5)
        await citizen.hangs_up()

    assert "announce.person.anna" not in citizen.prompts
    assert stage.outcomes == [Outcome.EFFECTIVE]
    assert [one.why for one in stage.journal.one(CandidatesProposed).passed_over] == ["telefon odłączony"]


async def test_when_every_phone_is_gone_the_caller_hears_that_nobody_can_be_reached(line: Opens) -> None:
    """Not that nobody is there: that would be a guess."""
    async with line() as stage:
        stage.house.absences.phones.update(dict.fromkeys(("1001", "1002", "1799"), PhoneState.GONE))
        citizen = await stage.caller(presses="1")
        await citizen.hears("reason.nobody")
        await citizen.hears("number.48447327706")
        await citizen.hangs_up()

    assert stage.journal.one(NobodyToRing).why == "telefony są odłączone: Referat Ewidencji Ludności"


async def test_a_phone_in_use_comes_later(line: Opens) -> None:
    """Whoever talks is not disturbed while somebody else is free."""
    async with line() as stage:
        stage.house.absences.phones.update({"1001": PhoneState.IN_USE, "1002": PhoneState.FREE})
        stage.world.phone("1001", Behaviour.TAKES_IT)
        stage.world.phone("1002", Behaviour.NEVER_ANSWERS)
        stage.world.phone("1799", Behaviour.NEVER_ANSWERS)
        citizen = await stage.caller(presses="1")
        await citizen.hears("announce.person.piotr")
        await citizen.hears("announce.unit.del")
        await citizen.hears("announce.person.anna")
        await citizen.hears("introduction.person.anna")
        await citizen.listens(5)
        await citizen.hangs_up()

    assert [fact.why for fact in stage.journal.all(TransferAttempted)][-1].endswith("; telefon zajęty")


async def test_who_missed_calls_lately_comes_later(line: Opens) -> None:
    """They may be at lunch without a word."""
    async with line() as stage:
        stage.house.absences.misses["1001"] = 2
        piotr = stage.world.phone("1002", Behaviour.TAKES_IT)
        citizen = await stage.caller(presses="1")
        await citizen.is_talking_to(piotr)
        await citizen.listens(5)
        await citizen.hangs_up()

    proposed = stage.journal.one(CandidatesProposed).proposed
    assert [one.person for one in proposed] == [PIOTR, "", ANNA]
    assert proposed[-1].why.endswith("ostatnio 2 nieodebrane połączenia z rzędu")


async def test_a_clerks_transfer_by_matter_asks_the_same(line: Opens) -> None:
    """The deputy is rung, with the same reason, on the same record."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        is_away(stage, ANNA)
        piotr = stage.world.phone("1002", Behaviour.TAKES_IT)
        gives(stage, citizen, HandOver, whom=WhoeverIsCompetent(ID_CARD))
        await citizen.is_talking_to(piotr)
        await zofia.is_put_down()
        await citizen.listens(5)
        await citizen.hangs_up()

    assert "nieobecna do 14:00" in stage.journal.all(TransferAttempted)[-1].why
    proposed = stage.journal.one(CandidatesProposed)
    assert (proposed.matter, proposed.proposed[0].person) == (ID_CARD, PIOTR)
    assert stage.outcomes[-1] is Outcome.EFFECTIVE


async def test_a_clerk_learns_that_everybody_is_away(line: Opens) -> None:
    """And keeps the caller."""
    async with with_a_clerk(line) as (stage, citizen, zofia):
        is_away(stage, EWA)
        gives(stage, citizen, HandOver, whom=WhoeverIsCompetent(MARRIAGE))
        await citizen.listens(2)
        await citizen.is_talking_to(zofia)
        await citizen.hangs_up()

    refused = stage.journal.one(CommandAnswered)
    assert not refused.done
    assert refused.why == (
        f"osoby prowadzące sprawę są nieobecne, pierwsza wraca 14:00: {TOWN.units[USC].name}"
    )


async def test_a_clerk_may_choose_somebody_who_is_away(line: Opens) -> None:
    """They may know better; the record says what the directory knew."""
    async with with_a_clerk(line) as (stage, citizen, _):
        is_away(stage, ANNA)
        stage.house.absences.phones["1001"] = PhoneState.FREE
        anna = stage.world.phone("1001", Behaviour.TAKES_IT)
        gives(stage, citizen, HandOver, whom=ThisPerson(ANNA))
        await citizen.is_talking_to(anna)
        await citizen.listens(5)
        await citizen.hangs_up()

    why = stage.journal.all(TransferAttempted)[-1].why
    assert why.startswith("wybrano osobę: Anna Przykładowa; ")
    assert why.endswith("; nieobecna do 14:00; telefon wolny")
