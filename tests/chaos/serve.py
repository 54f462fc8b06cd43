"""The service in a process of its own, as `halo serve` runs it: `python -m tests.chaos.serve PLAN.json`.

All that differs from a hall's own is the voice (chirps) and the hall (open now); signals, readiness and watchdog are
the very code of `halo serve`.
"""

import asyncio
import json
import logging
import sys
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from api.bootstrap import bootstrap
from api.cli.serve import serve_until_told
from api.logging import set_up
from api.settings import Settings
from api.settings.model import Api, Asterisk, Database
from tests.chaos.hall import hall_of
from tests.chaos.voice import TellingVoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the process is to serve; written as JSON by whoever starts it."""

    ari_url: str
    ari_user: str
    ari_password: str
    app: str
    logs: str
    database: str
    port: int
    state: str
    clips: str
    book: str
    zone: str

    def write(self, path: Path) -> None:
        """Write it where the process reads it."""
        path.write_text(json.dumps(asdict(self)))

    @property
    def settings(self) -> Settings:
        """The settings as an administrator would have made them; nobody waits for talks when it is stopped."""
        return Settings(
            asterisk=Asterisk(
                url=self.ari_url,
                user=self.ari_user,
                password=SecretStr(self.ari_password),
                app=self.app,
                log_dir=Path(self.logs),
                drain=0.0,
            ),
            database=Database(url=SecretStr(self.database)),
            api=Api(port=self.port),
            state_dir=Path(self.state),
        )


async def main(plan: Plan) -> None:
    """Serve until told to stop."""
    voice = TellingVoice(Path(plan.clips), Path(plan.book))
    opens = partial(bootstrap, voice=voice, hall=hall_of(plan.zone))
    try:
        await serve_until_told(plan.settings, say=lambda text: print(text, flush=True), opens=opens)
    finally:
        voice.close()


if __name__ == "__main__":
    set_up(level="info", form="human")
    logging.getLogger("api.access").setLevel(logging.WARNING)  # whoever waits for it asks often
    asyncio.run(main(Plan(**json.loads(Path(sys.argv[1]).read_text()))))
