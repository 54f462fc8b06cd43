"""A real Asterisk 22 of one's own: own ports, own directory, own password, up in half a second.

It runs with the very configuration that the hall's Asterisk gets (`docker/asterisk/`), on loopback only:

* citizens' calls come from 127.0.0.2 (`CITY`), any port, to 127.0.0.1:`sip_port`;
* calls to the outside are dialled out to the same network, at 127.0.0.2 (`CITY`), port `city_port`, from `PUBLIC`;
* phones register from 127.0.0.1 with `phones[extension]` as their secret;
* the hall's other PBX is expected at 127.0.0.3 (`HALL`), port `hall_port`.

The phones' configuration is what `halo phones render` writes (`api.phones`): there is no other.
"""

import base64
import json
import shutil
import signal
import subprocess
import tempfile
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pbx_config
from api.phones.configuration import DIALPLAN, ENDPOINTS, SignedIn, dialplan, endpoints
from api.phones.secrets import new_secret, write_private
from tests.pbx.ports import free_tcp_port, free_udp_port, port_block
from tests.pbx.process import Server

CITY = "127.0.0.2"
"""Where citizens call from, and where the network takes calls to the outside (`Pbx.city_port`)."""
PUBLIC = "+48447327700"
"""The hall's public number: what everybody outside sees, whichever phone calls."""
HALL = "127.0.0.3"
"""Where the hall's other PBX listens, and calls from."""
OPERATOR = "100"
"""Rings when the service is away."""
DEPUTY = "1002"
"""Of the stories' hall: a phone of ours from the start, so that whoever does not register it knows it to be gone."""
PHONES = (OPERATOR, DEPUTY, *(str(extension) for extension in range(201, 221)))

_RUN = Path(pbx_config.__file__).with_name("run")


