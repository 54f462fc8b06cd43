"""One channel: a refusal that only means "it has just ended" is no refusal."""

import pytest

from telephony.ari.errors import AriRefused, Gone
from telephony.ari.link import Link
from telephony.ari.wire import Wire
from telephony.values import Ended, LegEnded

BY_EVENT = LegEnded(Ended.HUNG_UP, "by event")


def _wire() -> tuple[Wire, list[str]]:
    ends: list[str] = []
    link = Link()
    link.rise()
    return Wire("1", link, lambda: ends.append("end")), ends


async def _refuse(error: Exception) -> None:
    raise error


def test_a_channel_ends_once() -> None:
    wire, ends = _wire()
    wire.end(BY_EVENT)
    wire.end(LegEnded(Ended.STOPPED))
    assert wire.ended == BY_EVENT
    assert ends == ["end"]


@pytest.mark.parametrize("status", [400, 409, 412, 422])
async def test_a_refusal_by_a_channel_that_has_ended_means_gone(status: int) -> None:
    wire, _ = _wire()
    wire.end(BY_EVENT)
    with pytest.raises(Gone):
        await wire.command(_refuse(AriRefused(status, "Channel not in Stasis application")))


@pytest.mark.looptime
async def test_a_refusal_by_a_channel_that_stays_is_our_own_mistake() -> None:
    wire, _ = _wire()
    with pytest.raises(AriRefused):
        await wire.command(_refuse(AriRefused(409, "Channel not in Stasis application")))
    assert wire.ended is None


@pytest.mark.looptime
async def test_a_channel_that_is_not_there_has_ended_even_if_no_event_says_so() -> None:
    wire, ends = _wire()
    with pytest.raises(Gone):
        await wire.command(_refuse(Gone("Channel not found")))
    assert wire.ended == LegEnded(Ended.HUNG_UP, "gone")
    assert ends == ["end"]


async def test_an_accepted_command_gives_its_answer() -> None:
    async def answer() -> int:
        return 7

    assert await _wire()[0].command(answer()) == 7


def test_a_channel_that_is_handed_on_is_watched_by_the_next_alone() -> None:
    """It is in the same bridge, and the names of its playbacks go on."""
    first, ends = _wire()
    first.bridge, first.spoken = "halo-talk-1", 3
    told: list[str] = []
    second = first.handed_on(lambda: told.append("end of the second"))
    first.end(LegEnded(Ended.STOPPED))
    assert (second.id, second.bridge, second.spoken, second.ended) == ("1", "halo-talk-1", 3, None)
    assert (ends, told) == (["end"], [])
