"""What a start needs before the parts are put together: a folder, a token, the clock, the way to Asterisk, a voice."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from api.clock import SetClock, SystemClock
from api.service import Misconfigured, StartError
from api.settings import Settings
from api.tokens import Scope, Tokens
from api.voice import voice_of
from callflows.ports import Clock
from telephony.ari.settings import AriSettings
from telephony.errors import NoVoice
from telephony.voice.engine import VoiceRefused
from telephony.voice.port import Voice

log = logging.getLogger(__name__)

FIRST = "first"
"""The name of the token that the first start makes."""


def make_folder(state_dir: Path) -> None:
    """Make the state folder. Raises StartError."""
    # Asterisk reads the clips in it, so others may pass through; the files that are nobody's business have
    # modes of their own.
    try:
        state_dir.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as wrong:
        raise StartError(
            f"The state folder {state_dir} cannot be made ({wrong.strerror}): make it, or set state_dir."
        ) from None


def first_token(tokens: Tokens, say: Callable[[str], None]) -> None:
    """Make a token that reads, where there is none at all, and tell it."""
    if not tokens.all():
        made, text = tokens.create(FIRST, Scope.READ)
        say(f"A token for the API was made ({made.name}, {made.scope.value}); it is shown only now: {text}")


def clock_of(settings: Settings) -> Clock:
    """The clock of the settings: the machine's, or one that is set, with a loud warning."""
    if settings.clock is None:
        return SystemClock()
    log.warning(
        "THE CLOCK IS SET to %s (HALO_CLOCK): every promise and every record of this run has a wrong time; "
        "this is for demonstrations only",
        settings.clock.isoformat(),
    )
    return SetClock(settings.clock)


def ari_of(settings: Settings) -> AriSettings:
    """How to reach Asterisk. Raises Misconfigured."""
    asterisk = settings.asterisk
    if asterisk.password is None:
        raise Misconfigured(
            "Asterisk's password is not set: put it into a file and name that by asterisk.password_file "
            "(HALO_ASTERISK_PASSWORD_FILE)."
        )
    return AriSettings(
        url=asterisk.url,
        user=asterisk.user,
        password=asterisk.password.get_secret_value(),
        app=asterisk.app,
        trunk=asterisk.trunk,
    )


@asynccontextmanager
async def voice_beside(
    settings: Settings, given: Voice | None = None
) -> AsyncIterator[Callable[[], Awaitable[Voice]]]:
    """Start the engine of the settings in a thread, while other things start: what this gives waits for the voice.

    It raises StartError if there is none. At the end of the block the voice is closed; one that is `given` is its
    owner's, and nothing is started.
    """
    if given is not None:
        yield _already(given)
        return
    opening = asyncio.create_task(asyncio.to_thread(voice_of, settings), name="starting the voice")

    async def opened() -> Voice:
        try:
            return await opening
        except (NoVoice, VoiceRefused, OSError) as wrong:
            raise StartError(f"The line has no voice: {wrong}.") from None

    try:
        yield opened
    finally:
        await asyncio.wait([opening])
        if not opening.cancelled() and opening.exception() is None:
            await asyncio.to_thread(opening.result().close)


def _already(voice: Voice) -> Callable[[], Awaitable[Voice]]:
    async def there() -> Voice:
        return voice

    return there
