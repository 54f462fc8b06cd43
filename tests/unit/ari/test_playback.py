"""One playback: what Asterisk tells of it, what it does not tell, and how it is stopped."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from telephony.ari.dispatch import Dispatch
from telephony.ari.errors import AriRefused, Gone, Missing
from telephony.ari.events import Event, PlaybackContinuing, PlaybackFinished, PlaybackStarted
from telephony.ari.link import Link
from telephony.ari.playback import BEGINS, MARGIN, Playback
from telephony.values import Played
from tests.fakes.moments import a_packet

THEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def _started(seconds: float) -> Event:
    return PlaybackStarted("p", THEN + timedelta(seconds=seconds))


def _continuing(seconds: float) -> Event:
    return PlaybackContinuing("p", THEN + timedelta(seconds=seconds))


def _finished(seconds: float, *, failed: bool = False) -> Event:
    return PlaybackFinished("p", THEN + timedelta(seconds=seconds), failed)


class Studio:
    """One playback `p` of three files; `stops` counts how often Asterisk was asked to stop it."""

    def __init__(self, *refusals: Exception) -> None:
        self.dispatch = Dispatch(lambda event: None)
        self.stops = 0
        self.began = asyncio.Event()
        self._refusals = list(refusals)
        self.link = Link()
        self.link.rise()
        self.playback = Playback("p", [1.0, 2.0, 0.5], self._stop, self.dispatch, self.link)

    async def start(self) -> None:
        self.began.set()

    async def tells(self, *events: Event) -> Played:
        """Run it; once it has begun, Asterisk tells these."""
        running = asyncio.create_task(self.playback.run(self.start))
        await self.began.wait()
        for event in events:
            self.dispatch.deliver(event)
        return await running

    async def _stop(self, name: str) -> None:
        self.stops += 1
        if self._refusals:
            raise self._refusals.pop(0)


async def test_all_files_were_heard() -> None:
    studio = Studio()
    events = (
        _started(0), _continuing(1), _started(1), _continuing(3), _started(3), _finished(3.5),
    )  # fmt: skip
    assert await studio.tells(*events) is Played.WHOLE
    assert studio.stops == 0


@pytest.mark.parametrize(
    "events",
    [
        pytest.param((_started(0), _continuing(0.001), _started(0.001), _finished(2)), id="the first is missing"),
        pytest.param((_started(0), _continuing(1), _started(1), _continuing(1.002), _started(1.002), _finished(1.5)), id="one between is missing"),  # noqa: E501
        pytest.param((_started(0), _finished(0.001, failed=True)), id="Asterisk says so: the last is missing"),
    ],
)  # fmt: skip
async def test_a_missing_file_is_noticed(events: tuple[Event, ...]) -> None:
    """Asterisk says `failed` only of the last file; of the others, only the time stamps tell."""
    studio = Studio()
    assert await studio.tells(*events) is Played.FAILED
    assert studio.stops == 0


async def test_without_time_stamps_asterisk_is_believed() -> None:
    assert (
        await Studio().tells(PlaybackStarted("p", None), PlaybackFinished("p", None, failed=False))
        is Played.WHOLE
    )


@pytest.mark.looptime
async def test_a_playback_that_never_ends_is_given_up_and_stopped() -> None:
    studio = Studio()
    assert await studio.tells(_started(0)) is Played.FAILED
    assert asyncio.get_running_loop().time() == pytest.approx(3.5 + MARGIN)
    assert studio.stops == 1


@pytest.mark.looptime
async def test_a_playback_that_does_not_begin_is_lost_within_a_moment() -> None:
    """Its channel was just leaving a bridge: whoever plays it does so again, and the caller waits no longer."""
    studio = Studio()
    assert await studio.tells() is Played.FAILED
    assert studio.playback.lost
    assert asyncio.get_running_loop().time() == pytest.approx(BEGINS)
    assert studio.stops == 1


@pytest.mark.looptime
async def test_while_no_event_reaches_us_nothing_is_known_of_its_beginning() -> None:
    """It is given the time that it needs; whether it was heard nobody can say."""
    studio = Studio()
    studio.link.fall()
    assert await studio.tells() is Played.FAILED
    assert not studio.playback.lost
    assert asyncio.get_running_loop().time() == pytest.approx(BEGINS + 3.5 + MARGIN)


async def test_cutting_does_not_wait_for_asterisk_to_say_that_it_has_ended() -> None:
    """A playback stopped between two files is never reported finished."""
    studio = Studio()
    running = asyncio.create_task(studio.playback.run(studio.start))
    await studio.began.wait()
    await studio.playback.cut()
    assert await running is Played.CUT
    assert studio.stops == 1


async def test_cancelling_stops_it() -> None:
    studio = Studio()
    running = asyncio.create_task(studio.playback.run(studio.start))
    await studio.began.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert studio.stops == 1


async def test_cancelling_while_it_is_asked_for_stops_what_may_have_begun() -> None:
    studio = Studio()
    answer = asyncio.Event()

    async def start() -> None:
        studio.began.set()
        await answer.wait()

    running = asyncio.create_task(studio.playback.run(start))
    await studio.began.wait()
    running.cancel()
    await a_packet()
    assert studio.stops == 0
    answer.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert studio.stops == 1


@pytest.mark.looptime
async def test_stopping_is_tried_again_when_it_has_only_just_begun() -> None:
    """Asterisk refuses to stop a playback that does not read its file yet (409)."""
    studio = Studio(AriRefused(409, "Playback not in a state to be stopped"))
    running = asyncio.create_task(studio.playback.run(studio.start))
    await studio.began.wait()
    await studio.playback.cut()
    assert await running is Played.CUT
    assert studio.stops == 2


async def test_what_is_not_there_any_more_needs_no_stopping() -> None:
    studio = Studio(Missing(404, "Playback not found"))
    running = asyncio.create_task(studio.playback.run(studio.start))
    await studio.began.wait()
    await studio.playback.cut()
    assert await running is Played.CUT
    assert studio.stops == 1


async def test_a_channel_that_has_ended_plays_nothing() -> None:
    studio = Studio()

    async def start() -> None:
        raise Gone("Channel not found")

    with pytest.raises(Gone):
        await studio.playback.run(start)
    assert studio.stops == 0


async def test_who_should_hear_it_has_gone() -> None:
    """In a talk the other one would go on hearing it: so it is stopped."""
    studio = Studio()
    running = asyncio.create_task(studio.playback.run(studio.start))
    await studio.began.wait()
    studio.playback.fail()
    assert await running is Played.FAILED
    assert studio.stops == 1
