"""Two handsets on one wire: audio and keys arrive as they were sent."""

import asyncio
from collections.abc import AsyncIterator, Callable

import numpy as np
import pytest

from tests.office.office import eventually
from tests.phones.g711 import PACKET, RATE, Codec, tone
from tests.phones.handset import Handset, KeyHeard
from tests.phones.moment import Moment
from tests.phones.tones import TONE
from tests.unit.phones.sounds import sentence, through_the_network

Pair = tuple[Handset, Handset]


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    """Two handsets, the first of which knows where the second is."""
    one, other = Handset("127.0.0.1"), Handset("127.0.0.1")
    one.talks_to(other.host, other.port)
    yield one, other
    one.close()
    other.close()


async def packets(handset: Handset, number: int) -> None:
    """Wait until so many more have come."""
    wanted = handset.recording.packets + number
    await eventually(lambda: handset.recording.packets >= wanted, f"{number} packets")


def found_in(handset: Handset) -> Callable[[np.ndarray], bool]:
    """Whether exactly this audio is in the recording."""

    def found(audio: np.ndarray) -> bool:
        recording = handset.recording.audio(0, handset.recording.length(asyncio.get_running_loop().time()))
        return audio.tobytes() in recording.tobytes()

    return found


@pytest.mark.parametrize("codec", Codec)
async def test_a_clip_arrives_whole(pair: Pair, codec: Codec) -> None:
    one, other = pair
    one.talks_to(other.host, other.port, codec=codec)
    clip = sentence(1, 2)
    one.plays(clip)
    await eventually(
        lambda: found_in(other)(through_the_network(clip, codec)[: len(clip) // PACKET * PACKET]), "the clip"
    )


async def test_a_handset_that_rests_sends_nothing_but_keys_and_goes_on_where_it_was(pair: Pair) -> None:
    one, other = pair
    one.speaks(700)
    await packets(other, 5)
    one.rests()
    sent = one.sent
    await one.presses("1")
    assert one.sent == sent + 7
    one.wakes()
    await packets(other, 12)
    end = other.recording.length(asyncio.get_running_loop().time())
    assert Moment(other.recording.audio(end - 5 * PACKET, end)).has_tone(700)


async def test_a_handset_that_rests_may_play_its_own_music(pair: Pair) -> None:
    one, other = pair
    one.rests(playing=500)
    await packets(other, 20)
    assert Moment(other.recording.audio(0, 10 * PACKET)).has_tone(500)


async def test_silence_is_sent_until_told_otherwise(pair: Pair) -> None:
    one, other = pair
    await packets(other, 5)
    assert np.abs(other.recording.audio(0, RATE)).max() <= 8
    one.mutes()
    sent = one.sent
    await one.presses("1")
    assert one.sent == sent + 7


async def test_a_tone_has_no_clicks(pair: Pair) -> None:
    one, other = pair
    await packets(other, 1)
    one.speaks(400)
    await packets(other, 60)
    period = through_the_network(tone(400, 1.0, level=TONE))
    assert found_in(other)(np.concatenate([period[RATE - 800 :], period[:800]]))


async def test_who_was_not_told_answers_to_whoever_sends(pair: Pair) -> None:
    one, other = pair
    await packets(one, 5)
    assert other.sent >= 5


async def test_keys_arrive_once_each_in_order(pair: Pair) -> None:
    one, other = pair
    await one.presses("1123#*")
    await eventually(lambda: len(other.keys_heard) == 6, "six keys")
    assert "".join(heard.key for heard in other.keys_heard) == "1123#*"
    assert all(isinstance(heard, KeyHeard) and heard.at > 0 for heard in other.keys_heard)


async def test_a_new_recording_forgets_the_old_call(pair: Pair) -> None:
    one, other = pair
    await one.presses("5")
    await eventually(lambda: other.keys_heard, "a key")
    other.records_anew()
    assert other.keys_heard == []
    assert other.recording.packets == 0
    await packets(other, 3)


async def test_a_handset_put_away_ends_a_key_press() -> None:
    one = Handset("127.0.0.1")
    pressing = asyncio.ensure_future(one.presses("1"))
    await eventually(lambda: one._presses, "the key to be down")
    one.close()
    with pytest.raises(ConnectionError, match="put away"):
        await pressing
