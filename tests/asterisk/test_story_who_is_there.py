"""Whom the line rings on real Asterisk, by what it knows of their phones: gone are passed over, busy come last."""

from callflows.facts import CandidatesProposed
from callflows.outcomes import Outcome
from records.views import CallStory
from telephony.values import PhoneSeen
from tests.fakes.behaviour import Behaviour
from tests.office.office import Office, eventually


def proposed(story: CallStory) -> CandidatesProposed:
    """Whom the directory proposed in a call."""
    (fact,) = [view.fact for view in story.facts if isinstance(view.fact, CandidatesProposed)]
    return fact


async def is_seen(office: Office, number: str, wanted: PhoneSeen) -> None:
    """Wait until the line knows this of a phone."""
    await eventually(lambda: office.service.line.phone(number) is wanted, f"{number} to be {wanted.value}")


async def test_a_phone_that_is_not_registered_is_passed_over(office: Office) -> None:
    """Nobody is announced who cannot be rung: the deputy is, at once."""
    async with (
        office.phone("1001") as anna,
        office.phone("1002", Behaviour.TAKES_IT),
        office.citizen() as citizen,
    ):
        await is_seen(office, "1001", PhoneSeen.FREE)
        await anna.unregisters()
        await is_seen(office, "1001", PhoneSeen.GONE)
        await is_seen(office, "1002", PhoneSeen.FREE)
        await citizen.dials()
        await citizen.hears("greeting")
        await citizen.presses("1")
        await citizen.hears("announce.person.piotr")
        await citizen.hears("introduction.person.piotr")
        await office.has_an_outcome()
        await citizen.hangs_up()

    story = await office.story()
    assert "announce.person.anna" not in citizen.prompts
    assert [attempt.outcome for attempt in story.transfers] == [Outcome.EFFECTIVE]
    assert [(one.person, one.why) for one in proposed(story).passed_over] == [("anna", "telefon odłączony")]
    assert proposed(story).proposed[0].why == "zastępuje: Anna Przykładowa; telefon wolny"


async def test_a_phone_that_is_in_use_comes_last(office: Office) -> None:
    """While Anna talks with one citizen, the next one is connected to her deputy."""
    async with (
        office.phone("1001", Behaviour.TAKES_IT) as anna,
        office.phone("1002", Behaviour.TAKES_IT),
        office.citizen(number="+48601000001") as first,
        office.citizen(number="+48601000002") as second,
    ):
        await is_seen(office, "1002", PhoneSeen.FREE)
        await first.dials()
        await first.hears("greeting")
        await first.presses("1")
        await first.hears("introduction.person.anna")
        await is_seen(office, "1001", PhoneSeen.IN_USE)
        await second.dials()
        await second.hears("greeting")
        await second.presses("1")
        await second.hears("announce.person.piotr")
        await second.hears("introduction.person.piotr")
        await first.hangs_up()
        await second.hangs_up()
        await anna.is_free()
        await is_seen(office, "1001", PhoneSeen.FREE)

    _, later = await office.has_closed(2)
    assert [one.person for one in proposed(later).proposed] == ["piotr", "", "anna"]
    assert proposed(later).proposed[-1].why.endswith("; telefon zajęty")
