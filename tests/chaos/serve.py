"""The service in a process of its own, as `halo serve` runs it: `python -m tests.chaos.serve PLAN.json`.

All that differs from a hall's own is the voice (chirps) and the hall (open now); signals, readiness and watchdog are
the very code of `halo serve`.
"""

import json
import logging
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import click
from pydantic import SecretStr

from api.bootstrap import bootstrap
from api.cli.serve import run
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


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
def main(plan: Path) -> None:
    """Serve until told to stop."""
    told = Plan(**json.loads(plan.read_text()))
    logging.getLogger("api.access").setLevel(logging.WARNING)  # whoever waits for the service asks it often
    voice = TellingVoice(Path(told.clips), Path(told.book))
    try:
        run(told.settings, opens=partial(bootstrap, voice=voice, hall=hall_of(told.zone)))
    finally:
        voice.close()


if __name__ == "__main__":
    main()