class Pbx:
    """One Asterisk. Use it as a context manager, or call `start` and `close`."""

    def __init__(
        self,
        *,
        phones: tuple[str, ...] = PHONES,
        operator: tuple[str, ...] = (OPERATOR,),
        operator_seconds: int = 20,
        sounds: Path | None = None,
        behind_trunk: tuple[str, ...] = (),
        **instance: Any,
    ) -> None:
        """Choose ports and write the configuration; nothing runs yet.

        `behind_trunk` are extensions of the directory at the hall's other PBX; what else there is goes to
        `pbx_config.Instance` as it is.
        """
        if not (pbx_config.ASTERISK_ROOT / "halo-installed").exists():
            raise RuntimeError("there is no Asterisk to test with: run script/setup")
        self.directory = Path(tempfile.mkdtemp(prefix="halo-pbx-"))
        self.phones = {extension: new_secret() for extension in phones}
        """Extension to secret."""
        self.sip_port = free_udp_port()
        self.hall_port = free_udp_port()
        self.city_port = free_udp_port()
        """Where the outside takes calls, at `CITY`."""
        self._behind_trunk, self._wanted = behind_trunk, instance
        self._rtp = port_block().take_range()
        self._ari_port = free_tcp_port()
        self._operator, self._operator_seconds, self._sounds = operator, operator_seconds, sounds
        self._written = self._write()
        self._write_phones()
        self._server: Server | None = None

    def _write(self) -> pbx_config.Written:
        settings: dict[str, Any] = {
            "directory": self.directory,
            "sip_port": self.sip_port,
            "rtp_ports": self._rtp,
            "ari_port": self._ari_port,
            "city_hosts": (CITY,),
            "city_trunk": pbx_config.Trunk(host=CITY, port=self.city_port),
            "public_number": PUBLIC,
            "operator": self._operator,
            "operator_seconds": self._operator_seconds,
            "hall_trunk": pbx_config.Trunk(host=HALL, port=self.hall_port),
            "sounds": self._sounds or pbx_config.HERE / "sounds",
            "log_levels": ("notice", "warning", "error", "verbose"),
        }
        return pbx_config.write(pbx_config.Instance(**{**settings, **self._wanted}))

    def _write_phones(self) -> None:
        signed_in = [SignedIn(number, f"Telefon {number}", secret) for number, secret in self.phones.items()]
        write_private(self.directory / "etc" / ENDPOINTS, endpoints(signed_in))
        write_private(self.directory / "etc" / DIALPLAN, dialplan(self.phones, self._behind_trunk))

    @property
    def sip_address(self) -> str:
        """Where SIP is spoken, with `sip_port`."""
        return self._written.sip_address

    @property
    def ari_url(self) -> str:
        """Without a path: `http://127.0.0.1:PORT`."""
        return self._written.ari_url

    @property
    def ari_user(self) -> str:
        """The user for ARI."""
        return self._written.ari_user

    @property
    def ari_password(self) -> str:
        """The password for ARI, generated for this instance."""
        return self._written.ari_password

    @property
    def app(self) -> str:
        """The ARI application to which citizens' calls are handed."""
        return self._written.app

    @property
    def pid(self) -> int:
        """The running Asterisk's process."""
        assert self._server, "it does not run"
        return self._server.pid

    @property
    def log(self) -> Path:
        """What Asterisk logs, with every step of the dialplan."""
        return self.directory / "log" / "messages.log"

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records of calls that the service did not take, oldest first."""
        return _lines(self.directory / "log" / "cdr-custom" / "calls-without-service.json")

    @property
    def ended(self) -> list[dict[str, Any]]:
        """The channels that have ended, in the order in which they did, as Asterisk writes them (CEL)."""
        return _lines(self.directory / "log" / "cel-custom" / "ended-channels.json")

    def start(self) -> None:
        """Start it and return when ARI answers."""
        self._server = Server([str(_RUN), str(self.directory)], output=self.directory / "log" / "output")
        self.ari("asterisk/info")

    def stop(self) -> None:
        """Stop it as an administrator would, now: calls end, phones are told."""
        if self._server is None:
            return
        self._server.signal(signal.SIGTERM)
        self._server.wait(5)
        self.kill()

    def kill(self) -> None:
        """End it as a crash would."""
        if self._server is not None:
            self._server.kill()
            self._server = None

    def restart(self) -> None:
        """Stop it and start it again on the same ports; registrations survive, calls don't."""
        self.stop()
        self.start()

    def close(self) -> None:
        """End it and remove every trace."""
        self.kill()
        port_block().give_back(self._rtp)
        shutil.rmtree(self.directory)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def cli(self, command: str) -> str:
        """What Asterisk's console answers to a command; 15 ms."""
        said = subprocess.run(
            [_RUN, self.directory, "-rx", command], capture_output=True, text=True, timeout=30, check=True
        )
        return said.stdout

    def ari(self, path: str, *, method: str = "GET", password: str | None = None) -> Any:
        """One plain ARI request, for looking at what is really there; raises urllib's HTTPError."""
        request = urllib.request.Request(f"{self.ari_url}/ari/{path}", method=method)
        secret = base64.b64encode(f"{self.ari_user}:{password or self.ari_password}".encode()).decode()
        request.add_header("Authorization", f"Basic {secret}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def channels(self) -> list[str]:
        """The names of all channels that are up now, e.g. `PJSIP/city-0000000a`.

        Asterisk lists a channel twice that changes while it makes the list; here it is one.
        """
        return list({channel["id"]: str(channel["name"]) for channel in self.ari("channels")}.values())

    def add_phones(self, *extensions: str) -> None:
        """Let more phones register, without a restart."""
        new = [extension for extension in extensions if extension not in self.phones]
        if new:
            self.phones |= {extension: new_secret() for extension in new}
            self._write_phones()
            self.cli("module reload res_pjsip.so")
            self.cli("dialplan reload")


def _lines(path: Path) -> list[dict[str, Any]]:
    """What is written in a file of one JSON object a line; nothing if there is no file yet."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
