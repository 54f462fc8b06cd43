"""What is played: files that are there or missing, one after another, into one ear or a whole bridge."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass

from telephony.values import Played, Words
from tests.fakes.asterisk.parts import Channel, Playback, Says
from tests.fakes.asterisk.switch import Switch
from tests.fakes.memory.listener import Hearing

MISSING = 0.001
"""Seconds after which Asterisk reports a file that is not there."""


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A file on the fake Asterisk's disk: what it says, and how long that takes."""

    words: Words
    seconds: float


class Sounds:
    """Plays; the tasks in which it does so end with the playbacks."""

    def __init__(self, switch: Switch) -> None:
        self.files: dict[str, SoundFile] = {}
        """By path without extension, as ARI's `sound:` names it."""
        self._switch = switch
        self._tasks: set[asyncio.Task[None]] = set()

    def play_to(self, channel: Channel, playback_id: str, media: Sequence[str]) -> Playback:
        """Play to one party; a second playback waits for the first."""
        playback = self._new(playback_id, f"channel:{channel.id}", media)
        channel.queue.append(playback)
        channel.music = False
        self._begin(self._play_in_turn(channel, playback))
        return playback

    def play_to_bridge(self, bridge_id: str, playback_id: str, media: Sequence[str]) -> Playback:
        """Play to all in a bridge, mixed into what they hear."""
        bridge = self._switch.bridge(bridge_id)
        playback = self._new(playback_id, f"bridge:{bridge.id}", media)
        bridge.playing.append(playback)
        app = next((channel.owner for channel in bridge.channels), "")

        async def play() -> None:
            try:
                await self._play(app, playback, lambda: list(bridge.channels))
            finally:
                bridge.playing.remove(playback)
                self._switch.bell.ring()

        self._begin(play())
        return playback

    async def stop(self) -> None:
        """End every playback and its task."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _new(self, playback_id: str, target: str, media: Sequence[str]) -> Playback:
        if playback_id in self._switch.playbacks:
            raise Says(409, "Playback ID in use")
        playback = Playback(playback_id, target, list(media), asyncio.get_running_loop().create_future())
        self._switch.playbacks[playback_id] = playback
        return playback

    def _begin(self, playing: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(playing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _play_in_turn(self, channel: Channel, playback: Playback) -> None:
        try:
            await self._switch.bell.until(lambda: channel.queue[0] is playback or playback.over.done())
            await self._play(channel.owner, playback, lambda: [channel])
        finally:
            channel.queue.remove(playback)
            self._switch.bell.ring()

    async def _play(self, app: str, playback: Playback, ears: Callable[[], list[Channel]]) -> None:
        state = "done"
        try:
            for number, uri in enumerate(playback.media):
                playback.current = number
                if playback.over.done():
                    break
                if playback.current:
                    playback.state = "continuing"
                    self._switch.tell(app, "PlaybackContinuing", playback=playback.shown())
                playback.state = "playing"
                self._switch.tell(app, "PlaybackStarted", playback=playback.shown())
                state = await self._play_file(playback, uri, ears())
            playback.state = playback.over.result() if playback.over.done() else state
        finally:
            del self._switch.playbacks[playback.id]
        self._switch.tell(app, "PlaybackFinished", playback=playback.shown())

    async def _play_file(self, playback: Playback, uri: str, ears: list[Channel]) -> str:
        file = self.files.get(uri.removeprefix("sound:"))
        if file is None:
            await asyncio.wait({playback.over}, timeout=MISSING)
            return "failed"
        ears = [ear for ear in ears if not ear.held]  # who holds hears nothing of it
        hearings = [Hearing(file.words) for _ in ears]
        for ear, hearing in zip(ears, hearings, strict=True):
            ear.party.log.append(hearing)
        self._switch.bell.ring()
        await asyncio.wait({playback.over}, timeout=file.seconds)
        ended = playback.over.result() if playback.over.done() else ""
        for ear, hearing in zip(ears, hearings, strict=True):
            gone = ended == "failed" or ear.over
            hearing.played = Played.FAILED if gone else Played.CUT if ended else Played.WHOLE
        self._switch.bell.ring()
        return "done"
