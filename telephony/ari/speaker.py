"""Saying words: clips from the voice, and a playback of them to one party or to a talk."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from telephony.ari.commands import Commands
from telephony.ari.dispatch import Dispatch
from telephony.ari.errors import Gone
from telephony.ari.ids import Names
from telephony.ari.link import Link
from telephony.ari.playback import Playback
from telephony.ari.settings import AriSettings
from telephony.ari.wire import Wire
from telephony.errors import NoVoice
from telephony.values import Played, Words
from telephony.voice.port import Clip, Voice

log = logging.getLogger(__name__)


class Speaker:
    """Has the voice make clips and Asterisk play them. Words without a voice are left out, and it is FAILED."""

    def __init__(
        self,
        voice: Voice,
        settings: AriSettings,
        names: Names,
        commands: Commands,
        dispatch: Dispatch,
        link: Link,
    ) -> None:
        self._voice = voice
        self._settings = settings
        self._names = names
        self._commands = commands
        self._dispatch = dispatch
        self._link = link

    async def say(self, wire: Wire, words: Sequence[Words]) -> Played:
        """Say it to one channel, after whatever is being said to it. Raises Gone if the channel ends first."""

        async def start(playback: Playback, media: Sequence[str]) -> None:
            await wire.command(self._commands.play(wire.id, playback.id, media))

        clips = await self._clips(words)
        async with wire.turn:
            wire.spoken += 1
            name = self._names.playback(wire.id, wire.spoken)
            played = await self._play(name, clips, start, wire.playing)
        if played is Played.FAILED and await wire.ends_soon():
            raise Gone("It ended while it was spoken to.")  # the playback's failure may be told first
        return played if len(clips) == len(words) else Played.FAILED

    async def say_to_bridge(
        self, bridge: str, words: Sequence[Words], playing: Sequence[set[Playback]]
    ) -> Played:
        """Say it to all in a bridge, over their talk; `playing` are the playbacks of those who hear it."""

        async def start(playback: Playback, media: Sequence[str]) -> None:
            await self._commands.play_to_bridge(bridge, playback.id, media)

        clips = await self._clips(words)
        played = await self._play(self._names.announcement(), clips, start, *playing)
        return played if len(clips) == len(words) else Played.FAILED

    async def _play(
        self,
        name: str,
        clips: Sequence[Clip],
        start: Callable[[Playback, Sequence[str]], Awaitable[None]],
        *playing: set[Playback],
    ) -> Played:
        if not clips:
            return Played.WHOLE
        played, lost = await self._play_once(name, clips, start, playing)
        if lost:
            played, _ = await self._play_once(f"{name}-again", clips, start, playing)
        return played

    async def _play_once(
        self,
        name: str,
        clips: Sequence[Clip],
        start: Callable[[Playback, Sequence[str]], Awaitable[None]],
        playing: Sequence[set[Playback]],
    ) -> tuple[Played, bool]:
        """How it ended, and whether it was lost before it began."""
        media = [f"sound:{self._as_asterisk_sees(clip)}" for clip in clips]
        seconds = [clip.seconds for clip in clips]
        playback = Playback(name, seconds, self._commands.stop_playback, self._dispatch, self._link)
        for hears in playing:
            hears.add(playback)
        try:
            return await playback.run(lambda: start(playback, media)), playback.lost
        finally:
            for hears in playing:
                hears.discard(playback)

    async def _clips(self, words: Sequence[Words]) -> list[Clip]:
        if len(words) == 1:
            found = [await self._clip(words[0])]
        else:
            found = await asyncio.gather(*(self._clip(one) for one in words))
        return [clip for clip in found if clip is not None]

    async def _clip(self, words: Words) -> Clip | None:
        try:
            return await self._voice.clip(words)
        except NoVoice as error:
            log.error("prompt %s cannot be spoken: %s", words.name, error)
            return None

    def _as_asterisk_sees(self, clip: Clip) -> str:
        """The path without extension: Asterisk takes the format that suits the channel.

        A channel with the language `pl` looks for `/folder/pl/name` before `/folder/name`, for absolute
        paths too: a folder of clips must not have one that is called like a language.
        """
        here, path = self._settings.sounds_here, str(clip.path)
        if here and path.startswith(here):
            return self._settings.sounds_there + path[len(here) :]
        return path
